//! Any of several clauses.

use tantivy::DocId;

use super::window::{Seen, Window};
use super::{BATCH, Batch, BoxMatcher, Found, Matcher, TERMINATED};

/// Documents that match at least one clause.
///
/// Queries have few clauses, so the next document is found by looking at each: no heap. Batches
/// come from a window into which the clauses are added one after the other.
struct Or {
    clauses: Vec<BoxMatcher>,
    doc: DocId,
    /// The clause whose documents need not come if they have nothing else and score less than the
    /// floor of a batch.
    known: Option<usize>,
    /// Made when the first batch is asked for.
    windows: Option<Box<Windows>>,
}

/// What is needed to make batches.
struct Windows {
    window: Window,
    /// A batch to read the clauses by.
    part: Batch,
    /// Made when documents are to be told apart.
    whole: Option<Box<Whole>>,
    found: Found,
    /// Documents with scores that must wait for those of clauses before theirs.
    later: Vec<(DocId, f32)>,
}

/// All documents of a stretch, whether or not they pass.
struct Whole {
    /// A batch to read the clauses by, without a gate.
    part: Batch,
    /// The documents of the known clause, and of the others.
    known: Seen,
    others: Seen,
}

/// So many documents that are told apart are enough for one batch.
const APART: usize = 1024;

impl Windows {
    fn new(batch: &Batch) -> Windows {
        Windows {
            window: Window::new(),
            part: Batch::new(batch.is_scored()).with_gate(batch.gate().cloned()),
            whole: None,
            found: Found::new(),
            later: Vec::new(),
        }
    }

    /// Adds the documents of all clauses before `end`, and marks those of the `known` one and those that
    /// a clause has marked.
    fn add(&mut self, clauses: &mut [BoxMatcher], known: Option<usize>, end: DocId) {
        for (index, clause) in clauses.iter_mut().enumerate() {
            let (part, window) = (&mut self.part, &mut self.window);
            let is_known = known == Some(index);
            each(clause, part, end, |doc, score, is_marked| {
                window.add(doc, score);
                if is_known || is_marked {
                    window.mark(doc);
                }
            });
        }
    }

    /// Adds the documents of all clauses before `end` that pass, and tells apart all that match without
    /// the `known` one.
    fn add_passing(
        &mut self,
        clauses: &mut [BoxMatcher],
        known: usize,
        end: DocId,
        apart: &mut Vec<DocId>,
    ) {
        let is_scored = self.part.is_scored();
        let whole = self.whole.get_or_insert_with(|| {
            Box::new(Whole {
                part: Batch::new(is_scored),
                known: Seen::new(),
                others: Seen::new(),
            })
        });
        whole.known.begin(&self.window);
        whole.others.begin(&self.window);
        for (index, clause) in clauses.iter_mut().enumerate() {
            let seen = match index == known {
                true => &mut whole.known,
                false => &mut whole.others,
            };
            loop {
                whole.part.clear();
                clause.fill(&mut whole.part, end);
                if whole.part.is_empty() {
                    break;
                }
                seen.insert(whole.part.docs());
                let numbers = whole.part.scores();
                self.part.clear();
                self.part.extend(whole.part.docs(), |place| numbers[place]);
                score(clause, &mut self.part);
                (self.part.iter()).for_each(|(doc, score)| self.window.add(doc, score));
            }
        }
        whole.others.append_without(&whole.known, apart);
    }

    /// Adds the documents of all clauses before `end`, but of the `known` one only those that another has,
    /// too.
    fn add_beside(&mut self, clauses: &mut [BoxMatcher], known: usize, end: DocId) {
        let (window, later) = (&mut self.window, &mut self.later);
        for (index, clause) in clauses.iter_mut().enumerate() {
            if index != known {
                each(clause, &mut self.part, end, |doc, score, _| {
                    if index < known {
                        window.add(doc, score);
                    } else {
                        window.add(doc, 0.0);
                        later.push((doc, score));
                    }
                });
            }
        }
        let mut docs = window.docs();
        let mut some = [0; BATCH];
        loop {
            let mut len = 0;
            for (to, doc) in some.iter_mut().zip(docs.by_ref()) {
                *to = doc;
                len += 1;
            }
            let some = &some[..len];
            if some.is_empty() {
                break;
            }
            find_scored(
                &mut clauses[known],
                some,
                &mut self.found,
                self.part.is_scored(),
                |place, score| {
                    window.add(some[place], score);
                    window.mark(some[place]);
                },
            );
        }
        (later.drain(..)).for_each(|(doc, score)| window.add(doc, score));
    }
}

/// Visits the documents of a clause before `end` with their scores, and whether they are marked.
fn each(
    clause: &mut BoxMatcher,
    part: &mut Batch,
    end: DocId,
    mut visit: impl FnMut(DocId, f32, bool),
) {
    loop {
        part.clear();
        clause.fill(part, end);
        if part.is_empty() {
            return;
        }
        score(clause, part);
        (part.iter_marked()).for_each(|(doc, score, is_marked)| visit(doc, score, is_marked));
    }
}

/// Makes the scores of a batch that a clause has filled, if they are wanted.
fn score(clause: &mut BoxMatcher, part: &mut Batch) {
    if part.is_scored() {
        let (docs, numbers) = part.parts();
        clause.scores(docs, numbers);
    }
}

/// Visits those of some documents that match a clause, by their places, with their scores; `found` is a
/// buffer.
fn find_scored(
    clause: &mut BoxMatcher,
    docs: &[DocId],
    found: &mut Found,
    is_scored: bool,
    mut visit: impl FnMut(usize, f32),
) {
    found.clear();
    clause.find(docs, is_scored, found);
    if is_scored {
        let score = |docs: &[DocId], numbers: &mut [f32]| clause.scores_found(docs, numbers);
        found.each_changed(docs, score, visit);
    } else {
        found.places().for_each(|place| visit(place, 0.0));
    }
}

/// Documents that match any of some clauses.
pub(in crate::engine::embedded) fn any_of(mut clauses: Vec<BoxMatcher>) -> BoxMatcher {
    match (clauses.len(), clauses.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            clauses.extend(last);
            Box::new(Or::new(clauses, None))
        }
    }
}

/// The same, but whoever asks knows what documents the clause at the place `known` has. Those that no
/// other clause has may be left out of batches if they score less than the batch's floor; those that are
/// in a batch can be [left out](Batch::leave_out_marked) afterwards.
pub(in crate::engine::embedded) fn any_of_known(
    clauses: Vec<BoxMatcher>,
    known: usize,
) -> BoxMatcher {
    Box::new(Or::new(clauses, Some(known)))
}

impl Or {
    fn new(clauses: Vec<BoxMatcher>, known: Option<usize>) -> Or {
        let mut or = Or {
            clauses,
            known,
            doc: 0,
            windows: None,
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

    fn find(&mut self, docs: &[DocId], is_scored: bool, found: &mut Found) {
        let mut own = Found::new();
        for clause in &mut self.clauses {
            find_scored(clause, docs, &mut own, is_scored, |place, score| {
                found.add(place, score)
            });
        }
    }

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        let windows = (self.windows).get_or_insert_with(|| Box::new(Windows::new(batch)));
        loop {
            windows.window.take_into(batch);
            let left_out = (self.known).filter(|known| self.clauses[*known].most() < batch.floor());
            let docs = self.clauses.iter().enumerate();
            let docs = docs.filter(|(index, _)| Some(*index) != left_out);
            let docs = docs.map(|(_, clause)| clause.doc());
            self.doc = docs.min().unwrap_or(TERMINATED);
            if batch.is_full() || batch.apart().len() >= APART || self.doc >= end {
                return;
            }
            let stretch_end = windows.window.begin(self.doc).min(end);
            let clauses = &mut self.clauses;
            match (left_out, self.known.zip(batch.apart_mut())) {
                (Some(known), _) => windows.add_beside(clauses, known, stretch_end),
                (None, Some((known, apart))) => {
                    windows.add_passing(clauses, known, stretch_end, apart)
                }
                (None, None) => windows.add(clauses, self.known, stretch_end),
            }
        }
    }

    fn cost(&self) -> u32 {
        let costs = self.clauses.iter().map(|clause| clause.cost());
        costs.fold(0, u32::saturating_add)
    }
}
