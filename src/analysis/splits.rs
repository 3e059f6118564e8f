//! How words are split, remembered: a word is asked about several times while it is described, and
//! the parts of compounds come again in ever new ones.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::compound::{self, Segment};

/// Parts that a thread remembers before its memory starts anew.
const LIMIT: usize = 30_000;

/// The parts of a word; none if it is no compound.
pub(super) type Segments = Rc<[Segment]>;

#[derive(Default)]
struct Splits {
    /// The word that was asked about last.
    last: Option<(Box<str>, Segments)>,
    parts: FxHashMap<Box<str>, Segments>,
}

thread_local! {
    static SPLITS: RefCell<Splits> = RefCell::default();
}

/// The parts of a folded word, see [`compound::split`].
pub(super) fn split(word: &str) -> Segments {
    SPLITS.with_borrow_mut(|splits| splits.get(word))
}

/// The same of a word that is part of a compound itself.
pub(super) fn split_part(word: &str) -> Segments {
    SPLITS.with_borrow_mut(|splits| {
        if let Some(known) = splits.parts.get(word) {
            return Rc::clone(known);
        }
        let segments = splits.get(word);
        if splits.parts.len() >= LIMIT {
            splits.parts.clear();
        }
        splits.parts.insert(word.into(), Rc::clone(&segments));
        segments
    })
}

impl Splits {
    fn get(&mut self, word: &str) -> Segments {
        if let Some((last, segments)) = &self.last
            && **last == *word
        {
            return Rc::clone(segments);
        }
        if let Some(segments) = self.parts.get(word) {
            return Rc::clone(segments);
        }
        let segments = Segments::from(compound::split(word));
        self.last = Some((word.into(), Rc::clone(&segments)));
        segments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_splitting_gives() {
        for _ in 0..2 {
            for word in [
                "truppenentsendung",
                "partei",
                "",
                "munitionsbedarfs",
                "partei",
            ] {
                assert_eq!(*split(word), *compound::split(word), "{word}");
                assert_eq!(*split_part(word), *compound::split(word), "{word}");
            }
        }
    }

    #[test]
    fn memory_starts_anew() {
        (0..=LIMIT).for_each(|number| {
            split_part(&format!("teil{number}"));
        });
        assert_eq!(SPLITS.with_borrow(|splits| splits.parts.len()), 1);
        assert_eq!(split_part("schulpflicht").len(), 2);
    }
}
