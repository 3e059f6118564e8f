//! Factors by age, for all documents of a segment.

use tantivy::DocId;

use super::segment::{FacetIndex, SegmentData};
use crate::document::PartialDate;
use crate::search::Recency;

/// What scores are multiplied by, computed once for each day that occurs.
pub(super) struct Ages {
    /// By the segment's ordinal of the day, month or year.
    factors: Vec<f32>,
    without_date: f32,
}

impl Ages {
    pub(super) fn new(recency: Recency, segment: &SegmentData) -> Ages {
        let periods = segment.records.periods().iter();
        Ages {
            factors: periods
                .map(|bits| recency.factor(PartialDate::from_bits(*bits)))
                .collect(),
            without_date: recency.factor(None),
        }
    }

    /// The factor of a document.
    #[inline]
    pub(super) fn factor(&self, segment: &SegmentData, document: DocId) -> f32 {
        let mut factor = self.without_date;
        let column = segment.column(FacetIndex::Date);
        column.each(document, |ordinal| factor = self.factors[ordinal as usize]);
        factor
    }
}
