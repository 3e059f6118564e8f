//! Documents that need not be counted one by one, since their counts are known: those of a term that
//! many have, and all.

use tantivy::DocId;

use super::build::{Builder, SegmentTerm, Share};
use super::collect::Counts;
use super::histogram::TimeCounts;
use super::layout::Layout;
use super::matcher::BATCH;
use super::pass::add;
use super::plan::Plan;
use super::precounted::{Block, Counted};
use super::record::Tally;
use super::segment::{FacetIndex, SegmentData};
use super::selection::Selection;
use crate::engine::Result;
use crate::search::{Clause, SearchRequest};

/// Fewer documents are as quickly counted as their counts are read.
const WORTH: u32 = 1000;

/// What is known of documents of a segment that match a clause.
pub(super) struct Known<'a> {
    segment: &'a SegmentData,
    block: Block<'a>,
    /// Number of documents, those included that are not there any more, or must not be shown.
    documents: u64,
    /// Of these the absent ones.
    absent: Vec<DocId>,
    /// Which of the matching documents these are.
    pub(super) share: Share,
    /// The term that they have, if it is not all documents.
    term: Option<SegmentTerm>,
}

/// Which counts of a request may be answered from what is known. Copies must not be told apart.
pub(super) struct Knows {
    /// Those of all facets: nothing is filtered.
    pub(super) all_facets: bool,
    /// Those of the one facet with a filter, which ignore that filter.
    one_facet: bool,
}

impl Knows {
    pub(super) fn of(request: &SearchRequest) -> Knows {
        let is_plain = request.range.is_open() && !request.collapse && !request.count_copies;
        let all_time = request.histogram.is_some_and(|it| it.all_time);
        Knows {
            all_facets: is_plain && request.filters.is_empty(),
            one_facet: is_plain && request.filters.len() == 1 && !all_time,
        }
    }

    pub(super) fn is_any(&self) -> bool {
        self.all_facets || self.one_facet
    }

    /// The facet with the only filter, if its counts may be known: those of what is excluded never are.
    pub(super) fn of_one_facet<'p>(&self, plans: &'p [Plan]) -> Option<&'p Plan> {
        let filtered = plans.iter().find(|plan| plan.filter.is_some());
        filtered.filter(|plan| {
            let exclusions = plan.filter.as_ref().map_or(0, Selection::exclusions);
            self.one_facet && (exclusions == 0 || plan.counts.is_none())
        })
    }
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
                share: Share::All,
                term: None,
            }));
        }
        let Some((term, share)) = builder.most_frequent_term(clause, segment)? else {
            return Ok(None);
        };
        let Some(block) = segment.counts.of_term(term.text, term.key.as_bytes()) else {
            return Ok(None);
        };
        let mut list = term.list(segment);
        let documents = list.len();
        if share != Share::All && documents < WORTH {
            return Ok(None);
        }
        let mut absent = absent();
        absent.retain(|document| {
            list.seek(*document);
            list.doc() == *document
        });
        Ok(Some(Known {
            segment,
            block,
            documents: u64::from(documents),
            absent,
            share,
            term: Some(term),
        }))
    }

    /// The term that all these documents have, with what they are of the matching ones.
    pub(super) fn term(&self) -> Option<(&SegmentTerm, Share)> {
        Some((self.term.as_ref()?, self.share))
    }

    /// Adds the counts to those of the archive; how many documents they are of. Nothing if the counts
    /// of a facet are not known.
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
