//! All of several clauses, and none of one.

use smallvec::SmallVec;
use tantivy::DocId;

use super::{BATCH, Batch, BoxMatcher, Found, Matcher, TERMINATED};

/// Documents that match every required clause and no excluded one.
pub(in crate::engine::embedded) struct And {
    /// In the order of the query: scores are summed up in it.
    required: Vec<BoxMatcher>,
    excluded: Vec<BoxMatcher>,
    /// Indexes into `required`, shortest list first: documents are sought in it.
    order: Vec<usize>,
    doc: DocId,
    /// Made when the first batch is asked for.
    batches: Option<Box<Batches>>,
}

/// What is needed to make batches.
struct Batches {
    /// Documents of the leading clause.
    lead: Batch,
    /// Which of them another clause has.
    found: Found,
    /// Documents that all clauses agree on, to be handed on.
    ready: Numbered,
    next: usize,
    /// Those that were handed on last.
    handed_on: Numbered,
}

/// Documents with the number that each required clause, in the order of the query, gave them.
struct Numbered {
    docs: SmallVec<[DocId; BATCH]>,
    numbers: Vec<[f32; BATCH]>,
}

impl Numbered {
    fn new(clauses: usize) -> Numbered {
        Numbered {
            docs: SmallVec::new(),
            numbers: vec![[0.0; BATCH]; clauses],
        }
    }

    /// Keeps what stands at some places, which ascend.
    fn keep(&mut self, places: impl Iterator<Item = usize>, of_clauses: &[usize]) {
        let mut kept = 0;
        for place in places {
            self.docs[kept] = self.docs[place];
            for clause in of_clauses {
                let numbers = &mut self.numbers[*clause];
                numbers[kept] = numbers[place];
            }
            kept += 1;
        }
        self.docs.truncate(kept);
    }
}

impl Batches {
    fn new(clauses: usize, batch: &Batch) -> Batches {
        Batches {
            lead: Batch::new(batch.is_scored()).with_gate(batch.gate().cloned()),
            found: Found::new(),
            ready: Numbered::new(clauses),
            next: 0,
            handed_on: Numbered::new(clauses),
        }
    }
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
            batches: None,
        };
        and.settle();
        and
    }

    /// Goes on from `self.doc` to the first document that all agree on.
    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            let doc = self.doc;
            for index in &self.order[1..] {
                let clause = &mut self.required[*index];
                if !clause.matches(doc) {
                    let next = clause.doc().max(doc + 1);
                    self.doc = self.required[self.order[0]].seek(next);
                    continue 'candidates;
                }
            }
            if !self.excluded.iter_mut().any(|clause| clause.matches(doc)) {
                return;
            }
            self.doc = self.required[self.order[0]].advance();
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

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        let clauses = self.required.len();
        let batches = (self.batches).get_or_insert_with(|| Box::new(Batches::new(clauses, batch)));
        batches.handed_on.docs.clear();
        loop {
            batches.hand_on(batch);
            if batch.is_full() {
                return;
            }
            let lead = &mut self.required[self.order[0]];
            batches.lead.clear();
            lead.fill(&mut batches.lead, end);
            self.doc = lead.doc();
            if batches.lead.is_empty() {
                return;
            }
            batches.agree(&mut self.required, &mut self.excluded, &self.order);
        }
    }

    /// The numbers are places among the documents that were handed on last.
    fn scores(&mut self, docs: &[DocId], numbers: &mut [f32]) {
        let Some(batches) = &self.batches else {
            return;
        };
        let (mut sums, mut of_clause) = ([0.0; BATCH], [0.0; BATCH]);
        let (sums, of_clause) = (&mut sums[..docs.len()], &mut of_clause[..docs.len()]);
        for (index, clause) in self.required.iter_mut().enumerate() {
            let known = &batches.handed_on.numbers[index];
            for (number, place) in of_clause.iter_mut().zip(&*numbers) {
                *number = known[*place as usize % BATCH];
            }
            if index != self.order[0] {
                clause.scores_found(docs, of_clause);
            } else if clause.numbers_last() {
                clause.scores(docs, of_clause);
            }
            for (sum, score) in sums.iter_mut().zip(&*of_clause) {
                *sum += score;
            }
        }
        numbers.copy_from_slice(sums);
    }

    fn numbers_last(&self) -> bool {
        false
    }

    fn cost(&self) -> u32 {
        self.required[self.order[0]].cost()
    }
}

impl Batches {
    /// Hands on what is ready, as far as there is room.
    fn hand_on(&mut self, batch: &mut Batch) {
        let some = self.next..self.ready.docs.len().min(self.next + batch.room());
        let to = self.handed_on.docs.len();
        for (place, doc) in (to..).zip(&self.ready.docs[some.clone()]) {
            batch.push(*doc, place as f32);
        }
        self.handed_on
            .docs
            .extend_from_slice(&self.ready.docs[some.clone()]);
        if batch.is_scored() {
            let numbers = self.handed_on.numbers.iter_mut().zip(&self.ready.numbers);
            for (handed_on, ready) in numbers {
                handed_on[to..to + some.len()].copy_from_slice(&ready[some.clone()]);
            }
        }
        self.next = some.end;
    }

    /// Makes ready what all clauses agree on of the documents of the leading one.
    fn agree(&mut self, required: &mut [BoxMatcher], excluded: &mut [BoxMatcher], order: &[usize]) {
        let is_scored = self.lead.is_scored();
        let ready = &mut self.ready;
        ready.docs = self.lead.docs().into();
        self.next = 0;
        if is_scored {
            ready.numbers[order[0]][..ready.docs.len()].copy_from_slice(self.lead.scores());
        }
        for (before, index) in (1..).zip(&order[1..]) {
            self.found.clear();
            required[*index].find(&ready.docs, is_scored, &mut self.found);
            ready.keep(
                self.found.places(),
                if is_scored { &order[..before] } else { &[] },
            );
            if is_scored {
                let numbers = &mut ready.numbers[*index];
                for (number, place) in numbers.iter_mut().zip(self.found.places()) {
                    *number = self.found.number(place);
                }
            }
        }
        if !excluded.is_empty() {
            let docs = ready.docs.clone();
            let left = docs
                .iter()
                .enumerate()
                .filter(|(_, doc)| !excluded.iter_mut().any(|clause| clause.matches(**doc)));
            ready.keep(
                left.map(|(place, _)| place),
                if is_scored { order } else { &[] },
            );
        }
        let lead = &mut required[order[0]];
        if is_scored && !lead.numbers_last() {
            let numbers = &mut ready.numbers[order[0]][..ready.docs.len()];
            lead.scores(&ready.docs, numbers);
        }
    }
}
