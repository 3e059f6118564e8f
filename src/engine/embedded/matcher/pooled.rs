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
    /// The list whose documents are marked, if there is one.
    marked: Option<usize>,
    /// Weight of the pool, that of its terms together.
    pub(in crate::engine::embedded) idf: f32,
    doc: DocId,
}

impl Pooled {
    /// The documents of the list at the place `marked` are marked in windows.
    pub(in crate::engine::embedded) fn new(
        lists: Lists,
        marked: Option<usize>,
        idf: f32,
    ) -> Pooled {
        let mut pooled = Pooled {
            lists,
            marked,
            idf,
            doc: 0,
        };
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

    /// If it is of one list only, which is not marked, puts its documents before `end` into the batch, as far as there
    /// is room, with how often each has the term, weighted; whether it is.
    pub(super) fn fill(&mut self, batch: &mut Batch, end: DocId) -> bool {
        let ([(factor, list)], None) = (&mut self.lists[..], self.marked) else {
            return false;
        };
        let factor = *factor;
        while !batch.is_full() && list.doc() < end {
            list.runs_before(end, batch.room(), |docs, frequencies| {
                batch.extend(docs, |place| factor * frequencies[place] as f32);
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
    pub(super) fn add_to(&mut self, window: &mut Window, end: DocId) {
        for (number, (factor, list)) in self.lists.iter_mut().enumerate() {
            let factor = *factor;
            if self.marked == Some(number) {
                list.each_before(end, usize::MAX, |doc, frequency| {
                    window.add(doc, factor * frequency as f32);
                    window.mark(doc);
                });
            } else {
                list.each_before(end, usize::MAX, |doc, frequency| {
                    window.add(doc, factor * frequency as f32);
                });
            }
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
            let (factor, is_marked) = (*factor, self.marked.is_some());
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
                if is_marked {
                    docs.iter().for_each(|doc| window.mark(*doc));
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
                for (doc, score, is_marked) in some.iter_marked() {
                    window.raise(doc, score);
                    if is_marked {
                        window.mark(doc);
                    }
                }
            }
        }
        self.settle();
    }

    /// Whether the document it stands on is marked.
    pub(super) fn is_marked(&self) -> bool {
        let marked = self.marked.map(|number| &self.lists[number].1);
        marked.is_some_and(|list| list.doc() == self.doc)
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.lists.iter().map(|(_, list)| list.len());
        sizes.fold(0, u32::saturating_add)
    }
}
