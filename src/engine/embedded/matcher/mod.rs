//! Walking the documents of a segment that match a clause, in ascending order.

mod any_of;
mod batch;
mod bits;
mod boolean;
mod gate;
mod in_fields;
mod near;
mod phrase;
mod pooled;
mod scan;
mod starts;
mod together;
mod union;
mod window;
mod word;

use tantivy::DocId;
pub(super) use tantivy::TERMINATED;

pub(super) use any_of::AnyOf;
pub(super) use batch::{BATCH, Batch, Found};
pub(super) use bits::{Bits, InSet};
pub(super) use boolean::And;
pub(super) use gate::{Gate, Passing};
pub(super) use in_fields::{InField, InFields};
pub(super) use near::{Near, Nearness, Operand, Run};
pub(super) use phrase::{PhraseField, PhraseWord};
pub(super) use pooled::{Lists, Pooled};
pub(super) use scan::{listed, not, passing};
pub(super) use together::Together;
pub(super) use union::{any_of, any_of_known};
pub(super) use word::{Leaf, Word};

/// Documents of a segment in ascending order, with their scores.
///
/// A fresh matcher stands on its first document; [`TERMINATED`] is behind the last. Scores are
/// summed up in the order of the query, whatever the order in which lists are walked, so that they
/// are the same in every segment and on every machine.
///
/// A matcher is walked document by document, or batch by batch ([`Matcher::fill`]): once it has
/// filled a batch, only further batches may be asked for, and it says of [`Matcher::doc`] no more
/// than that everything before it is in a batch or about to be.
pub(super) trait Matcher {
    /// The document it stands on.
    fn doc(&self) -> DocId;

    /// Goes to the next document.
    fn advance(&mut self) -> DocId;

    /// Goes to the first document that is not before `target`; stays if it is there already.
    fn seek(&mut self, target: DocId) -> DocId {
        while self.doc() < target {
            self.advance();
        }
        self.doc()
    }

    /// Whether it matches `target`; each call asks about a document that is not before that of the
    /// last.
    fn matches(&mut self, target: DocId) -> bool {
        self.seek(target) == target
    }

    /// Notes in `found`, which is empty, which of some documents match, with numbers of which
    /// [`Matcher::scores_found`] makes their scores, if these are wanted. The documents ascend, and are no
    /// more than a batch; the first is not before the last that was asked about.
    fn find(&mut self, docs: &[DocId], is_scored: bool, found: &mut Found) {
        for (place, doc) in docs.iter().enumerate() {
            if self.matches(*doc) {
                found.add(place, if is_scored { self.score() } else { 0.0 });
            }
        }
    }

    /// The score of the document it stands on, or that it was last found to match.
    fn score(&mut self) -> f32;

    /// Adds the next documents before `end` to an empty batch, until it is full or there is none: if it
    /// stays empty and [none is told apart](Batch::apart), there is none. `end` never falls. If scores are wanted, each document gets a number of
    /// which [`Matcher::scores`] makes its score: what nobody will rank need not be scored.
    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        while !batch.is_full() && self.doc() < end {
            let score = if batch.is_scored() { self.score() } else { 0.0 };
            batch.push(self.doc(), score);
            self.advance();
        }
    }

    /// Makes scores of the numbers that some documents got when a batch was filled last.
    fn scores(&mut self, _docs: &[DocId], _numbers: &mut [f32]) {}

    /// Makes scores of the numbers that some documents got when they were found.
    fn scores_found(&mut self, _docs: &[DocId], _numbers: &mut [f32]) {}

    /// Whether scores may be made of the numbers of a batch when further ones have been filled, too.
    fn numbers_last(&self) -> bool {
        true
    }

    /// No document scores more.
    fn most(&self) -> f32 {
        f32::INFINITY
    }

    /// About how many documents there are: short lists lead.
    fn cost(&self) -> u32;
}

/// A matcher of any kind.
pub(super) type BoxMatcher = Box<dyn Matcher>;

/// Matches nothing.
pub(super) struct Nothing;

impl Matcher for Nothing {
    fn doc(&self) -> DocId {
        TERMINATED
    }

    fn advance(&mut self) -> DocId {
        TERMINATED
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u32 {
        0
    }
}

/// Matches every document.
pub(super) struct All {
    pub(super) next: DocId,
    pub(super) documents: DocId,
}

impl Matcher for All {
    fn doc(&self) -> DocId {
        if self.next < self.documents {
            self.next
        } else {
            TERMINATED
        }
    }

    fn advance(&mut self) -> DocId {
        self.next = self.next.saturating_add(1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.next = self.next.max(target);
        self.doc()
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u32 {
        self.documents
    }
}
