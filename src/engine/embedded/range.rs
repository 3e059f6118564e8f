//! Whether documents lie in a range of dates.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::DocId;

use super::kept::Filter;
use super::matcher::{Gate, Passing};
use super::segment::{FacetIndex, SegmentData};
use crate::document::PartialDate;
use crate::search::DateRange;

/// A range, held against the documents of one segment.
pub(super) struct RangeTest {
    range: DateRange,
    segment: Arc<SegmentData>,
    /// What is known of each day, month or year of the segment, if the ends of the range are no
    /// times of a day: then all documents of a day lie in the range, or none.
    by_period: Vec<Option<bool>>,
}

impl RangeTest {
    /// `None` if the range is open, so that every document lies in it.
    pub(super) fn new(range: DateRange, segment: &Arc<SegmentData>) -> Option<RangeTest> {
        if range.is_open() {
            return None;
        }
        let ends = [range.from, range.to].into_iter().flatten();
        let periods = match ends.filter_map(PartialDate::time).next() {
            None => segment.records.periods().len(),
            Some(_) => 0,
        };
        Some(RangeTest {
            range,
            segment: Arc::clone(segment),
            by_period: vec![None; periods],
        })
    }

    /// Lets documents pass that lie in the range.
    pub(super) fn into_gate(mut self) -> Gate {
        let segment = Arc::clone(&self.segment);
        let filter = Filter::Range(self.range);
        let passing = segment
            .kept
            .passing(filter, segment.documents(), |documents| {
                Passing::of(documents, |document| self.fits(document))
            });
        if let Some(passing) = passing {
            return Gate::Kept(passing);
        }
        let test = RefCell::new(self);
        Gate::Test(Rc::new(move |documents: &[DocId]| {
            let mut test = test.borrow_mut();
            Passing::of(documents, |document| test.fits(document))
        }))
    }

    /// Whether the whole period of a document lies in the range.
    #[inline]
    pub(super) fn fits(&mut self, document: DocId) -> bool {
        let mut place = None;
        if !self.by_period.is_empty() {
            let column = self.segment.column(FacetIndex::Date);
            column.each(document, |ordinal| place = Some(ordinal as usize));
            match place.map(|place| self.by_period[place]) {
                None => return false,
                Some(Some(fits)) => return fits,
                Some(None) => {}
            }
        }
        let date = PartialDate::from_bits(self.segment.records.date_bits(document));
        let fits = date.is_some_and(|date| self.range.contains(date));
        if let Some(place) = place {
            self.by_period[place] = Some(fits);
        }
        fits
    }
}
