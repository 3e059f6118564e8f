//! The pass over one segment: documents that match are counted block by block.

use tantivy::DocId;

use super::collect::{Counts, KeepInSegment, Plan};
use super::distinct::Distinct;
use super::groups::ALONE;
use super::histogram::{TimeCounts, TimePlan};
use super::segment::{FacetIndex, SegmentData};
use super::selection::{Selection, Status};

/// Documents that are counted together, so that their records stay in the cache meanwhile.
pub(super) const BLOCK: usize = 64;
/// Stands for the date range among the numbers of the filters.
const RANGE: usize = usize::MAX;

/// Matching documents that wait to be counted.
pub(super) struct Block {
    documents: [DocId; BLOCK],
    ranks: [u32; BLOCK],
    /// Whether the document lies in the date range of the request.
    in_range: [bool; BLOCK],
    pub(super) len: usize,
}

impl Default for Block {
    fn default() -> Block {
        Block {
            documents: [0; BLOCK],
            ranks: [0; BLOCK],
            in_range: [true; BLOCK],
            len: 0,
        }
    }
}

impl Block {
    /// Adds a document; `rank` is `None` if it does not lie in the date range.
    pub(super) fn push(&mut self, document: DocId, rank: Option<u32>) {
        self.documents[self.len] = document;
        self.ranks[self.len] = rank.unwrap_or(0);
        self.in_range[self.len] = rank.is_some();
        self.len += 1;
    }
}

/// The pass over one segment.
pub(super) struct Pass<'a> {
    number: usize,
    segment: &'a SegmentData,
    plans: Vec<SegmentPlan>,
    /// For each facet with a filter, how the documents of the block stand to it.
    statuses: Vec<[Status; BLOCK]>,
    time: Option<SegmentTime<'a>>,
}

/// A facet in one segment.
struct SegmentPlan {
    facet: FacetIndex,
    filter: Option<Selection>,
    position: Option<usize>,
    values: Vec<u32>,
    excluded: Vec<u64>,
    missing: u64,
}

/// The histogram in one segment.
struct SegmentTime<'a> {
    plan: &'a TimePlan,
    periods: Vec<u32>,
    missing: u64,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        number: usize,
        segment: &'a SegmentData,
        plans: &[Plan],
        time: Option<&'a TimePlan>,
    ) -> Pass<'a> {
        let segment_plan = |plan: &Plan| SegmentPlan {
            facet: plan.facet,
            filter: (plan.filter.as_ref()).map(|filter| filter.in_segment(segment)),
            position: plan.counts,
            values: vec![0; segment.ordinals(plan.facet).len()],
            excluded: vec![0; u64::BITS as usize],
            missing: 0,
        };
        Pass {
            number,
            segment,
            plans: plans.iter().map(segment_plan).collect(),
            statuses: vec![[Status::default(); BLOCK]; plans.len()],
            time: time.map(|plan| SegmentTime {
                plan,
                periods: vec![0; segment.ordinals(FacetIndex::Date).len()],
                missing: 0,
            }),
        }
    }

    /// Counts the documents of a block and empties it; how many of them are hits.
    pub(super) fn take(
        &mut self,
        block: &mut Block,
        candidates: &mut impl KeepInSegment,
        mut distinct: Option<&mut Distinct<'_>>,
    ) -> u64 {
        let documents = &block.documents[..block.len];
        // How many filters a document fails, and the last one of them.
        let mut failed = [(0_usize, 0_usize); BLOCK];
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
            for (index, document) in documents.iter().enumerate() {
                let status = filter.status(column, *document);
                self.statuses[number][index] = status;
                if !status.passes() {
                    failed[index] = (failed[index].0 + 1, number);
                }
            }
        }
        for (number, plan) in self.plans.iter_mut().enumerate() {
            if plan.position.is_none() {
                continue;
            }
            let column = self.segment.column(plan.facet);
            for (index, document) in documents.iter().enumerate() {
                let (failures, last) = failed[index];
                if failures > 1 || failures == 1 && last != number {
                    continue;
                }
                let excluded = match &plan.filter {
                    Some(_) => self.statuses[number][index].excluded,
                    None => 0,
                };
                match excluded.count_ones() {
                    0 => {
                        let mut has_value = false;
                        column.each(*document, |ordinal| {
                            plan.values[ordinal as usize] += 1;
                            has_value = true;
                        });
                        plan.missing += u64::from(!has_value);
                    }
                    1 => plan.excluded[excluded.trailing_zeros() as usize] += 1,
                    _ => {}
                }
            }
        }
        if let Some(time) = &mut self.time {
            let statuses = &self.statuses;
            let column = self.segment.column(FacetIndex::Date);
            for (index, document) in documents.iter().enumerate() {
                let failures = failed[index].0;
                let forgiven = time
                    .plan
                    .forgives(block.in_range[index], |number| statuses[number][index]);
                if failures > forgiven {
                    continue;
                }
                let mut has_date = false;
                column.each(*document, |ordinal| {
                    time.periods[ordinal as usize] += 1;
                    has_date = true;
                });
                time.missing += u64::from(!has_date);
                if let Some(distinct) = distinct.as_deref_mut() {
                    distinct.note_time(self.number, *document);
                }
            }
        }
        let mut hits = 0;
        for (index, document) in documents.iter().enumerate() {
            if failed[index].0 == 0 {
                hits += 1;
                if distinct.is_none() {
                    candidates.push(block.ranks[index], *document);
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
                if distinct.note(number, rank, (failures == 1).then_some(last)) {
                    candidates.push(rank, *document);
                }
            }
        }
        block.len = 0;
        hits
    }

    /// Adds the counts of this segment to those of the archive.
    pub(super) fn add_to(self, counts: &mut [Counts], time: Option<&mut TimeCounts>) {
        for plan in self.plans {
            let Some(position) = plan.position else {
                continue;
            };
            let counts = &mut counts[position];
            let ordinals = self.segment.ordinals(plan.facet);
            add(&mut counts.values, ordinals, &plan.values);
            for (sum, count) in counts.excluded.iter_mut().zip(&plan.excluded) {
                *sum += count;
            }
            counts.missing += plan.missing;
        }
        if let (Some(counts), Some(time)) = (time, self.time) {
            let ordinals = self.segment.ordinals(FacetIndex::Date);
            add(&mut counts.periods, ordinals, &time.periods);
            counts.missing += time.missing;
        }
    }
}

/// Adds counts by ordinals of a segment to sums by the archive's.
fn add(sums: &mut [u64], ordinals: &[u32], counts: &[u32]) {
    for (ordinal, count) in ordinals.iter().zip(counts) {
        // Values that no document has any more have no ordinal in the archive.
        if *count > 0 {
            sums[*ordinal as usize] += u64::from(*count);
        }
    }
}
