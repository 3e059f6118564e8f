//! Documents in a set of bits: the union of many lists.

use tantivy::postings::SegmentPostings;
use tantivy::{BitSet, DocId, DocSet};

use super::{Matcher, TERMINATED};

/// Documents in any of many lists, each with the same score.
pub(in crate::engine::embedded) struct Bits {
    bits: BitSet,
    documents: DocId,
    score: f32,
    doc: DocId,
}

impl Bits {
    /// `documents` is the number of documents in the segment.
    pub(in crate::engine::embedded) fn new(
        lists: impl Iterator<Item = SegmentPostings>,
        documents: DocId,
        score: f32,
    ) -> Bits {
        let mut bits = BitSet::with_max_value(documents);
        for mut list in lists {
            while list.doc() != TERMINATED {
                bits.insert(list.doc());
                list.advance();
            }
        }
        let mut set = Bits {
            bits,
            documents,
            score,
            doc: 0,
        };
        set.settle();
        set
    }

    fn settle(&mut self) {
        while self.doc < self.documents && !self.bits.contains(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.documents {
            self.doc = TERMINATED;
        }
    }
}

impl Matcher for Bits {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        self.score
    }

    fn cost(&self) -> u32 {
        self.bits.len() as u32
    }
}
