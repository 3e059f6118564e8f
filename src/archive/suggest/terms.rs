//! Words of the archive that complete what was typed.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::Suggestion;
use super::spans::typed_in;
use super::typed::Typed;
use crate::analysis::{Analyzer, TermClass};
use crate::archive::{Archive, Ask, AskError};
use crate::document::PartialDate;
use crate::query::Node;
use crate::search::{ArchiveWord, WordsLike, WordsRequest, is_function_word};

/// How many words are asked for: more than are shown, since not all find something together with
/// what was typed before.
const CANDIDATES: usize = 20;
/// How many more than are shown are counted behind other words, to show those with most hits.
const SPARE: usize = 3;
/// Behind other words, no further word is counted once those that were counted stand in so many
/// articles and enough are found to choose from: whoever types does not wait.
const MOST_WORK: u64 = 20_000;
/// How many words are enough then.
const CHOICE: usize = 4;
/// If fewer articles have words that begin as typed, a letter may be wrong.
const FEW: u64 = 5;
/// From so many letters on, one may be wrong.
const LETTERS_FOR_TYPOS: usize = 4;

impl Archive {
    /// Words that begin with what was typed, or nearly so; those in most articles first.
    pub(super) fn words_like(&self, typed: &Typed<'_>) -> Result<Vec<ArchiveWord>, AskError> {
        let words = |typos| {
            self.gate.words(&WordsRequest {
                like: WordsLike::Beginning {
                    key: typed.key.clone(),
                    typos,
                },
                limit: CANDIDATES,
                now: PartialDate::now(),
            })
        };
        let mut found = words(0)?;
        let articles: u64 = found.iter().map(|word| word.documents).sum();
        if articles < FEW && typed.key.chars().count() >= LETTERS_FOR_TYPOS {
            let nearly = words(1)?.into_iter();
            let nearly: Vec<_> = nearly.filter(|it| !found.contains(it)).collect();
            found.extend(nearly);
            found.sort_by_key(|word| Reverse(word.documents));
        }
        Ok(found)
    }

    /// Suggestions of single words; of several forms of a word the most frequent.
    pub(super) fn suggest_terms(
        &self,
        typed: &Typed<'_>,
        words: &[ArchiveWord],
        limit: usize,
        among: &Ask,
    ) -> Result<Vec<Suggestion>, AskError> {
        let is_text = |field| {
            self.schema
                .text_fields()
                .any(|(text, _)| text.name == field)
        };
        if typed.field.is_some_and(|field| !is_text(field)) {
            return Ok(Vec::new());
        }
        // Alone, words have as many hits as they are frequent, or nearly; behind others, less so.
        let (enough, most_work) = match typed.before.trim() {
            "" => (limit, u64::MAX),
            _ => (limit + SPARE, MOST_WORK),
        };
        let mut work = 0;
        let keys = [typed.key.clone()];
        let mut suggestions: Vec<Suggestion> = Vec::new();
        let mut bases = HashSet::new();
        // What else is found by the words that are suggested.
        let mut also: Vec<(u64, Vec<String>)> = Vec::new();
        for word in words {
            if suggestions.len() == enough || suggestions.len() >= CHOICE && work > most_work {
                break;
            }
            let (surface, base) = surface_and_base(&word.written);
            if is_function_word(&surface) || !bases.insert(base.clone()) {
                continue;
            }
            let before = typed.before.trim_start();
            let query = format!("{before}{}", Node::word(&word.written));
            let count = self.hits_of(&query, among)?;
            work += word.documents;
            // Another spelling, or a relative, that finds the same.
            let is_same =
                |(hits, words): &(u64, Vec<String>)| *hits == count && words.contains(&base);
            if also.iter().any(is_same) {
                continue;
            }
            if count > 0 {
                also.push((count, stand_for(&word.written)));
                let start = before.len();
                let text = format!("{before}{}", word.written);
                let highlights = typed_in(&word.written, &keys).into_iter();
                suggestions.push(Suggestion {
                    highlights: highlights.map(|(s, e)| (s + start, e + start)).collect(),
                    text,
                    kind: "term".to_owned(),
                    id: None,
                    alias: None,
                    count,
                    query,
                    rest: None,
                });
            }
        }
        suggestions.sort_by_key(|suggestion| Reverse(suggestion.count));
        suggestions.truncate(limit);
        Ok(suggestions)
    }
}

/// The terms of all that stands for a word of a query.
fn stand_for(word: &str) -> Vec<String> {
    let words = Analyzer::german().query(word);
    let variants = words.iter().flat_map(|word| &word.variants);
    let terms = variants.flat_map(|variant| &variant.terms);
    terms.map(|term| term.text.to_string()).collect()
}

/// The surface of a word, and what its forms have in common.
fn surface_and_base(word: &str) -> (String, String) {
    let tokens = Analyzer::german().analyze(word);
    let term = |class| {
        let mut terms = tokens.iter().flat_map(|token| token.terms());
        let term = terms.find(|term| term.class == class);
        term.map_or_else(|| word.to_owned(), |term| term.text.to_string())
    };
    (term(TermClass::Surface), term(TermClass::Lemma))
}
