//! The vocabulary of an archive: its words as people write them.

use crate::document::PartialDate;

/// The largest number of words that can be asked for at once.
pub const MAX_WORDS: usize = 100;

/// Which words of the archive are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsRequest {
    /// What they look like.
    pub like: WordsLike,
    /// How many at most; not more than [`MAX_WORDS`].
    pub limit: usize,
    /// The moment of the question: documents under embargo then are not there.
    pub now: PartialDate,
}

/// What words look like, by their keys (see [`word_key`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsLike {
    /// They begin with these letters, or with letters that differ by `typos` at most.
    Beginning {
        /// The letters, as a key.
        key: String,
        /// 0, 1 or 2 letters inserted, deleted, replaced or swapped with their neighbour.
        typos: u8,
    },
    /// They differ from this word by `distance` letters at most.
    Near {
        /// The word, as a key.
        key: String,
        /// 0, 1 or 2 letters inserted, deleted, replaced or swapped with their neighbour.
        distance: u8,
    },
}

/// A word of the archive. Spellings that differ in case, umlauts (`ü`, `ue`), `ß`, accents and
/// hyphens only are one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveWord {
    /// What it is looked up by.
    pub key: String,
    /// Its spelling in most documents.
    pub written: String,
    /// Number of documents with the word in a text that may be shown, in this form; exact.
    pub documents: u64,
}

/// The key of a word, from its surface term ([`crate::analysis::TermClass::Surface`]): the same
/// whether umlauts are written `ü` or `ue`.
pub fn word_key(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    for letter in surface.chars() {
        match letter {
            'ä' => key.push_str("ae"),
            'ö' => key.push_str("oe"),
            'ü' => key.push_str("ue"),
            letter => key.push(letter),
        }
    }
    key
}
