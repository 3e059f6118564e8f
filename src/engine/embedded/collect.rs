//! One pass over all matching documents: filters, exact counts of every facet, and the best hits.
//!
//! Filters on facets do not narrow the walk: a document that fails the filter of one facet only
//! still counts in that facet. So the counts that ignore a facet's own selection come from the
//! same pass. Where counts are known without it, less is walked ([`super::collector`]). See
//! [`crate::search`] for what is counted.

use tantivy::DocId;

use super::build::Builder;
use super::collector::{Collecting, Collector, Sums};
use super::distinct::{Distinct, Surplus};
use super::histogram::{TimeCounts, TimePlan};
use super::plan::plan;
use super::segment::{FacetIndex, SegmentData};
use super::snapshot::Snapshot;
use crate::engine::{EngineError, Result};
use crate::search::{After, SearchRequest};

/// Which hits the pass keeps.
pub(super) trait Keep {
    /// The hits of one segment.
    type InSegment<'a>: KeepInSegment;

    /// How many hits are kept; `None` if all are. If none is, it does not matter what they are
    /// ranked by.
    fn keeps(&self) -> Option<usize>;

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

    /// Here are hits with their ranks.
    fn push_all(&mut self, ranks: &[u32], documents: &[DocId]) {
        for (rank, document) in ranks.iter().zip(documents) {
            self.push(*rank, *document);
        }
    }

    /// Hits of a lower rank are not wanted.
    fn lowest(&self) -> u32 {
        0
    }
}

/// What the pass found, besides the hits.
pub(super) struct Collected {
    pub(super) total: u64,
    /// Number of distinct copies among the hits, if it was asked for.
    pub(super) copies: Option<u64>,
    /// Counts of the requested facets, in the order of the request.
    pub(super) counts: Vec<Counts>,
    /// What the histogram is made of, if there is to be one.
    pub(super) time: Option<TimeCounts>,
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

/// Runs a request over all segments; `top` keeps the hits. The documents that are `withheld`, by
/// segment, are not there, besides those under embargo.
pub(super) fn collect(
    snapshot: &Snapshot,
    request: &SearchRequest,
    withheld: &[Vec<DocId>],
    top: &mut impl Keep,
) -> Result<Collected> {
    let (plans, counts) = plan(snapshot, request)?;
    let time_plan = request.histogram.map(|it| TimePlan::new(it, &plans));
    let mut sums = Sums {
        total: 0,
        counts,
        time: time_plan.as_ref().map(|_| TimeCounts::new(snapshot)),
        distinct: None,
    };
    if request.collapse || request.count_copies {
        let (groups, collapse, count) =
            (snapshot.groups()?, request.collapse, request.count_copies);
        sums.distinct = Some(Distinct::new(groups, collapse, count));
    }
    let collecting = Collecting {
        request,
        layout: &snapshot.layout,
        builder: Builder::new(snapshot, request.scoring),
        plans: &plans,
        time: time_plan.as_ref(),
        keeps: top.keeps(),
    };
    for (number, segment) in snapshot.segments.iter().enumerate() {
        let withheld = withheld.get(number).map_or(&[][..], Vec::as_slice);
        let collector = Collector::new(&collecting, (number, segment), withheld);
        let mut candidates = top.in_segment(number, segment, request.after.as_ref())?;
        collector.collect(&mut sums, &mut candidates)?;
        top.add(candidates)?;
    }
    let Sums {
        total,
        mut counts,
        mut time,
        mut distinct,
    } = sums;
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
            if let Some(time) = &mut time {
                time.in_groups = Some(distinct.take_time(snapshot));
            }
        }
    }
    Ok(Collected {
        total,
        copies,
        counts,
        time,
    })
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
