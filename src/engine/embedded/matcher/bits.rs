//! Documents as bits, one for each document of a segment.

use std::sync::Arc;

use tantivy::DocId;

use super::{BATCH, Batch, Matcher, Passing, TERMINATED};
use crate::engine::embedded::postings::List;

const WORD: DocId = u64::BITS;

/// A set of documents.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine::embedded) struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// The empty set of the documents of a segment.
    pub(in crate::engine::embedded) fn new(documents: DocId) -> Bits {
        Bits {
            words: vec![0; documents.div_ceil(WORD) as usize],
            len: 0,
        }
    }

    /// The documents of a segment that pass a test.
    pub(in crate::engine::embedded) fn collect(
        documents: DocId,
        mut test: impl FnMut(&[DocId]) -> Passing,
    ) -> Bits {
        let mut bits = Bits::new(documents);
        let mut some = Vec::with_capacity(BATCH);
        for start in (0..documents).step_by(BATCH) {
            some.clear();
            some.extend(start..documents.min(start + BATCH as DocId));
            test(&some).each(|place| bits.insert(some[place]));
        }
        bits
    }

    /// Which of some documents are in the set; at most as many as are in a batch.
    #[inline]
    pub(in crate::engine::embedded) fn passing(&self, docs: &[DocId]) -> Passing {
        Passing::of(docs, |doc| self.has(doc))
    }

    /// Adds a document of the segment.
    #[inline]
    fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut((doc / WORD) as usize) {
            let bit = 1 << (doc % WORD);
            self.len += u32::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// Adds all documents of a list.
    pub(in crate::engine::embedded) fn insert_all(&mut self, list: &mut List) {
        list.each_before(TERMINATED, usize::MAX, |doc, _| self.insert(doc));
    }

    /// Adds all documents that match.
    pub(in crate::engine::embedded) fn insert_matching(&mut self, matcher: &mut dyn Matcher) {
        let mut batch = Batch::new(false);
        loop {
            batch.clear();
            matcher.fill(&mut batch, TERMINATED);
            if batch.is_empty() {
                return;
            }
            batch.docs().iter().for_each(|doc| self.insert(*doc));
        }
    }

    #[inline]
    pub(in crate::engine::embedded) fn has(&self, doc: DocId) -> bool {
        let word = self.words.get((doc / WORD) as usize);
        word.is_some_and(|word| word >> (doc % WORD) & 1 == 1)
    }

    /// The first document from `doc` on.
    fn next(&self, doc: DocId) -> DocId {
        let mut at = (doc / WORD) as usize;
        let Some(word) = self.words.get(at) else {
            return TERMINATED;
        };
        let mut word = word & (u64::MAX << (doc % WORD));
        while word == 0 {
            at += 1;
            match self.words.get(at) {
                Some(next) => word = *next,
                None => return TERMINATED,
            }
        }
        at as DocId * WORD + word.trailing_zeros()
    }
}

/// The documents of a set, each with the same score.
pub(in crate::engine::embedded) struct InSet {
    bits: Arc<Bits>,
    doc: DocId,
    score: f32,
}

impl InSet {
    pub(in crate::engine::embedded) fn new(bits: Arc<Bits>, score: f32) -> InSet {
        InSet {
            doc: bits.next(0),
            bits,
            score,
        }
    }
}

impl Matcher for InSet {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.bits.next(target);
        }
        self.doc
    }

    fn matches(&mut self, target: DocId) -> bool {
        self.bits.has(target)
    }

    fn score(&mut self) -> f32 {
        self.score
    }

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        let end = end.min(self.bits.words.len() as DocId * WORD);
        let score = if batch.is_scored() { self.score } else { 0.0 };
        while self.doc < end && !batch.is_full() {
            let first = self.doc - self.doc % WORD;
            let mut word = self.bits.words[(first / WORD) as usize];
            word &= u64::MAX << (self.doc % WORD);
            if end - first < WORD {
                word &= (1 << (end - first)) - 1;
            }
            let left = batch.take(first, word, 0, |_| score);
            self.doc = match left {
                0 => self.bits.next(end.min(first + WORD)),
                left => first + left.trailing_zeros(),
            };
        }
    }

    fn cost(&self) -> u32 {
        self.bits.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_in_order() {
        let mut bits = Bits::new(200);
        for doc in [199, 0, 63, 64, 64, 500] {
            bits.insert(doc);
        }
        assert_eq!(bits.len, 4);
        let mut set = InSet::new(Arc::new(bits), 1.0);
        let mut found = Vec::new();
        while set.doc() != TERMINATED {
            found.push(set.doc());
            set.advance();
        }
        assert_eq!(found, [0, 63, 64, 199]);
        assert!(set.matches(63) && !set.matches(62) && !set.matches(TERMINATED));
    }

    #[test]
    fn batches_have_all_documents_before_their_end() {
        let docs: Vec<DocId> = (0..1000).filter(|doc| doc % 7 < 4 || *doc > 700).collect();
        let mut bits = Bits::new(1000);
        docs.iter().for_each(|doc| bits.insert(*doc));
        for ends in [&[TERMINATED][..], &[1, 64, 65, 130, 700, TERMINATED]] {
            let mut set = InSet::new(Arc::new(bits.clone()), 2.0);
            let mut found = Vec::new();
            for end in ends {
                loop {
                    let mut batch = Batch::new(true);
                    set.fill(&mut batch, *end);
                    assert!(batch.docs().iter().all(|doc| doc < end));
                    assert!(batch.scores().iter().all(|score| *score == 2.0));
                    if batch.is_empty() {
                        break;
                    }
                    found.extend_from_slice(batch.docs());
                }
            }
            assert_eq!(found, docs);
        }
    }

    #[test]
    fn seeking_stays_or_goes_on() {
        let mut bits = Bits::new(1000);
        (0..1000).step_by(100).for_each(|doc| bits.insert(doc));
        let mut set = InSet::new(Arc::new(bits), 1.0);
        assert_eq!(set.seek(150), 200);
        assert_eq!(set.seek(120), 200);
        assert_eq!(set.seek(901), TERMINATED);
    }
}
