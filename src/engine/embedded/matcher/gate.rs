//! What documents must pass to be of use: a filter.

use std::rc::Rc;
use std::sync::Arc;

use tantivy::DocId;

use super::{BATCH, Bits};

const WORD: usize = u64::BITS as usize;

/// Says which documents, that ascend, pass.
#[derive(Clone)]
pub(in crate::engine::embedded) enum Gate {
    /// Those that are remembered.
    Kept(Arc<Bits>),
    /// Those for which a test says so.
    Test(Rc<Test>),
}

/// Says of some documents which pass; it is asked about as many as are in a batch at most.
type Test = dyn Fn(&[DocId]) -> Passing;

impl Gate {
    /// Which of some documents pass, at most as many as are in a batch.
    #[inline]
    pub(in crate::engine::embedded) fn passing(&self, docs: &[DocId]) -> Passing {
        match self {
            Gate::Kept(bits) => bits.passing(docs),
            Gate::Test(test) => test(docs),
        }
    }
}

/// Which of some documents pass, at most as many as are in a batch: a bit for each, by its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Passing([u64; BATCH / WORD]);

impl Passing {
    /// Those for which `test` says so.
    #[inline]
    pub(in crate::engine::embedded) fn of(
        docs: &[DocId],
        mut test: impl FnMut(DocId) -> bool,
    ) -> Passing {
        let mut passing = Passing::default();
        for (word, docs) in passing.0.iter_mut().zip(docs.chunks(WORD)) {
            for (bit, doc) in docs.iter().enumerate() {
                *word |= u64::from(test(*doc)) << bit;
            }
        }
        passing
    }

    /// Whether the document at a place passes.
    #[inline]
    pub(in crate::engine::embedded) fn has(self, place: usize) -> bool {
        self.0[place / WORD] >> (place % WORD) & 1 == 1
    }

    /// How many pass.
    pub(super) fn count(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Visits the places of those that pass, ascending.
    #[inline]
    pub(in crate::engine::embedded) fn each(self, mut visit: impl FnMut(usize)) {
        for (first, mut word) in (0..).step_by(WORD).zip(self.0) {
            while word != 0 {
                visit(first + word.trailing_zeros() as usize);
                word &= word - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_lets_pass_what_it_is_told() {
        let docs: Vec<DocId> = (0..BATCH as DocId).map(|doc| doc * 3).collect();
        let odd = Gate::Test(Rc::new(|docs: &[DocId]| {
            Passing::of(docs, |doc| doc % 2 == 1)
        }));
        let kept = Bits::collect(3 * BATCH as DocId, |docs| {
            Passing::of(docs, |doc| doc % 2 == 1)
        });
        let kept = Gate::Kept(Arc::new(kept));
        for len in [0, 1, 63, 64, 65, BATCH] {
            let mut expected: Vec<usize> = (0..len).collect();
            expected.retain(|place| place % 2 == 1);
            for gate in [&odd, &kept] {
                let passing = gate.passing(&docs[..len]);
                let mut places = Vec::new();
                passing.each(|place| places.push(place));
                assert_eq!(places, expected);
                assert_eq!(passing.count(), expected.len());
                let has = (0..BATCH).filter(|place| passing.has(*place));
                assert_eq!(has.collect::<Vec<_>>(), expected);
            }
        }
    }
}
