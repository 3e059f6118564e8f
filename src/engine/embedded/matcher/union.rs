//! Any of several clauses.

use tantivy::DocId;

use super::window::Window;
use super::{Batch, BoxMatcher, Matcher, TERMINATED};

/// Documents that match at least one clause.
///
/// Queries have few clauses, so the next document is found by looking at each: no heap. Batches
/// come from a window into which the clauses are added one after the other.
struct Or {
    clauses: Vec<BoxMatcher>,
    doc: DocId,
    /// Made when the first batch is asked for, with a batch to read the clauses by.
    window: Option<Box<(Window, Batch)>>,
}

/// Documents that match any of some clauses.
pub(in crate::engine::embedded) fn any_of(mut clauses: Vec<BoxMatcher>) -> BoxMatcher {
    match (clauses.len(), clauses.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            clauses.extend(last);
            Box::new(Or::new(clauses))
        }
    }
}

impl Or {
    fn new(clauses: Vec<BoxMatcher>) -> Or {
        let mut or = Or {
            clauses,
            doc: 0,
            window: None,
        };
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

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        let window = self
            .window
            .get_or_insert_with(|| Box::new((Window::new(), Batch::new(batch.is_scored()))));
        let (window, part) = window.as_mut();
        loop {
            window.take_into(batch);
            if batch.is_full() || self.doc >= end {
                return;
            }
            let stretch_end = window.begin(self.doc).min(end);
            for clause in &mut self.clauses {
                loop {
                    part.clear();
                    clause.fill(part, stretch_end);
                    if part.is_empty() {
                        break;
                    }
                    part.iter().for_each(|(doc, score)| window.add(doc, score));
                }
            }
            let docs = self.clauses.iter().map(|clause| clause.doc());
            self.doc = docs.min().unwrap_or(TERMINATED);
        }
    }

    fn cost(&self) -> u32 {
        let costs = self.clauses.iter().map(|clause| clause.cost());
        costs.fold(0, u32::saturating_add)
    }
}
