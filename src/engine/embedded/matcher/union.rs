//! Any of several clauses.

use tantivy::DocId;

use super::{BoxMatcher, Matcher, TERMINATED};

/// Documents that match at least one clause.
///
/// Queries have few clauses, so the next document is found by looking at each: no heap.
pub(in crate::engine::embedded) struct Or {
    clauses: Vec<BoxMatcher>,
    doc: DocId,
}

impl Or {
    pub(in crate::engine::embedded) fn new(clauses: Vec<BoxMatcher>) -> Or {
        let mut or = Or { clauses, doc: 0 };
        or.settle();
        or
    }

    fn settle(&mut self) {
        let docs = self.clauses.iter().map(|clause| clause.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }
}

impl Matcher for Or {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        if doc != TERMINATED {
            for clause in &mut self.clauses {
                if clause.doc() == doc {
                    clause.advance();
                }
            }
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for clause in &mut self.clauses {
                clause.seek(target);
            }
            self.settle();
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        let doc = self.doc;
        (self.clauses.iter_mut())
            .filter(|clause| clause.doc() == doc)
            .map(|clause| clause.score())
            .sum()
    }

    fn cost(&self) -> u32 {
        let costs = self.clauses.iter().map(|clause| clause.cost());
        costs.fold(0, u32::saturating_add)
    }
}
