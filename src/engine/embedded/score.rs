//! BM25 over lengths in words, the same in every segment.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::segment::SegmentData;

/// Saturation of the term frequency (Robertson and Zaragoza 2009; the value of Lucene and tantivy).
const K1: f32 = 1.2;
/// Weight of the length (same sources).
const B: f32 = 0.75;

/// What a term frequency is divided by, for each code of a length: one table per text field.
#[derive(Debug, Clone)]
pub(super) struct LengthTable(Arc<[f32; 256]>);

impl LengthTable {
    /// For a field with `words` words in `documents` documents.
    pub(super) fn new(words: u64, documents: u64) -> LengthTable {
        let average = words as f32 / documents as f32;
        let mut table = [0.0; 256];
        for (code, value) in table.iter_mut().enumerate() {
            let length = FieldNormReader::id_to_fieldnorm(code as u8) as f32;
            *value = K1 * (1.0 - B + B * length / average);
        }
        LengthTable(Arc::new(table))
    }
}

/// The weight of a term that `matching` of `documents` documents have.
pub(super) fn idf(matching: u64, documents: u64) -> f32 {
    // Pasted together from several fields or from counts that deletes made stale, `matching` must
    // not exceed the number of documents.
    let matching = matching.min(documents);
    let odds = ((documents - matching) as f32 + 0.5) / (matching as f32 + 0.5);
    (1.0 + odds).ln()
}

/// The scorer of one term (or phrase) in one field of one segment.
#[derive(Clone)]
pub(super) struct Bm25 {
    weight: f32,
    lengths: LengthTable,
    segment: Arc<SegmentData>,
    text: usize,
}

impl Bm25 {
    pub(super) fn new(
        idf: f32,
        lengths: LengthTable,
        segment: Arc<SegmentData>,
        text: usize,
    ) -> Bm25 {
        Bm25 {
            weight: idf * (1.0 + K1),
            lengths,
            segment,
            text,
        }
    }

    /// The score of a document that has the term `frequency` times.
    #[inline]
    pub(super) fn score(&self, document: DocId, frequency: u32) -> f32 {
        let code = self.segment.records.length_code(document, self.text);
        let frequency = frequency as f32;
        self.weight * (frequency / (frequency + self.lengths.0[code as usize]))
    }
}
