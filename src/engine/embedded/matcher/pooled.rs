//! Terms that are one thing: their frequencies add up.

use smallvec::SmallVec;
use tantivy::DocId;

use super::window::Window;
use super::{Batch, TERMINATED};
use crate::engine::embedded::postings::List;
use crate::engine::embedded::score::Lengths;

/// The lists of a pool, each with the factor of its frequencies.
pub(in crate::engine::embedded) type Lists = SmallVec<[(f32, List); 2]>;

/// Documents that have any of some terms in any of some fields.
pub(in crate::engine::embedded) struct Pooled {
    lists: Lists,
    /// Weight of the pool, that of its terms together.
    pub(in crate::engine::embedded) idf: f32,
    doc: DocId,
}

impl Pooled {
    pub(in crate::engine::embedded) fn new(lists: Lists, idf: f32) -> Pooled {
        let mut pooled = Pooled { lists, idf, doc: 0 };
        pooled.settle();
        pooled
    }

    fn settle(&mut self) {
        let docs = self.lists.iter().map(|(_, list)| list.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn advance(&mut self) {
        let doc = self.doc;
        for (_, list) in &mut self.lists {
            if list.doc() == doc {
                list.advance();
            }
        }
        self.settle();
    }

    pub(super) fn seek(&mut self, target: DocId) {
        for (_, list) in &mut self.lists {
            list.seek(target);
        }
        self.settle();
    }

    /// How often the document it stands on has the terms, weighted.
    pub(super) fn frequency(&self) -> f32 {
        (self.lists.iter())
            .filter(|(_, list)| list.doc() == self.doc)
            .map(|(factor, list)| factor * list.frequency() as f32)
            .sum()
    }

    /// If it is of one list only, puts its documents before `end` into the batch, as far as there
    /// is room, with their scores times `weight`; whether it is.
    pub(super) fn fill(
        &mut self,
        weight: f32,
        lengths: &Lengths,
        batch: &mut Batch,
        end: DocId,
    ) -> bool {
        let [(factor, list)] = &mut self.lists[..] else {
            return false;
        };
        let (room, idf, factor) = (batch.room(), self.idf, *factor);
        if batch.is_scored() {
            list.each_before(end, room, |doc, frequency| {
                let frequency = factor * frequency as f32;
                let score = weight * lengths.score(idf, frequency, lengths.norm(doc));
                batch.push(doc, score.max(0.0));
            });
        } else {
            list.each_before(end, room, |doc, _| batch.push(doc, 0.0));
        }
        self.doc = list.doc();
        true
    }

    /// Raises the scores of its documents before `end` in a window; `frequencies` is a window
    /// over the same stretch in which nothing is, to add up in.
    pub(super) fn raise(
        &mut self,
        weight: f32,
        lengths: &Lengths,
        window: &mut Window,
        frequencies: &mut Window,
        end: DocId,
    ) {
        let idf = self.idf;
        let mut raise = |doc: DocId, frequency: f32| {
            window.raise(
                doc,
                weight * lengths.score(idf, frequency, lengths.norm(doc)),
            );
        };
        if let [(factor, list)] = &mut self.lists[..] {
            let factor = *factor;
            list.each_before(end, usize::MAX, |doc, frequency| {
                raise(doc, factor * frequency as f32);
            });
        } else {
            for (factor, list) in &mut self.lists {
                let factor = *factor;
                list.each_before(end, usize::MAX, |doc, frequency| {
                    frequencies.add(doc, factor * frequency as f32);
                });
            }
            frequencies.drain(raise);
        }
        self.settle();
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.lists.iter().map(|(_, list)| list.len());
        sizes.fold(0, u32::saturating_add)
    }
}
