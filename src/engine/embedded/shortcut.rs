//! Segments whose documents need not be counted one by one, since their counts are known.

use tantivy::DocId;

use super::build::Builder;
use super::collect::Counts;
use super::histogram::TimeCounts;
use super::layout::Layout;
use super::matcher::BATCH;
use super::pass::add;
use super::precounted::{Block, Counted};
use super::record::Tally;
use super::segment::{FacetIndex, SegmentData};
use crate::engine::Result;
use crate::search::{Clause, SearchRequest};

/// What is known of the documents of a segment that match a clause.
pub(super) struct Known<'a> {
    segment: &'a SegmentData,
    block: Block<'a>,
    /// Number of documents, those included that are not there any more, or must not be shown.
    documents: u64,
    /// Of these the absent ones.
    absent: Vec<DocId>,
}

/// Whether a request may be answered from what is known: nothing is filtered, and copies need not
/// be told apart.
pub(super) fn may_know(request: &SearchRequest) -> bool {
    request.filters.is_empty()
        && request.range.is_open()
        && !request.collapse
        && !request.count_copies
}

impl<'a> Known<'a> {
    /// What is known in advance; `hidden` are documents that must not be shown, ascending.
    pub(super) fn of(
        builder: &Builder<'_>,
        clause: &Clause,
        segment: &'a SegmentData,
        hidden: &[DocId],
    ) -> Result<Option<Known<'a>>> {
        let Some(deleted) = &segment.deleted else {
            return Ok(None);
        };
        let absent = || {
            let mut absent: Vec<DocId> = deleted.iter().chain(hidden).copied().collect();
            absent.sort_unstable();
            absent.dedup();
            absent
        };
        if let Clause::All = clause {
            return Ok(segment.counts.all().map(|block| Known {
                segment,
                block,
                documents: u64::from(segment.documents()),
                absent: absent(),
            }));
        }
        let Some((text, term, mut list)) = builder.only_list(clause, segment)? else {
            return Ok(None);
        };
        let Some(block) = segment.counts.of_term(text, &term) else {
            return Ok(None);
        };
        let mut absent = absent();
        absent.retain(|document| {
            list.seek(*document);
            list.doc() == *document
        });
        Ok(Some(Known {
            segment,
            block,
            documents: u64::from(list.len()),
            absent,
        }))
    }

    /// Adds the counts of this segment to those of the archive; the number of hits. Nothing if the
    /// counts of a facet are not known.
    pub(super) fn add_to(
        &self,
        layout: &Layout,
        counts: &mut [Counts],
        time: Option<&mut TimeCounts>,
    ) -> Option<u64> {
        let known = self.block.read(layout.keywords.len())?;
        let of = |facet: FacetIndex| match facet {
            FacetIndex::Date => known[0].as_ref(),
            FacetIndex::Keyword(index) => known[index + 1].as_ref(),
        };
        let mut ready = Vec::with_capacity(counts.len());
        for counts in counts.iter() {
            ready.push(self.present(counts.facet, of(counts.facet)?));
        }
        let periods = match &time {
            Some(_) => Some(self.present(FacetIndex::Date, of(FacetIndex::Date)?)),
            None => None,
        };
        for (counts, (values, missing)) in counts.iter_mut().zip(ready) {
            add(
                &mut counts.values,
                self.segment.ordinals(counts.facet),
                &values,
            );
            counts.missing += missing;
        }
        if let (Some(time), Some((values, missing))) = (time, periods) {
            add(
                &mut time.periods,
                self.segment.ordinals(FacetIndex::Date),
                &values,
            );
            time.missing += missing;
        }
        Some(self.documents - self.absent.len() as u64)
    }

    /// The counts without the absent documents, by ordinal.
    fn present(&self, facet: FacetIndex, counted: &Counted) -> (Vec<u32>, u64) {
        let mut values = vec![0; self.segment.ordinals(facet).len()];
        for (ordinal, count) in &counted.values {
            values[*ordinal as usize] = *count;
        }
        if self.absent.is_empty() {
            return (values, counted.missing);
        }
        let mut tally = Tally::new(self.segment.column(facet), values.len());
        self.absent.chunks(BATCH).for_each(|some| tally.count(some));
        let (absent, missing) = tally.finish();
        for (count, absent) in values.iter_mut().zip(absent) {
            *count -= absent;
        }
        (values, counted.missing - missing)
    }
}
