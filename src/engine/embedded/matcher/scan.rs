//! Documents that pass a test, one by one: a facet value, a range of dates.

use tantivy::DocId;

use super::{BoxMatcher, Matcher, TERMINATED};

/// Documents of a segment for which a test holds; they add nothing to the score. The test is asked
/// in ascending order.
struct Scan<T> {
    test: T,
    documents: DocId,
    doc: DocId,
    cost: u32,
}

/// Documents whose record passes a test; `documents` is the number of documents in the segment.
pub(in crate::engine::embedded) fn passing(
    documents: DocId,
    test: impl FnMut(DocId) -> bool + 'static,
) -> BoxMatcher {
    // Testing is cheap but blind: a list of postings should lead.
    Scan::boxed(documents, documents, test)
}

/// Documents that do not match a clause.
pub(in crate::engine::embedded) fn not(mut clause: BoxMatcher, documents: DocId) -> BoxMatcher {
    passing(documents, move |doc| clause.seek(doc) != doc)
}

/// Some documents, ascending.
pub(in crate::engine::embedded) fn listed(list: Vec<DocId>) -> BoxMatcher {
    let documents = list.last().map_or(0, |last| last + 1);
    let cost = list.len() as u32;
    Scan::boxed(documents, cost, move |doc| list.binary_search(&doc).is_ok())
}

impl<T: FnMut(DocId) -> bool + 'static> Scan<T> {
    fn boxed(documents: DocId, cost: u32, test: T) -> BoxMatcher {
        let mut scan = Scan {
            test,
            documents,
            doc: 0,
            cost,
        };
        scan.settle();
        Box::new(scan)
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

impl<T: FnMut(DocId) -> bool + 'static> Matcher for Scan<T> {
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

    fn matches(&mut self, target: DocId) -> bool {
        if self.doc >= target {
            return self.doc == target;
        }
        // Where others lead, looking for the next document that passes would be in vain.
        let passes = target < self.documents && (self.test)(target);
        if passes {
            self.doc = target;
        }
        passes
    }

    fn score(&mut self) -> f32 {
        0.0
    }

    fn cost(&self) -> u32 {
        self.cost
    }
}
