//! One pass over all matching documents: filters, exact counts of every facet, and the best hits.
//!
//! Filters on facets do not narrow the walk: a document that fails the filter of one facet only
//! still counts in that facet. So the counts that ignore a facet's own selection come from the
//! same pass. See [`crate::search`] for what is counted.

use tantivy::DocId;

use super::build::{Builder, facet, in_range};
use super::distinct::{Distinct, Surplus};
use super::groups::ALONE;
use super::matcher::{Matcher, TERMINATED};
use super::segment::{FacetIndex, SegmentData};
use super::selection::{Selection, Status};
use super::snapshot::Snapshot;
use crate::engine::{EngineError, Result};
use crate::search::{After, SearchRequest, Sort};

/// Documents that are counted together, so that their records stay in the cache meanwhile.
const BLOCK: usize = 64;

/// Which hits the pass keeps.
pub(super) trait Keep {
    /// The hits of one segment.
    type InSegment<'a>: KeepInSegment;

    /// Begins with the segment of that number; hits up to `after` are not wanted.
    fn in_segment<'a>(
        &self,
        number: usize,
        segment: &'a SegmentData,
        after: Option<&After>,
    ) -> Result<Self::InSegment<'a>>;

    /// Takes in the hits of a segment; a segment may come twice.
    fn add(&mut self, segment: Self::InSegment<'_>) -> Result<()>;
}

/// Which hits of one segment the pass keeps.
pub(super) trait KeepInSegment {
    /// Here is a hit.
    fn push(&mut self, rank: u32, document: DocId);
}

/// What the pass found, besides the hits.
pub(super) struct Collected {
    pub(super) total: u64,
    /// Number of distinct copies among the hits, if it was asked for.
    pub(super) copies: Option<u64>,
    /// Counts of the requested facets, in the order of the request.
    pub(super) counts: Vec<Counts>,
}

/// Counts of one facet, by the archive's ordinals.
pub(super) struct Counts {
    pub(super) facet: FacetIndex,
    pub(super) values: Vec<u64>,
    /// For each exclusion, the documents that it alone hides.
    pub(super) excluded: Vec<u64>,
    pub(super) missing: u64,
    /// By how much all these exceed the number of distinct copies, if that was asked for.
    pub(super) surplus: Option<Surplus>,
}

/// A facet that is filtered by, counted, or both.
pub(super) struct Plan {
    pub(super) facet: FacetIndex,
    pub(super) filter: Option<Selection>,
    /// Where its counts stand in the answer.
    pub(super) counts: Option<usize>,
}

/// Runs a request over all segments; `top` keeps the hits.
pub(super) fn collect(
    snapshot: &Snapshot,
    request: &SearchRequest,
    top: &mut impl Keep,
) -> Result<Collected> {
    let (plans, mut counts) = plan(snapshot, request)?;
    let builder = Builder::new(snapshot, request.scoring);
    let mut total = 0;
    let mut distinct = if request.collapse || request.count_copies {
        let groups = snapshot.groups()?;
        Some(Distinct::new(
            groups,
            request.collapse,
            request.count_copies,
        ))
    } else {
        None
    };
    for (number, segment) in snapshot.segments.iter().enumerate() {
        let mut matcher = builder.matcher(&request.clause, segment)?;
        let mut pass = Pass::new(number, segment, &plans, counts.len());
        let mut candidates = top.in_segment(number, segment, request.after.as_ref())?;
        let mut block = Block::default();
        let mut embargo = segment.embargoes.hidden(request.now);
        while matcher.doc() != TERMINATED {
            let document = matcher.doc();
            if segment.is_alive(document)
                && !embargo.hides(document)
                && fits_range(request, segment, document)
            {
                block.push(document, rank(request.sort, segment, matcher.as_mut()));
                if block.len == BLOCK {
                    total += pass.take(&mut block, &mut candidates, distinct.as_mut());
                }
            }
            matcher.advance();
        }
        total += pass.take(&mut block, &mut candidates, distinct.as_mut());
        pass.add_to(&mut counts);
        top.add(candidates)?;
    }
    let mut copies = None;
    if let Some(distinct) = &mut distinct {
        copies = Some(total - distinct.surplus());
        let leaders = distinct.leaders();
        for of_segment in leaders.chunk_by(|a, b| a.0 == b.0) {
            let number = of_segment[0].0 as usize;
            let segment = &snapshot.segments[number];
            let mut candidates = top.in_segment(number, segment, request.after.as_ref())?;
            for (_, document, rank) in of_segment {
                candidates.push(*rank, *document);
            }
            top.add(candidates)?;
        }
        if request.count_copies {
            let surpluses = distinct.surpluses(snapshot, &plans, counts.len());
            for (counts, surplus) in counts.iter_mut().zip(surpluses) {
                counts.surplus = Some(surplus);
            }
        }
    }
    Ok(Collected {
        total,
        copies,
        counts,
    })
}

fn plan(snapshot: &Snapshot, request: &SearchRequest) -> Result<(Vec<Plan>, Vec<Counts>)> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut counts = Vec::new();
    for filter in &request.filters {
        let index = facet(snapshot, &filter.facet)?;
        plans.push(Plan {
            facet: index,
            filter: Some(Selection::new(
                snapshot,
                index,
                &filter.include,
                &filter.exclude,
            )?),
            counts: None,
        });
    }
    for requested in &request.facets {
        let index = facet(snapshot, &requested.facet)?;
        let filter = request
            .filters
            .iter()
            .find(|filter| filter.facet == requested.facet);
        let position = plans.iter().position(|plan| plan.facet == index);
        let position = position.unwrap_or_else(|| {
            plans.push(Plan {
                facet: index,
                filter: None,
                counts: None,
            });
            plans.len() - 1
        });
        plans[position].counts = Some(counts.len());
        counts.push(Counts {
            facet: index,
            values: vec![0; snapshot.facet_len(index)],
            excluded: vec![0; filter.map_or(0, |filter| filter.exclude.len())],
            missing: 0,
            surplus: None,
        });
    }
    Ok((plans, counts))
}

fn fits_range(request: &SearchRequest, segment: &SegmentData, document: DocId) -> bool {
    request.range.is_open() || in_range(request.range, segment, document)
}

/// What hits are ordered by; higher comes first.
fn rank(sort: Sort, segment: &SegmentData, matcher: &mut dyn Matcher) -> u32 {
    let beginning =
        |bits: u32| crate::document::PartialDate::from_bits(bits).map(|date| date.beginning());
    match sort {
        // Scores are never negative, so their bits are in the order of the scores.
        Sort::Relevance => matcher.score().to_bits(),
        Sort::Newest => beginning(segment.records.date_bits(matcher.doc())).unwrap_or(0),
        Sort::Oldest => beginning(segment.records.date_bits(matcher.doc()))
            .map_or(0, |minute| u32::MAX - minute),
    }
}

/// Matching documents that wait to be counted.
struct Block {
    documents: [DocId; BLOCK],
    ranks: [u32; BLOCK],
    len: usize,
}

impl Default for Block {
    fn default() -> Block {
        Block {
            documents: [0; BLOCK],
            ranks: [0; BLOCK],
            len: 0,
        }
    }
}

impl Block {
    fn push(&mut self, document: DocId, rank: u32) {
        self.documents[self.len] = document;
        self.ranks[self.len] = rank;
        self.len += 1;
    }
}

/// The pass over one segment.
struct Pass<'a> {
    number: usize,
    segment: &'a SegmentData,
    plans: Vec<SegmentPlan>,
    /// For each facet with a filter, how the documents of the block stand to it.
    statuses: Vec<[Status; BLOCK]>,
    counts: usize,
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

impl<'a> Pass<'a> {
    fn new(number: usize, segment: &'a SegmentData, plans: &[Plan], counts: usize) -> Pass<'a> {
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
            counts,
        }
    }

    /// Counts the documents of a block and empties it; how many of them are hits.
    fn take(
        &mut self,
        block: &mut Block,
        candidates: &mut impl KeepInSegment,
        distinct: Option<&mut Distinct<'_>>,
    ) -> u64 {
        let documents = &block.documents[..block.len];
        // How many filters a document fails, and the last one of them.
        let mut failed = [(0_usize, 0_usize); BLOCK];
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
                if failures > 1 {
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
    fn add_to(self, counts: &mut [Counts]) {
        debug_assert_eq!(self.counts, counts.len());
        for plan in self.plans {
            let Some(position) = plan.position else {
                continue;
            };
            let counts = &mut counts[position];
            let ordinals = self.segment.ordinals(plan.facet);
            for (ordinal, count) in ordinals.iter().zip(&plan.values) {
                // Values that no document has any more have no ordinal in the archive.
                if *count > 0 {
                    counts.values[*ordinal as usize] += u64::from(*count);
                }
            }
            for (sum, count) in counts.excluded.iter_mut().zip(&plan.excluded) {
                *sum += count;
            }
            counts.missing += plan.missing;
        }
    }
}

impl From<tantivy::TantivyError> for EngineError {
    fn from(error: tantivy::TantivyError) -> EngineError {
        EngineError {
            kind: crate::engine::EngineErrorKind::Io,
            message: format!("the index cannot be read or written: {error}"),
            source: Some(std::sync::Arc::new(error)),
        }
    }
}
