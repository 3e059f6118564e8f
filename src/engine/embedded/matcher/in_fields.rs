//! What must stand together in one field: found field by field, scored over all of them.

use tantivy::DocId;

use super::{Batch, Gate, Matcher, TERMINATED};
use crate::engine::embedded::score::Lengths;

/// Walks the documents of a segment in which some things stand in the right way in one field.
pub(in crate::engine::embedded) trait InField {
    /// The document it stands on.
    fn doc(&self) -> DocId;

    /// Goes to the first document from `target` on, which is not before the current one.
    fn seek(&mut self, target: DocId) -> DocId;

    /// About how many documents there are.
    fn cost(&self) -> u32;

    /// Whether it can be asked for [some documents](Self::next_some) at once.
    fn has_batches(&self) -> bool {
        false
    }

    /// Looks at the next documents before `end`, as many as are in a batch, and visits those that match
    /// and pass the gate, with how often the only thing stands in each.
    fn next_some(&mut self, _end: DocId, _gate: Option<&Gate>, _visit: &mut dyn FnMut(DocId, f32)) {
    }

    /// Adds to `frequencies` how often each of the things stands in the document, times `weight`.
    fn add_frequencies(&mut self, weight: f32, frequencies: &mut [f32]);
}

/// Documents in which the things stand in the right way in at least one field.
pub(in crate::engine::embedded) struct InFields<F> {
    /// Fields with their weights.
    fields: Vec<(f32, F)>,
    /// The weight of each thing, times the boost of the clause.
    idfs: Vec<f32>,
    lengths: Lengths,
    doc: DocId,
    /// Buffer, one for each thing.
    frequencies: Vec<f32>,
    ready: Ready,
}

/// Documents that were found and are to be handed on.
#[derive(Default)]
struct Ready {
    /// With how often they have the thing, all fields together, each times its weight.
    found: Vec<(DocId, f32)>,
    handed_on: usize,
}

impl Ready {
    /// Hands on what is ready, as far as there is room.
    fn hand_on(&mut self, batch: &mut Batch) {
        let rest = self.found[self.handed_on..].iter().take(batch.room());
        self.handed_on += rest.len();
        for (doc, frequency) in rest {
            batch.push(*doc, if batch.is_scored() { *frequency } else { 0.0 });
        }
    }

    /// Makes the next documents before `end` ready, when all were handed on. The field that has most of
    /// them goes on by a batch, and the others as far.
    fn next<F: InField>(&mut self, fields: &mut [(f32, F)], end: DocId, gate: Option<&Gate>) {
        self.found.clear();
        self.handed_on = 0;
        let found = &mut self.found;
        let mut end = end;
        let most = (0..fields.len()).max_by_key(|number| match fields[*number].1.doc() < end {
            true => fields[*number].1.cost(),
            false => 0,
        });
        let Some(most) = most else {
            return;
        };
        let (weight, field) = &mut fields[most];
        field.next_some(end, gate, &mut |doc, count| {
            found.push((doc, *weight * count));
        });
        end = end.min(field.doc());
        if fields.len() == 1 {
            return;
        }
        let of_most = std::mem::take(found);
        let mut of_most = Some(of_most);
        for (number, (weight, field)) in fields.iter_mut().enumerate() {
            if number == most {
                found.extend(of_most.take().into_iter().flatten());
            }
            while field.doc() < end {
                field.next_some(end, gate, &mut |doc, count| {
                    found.push((doc, *weight * count));
                });
            }
        }
        // Of one document, fields stay in their order.
        found.sort_by_key(|(doc, _)| *doc);
        found.dedup_by(|next, before| {
            let same = next.0 == before.0;
            before.1 += if same { next.1 } else { 0.0 };
            same
        });
    }
}

impl<F: InField> InFields<F> {
    pub(in crate::engine::embedded) fn new(
        fields: Vec<(f32, F)>,
        idfs: Vec<f32>,
        lengths: Lengths,
    ) -> InFields<F> {
        let mut matcher = InFields {
            frequencies: vec![0.0; idfs.len()],
            ready: Ready::default(),
            fields,
            idfs,
            lengths,
            doc: 0,
        };
        matcher.settle();
        matcher
    }

    fn fill_one_by_one(&mut self, batch: &mut Batch, end: DocId) {
        while !batch.is_full() && self.doc < end {
            let score = if batch.is_scored() { self.score() } else { 0.0 };
            batch.push(self.doc, score);
            self.advance();
        }
    }

    /// Whether documents are found many at once.
    fn has_batches(&self) -> bool {
        self.idfs.len() == 1 && self.fields.iter().all(|(_, field)| field.has_batches())
    }

    fn settle(&mut self) {
        let docs = self.fields.iter().map(|(_, field)| field.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }
}

impl<F: InField> Matcher for InFields<F> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.seek(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for (_, field) in &mut self.fields {
                if field.doc() < target {
                    field.seek(target);
                }
            }
            self.settle();
        }
        self.doc
    }

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        if !self.has_batches() {
            return self.fill_one_by_one(batch, end);
        }
        loop {
            self.ready.hand_on(batch);
            if batch.is_full() || self.doc >= end {
                return;
            }
            self.ready.next(&mut self.fields, end, batch.gate());
            self.settle();
        }
    }

    /// Where batches are made, the numbers are frequencies.
    fn scores(&mut self, docs: &[DocId], numbers: &mut [f32]) {
        if self.has_batches() {
            self.lengths.scores(1.0, self.idfs[0], docs, numbers);
        }
    }

    fn score(&mut self) -> f32 {
        self.frequencies.fill(0.0);
        for (weight, field) in &mut self.fields {
            if field.doc() == self.doc {
                field.add_frequencies(*weight, &mut self.frequencies);
            }
        }
        let norm = self.lengths.norm(self.doc);
        (self.idfs.iter().zip(&self.frequencies))
            .map(|(idf, frequency)| self.lengths.score(*idf, *frequency, norm))
            .sum()
    }

    fn cost(&self) -> u32 {
        let costs = self.fields.iter().map(|(_, field)| field.cost());
        costs.fold(0, u32::saturating_add)
    }
}
