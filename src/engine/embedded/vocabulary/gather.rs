//! The words of the documents of a segment that is being written.

use crate::analysis::Token;
use crate::engine::embedded::interner::Interner;
use crate::engine::spelling::{encode, key, more_usual};

/// A word in a spelling: numbers of both, within the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine::embedded) struct Spelled {
    key: u32,
    spelling: u32,
}

/// The words of a segment, each in each spelling that a document has it in.
#[derive(Default)]
pub(in crate::engine::embedded) struct Words {
    keys: Interner,
    terms: Interner,
    /// By the number of the term, as documents write it.
    written: Vec<Box<str>>,
    /// The words of the document that is being taken in.
    here: Vec<Spelled>,
    /// Bytes of `written`.
    bytes: usize,
}

impl Words {
    /// The word that a token is, if it is one; `text` is that of the token.
    pub(in crate::engine::embedded) fn word(
        &mut self,
        token: &Token,
        text: &str,
    ) -> Option<Spelled> {
        let (key, written) = key(token, text)?;
        let term = encode(&key, written);
        let spelling = self.terms.number(&term);
        if spelling as usize == self.written.len() {
            self.bytes += written.len();
            self.written.push(written.into());
        }
        let key = self.keys.number(&key);
        Some(Spelled { key, spelling })
    }

    /// Takes in a word of the document.
    pub(in crate::engine::embedded) fn push(&mut self, word: Spelled) {
        self.here.push(word);
    }

    /// Ends the document: visits the numbers of its terms, those of every word once, in the
    /// spelling it has most often.
    pub(in crate::engine::embedded) fn end(&mut self, mut visit: impl FnMut(u32)) {
        self.here.sort_unstable();
        for of_word in self.here.chunk_by(|one, other| one.key == other.key) {
            let spellings = of_word.chunk_by(|one, other| one == other);
            let most = spellings.map(|same| (same.len(), same[0].spelling));
            let more = |one: (usize, u32), other: (usize, u32)| {
                let written = |it: (usize, u32)| (it.0, &*self.written[it.1 as usize]);
                match more_usual(written(one), written(other)) == written(one) {
                    true => one,
                    false => other,
                }
            };
            if let Some((_, spelling)) = most.reduce(more) {
                visit(spelling);
            }
        }
        self.here.clear();
    }

    /// The terms with their numbers.
    pub(in crate::engine::embedded) fn terms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.terms.iter()
    }

    /// Number of terms.
    pub(in crate::engine::embedded) fn len(&self) -> usize {
        self.written.len()
    }

    /// Memory in use, in bytes, roughly.
    pub(in crate::engine::embedded) fn memory(&self) -> usize {
        self.keys.memory() + self.terms.memory() + self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::engine::spelling::decode;

    fn terms_of(texts: &[&str]) -> Vec<(String, String)> {
        let mut words = Words::default();
        for text in texts {
            for token in Analyzer::german().analyze(text) {
                if let Some(word) = words.word(&token, text) {
                    words.push(word);
                }
            }
        }
        let mut numbers = Vec::new();
        words.end(|number| numbers.push(number));
        let terms = words.terms().filter(|(_, number)| numbers.contains(number));
        let mut terms: Vec<_> = terms
            .map(|(term, _)| decode(term.as_bytes()).unwrap())
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
