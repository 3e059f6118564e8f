//! What must stand together in one field: found field by field, scored over all of them.

use tantivy::DocId;

use super::{Matcher, TERMINATED};
use crate::engine::embedded::score::Lengths;

/// Walks the documents of a segment in which some things stand in the right way in one field.
pub(in crate::engine::embedded) trait InField {
    /// The document it stands on.
    fn doc(&self) -> DocId;

    /// Goes to the first document from `target` on, which is not before the current one.
    fn seek(&mut self, target: DocId) -> DocId;

    /// About how many documents there are.
    fn cost(&self) -> u32;

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
}

impl<F: InField> InFields<F> {
    pub(in crate::engine::embedded) fn new(
        fields: Vec<(f32, F)>,
        idfs: Vec<f32>,
        lengths: Lengths,
    ) -> InFields<F> {
        let mut matcher = InFields {
            frequencies: vec![0.0; idfs.len()],
            fields,
            idfs,
            lengths,
            doc: 0,
        };
        matcher.settle();
        matcher
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
