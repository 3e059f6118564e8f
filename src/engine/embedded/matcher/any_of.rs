//! Several terms that stand for a word one by one, as the parts of a compound do where any word
//! of a query will do.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::TERMINATED;
use crate::engine::embedded::score::Bm25;

/// Documents that have at least one of the terms; the scores of those that are there add up.
pub(in crate::engine::embedded) struct AnyOf {
    terms: Vec<(SegmentPostings, Bm25)>,
    doc: DocId,
}

impl AnyOf {
    pub(in crate::engine::embedded) fn new(terms: Vec<(SegmentPostings, Bm25)>) -> AnyOf {
        let mut any = AnyOf { terms, doc: 0 };
        any.settle();
        any
    }

    fn settle(&mut self) {
        let docs = self.terms.iter().map(|(postings, _)| postings.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.seek(self.doc + 1);
        }
        self.doc
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for (postings, _) in &mut self.terms {
                if postings.doc() < target {
                    postings.seek(target);
                }
            }
            self.settle();
        }
        self.doc
    }

    pub(super) fn score(&mut self) -> f32 {
        let there = self
            .terms
            .iter()
            .filter(|(postings, _)| postings.doc() == self.doc);
        let scores = there.map(|(postings, bm25)| bm25.score(self.doc, postings.term_freq()));
        scores.sum()
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.terms.iter().map(|(postings, _)| postings.size_hint());
        sizes.fold(0, u32::saturating_add)
    }
}
