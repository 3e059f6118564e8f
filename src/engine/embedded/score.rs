//! BM25F over lengths in words, the same in every segment.
//!
//! Robertson, Zaragoza and Taylor (2004): the fields of a document are added up before the
//! frequency saturates, each times its weight, as if its words stood there so many times. With one
//! field this is BM25.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::matcher::BATCH;
use super::segment::SegmentData;
use crate::search::Scoring;

/// What a frequency is weighed against, for each code of a length in each of the fields that a
/// clause looks in.
#[derive(Debug)]
pub(super) struct LengthTables {
    k1: f32,
    /// The text fields and their addends.
    fields: Vec<(usize, Box<[f32; 256]>)>,
}

impl LengthTables {
    /// For text fields with their weights; `words` is the number of words of each text field in
    /// all `documents` documents.
    pub(super) fn new(
        fields: &[(usize, f32)],
        words: &[u64],
        documents: u64,
        scoring: Scoring,
    ) -> LengthTables {
        let Scoring { k1, b } = scoring;
        let sum: f32 = (fields.iter())
            .map(|(text, weight)| weight * words[*text] as f32)
            .sum();
        let average = sum / documents as f32;
        let table = |(index, (text, weight)): (usize, &(usize, f32))| {
            // What does not depend on the length comes in with the first field.
            let constant = if index == 0 { 1.0 - b } else { 0.0 };
            let mut table = Box::new([0.0; 256]);
            for (code, value) in table.iter_mut().enumerate() {
                let length = weight * FieldNormReader::id_to_fieldnorm(code as u8) as f32;
                *value = k1 * (constant + b * length / average);
            }
            (*text, table)
        };
        LengthTables {
            k1,
            fields: fields.iter().enumerate().map(table).collect(),
        }
    }
}

/// The lengths of the documents of a segment.
#[derive(Clone)]
pub(super) struct Lengths {
    tables: Arc<LengthTables>,
    segment: Arc<SegmentData>,
}

impl Lengths {
    pub(super) fn new(tables: Arc<LengthTables>, segment: Arc<SegmentData>) -> Lengths {
        Lengths { tables, segment }
    }

    /// What frequencies in this document are weighed against.
    #[inline]
    pub(super) fn norm(&self, document: DocId) -> f32 {
        let records = &self.segment.records;
        (self.tables.fields.iter())
            .map(|(text, table)| table[usize::from(records.length_code(document, *text))])
            .sum()
    }

    /// Makes of the frequencies of something in some documents its scores there, times `weight`.
    pub(super) fn scores(&self, weight: f32, idf: f32, docs: &[DocId], frequencies: &mut [f32]) {
        let mut norms = [0.0; BATCH];
        let parts = docs.chunks(BATCH).zip(frequencies.chunks_mut(BATCH));
        for (docs, frequencies) in parts {
            let norms = &mut norms[..docs.len()];
            norms.fill(0.0);
            for (text, table) in &self.tables.fields {
                let codes = self.segment.records.length_codes(*text);
                for (norm, doc) in norms.iter_mut().zip(docs) {
                    let code = codes.get(*doc as usize).copied().unwrap_or_default();
                    *norm += table[usize::from(code)];
                }
            }
            for (frequency, norm) in frequencies.iter_mut().zip(norms) {
                *frequency = weight * self.score(idf, *frequency, *norm);
            }
        }
    }

    /// No score of something with this [`idf`](crate::engine::rarity::idf) is higher.
    pub(super) fn most(&self, idf: f32) -> f32 {
        idf * (1.0 + self.tables.k1)
    }

    /// The score of something with this [`idf`](crate::engine::rarity::idf) that is `frequency` times in a document.
    #[inline]
    pub(super) fn score(&self, idf: f32, frequency: f32, norm: f32) -> f32 {
        idf * (1.0 + self.tables.k1) * (frequency / (frequency + norm))
    }
}
