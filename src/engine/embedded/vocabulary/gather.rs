//! The words of the documents of a segment that is being written.

use crate::analysis::Token;
use crate::engine::embedded::interner::Interner;
use crate::engine::spelling::{decode, encode, key, more_usual_by};

/// The words of a segment, each in each spelling that a document has it in.
#[derive(Default)]
pub(in crate::engine::embedded) struct Words {
    keys: Interner,
    terms: Interner,
    /// By the number of the term, the number of its key.
    key_of: Vec<u32>,
}

impl Words {
    /// The number of the word that a token is in its spelling, if it is a word; `text` is that of
    /// the token.
    pub(in crate::engine::embedded) fn word(&mut self, token: &Token, text: &str) -> Option<u32> {
        let (key, written) = key(token, text)?;
        let spelling = self.terms.number(&encode(&key, written));
        if spelling as usize == self.key_of.len() {
            self.key_of.push(self.keys.number(&key));
        }
        Some(spelling)
    }

    /// The number of the word without regard to its spelling.
    pub(in crate::engine::embedded) fn key(&self, spelling: u32) -> u32 {
        self.key_of[spelling as usize]
    }

    /// The spelling that a document has most often; of several, the first in order.
    pub(in crate::engine::embedded) fn most_usual(
        &self,
        times: impl Iterator<Item = (u32, u32)>,
    ) -> Option<u32> {
        let written = |spelling: &u32| decode(self.terms.text(*spelling).as_bytes()).map(|it| it.1);
        let usual = times.reduce(|one, other| more_usual_by(one, other, written));
        usual.map(|(_, spelling)| spelling)
    }

    /// The terms by the number of the word in its spelling.
    pub(in crate::engine::embedded) fn terms(&self) -> &Interner {
        &self.terms
    }

    /// Memory in use, in bytes, roughly.
    pub(in crate::engine::embedded) fn memory(&self) -> usize {
        self.keys.memory() + self.terms.memory() + self.key_of.len() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::analysis::Analyzer;

    fn terms_of(texts: &[&str]) -> Vec<(String, String)> {
        let mut words = Words::default();
        let mut times: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for text in texts {
            for token in Analyzer::german().analyze(text) {
                if let Some(word) = words.word(&token, text) {
                    let of_key = times.entry(words.key(word)).or_default();
                    *of_key.entry(word).or_default() += 1;
                }
            }
        }
        let usual = times.into_values().filter_map(|of_key| {
            words.most_usual(of_key.into_iter().map(|(word, times)| (times, word)))
        });
        let mut terms: Vec<_> = usual
            .map(|word| decode(words.terms().text(word).as_bytes()).unwrap())
            .map(|(key, written)| (key.to_owned(), written))
            .collect();
        terms.sort_unstable();
        terms
    }

    #[test]
    fn words_are_kept_in_their_most_frequent_spelling() {
        let terms = terms_of(&["Neues aus Kiel", "NEUES Rad, neues Rad, neues Öl: NATO."]);
        let written: Vec<_> = terms.iter().map(|(_, written)| written.as_str()).collect();
        assert_eq!(written, ["aus", "Kiel", "NATO", "neues", "Öl", "Rad"]);
    }

    #[test]
    fn umlauts_and_hyphens_make_no_other_word() {
        let terms = terms_of(&["Müller und Mueller, Ost-See, 2024 14.000 a"]);
        let expected = [
            ("mueller", "Mueller"),
            ("ostsee", "Ost-See"),
            ("und", "und"),
        ];
        let expected: Vec<_> = expected.map(|(k, w)| (k.to_owned(), w.to_owned())).into();
        assert_eq!(terms, expected);
    }
}
