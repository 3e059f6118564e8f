//! All of several clauses, and none of one.

use smallvec::SmallVec;
use tantivy::DocId;

use super::{BATCH, Batch, BoxMatcher, Matcher, TERMINATED};

/// A clause with at most so many times as many documents as the leading one is walked beside it
/// when batches are made; in others, each document is sought.
const DENSE: u32 = 4;

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
    /// Documents of a clause that is walked beside it.
    beside: Batch,
    /// Documents that all clauses agree on, to be handed on.
    ready: Batch,
    handed_on: usize,
    /// For each required clause, in the order of the query, the scores of the documents of `lead`.
    scores: Vec<[f32; BATCH]>,
}

impl Batches {
    fn new(clauses: usize, scored: bool) -> Batches {
        Batches {
            lead: Batch::new(scored),
            beside: Batch::new(scored),
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
        let batches = (self.batches)
            .get_or_insert_with(|| Box::new(Batches::new(clauses, batch.is_scored())));
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
        let (docs, is_scored) = (self.lead.docs(), self.lead.is_scored());
        let lead_cost = required[order[0]].cost();
        // Places in `docs` of those that are left.
        let mut left: SmallVec<[u8; BATCH]> = (0..docs.len() as u8).collect();
        self.scores[order[0]][..docs.len()].copy_from_slice(self.lead.scores());
        for index in &order[1..] {
            let Some(last) = left.last().map(|place| docs[usize::from(*place)]) else {
                break;
            };
            let (clause, scores) = (&mut required[*index], &mut self.scores[*index]);
            if !clause.is_test() && clause.cost() / DENSE <= lead_cost {
                let mut kept = 0;
                let mut at = 0;
                loop {
                    self.beside.clear();
                    clause.fill(&mut self.beside, last + 1);
                    if self.beside.is_empty() {
                        break;
                    }
                    for (doc, score) in self.beside.iter() {
                        while left
                            .get(at)
                            .is_some_and(|place| docs[usize::from(*place)] < doc)
                        {
                            at += 1;
                        }
                        let Some(place) = left.get(at).copied() else {
                            break;
                        };
                        if docs[usize::from(place)] == doc {
                            scores[usize::from(place)] = score;
                            left[kept] = place;
                            kept += 1;
                            at += 1;
                        }
                    }
                }
                left.truncate(kept);
            } else {
                left.retain(|place| {
                    let matches = clause.matches(docs[usize::from(*place)]);
                    if matches && is_scored {
                        scores[usize::from(*place)] = clause.score();
                    }
                    matches
                });
            }
        }
        self.ready.clear();
        self.handed_on = 0;
        for place in left.into_iter().map(usize::from) {
            let doc = docs[place];
            if !excluded.iter_mut().any(|clause| clause.matches(doc)) {
                let score = self.scores.iter().map(|scores| scores[place]).sum();
                self.ready.push(doc, if is_scored { score } else { 0.0 });
            }
        }
    }
}
