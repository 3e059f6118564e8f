//! Texts by numbers: each new one gets the next.

use rustc_hash::FxHashMap;

/// Texts with their numbers, from 0 on.
#[derive(Default)]
pub(super) struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
    /// Bytes of all texts.
    bytes: usize,
}

impl Interner {
    /// The number of a text.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.into(), number);
        self.bytes += text.len();
        number
    }

    /// The texts with their numbers, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        (self.numbers.iter()).map(|(text, number)| (&**text, *number))
    }

    /// Memory in use, in bytes, roughly.
    pub(super) fn memory(&self) -> usize {
        /// Of a text beside its letters.
        const EACH: usize = 44;
        self.bytes + self.numbers.len() * EACH
    }
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
        let mut all: Vec<_> = texts.iter().collect();
        all.sort_unstable();
        assert_eq!(all, [("", 2), ("a", 0), ("b", 1)]);
    }
}
