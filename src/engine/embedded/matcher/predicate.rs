//! Documents whose record fits: a facet value, a range of dates.

use tantivy::DocId;

use super::{Matcher, TERMINATED};

/// Documents for which a test of their record holds.
pub(in crate::engine::embedded) struct Predicate {
    test: Box<dyn Fn(DocId) -> bool>,
    documents: DocId,
    doc: DocId,
}

impl Predicate {
    /// `documents` is the number of documents in the segment.
    pub(in crate::engine::embedded) fn new(
        documents: DocId,
        test: impl Fn(DocId) -> bool + 'static,
    ) -> Predicate {
        let mut predicate = Predicate {
            test: Box::new(test),
            documents,
            doc: 0,
        };
        predicate.settle();
        predicate
    }

    fn settle(&mut self) {
        while self.doc < self.documents && !(self.test)(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.documents {
            self.doc = TERMINATED;
        }
    }
}

impl Matcher for Predicate {
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
        0.0
    }

    /// Testing is cheap but blind: a list of postings should lead.
    fn cost(&self) -> u32 {
        self.documents
    }
}
