//! The state of a search page is its address: what is asked, and nothing else.
//!
//! Parameters are those of `/api/search`. A link is the address with one thing changed: a value
//! selected or excluded, a range set, a page on. Whatever else the address says stays, `lang` too.

use std::fmt;

use crate::search::COPY;

/// Most parameters that are kept of an address. More are refused by whoever reads the question.
const MAX_PARAMETERS: usize = 500;

/// What need not stand in an address, since it goes without saying.
const DEFAULTS: [(&str, &str); 6] = [
    ("sort", "relevance"),
    ("limit", "10"),
    ("collapse", "false"),
    ("all", "false"),
    ("any", "false"),
    ("strict", "false"),
];

/// What limits the hits beside facets.
const LIMITS: [&str; 4] = [COPY, "from", "to", "known_to"];

/// The parameters of an address, in their order.
///
/// What is empty or a default is left out, so equal states have equal addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    parameters: Vec<(String, String)>,
}

impl Address {
    /// Reads the query string of an address.
    pub fn parse(query: &str) -> Address {
        let mut address = Address::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(MAX_PARAMETERS) {
            address.put(&name, &value);
        }
        address
    }

    /// The value of a parameter; the last if there are several.
    pub fn get(&self, name: &str) -> Option<&str> {
        let pairs = self.pairs().filter(|(known, _)| *known == name);
        pairs.map(|(_, value)| value).last()
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.pairs();
        pairs.filter_map(move |(known, value)| (known == name).then_some(value))
    }

    /// All parameters with their values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.parameters.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether nothing is asked: there is no parameter but the language.
    pub fn is_empty(&self) -> bool {
        self.pairs().all(|(name, _)| name == "lang")
    }

    /// The same with other names for values: `name` says what a value of a facet is called, as far
    /// as it knows. Values that are the same then stand there once.
    pub fn naming(&self, name: impl Fn(&str, &str) -> Option<String>) -> Address {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (facet, value) in self.pairs() {
            let (sign, bare) = match value.strip_prefix('-') {
                Some(bare) => ("-", bare),
                None => ("", value),
            };
            let named =
                name(facet, bare).map_or_else(|| value.to_owned(), |id| format!("{sign}{id}"));
            let parameter = (facet.to_owned(), named);
            if !parameters.contains(&parameter) {
                parameters.push(parameter);
            }
        }
        Address { parameters }
    }

    /// The same with this value of a parameter in place of all it has; an empty one takes the
    /// parameter away. As with every change but [`Address::at`], it begins with the first page.
    pub fn with(&self, name: &str, value: &str) -> Address {
        let mut address = self.without(name);
        address.put(name, value);
        address
    }

    /// The same without a parameter.
    pub fn without(&self, name: &str) -> Address {
        self.keep(|known, _| known != name)
    }

    /// The same with the language only.
    pub fn cleared(&self) -> Address {
        self.keep(|name, _| name == "lang")
    }

    /// The same without what limits the hits: values of these facets, copies, dates.
    pub fn unfiltered(&self, facets: &[&str]) -> Address {
        self.keep(|name, _| !facets.contains(&name) && !LIMITS.contains(&name))
    }

    /// The same with only the parameters of these names, and the language.
    pub fn only(&self, names: &[&str]) -> Address {
        self.keep(|name, _| name == "lang" || names.contains(&name))
    }

    /// The same with a value of a facet selected.
    pub fn selecting(&self, facet: &str, value: &str) -> Address {
        let mut address = self.freeing(facet, value);
        address.put(facet, value);
        address
    }

    /// The same with a value of a facet excluded.
    pub fn excluding(&self, facet: &str, value: &str) -> Address {
        let mut address = self.freeing(facet, value);
        address.put(facet, &format!("-{value}"));
        address
    }

    /// The same with a value of a facet neither selected nor excluded.
    pub fn freeing(&self, facet: &str, value: &str) -> Address {
        self.keep(|name, known| name != facet || known.strip_prefix('-').unwrap_or(known) != value)
    }

    /// The same with a range of dates; an empty end is open.
    pub fn within(&self, from: &str, to: &str) -> Address {
        self.with("from", from).with("to", to)
    }

    /// The page that begins at a cursor.
    pub fn at(&self, cursor: &str) -> Address {
        self.with("cursor", cursor)
    }

    /// The first page.
    pub fn first_page(&self) -> Address {
        self.keep(|_, _| true)
    }

    /// What of the address makes sense for a feed or a file of all hits: not how a page of them is
    /// laid out.
    pub fn whole_result(&self) -> Address {
        const LAYOUT: [&str; 10] = [
            "limit",
            "offsets",
            "facets",
            "facet_limit",
            "facet_offset",
            "facet_sort",
            "facet_under",
            "contains",
            "histogram",
            "histogram_all_time",
        ];
        self.keep(|name, _| !LAYOUT.contains(&name))
    }

    /// The address under a path, as `/?q=Kursk`.
    pub fn under(&self, path: &str) -> String {
        match self.to_string() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// The page of a search in this state.
    pub fn search(&self) -> String {
        self.under("/")
    }

    /// The page of an article, which leads back to this search.
    pub fn article(&self, id: &str) -> String {
        let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
        // In paths, a plus is a plus.
        self.first_page()
            .under(&format!("/articles/{}", id.replace('+', "%20")))
    }

    /// All values of a facet, for this search.
    pub fn facet(&self, name: &str) -> String {
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        self.first_page()
            .under(&format!("/facets/{}", name.replace('+', "%20")))
    }

    fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() && !DEFAULTS.contains(&(name, value)) {
            self.parameters.push((name.to_owned(), value.to_owned()));
        }
    }

    /// What stays of the parameters; never the cursor, which is of one question only.
    fn keep(&self, stays: impl Fn(&str, &str) -> bool) -> Address {
        let pairs = self.pairs();
        let kept = pairs.filter(|(name, value)| *name != "cursor" && stays(name, value));
        Address {
            parameters: kept
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        f.write_str(&query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address(query: &str) -> Address {
        Address::parse(query)
    }

    #[test]
    fn a_link_changes_one_thing_and_keeps_the_rest() {
        let state = address("q=Kursk+Verluste&country=KP&agency=-dpa&lang=en&cursor=abc");
        let link = |changed: Address| changed.to_string();
        assert_eq!(
            link(state.selecting("country", "RU")),
            "q=Kursk+Verluste&country=KP&agency=-dpa&lang=en&country=RU"
        );
        assert_eq!(
            link(state.excluding("country", "KP")),
            "q=Kursk+Verluste&agency=-dpa&lang=en&country=-KP"
        );
        assert_eq!(
            link(state.freeing("agency", "dpa")),
            "q=Kursk+Verluste&country=KP&lang=en"
        );
        assert_eq!(
            link(state.cleared().within("2025-01", "")),
            "lang=en&from=2025-01"
        );
        assert_eq!(state.at("x").get("cursor"), Some("x"));
        assert_eq!(state.first_page().get("cursor"), None);
    }

    #[test]
    fn what_goes_without_saying_does_not_stand_in_an_address() {
        let state = address("q=&sort=relevance&limit=10&from=&collapse=false&country=");
        assert_eq!(state.search(), "/");
        assert!(state.is_empty());
        assert_eq!(address("limit=20").search(), "/?limit=20");
        assert!(address("lang=en").is_empty());
    }

    proptest! {
        #[test]
        fn every_state_comes_back_from_its_address(
            pairs in proptest::collection::vec((".{1,8}", "\\PC{1,12}"), 0..8)
        ) {
            let mut state = Address::default();
            for (name, value) in &pairs {
                state.put(name, value);
            }
            prop_assert_eq!(Address::parse(&state.to_string()), state);
        }
    }
}
