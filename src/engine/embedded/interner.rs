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

    /// The numbers in the order of the bytes of their texts.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let numbers = 0..self.ends.len() as u32;
        // Nearly always the first letters decide, and nothing else need be looked at.
        let mut heads: Vec<(u128, u32)> =
            (numbers.map(|number| (head(self.text(number)), number))).collect();
        heads.sort_unstable_by(|one, other| {
            let texts = || self.text(one.1).cmp(self.text(other.1));
            one.0.cmp(&other.0).then_with(texts)
        });
        heads.into_iter().map(|(_, number)| number).collect()
    }

    /// Number of texts.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Memory in use, in bytes, roughly.
    pub(super) fn memory(&self) -> usize {
        self.letters.len() + self.ends.len() * size_of::<usize>() + self.numbers.allocation_size()
    }
}

/// The first sixteen bytes of a text as a number: texts are in the order of these numbers, and only
/// those that begin alike have the same.
fn head(text: &str) -> u128 {
    let mut head = [0; 16];
    let len = text.len().min(head.len());
    head[..len].copy_from_slice(&text.as_bytes()[..len]);
    u128::from_be_bytes(head)
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
        assert_eq!([0, 1, 2].map(|number| texts.text(number)), ["a", "b", ""]);
        assert_eq!(texts.len(), 3);
    }

    #[test]
    fn numbers_are_sorted_by_text() {
        let mut texts = Interner::default();
        let all = [
            "lhaus",
            "l",
            "shaus",
            "",
            "lhaus\0",
            "lbundesverfassungsgericht",
            "lbundesverfassungsgesetz",
            "lbundesverfassung",
            "lbundesverfass",
            "lbundesverfassu\0",
            "lbundesverfassu",
            "lübel",
        ];
        all.iter().for_each(|text| {
            texts.number(text);
        });
        let sorted = texts.sorted().into_iter().map(|number| texts.text(number));
        let mut expected = all.to_vec();
        expected.sort_unstable();
        assert_eq!(sorted.collect::<Vec<_>>(), expected);
    }
}
