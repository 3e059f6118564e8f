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
    ready: Batch,
    handed_on: usize,
    /// For each required clause, in the order of the query, the scores of the documents of `lead`.
    scores: Vec<[f32; BATCH]>,
}

impl Batches {
    fn new(clauses: usize, batch: &Batch) -> Batches {
        let scored = batch.is_scored();
        Batches {
            lead: Batch::new(scored).with_gate(batch.gate().cloned()),
            found: Found::new(),
            ready: Batch::new(scored),
            handed_on: 0,
            scores: vec![[0.0; BATCH]; clauses],
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

    fn cost(&self) -> u32 {
        self.required[self.order[0]].cost()
    }
}

impl Batches {
    /// Hands on what is ready, as far as there is room.
    fn hand_on(&mut self, batch: &mut Batch) {
        let rest = self.ready.iter().skip(self.handed_on).take(batch.room());
        let before = batch.room();
        rest.for_each(|(doc, score)| batch.push(doc, score));
        self.handed_on += before - batch.room();
    }

    /// Makes ready what all clauses agree on of the documents of the leading one.
    fn agree(&mut self, required: &mut [BoxMatcher], excluded: &mut [BoxMatcher], order: &[usize]) {
        let is_scored = self.lead.is_scored();
        // The documents that are left, and their places in `lead`.
        let mut docs: SmallVec<[DocId; BATCH]> = self.lead.docs().into();
        let mut places: SmallVec<[u8; BATCH]> = (0..docs.len() as u8).collect();
        self.scores[order[0]][..docs.len()].copy_from_slice(self.lead.scores());
        for index in &order[1..] {
            self.found.clear();
            required[*index].find(&docs, is_scored, &mut self.found);
            let scores = &mut self.scores[*index];
            let mut kept = 0;
            for at in self.found.places() {
                scores[usize::from(places[at])] = self.found.score(at);
                (docs[kept], places[kept]) = (docs[at], places[at]);
                kept += 1;
            }
            docs.truncate(kept);
            places.truncate(kept);
        }
        self.ready.clear();
        self.handed_on = 0;
        for (doc, place) in docs.into_iter().zip(places) {
            if !excluded.iter_mut().any(|clause| clause.matches(doc)) {
                let scores = self.scores.iter().map(|scores| scores[usize::from(place)]);
                self.ready
                    .push(doc, if is_scored { scores.sum() } else { 0.0 });
            }
        }
    }
}
