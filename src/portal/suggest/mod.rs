//! What may be meant by what was typed: the list below the search box.
//!
//! A piece of a page, for the script that shows it. What a suggestion does is its address: a word
//! becomes the query, a value of a facet a filter, a title leads to its article.

use askama::Template;

use super::marked::{Piece, pieces};
use super::texts::Texts;
use super::{Address, Visit};
use crate::archive::{Suggestion, Suggestions};
use crate::schema::Schema;

/// The list of suggestions.
#[derive(Debug, Clone, Template)]
#[template(path = "suggestions.html")]
pub struct SuggestionList<'a> {
    groups: Vec<Group<'a>>,
    /// How many there are, in words.
    found: String,
}

/// Suggestions of one kind.
#[derive(Debug, Clone)]
struct Group<'a> {
    label: &'a str,
    choices: Vec<Choice<'a>>,
}

/// One suggestion.
#[derive(Debug, Clone)]
struct Choice<'a> {
    /// Where it leads.
    address: String,
    /// What is in the search box then.
    query: &'a str,
    /// Its text, with what was typed marked.
    text: Vec<Piece<'a>>,
    /// The other name that was typed.
    alias: Option<String>,
    /// Number of hits, in words; titles lead to their article.
    hits: Option<String>,
}

impl<'a> SuggestionList<'a> {
    /// The list for what was found in the state of a search.
    pub fn new(visit: &Visit, schema: &'a Schema, found: &'a Suggestions) -> SuggestionList<'a> {
        let t = Texts::of(visit.language);
        let mut groups: Vec<Group<'a>> = Vec::new();
        for suggestion in &found.suggestions {
            let label = match suggestion.kind.as_str() {
                "term" => &t.suggest.words,
                "title" => &t.suggest.titles,
                facet => {
                    (schema.field(facet)).map_or(facet, |field| field.label(visit.language.code()))
                }
            };
            let choice = choice(t, &visit.address, suggestion);
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.choices.push(choice),
                None => groups.push(Group {
                    label,
                    choices: vec![choice],
                }),
            }
        }
        SuggestionList {
            groups,
            found: t.counted(&t.suggest.found, found.suggestions.len() as u64),
        }
    }
}

fn choice<'a>(t: &Texts, state: &Address, suggestion: &'a Suggestion) -> Choice<'a> {
    // A suggestion was counted with all of its words.
    let state = state.first_page().without("any");
    let hits = || Some(t.counted(&t.search.hits, suggestion.count));
    let (address, query, hits) = match (suggestion.kind.as_str(), &suggestion.id, &suggestion.rest)
    {
        ("title", Some(id), _) => (state.article(id), suggestion.text.as_str(), None),
        (facet, Some(id), Some(rest)) => {
            let filtered = only(&state.with("q", rest), facet, id);
            (filtered.search(), rest.as_str(), hits())
        }
        _ => {
            let query = suggestion.query.as_str();
            (state.with("q", query).search(), query, hits())
        }
    };
    Choice {
        address,
        query,
        text: pieces(&suggestion.text, &suggestion.highlights),
        alias: (suggestion.alias.as_ref()).map(|alias| t.suggest.alias.with(&[("name", alias)])),
        hits,
    }
}

/// The state with this value in place of what is selected in its facet: that is what was counted.
fn only(state: &Address, facet: &str, id: &str) -> Address {
    let chosen = state.all(facet).filter(|value| !value.starts_with('-'));
    let freed = (chosen.map(str::to_owned).collect::<Vec<_>>().iter())
        .fold(state.clone(), |state, value| state.freeing(facet, value));
    freed.selecting(facet, id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::Language;

    fn suggestion(kind: &str, id: Option<&str>, rest: Option<&str>) -> Suggestion {
        Suggestion {
            text: "Ruhe & Ordnung".to_owned(),
            kind: kind.to_owned(),
            id: id.map(str::to_owned),
            alias: None,
            count: 3,
            highlights: vec![(0, 2)],
            query: "see Ruhe".to_owned(),
            rest: rest.map(str::to_owned),
        }
    }

    fn address(suggestion: &Suggestion) -> String {
        let state = Address::parse("q=see+ru&agency=dpa&agency=-afp&any=true&from=2025&lang=en");
        choice(Texts::of(Language::English), &state, suggestion).address
    }

    #[test]
    fn a_word_becomes_the_query() {
        let address = address(&suggestion("term", None, None));
        assert_eq!(
            address,
            "/?agency=dpa&agency=-afp&from=2025&lang=en&q=see+Ruhe"
        );
    }

    #[test]
    fn a_value_becomes_the_only_selected_one_of_its_facet() {
        let value = suggestion("agency", Some("kcna"), Some("see"));
        assert_eq!(
            address(&value),
            "/?agency=-afp&from=2025&lang=en&q=see&agency=kcna"
        );
        // Behind an operator it stays a part of the query.
        let value = suggestion("agency", Some("kcna"), None);
        assert!(address(&value).contains("agency=dpa") && address(&value).ends_with("q=see+Ruhe"));
    }

    #[test]
    fn a_title_leads_to_its_article() {
        let title = suggestion("title", Some("a b"), None);
        assert!(
            address(&title).starts_with("/articles/a%20b?q=see+ru&"),
            "{}",
            address(&title)
        );
    }
}
