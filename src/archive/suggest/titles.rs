//! Titles that have the words that were typed.

use super::Suggestion;
use super::spans::typed_in;
use super::typed::{Typed, key};
use crate::analysis::{Analyzer, Term, TermClass};
use crate::archive::{Archive, Ask, AskError, Between};
use crate::query::{Node, Span, Text, TextNode};
use crate::search::{ArchiveWord, Clause, Sort, WeightedTerm, WordGroup};

/// Name of the field that titles are in.
const TITLE: &str = "title";
/// From so many letters on, titles are looked for.
const LETTERS: usize = 3;

impl Archive {
    /// Titles with all words that were typed; those that say little else first.
    pub(super) fn suggest_titles(
        &self,
        typed: &Typed<'_>,
        words: &[ArchiveWord],
        limit: usize,
        among: &Ask,
    ) -> Result<Vec<Suggestion>, AskError> {
        let is_field = self
            .schema
            .text_fields()
            .any(|(field, _)| field.name == TITLE);
        let Some(before) = typed.words_before().filter(|_| is_field) else {
            return Ok(Vec::new());
        };
        if limit == 0 || typed.key.chars().count() < LETTERS {
            return Ok(Vec::new());
        }
        let fields = vec![(TITLE.to_owned(), 1.0)];
        let mut clauses = vec![any_of(words, fields.clone())];
        if !before.is_empty() {
            let ask = Ask {
                text: format!("{TITLE}:({before})"),
                between: Between::All,
                ..Ask::default()
            };
            clauses.push(self.understand(&ask, false)?.clause);
        }
        let ask = Ask {
            // One more is fetched, in case that two are the same.
            limit,
            facets: Some(Vec::new()),
            sort: Sort::Relevance,
            text: String::new(),
            ..among.clone()
        };
        let (mut request, _) = self.request(&ask, &self.understand(&ask, false)?)?;
        request.clause = Clause::And(clauses);
        let mut keys: Vec<String> = before.split_whitespace().filter_map(key).collect();
        keys.push(typed.key.clone());
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for hit in self.gate.search(&request)?.hits {
            let document = hit.document.into_document();
            let Some(title) = document.title else {
                continue;
            };
            if suggestions.len() == limit || suggestions.iter().any(|it| it.text == title) {
                continue;
            }
            let query = exactly(&title);
            let count = self.hits_of(&query, among)?;
            if count > 0 {
                suggestions.push(Suggestion {
                    highlights: typed_in(&title, &keys),
                    text: title,
                    kind: TITLE.to_owned(),
                    id: Some(document.id),
                    alias: None,
                    count,
                    query,
                    rest: None,
                });
            }
        }
        Ok(suggestions)
    }
}

/// Documents that have one of the words, in the form it is written in.
fn any_of(words: &[ArchiveWord], fields: Vec<(String, f32)>) -> Clause {
    let surface = |word: &ArchiveWord| {
        let tokens = Analyzer::plain().analyze(&word.written);
        let terms: Vec<Term> = tokens
            .first()
            .map_or_else(Vec::new, |it| it.terms().to_vec());
        terms
            .into_iter()
            .find(|term| term.class == TermClass::Surface)
    };
    let terms = words
        .iter()
        .filter_map(surface)
        .map(|term| WeightedTerm { term, weight: 1.0 });
    Clause::Word(WordGroup::of_pool(terms.collect(), fields))
}

/// The query for all articles with a title.
fn exactly(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let node = Node::Text(TextNode {
        field: Some(TITLE.to_owned()),
        what: Text::Phrase {
            text: words.join(" "),
            slop: None,
        },
        span: Span::default(),
    });
    node.to_string()
}
