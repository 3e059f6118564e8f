//! Terms that are one thing: their frequencies add up.

use smallvec::SmallVec;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::TERMINATED;

/// Documents that have any of some terms in any of some fields.
pub(in crate::engine::embedded) struct Pooled {
    /// The lists, each with the factor of its frequencies.
    lists: SmallVec<[(f32, SegmentPostings); 2]>,
    /// Weight of the pool, that of its terms together.
    pub(in crate::engine::embedded) idf: f32,
    doc: DocId,
}

impl Pooled {
    pub(in crate::engine::embedded) fn new(
        lists: SmallVec<[(f32, SegmentPostings); 2]>,
        idf: f32,
    ) -> Pooled {
        let mut pooled = Pooled { lists, idf, doc: 0 };
        pooled.settle();
        pooled
    }

    fn settle(&mut self) {
        let docs = self.lists.iter().map(|(_, postings)| postings.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn advance(&mut self) {
        let doc = self.doc;
        for (_, postings) in &mut self.lists {
            if postings.doc() == doc {
                postings.advance();
            }
        }
        self.settle();
    }

    pub(super) fn seek(&mut self, target: DocId) {
        for (_, postings) in &mut self.lists {
            if postings.doc() < target {
                postings.seek(target);
            }
        }
        self.settle();
    }

    /// How often the document it stands on has the terms, weighted.
    pub(super) fn frequency(&self) -> f32 {
        (self.lists.iter())
            .filter(|(_, postings)| postings.doc() == self.doc)
            .map(|(factor, postings)| factor * postings.term_freq() as f32)
            .sum()
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.lists.iter().map(|(_, postings)| postings.size_hint());
        sizes.fold(0, u32::saturating_add)
    }
}
