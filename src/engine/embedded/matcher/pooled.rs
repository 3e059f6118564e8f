//! Terms that are one thing: their frequencies add up.

use smallvec::SmallVec;
use tantivy::DocId;

use super::window::Window;
use super::{BATCH, Batch, Found, TERMINATED};
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
    /// is room, with how often each has the term, weighted; whether it is.
    pub(super) fn fill(&mut self, batch: &mut Batch, end: DocId) -> bool {
        let [(factor, list)] = &mut self.lists[..] else {
            return false;
        };
        let factor = *factor;
        while !batch.is_full() && list.doc() < end {
            list.runs_before(end, batch.room(), |docs, frequencies| {
                batch.extend(docs, frequencies.iter().map(|it| factor * *it as f32));
            });
        }
        self.doc = list.doc();
        true
    }

    /// Notes which of some documents have the terms, and how often, weighted; see
    /// [`Matcher::find`](super::Matcher::find).
    pub(super) fn find(&mut self, docs: &[DocId], found: &mut Found) {
        for (factor, list) in &mut self.lists {
            let factor = *factor;
            list.find(docs, |place, frequency| {
                found.add(place, factor * frequency as f32);
            });
        }
        self.settle();
    }

    /// Adds to a window how often each of its documents before `end` has the terms, weighted.
    pub(super) fn add_to(&mut self, frequencies: &mut Window, end: DocId) {
        for (factor, list) in &mut self.lists {
            let factor = *factor;
            list.each_before(end, usize::MAX, |doc, frequency| {
                frequencies.add(doc, factor * frequency as f32);
            });
        }
        self.settle();
    }

    /// Raises the scores of its documents before `end` in the first window, or notes that they are there
    /// if scores are not wanted; the second is a window over the same stretch in which nothing is, to add
    /// up in.
    pub(super) fn raise(
        &mut self,
        weight: f32,
        lengths: &Lengths,
        (window, frequencies): (&mut Window, &mut Window),
        is_scored: bool,
        end: DocId,
    ) {
        let idf = self.idf;
        let mut scores = [0.0; BATCH];
        if let [(factor, list)] = &mut self.lists[..] {
            let factor = *factor;
            list.runs_before(end, usize::MAX, |docs, frequencies| {
                let scores = &mut scores[..docs.len()];
                for (score, frequency) in scores.iter_mut().zip(frequencies) {
                    *score = factor * *frequency as f32;
                }
                if is_scored {
                    lengths.scores(weight, idf, docs, scores);
                }
                for (doc, score) in docs.iter().zip(scores) {
                    window.raise(*doc, *score);
                }
            });
        } else {
            frequencies.begin_again();
            self.add_to(frequencies, end);
            let mut some = Batch::new(true);
            loop {
                some.clear();
                frequencies.take_into(&mut some);
                if some.is_empty() {
                    break;
                }
                let (docs, scores) = some.parts();
                if is_scored {
                    lengths.scores(weight, idf, docs, scores);
                }
                some.iter()
                    .for_each(|(doc, score)| window.raise(doc, score));
            }
        }
        self.settle();
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.lists.iter().map(|(_, list)| list.len());
        sizes.fold(0, u32::saturating_add)
    }
}
