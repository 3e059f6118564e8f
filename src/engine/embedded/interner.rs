//! Texts by numbers: each new one gets the next.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// Texts with their numbers, from 0 on. They stand one behind the other: first come those that are
/// looked up most.
#[derive(Default)]
pub(super) struct Interner {
    numbers: HashTable<u32>,
    letters: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Interner {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let of = |number: u32| &self.letters[span(&self.ends, number)];
        let hash = |text: &str| FxBuildHasher.hash_one(text);
        let known = |number: &u32| of(*number) == text;
        match (self.numbers).entry(hash(text), known, |number| hash(of(*number))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = self.ends.len() as u32;
                place.insert(number);
                self.letters.push_str(text);
                self.ends.push(self.letters.len());
                number
            }
        }
    }

    /// The text of a number.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.letters[span(&self.ends, number)]
    }

    /// The texts with their numbers, in the order of these.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        (0..self.ends.len() as u32).map(|number| (self.text(number), number))
    }

    /// Memory in use, in bytes, roughly.
    pub(super) fn memory(&self) -> usize {
        self.letters.len() + self.ends.len() * size_of::<usize>() + self.numbers.allocation_size()
    }
}

fn span(ends: &[usize], number: u32) -> Range<usize> {
    let start = number
        .checked_sub(1)
        .map_or(0, |before| ends[before as usize]);
    start..ends[number as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut texts = Interner::default();
        assert_eq!(
            ["a", "b", "a", ""].map(|text| texts.number(text)),
            [0, 1, 0, 2]
        );
        let all: Vec<_> = texts.iter().collect();
        assert_eq!(all, [("a", 0), ("b", 1), ("", 2)]);
        assert_eq!(texts.text(1), "b");
    }
}
