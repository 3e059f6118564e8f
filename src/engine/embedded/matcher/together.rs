//! Several terms that stand for a word only together, as the parts of a compound do.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::TERMINATED;
use crate::engine::embedded::score::Bm25;

/// Documents that have all terms in one field, within a stretch of `window` words.
pub(in crate::engine::embedded) struct Together {
    terms: Vec<(SegmentPostings, Bm25)>,
    window: u32,
    doc: DocId,
    /// Positions of each term in the current document; buffers.
    positions: Vec<Vec<u32>>,
}

impl Together {
    /// `terms` must not be empty; a `window` of 0 is the whole field.
    pub(in crate::engine::embedded) fn new(
        terms: Vec<(SegmentPostings, Bm25)>,
        window: u32,
    ) -> Together {
        let mut together = Together {
            positions: vec![Vec::new(); terms.len()],
            doc: terms[0].0.doc(),
            terms,
            window,
        };
        together.settle();
        together
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for (postings, _) in &mut self.terms {
                let found = seek(postings, self.doc);
                if found > self.doc {
                    self.doc = found;
                    continue 'candidates;
                }
            }
            if self.window == 0 || self.is_near() {
                return;
            }
            self.doc = self.terms[0].0.advance();
        }
    }

    /// Whether one stretch of `window` words has all terms: walk the positions of all terms in
    /// parallel, always moving on the one that is farthest behind.
    fn is_near(&mut self) -> bool {
        for ((postings, _), positions) in self.terms.iter_mut().zip(&mut self.positions) {
            postings.positions(positions);
        }
        let mut at = vec![0; self.positions.len()];
        loop {
            let mut first = (u32::MAX, 0);
            let mut last = 0;
            for (index, positions) in self.positions.iter().enumerate() {
                let Some(position) = positions.get(at[index]) else {
                    return false;
                };
                first = first.min((*position, index));
                last = last.max(*position);
            }
            if last - first.0 < self.window {
                return true;
            }
            at[first.1] += 1;
        }
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.terms[0].0.advance();
            self.settle();
        }
        self.doc
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = seek(&mut self.terms[0].0, target);
            self.settle();
        }
        self.doc
    }

    pub(super) fn score(&mut self) -> f32 {
        let scores = (self.terms.iter())
            .map(|(postings, bm25)| bm25.score(postings.doc(), postings.term_freq()));
        scores.sum()
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.terms.iter().map(|(postings, _)| postings.size_hint());
        sizes.min().unwrap_or(0)
    }
}

fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target {
        postings.seek(target)
    } else {
        postings.doc()
    }
}
