//! All of several clauses, and none of one.

use tantivy::DocId;

use super::{BoxMatcher, Matcher, TERMINATED};

/// Documents that match every required clause and no excluded one.
pub(in crate::engine::embedded) struct And {
    /// In the order of the query: scores are summed up in it.
    required: Vec<BoxMatcher>,
    excluded: Vec<BoxMatcher>,
    /// Indexes into `required`, shortest list first: documents are sought in it.
    order: Vec<usize>,
    doc: DocId,
}

impl And {
    /// `required` must not be empty.
    pub(in crate::engine::embedded) fn new(
        required: Vec<BoxMatcher>,
        excluded: Vec<BoxMatcher>,
    ) -> And {
        let mut order: Vec<usize> = (0..required.len()).collect();
        order.sort_by_key(|index| required[*index].cost());
        let mut and = And {
            doc: required[order[0]].doc(),
            required,
            excluded,
            order,
        };
        and.settle();
        and
    }

    /// Goes on from `self.doc` to the first document that all agree on.
    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for index in &self.order {
                let found = self.required[*index].seek(self.doc);
                if found > self.doc {
                    self.doc = self.required[self.order[0]].seek(found);
                    continue 'candidates;
                }
            }
            let doc = self.doc;
            if self
                .excluded
                .iter_mut()
                .any(|clause| clause.seek(doc) == doc)
            {
                self.doc = self.required[self.order[0]].advance();
                continue;
            }
            return;
        }
    }
}

impl Matcher for And {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.required[self.order[0]].advance();
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.required[self.order[0]].seek(target);
            self.settle();
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        self.required.iter_mut().map(|clause| clause.score()).sum()
    }

    fn cost(&self) -> u32 {
        self.required[self.order[0]].cost()
    }
}
