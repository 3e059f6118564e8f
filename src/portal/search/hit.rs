//! One hit as the page of a search shows it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::{Access, CountryRole, Role, Scope};
use crate::portal::Address;
use crate::portal::marked::{Piece, pieces};
use crate::portal::texts::Texts;
use crate::schema::{FieldKind, Schema};
use crate::search::{COPY, CopyGroup, Hit, HitAgency, HitCountry, Print};

/// Most countries of a hit that are named; those that an article is about come first.
const MAX_COUNTRIES: usize = 6;

/// One hit.
#[derive(Debug, Clone)]
pub(super) struct HitView<'a> {
    /// The page of the article.
    pub(super) address: String,
    /// Language of headline and passages.
    pub(super) language: &'a str,
    /// The headline with marks; without pieces if there is none.
    pub(super) title: Vec<Piece<'a>>,
    pub(super) publisher: Option<Link>,
    /// The date as it is written, and for machines.
    pub(super) date: Option<(String, &'a str)>,
    /// What limits how much of the article is shown.
    pub(super) limit: Option<&'static str>,
    /// Agencies by role, each with the word for the role.
    pub(super) agencies: Vec<(&'static str, Vec<Link>)>,
    pub(super) countries: Vec<Link>,
    /// Number of countries that are not named.
    pub(super) further_countries: usize,
    /// Passages with marks.
    pub(super) snippets: Vec<Vec<Piece<'a>>>,
    /// Where else the same text stands.
    pub(super) prints: Vec<Link>,
    /// All of these, if the text stands elsewhere.
    pub(super) all_prints: Option<Link>,
}

/// A text that leads somewhere.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) text: String,
    /// Where it leads; nowhere if there is nothing to filter by.
    pub(super) href: Option<String>,
    /// What happens there.
    pub(super) title: String,
}

/// What the links of all hits are made with.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    pub(super) t: &'static Texts,
    pub(super) schema: &'a Schema,
    pub(super) state: &'a Address,
}

impl<'a> HitView<'a> {
    pub(super) fn new(links: Links<'_>, hit: &'a Hit) -> HitView<'a> {
        let Links { t, state, .. } = links;
        let date = hit.date.as_deref().map(|date| {
            let written = match hit.datetime {
                Some(datetime) => t.format.date(datetime),
                None => t.format.date_text(date),
            };
            (written, date)
        });
        let (countries, further_countries) = links.countries(hit);
        HitView {
            address: state.article(&hit.id),
            language: (hit.language.as_deref())
                .filter(|code| is_language(code))
                .unwrap_or("de"),
            title: pieces(
                hit.title.as_deref().unwrap_or_default(),
                &hit.title_highlights,
            ),
            publisher: (hit.publisher.as_ref())
                .map(|publisher| links.value("publisher", "", &publisher.id, &publisher.name)),
            date,
            limit: match hit.access {
                Access::Full => None,
                Access::Snippet => Some(&t.search.passages_only),
                Access::Metadata => Some(&t.search.no_text),
            },
            agencies: links.agencies(hit),
            countries,
            further_countries,
            snippets: (hit.snippets.iter())
                .map(|snippet| pieces(&snippet.text, &snippet.highlights))
                .collect(),
            prints: (hit.copy.also_in.iter())
                .map(|print| links.print(print))
                .collect(),
            all_prints: links.all_prints(&hit.copy),
        }
    }
}

impl Links<'_> {
    /// A link that filters by a value of the facet whose values come from `source`, in `role`.
    fn value(&self, source: &str, role: &str, id: &str, name: &str) -> Link {
        let facet = self.schema.facets().find(|field| match &field.kind {
            FieldKind::Keyword(keyword) => {
                let fits = keyword.roles.is_empty() || keyword.roles.iter().any(|own| own == role);
                keyword.source == source && (fits || role.is_empty())
            }
            _ => false,
        });
        Link {
            text: name.to_owned(),
            href: facet.map(|facet| self.state.selecting(&facet.name, id).search()),
            title: self.t.search.only.with(&[("name", &name)]),
        }
    }

    /// Agencies that the text cites, and those whose material it is.
    fn agencies(&self, hit: &Hit) -> Vec<(&'static str, Vec<Link>)> {
        let agencies: Vec<HitAgency> = read(&hit.agencies);
        let words = [
            (Role::Cited, &self.t.search.cited),
            (Role::Credited, &self.t.search.credited),
        ];
        let of = |role: Role| -> Vec<Link> {
            (agencies.iter())
                .filter(|agency| agency.role == role && agency.scope == Scope::Text)
                .map(|agency| self.value("agencies", role.id(), &agency.id, &agency.name))
                .collect()
        };
        (words.into_iter())
            .map(|(role, word)| (word.as_str(), of(role)))
            .filter(|(_, links)| !links.is_empty())
            .collect()
    }

    /// The countries, and how many there are besides.
    fn countries(&self, hit: &Hit) -> (Vec<Link>, usize) {
        let mut countries: Vec<HitCountry> = read(&hit.countries);
        countries.sort_by_key(|country| country.role != CountryRole::About);
        let further = countries.len().saturating_sub(MAX_COUNTRIES);
        let links = countries
            .iter()
            .take(MAX_COUNTRIES)
            .map(|country| self.value("countries", country.role.id(), &country.id, &country.name));
        (links.collect(), further)
    }

    fn print(&self, print: &Print) -> Link {
        let t = self.t;
        let publisher = print
            .publisher
            .as_ref()
            .map(|publisher| publisher.name.clone());
        let name = publisher.or_else(|| print.title.clone());
        let date = print.date.as_deref().map(|date| t.format.date_text(date));
        let parts = [
            name.or_else(|| date.is_none().then(|| print.id.clone())),
            date,
        ];
        Link {
            text: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
            href: Some(self.state.article(&print.id)),
            title: print.title.clone().unwrap_or_default(),
        }
    }

    fn all_prints(&self, copy: &CopyGroup) -> Option<Link> {
        (copy.size > 1).then(|| Link {
            text: (self.t).counted(&self.t.search.all_prints, copy.size),
            href: Some((self.state.cleared().with(COPY, &copy.id)).search()),
            title: String::new(),
        })
    }
}

/// Whether that is a code of a language and not just something that the input stated.
fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What an answer has as JSON; what has another shape is left out.
fn read<T: DeserializeOwned>(values: &[Value]) -> Vec<T> {
    (values.iter())
        .filter_map(|value| serde_json::from_value(value.clone()).ok())
        .collect()
}
