//! All that pages say, in both languages: `de.toml` and `en.toml`.
//!
//! A language is one [`Texts`]: a key that is missing, unknown or of the wrong kind is an error, which a
//! test finds. Each part of the pages has a table of its own, of the type that its file here
//! describes. How numbers and dates are written is data, too ([`Format`]).

mod article;
mod facet;
mod format;
mod message;
mod overview;
mod page;
mod problem;
mod search;
mod suggest;
mod timeline;

use std::sync::LazyLock;

use serde::Deserialize;

pub use article::{AllTexts, ArticleTexts};
pub use facet::FacetTexts;
pub use format::Format;
pub use message::{Counted, Message};
pub use overview::OverviewTexts;
pub use page::PageTexts;
pub use problem::{ProblemText, ProblemTexts};
pub use search::SearchTexts;
pub use suggest::SuggestTexts;
pub use timeline::TimelineTexts;

use super::Language;

/// All texts of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// How numbers and dates are written.
    pub format: Format,
    /// What stands around every page.
    pub page: PageTexts,
    /// The search page.
    pub search: SearchTexts,
    /// Facets, on the search page and on pages of their own.
    pub facet: FacetTexts,
    /// The hits over time.
    pub timeline: TimelineTexts,
    /// Suggestions below the search box.
    pub suggest: SuggestTexts,
    /// The page of an article.
    pub article: ArticleTexts,
    /// The page that shows what is in the archive.
    pub overview: OverviewTexts,
    /// What is said when something goes wrong.
    pub problem: ProblemTexts,
}

impl Texts {
    /// The texts of a language.
    pub fn of(language: Language) -> &'static Texts {
        static GERMAN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("de.toml")));
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("en.toml")));
        match language {
            Language::German => &GERMAN,
            Language::English => &ENGLISH,
        }
    }

    /// A number as it is written: `12.345` or `12,345`.
    pub fn number(&self, number: u64) -> String {
        self.format.number(number)
    }

    /// A sentence that depends on a number, with the number at `{count}`.
    pub fn counted(&self, counted: &Counted, number: u64) -> String {
        counted
            .form(number)
            .with(&[("count", &self.number(number))])
    }
}

fn read(source: &str) -> Texts {
    toml::from_str(source).expect("the tables of texts are read by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys with the places in their texts, from a table of texts.
    fn places(source: &str) -> Vec<(String, Vec<String>)> {
        fn walk(path: &str, value: &toml::Value, found: &mut Vec<(String, Vec<String>)>) {
            match value {
                toml::Value::Table(table) => {
                    for (key, value) in table {
                        walk(&format!("{path}.{key}"), value, found);
                    }
                }
                toml::Value::String(text) => {
                    let message: Message = text.parse().unwrap();
                    let mut places: Vec<String> = message.places().map(str::to_owned).collect();
                    places.sort_unstable();
                    found.push((path.to_owned(), places));
                }
                _ => found.push((path.to_owned(), Vec::new())),
            }
        }
        let mut found = Vec::new();
        walk("", &toml::from_str(source).unwrap(), &mut found);
        found.sort();
        found
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_values() {
        // Dates are put together in each language's own way.
        let compared = |source| -> Vec<_> {
            let all = places(source).into_iter();
            all.filter(|(key, _)| !key.starts_with(".format."))
                .collect()
        };
        assert_eq!(
            compared(include_str!("de.toml")),
            compared(include_str!("en.toml"))
        );
    }

    #[test]
    fn texts_of_all_languages_can_be_read() {
        for language in Language::ALL {
            assert_eq!(Texts::of(language).format.months.len(), 12);
        }
    }
}
