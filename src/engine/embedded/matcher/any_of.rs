//! Several things that stand for a word one by one, as the parts of a compound do where any word
//! of a query will do.

use tantivy::DocId;

use super::{Pooled, TERMINATED};
use crate::engine::embedded::score::Lengths;

/// Documents that have at least one of the things; the scores of those that are there add up.
pub(in crate::engine::embedded) struct AnyOf {
    things: Vec<Pooled>,
    doc: DocId,
}

impl AnyOf {
    pub(in crate::engine::embedded) fn new(things: Vec<Pooled>) -> AnyOf {
        let mut any = AnyOf { things, doc: 0 };
        any.settle();
        any
    }

    fn settle(&mut self) {
        let docs = self.things.iter().map(Pooled::doc);
        self.doc = docs.min().unwrap_or(TERMINATED);
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn advance(&mut self) {
        if self.doc != TERMINATED {
            self.seek(self.doc + 1);
        }
    }

    pub(super) fn seek(&mut self, target: DocId) {
        for thing in &mut self.things {
            if thing.doc() < target {
                thing.seek(target);
            }
        }
        self.settle();
    }

    pub(super) fn score(&self, lengths: &Lengths, norm: f32) -> f32 {
        let there = self.things.iter().filter(|thing| thing.doc() == self.doc);
        there
            .map(|thing| lengths.score(thing.idf, thing.frequency(), norm))
            .sum()
    }

    /// Whether the document it stands on is marked.
    pub(super) fn is_marked(&self) -> bool {
        let mut there = self.things.iter().filter(|thing| thing.doc() == self.doc);
        there.any(Pooled::is_marked)
    }

    pub(super) fn cost(&self) -> u32 {
        let costs = self.things.iter().map(Pooled::cost);
        costs.fold(0, u32::saturating_add)
    }
}
