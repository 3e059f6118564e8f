//! Tables of names that people can edit, each with its reader.

use rustc_hash::FxHashSet;

pub(crate) mod agencies;
pub(crate) mod countries;
pub(crate) mod phrases;
pub(crate) mod sources;

/// The values of a cell that holds several, separated by `;`.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// Words of a file with one a line; lines that begin with `#` are remarks.
pub(crate) struct WordList {
    words: FxHashSet<&'static str>,
}

impl WordList {
    /// Reads the file's text.
    pub(crate) fn read(text: &'static str) -> WordList {
        let words = text.lines().map(str::trim);
        let words = words.filter(|word| !word.is_empty() && !word.starts_with('#'));
        WordList {
            words: words.collect(),
        }
    }

    /// Whether the word stands in the list as it is.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the list has a word that `word` ends in, itself or shorter, for which `fits` holds.
    pub(crate) fn has_ending_of(&self, word: &str, fits: impl Fn(&str) -> bool) -> bool {
        let mut starts = word.char_indices().map(|(at, _)| &word[at..]);
        starts.any(|ending| self.words.contains(ending) && fits(ending))
    }
}
