//! The pass over one segment: documents that match are counted block by block.

use tantivy::DocId;

use super::collect::{Counts, KeepInSegment};
use super::distinct::Distinct;
use super::groups::ALONE;
use super::histogram::{TimeCounts, TimePlan};
use super::matcher::{BATCH, Batch};
use super::plan::Plan;
use super::record::Tally;
use super::segment::{FacetIndex, SegmentData};
use super::selection::{Selection, Status};

/// Stands for the date range among the numbers of the filters.
const RANGE: u8 = u8::MAX;

/// Matching documents that are counted together, so that their records stay in the cache
/// meanwhile.
pub(super) struct Block {
    pub(super) documents: [DocId; BATCH],
    /// What they are ranked by; for those outside the date range it does not matter.
    pub(super) ranks: [u32; BATCH],
    /// Whether the document lies in the date range of the request.
    pub(super) in_range: [bool; BATCH],
    pub(super) len: usize,
}

impl Default for Block {
    fn default() -> Block {
        Block {
            documents: [0; BATCH],
            ranks: [0; BATCH],
            in_range: [true; BATCH],
            len: 0,
        }
    }
}

/// The pass over one segment.
pub(super) struct Pass<'a> {
    number: usize,
    segment: &'a SegmentData,
    plans: Vec<SegmentPlan<'a>>,
    /// For each facet with a filter, how the documents of the block stand to it.
    statuses: Vec<[Status; BATCH]>,
    time: Option<SegmentTime<'a>>,
    has_filters: bool,
    /// The plan of the only filter, if it excludes nothing and holds for all that is counted of other
    /// facets and of time.
    only_filter: Option<usize>,
}

/// A facet in one segment.
struct SegmentPlan<'a> {
    facet: FacetIndex,
    filter: Option<Selection>,
    counts: Option<SegmentCounts<'a>>,
}

/// What is counted of a facet in one segment.
struct SegmentCounts<'a> {
    /// Where the counts stand in the answer.
    position: usize,
    tally: Tally<'a>,
    excluded: Vec<u64>,
}

/// The histogram in one segment.
struct SegmentTime<'a> {
    plan: &'a TimePlan,
    periods: Tally<'a>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        number: usize,
        segment: &'a SegmentData,
        plans: &[Plan],
        time: Option<&'a TimePlan>,
    ) -> Pass<'a> {
        let tally = |facet| Tally::new(segment.column(facet), segment.ordinals(facet).len());
        let segment_plan = |plan: &Plan| {
            let filter = (plan.filter.as_ref()).map(|filter| filter.kept_in(segment));
            SegmentPlan {
                facet: plan.facet,
                counts: plan.counts.map(|position| SegmentCounts {
                    position,
                    tally: tally(plan.facet),
                    excluded: vec![0; filter.as_ref().map_or(0, Selection::exclusions)],
                }),
                filter,
            }
        };
        let plans: Vec<SegmentPlan> = plans.iter().map(segment_plan).collect();
        let has_filters = plans.iter().any(|plan| plan.filter.is_some());
        let mut filters = plans.iter().enumerate().filter_map(|(number, plan)| {
            let exclusions = plan.filter.as_ref()?.exclusions();
            Some((number, exclusions))
        });
        let only_filter = match (filters.next(), filters.next()) {
            (Some((number, 0)), None) if time.is_none_or(|time| !time.is_all_time()) => {
                Some(number)
            }
            _ => None,
        };
        Pass {
            only_filter,
            number,
            segment,
            statuses: vec![[Status::default(); BATCH]; if has_filters { plans.len() } else { 0 }],
            plans,
            time: time.map(|plan| SegmentTime {
                plan,
                periods: tally(FacetIndex::Date),
            }),
            has_filters,
        }
    }

    /// Whether [`Pass::take`] is enough: there is at most one filter, which excludes nothing and holds
    /// for all that is counted of other facets and of time.
    pub(super) fn is_plain(&self) -> bool {
        !self.has_filters || self.only_filter.is_some()
    }

    /// Counts the documents of a batch, and leaves the hits in it.
    pub(super) fn take(&mut self, batch: &mut Batch) {
        if let Some(number) = self.only_filter {
            let plan = &mut self.plans[number];
            if let Some(counts) = &mut plan.counts {
                counts.tally.count(batch.docs());
            }
            if let Some(filter) = &plan.filter {
                let column = self.segment.column(plan.facet);
                batch.keep(filter.passing(column, batch.docs()));
            }
        }
        for (number, plan) in self.plans.iter_mut().enumerate() {
            if let Some(counts) = &mut plan.counts
                && self.only_filter != Some(number)
            {
                counts.tally.count(batch.docs());
            }
        }
        if let Some(time) = &mut self.time {
            time.periods.count(batch.docs());
        }
    }

    /// Counts documents of which it does not matter which filters they pass.
    pub(super) fn count(&mut self, documents: &[DocId]) {
        for counts in self
            .plans
            .iter_mut()
            .filter_map(|plan| plan.counts.as_mut())
        {
            counts.tally.count(documents);
        }
    }

    /// Counts documents that may fail filters; how many of them are hits.
    pub(super) fn take_block(
        &mut self,
        block: &Block,
        candidates: &mut impl KeepInSegment,
        mut distinct: Option<&mut Distinct<'_>>,
    ) -> u64 {
        let documents = &block.documents[..block.len];
        // How many filters a document fails, and the last one of them.
        let mut failed = [(0_u8, 0_u8); BATCH];
        for (failed, in_range) in failed.iter_mut().zip(block.in_range) {
            if !in_range {
                *failed = (1, RANGE);
            }
        }
        for (number, plan) in self.plans.iter().enumerate() {
            let Some(filter) = &plan.filter else {
                continue;
            };
            let column = self.segment.column(plan.facet);
            let statuses = &mut self.statuses[number];
            filter.statuses(column, documents, &mut statuses[..]);
            for (status, failed) in statuses.iter().zip(&mut failed[..block.len]) {
                let fails = u8::from(!status.passes());
                *failed = (
                    failed.0 + fails,
                    if fails == 1 { number as u8 } else { failed.1 },
                );
            }
        }
        let mut hits = Few::default();
        for (document, (failures, _)) in documents.iter().zip(failed) {
            hits.push_if(*document, failures == 0);
        }
        for (number, plan) in self.plans.iter_mut().enumerate() {
            let Some(counts) = &mut plan.counts else {
                continue;
            };
            counts.tally.count(hits.documents());
            if plan.filter.is_none() {
                continue;
            }
            // A document that fails only this filter counts here all the same.
            let mut not_selected = Few::default();
            for (index, document) in documents.iter().enumerate() {
                let (failures, last) = failed[index];
                let excluded = self.statuses[number][index].excluded;
                let fails_this_only = failures == 1 && last == number as u8;
                not_selected.push_if(*document, fails_this_only && excluded == 0);
                if fails_this_only && excluded.count_ones() == 1 {
                    counts.excluded[excluded.trailing_zeros() as usize] += 1;
                }
            }
            counts.tally.count(not_selected.documents());
        }
        if let Some(time) = &mut self.time {
            let statuses = &self.statuses;
            let mut counted = Few::default();
            for (index, document) in documents.iter().enumerate() {
                let failures = failed[index].0;
                let forgiven = time
                    .plan
                    .forgives(block.in_range[index], |number| statuses[number][index]);
                counted.push_if(*document, usize::from(failures) <= forgiven);
            }
            time.periods.count(counted.documents());
            if let Some(distinct) = distinct.as_deref_mut() {
                for document in counted.documents() {
                    distinct.note_time(self.number, *document);
                }
            }
        }
        if let Some(distinct) = distinct {
            let numbers = distinct.groups.numbers(self.number);
            for (index, document) in documents.iter().enumerate() {
                let (failures, last) = failed[index];
                if failures > 1 || failures == 1 && last == RANGE {
                    continue;
                }
                let number = numbers.get(*document as usize).copied().unwrap_or(ALONE);
                let rank = block.ranks[index];
                if distinct.note(number, rank, (failures == 1).then_some(usize::from(last))) {
                    candidates.push(rank, *document);
                }
            }
        } else {
            for (index, document) in documents.iter().enumerate() {
                if failed[index].0 == 0 {
                    candidates.push(block.ranks[index], *document);
                }
            }
        }
        hits.documents().len() as u64
    }

    /// Adds the counts of this segment to those of the archive.
    pub(super) fn add_to(self, counts: &mut [Counts], time: Option<&mut TimeCounts>) {
        for plan in self.plans {
            let Some(of_segment) = plan.counts else {
                continue;
            };
            let counts = &mut counts[of_segment.position];
            let (values, missing) = of_segment.tally.finish();
            add(
                &mut counts.values,
                self.segment.ordinals(plan.facet),
                &values,
            );
            for (sum, count) in counts.excluded.iter_mut().zip(&of_segment.excluded) {
                *sum += count;
            }
            counts.missing += missing;
        }
        if let (Some(counts), Some(time)) = (time, self.time) {
            let (periods, missing) = time.periods.finish();
            add(
                &mut counts.periods,
                self.segment.ordinals(FacetIndex::Date),
                &periods,
            );
            counts.missing += missing;
        }
    }
}

/// Some of the documents of a block.
struct Few {
    documents: [DocId; BATCH],
    len: usize,
}

impl Default for Few {
    fn default() -> Few {
        Few {
            documents: [0; BATCH],
            len: 0,
        }
    }
}

impl Few {
    /// Adds a document if it is `wanted`; without a branch, since who fails a filter cannot be
    /// foreseen.
    #[inline]
    fn push_if(&mut self, document: DocId, wanted: bool) {
        self.documents[self.len] = document;
        self.len += usize::from(wanted);
    }

    fn documents(&self) -> &[DocId] {
        &self.documents[..self.len]
    }
}

/// Adds counts by ordinals of a segment to sums by the archive's.
pub(super) fn add(sums: &mut [u64], ordinals: &[u32], counts: &[u32]) {
    for (ordinal, count) in ordinals.iter().zip(counts) {
        // Values that no document has any more have no ordinal in the archive.
        if *count > 0 {
            sums[*ordinal as usize] += u64::from(*count);
        }
    }
}
