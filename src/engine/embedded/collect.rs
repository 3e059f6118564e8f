//! One pass over all matching documents: filters, exact counts of every facet, and the best hits.
//!
//! Filters on facets do not narrow the walk: a document that fails the filter of one facet only
//! still counts in that facet. So the counts that ignore a facet's own selection come from the
//! same pass. See [`crate::search`] for what is counted.

use std::sync::Arc;

use tantivy::DocId;

use super::ages::Ages;
use super::build::{Builder, facet};
use super::distinct::{Distinct, Surplus};
use super::embargo::Hidden;
use super::histogram::{TimeCounts, TimePlan};
use super::matcher::{BATCH, Batch, BoxMatcher, TERMINATED};
use super::pass::{Block, Pass};
use super::range::RangeTest;
use super::segment::{FacetIndex, SegmentData};
use super::selection::Selection;
use super::shortcut::{self, Known};
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::engine::{EngineError, Result};
use crate::search::{After, Clause, SearchRequest, Sort};

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

/// A facet that is filtered by, counted, or both.
pub(super) struct Plan {
    pub(super) facet: FacetIndex,
    pub(super) filter: Option<Selection>,
    /// Where its counts stand in the answer.
    pub(super) counts: Option<usize>,
}

/// Runs a request over all segments; `top` keeps the hits. The documents that are `withheld`, by
/// segment, are not there, besides those under embargo.
pub(super) fn collect(
    snapshot: &Snapshot,
    request: &SearchRequest,
    withheld: &[Vec<DocId>],
    top: &mut impl Keep,
) -> Result<Collected> {
    let (plans, mut counts) = plan(snapshot, request)?;
    let time_plan = request.histogram.map(|it| TimePlan::new(it, &plans));
    let mut time = time_plan.as_ref().map(|_| TimeCounts::new(snapshot));
    let all_time = request.histogram.is_some_and(|it| it.all_time);
    let is_ranked = top.keeps() != Some(0);
    let may_know = shortcut::may_know(request);
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
        let others = withheld.get(number).map_or(&[][..], Vec::as_slice);
        let embargo = segment.embargoes.hidden_with(request.now, others);
        let mut candidates = top.in_segment(number, segment, request.after.as_ref())?;
        let ranking = Ranking {
            sort: request.sort,
            segment,
            ages: request.recency.map(|recency| Ages::new(recency, segment)),
        };
        let known = if may_know {
            Known::of(&builder, &request.clause, segment, embargo.documents())?
        } else {
            None
        };
        let known = known.and_then(|it| it.add_to(&snapshot.layout, &mut counts, time.as_mut()));
        if let Some(hits) = known {
            total += hits;
            if let (Clause::All, Sort::Relevance, Some(most)) =
                (&request.clause, request.sort, top.keeps())
            {
                // All have the same score: the first by id are the best.
                let after = request.after.as_ref().map(|after| after.id.as_str());
                let id = snapshot.layout.id;
                for document in segment.first_by_id(id, after, most, embargo.documents())? {
                    candidates.push(0, document);
                }
                top.add(candidates)?;
            } else if is_ranked {
                let mut stream = Stream::new(&builder, request, segment, embargo, true)?;
                let mut ranks = [0; BATCH];
                while stream.next() {
                    ranking.rank(&stream.batch, &mut ranks);
                    for (rank, document) in ranks.iter().zip(stream.batch.docs()) {
                        candidates.push(*rank, *document);
                    }
                }
                top.add(candidates)?;
            }
            continue;
        }
        let mut pass = Pass::new(number, segment, &plans, time_plan.as_ref());
        let mut stream = Stream::new(&builder, request, segment, embargo, is_ranked)?;
        let mut block = Block::default();
        let mut range = RangeTest::new(request.range, segment);
        while stream.next() {
            let batch = &mut stream.batch;
            match &mut range {
                Some(range) if all_time => {
                    for (document, fits) in batch.docs().iter().zip(&mut block.in_range) {
                        *fits = range.fits(*document);
                    }
                }
                Some(range) => batch.retain(|document| range.fits(document)),
                None => {}
            }
            block.len = batch.docs().len();
            block.documents[..block.len].copy_from_slice(batch.docs());
            if is_ranked {
                ranking.rank(batch, &mut block.ranks);
            }
            total += pass.take(&block, &mut candidates, distinct.as_mut());
        }
        pass.add_to(&mut counts, time.as_mut());
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

/// The documents of a segment that match and may be shown.
struct Stream<'a> {
    segment: &'a SegmentData,
    matcher: BoxMatcher,
    batch: Batch,
    embargo: Hidden,
    /// Whether any document is deleted or hidden.
    may_hide: bool,
}

impl<'a> Stream<'a> {
    fn new(
        builder: &Builder<'_>,
        request: &SearchRequest,
        segment: &'a Arc<SegmentData>,
        embargo: Hidden,
        is_ranked: bool,
    ) -> Result<Stream<'a>> {
        Ok(Stream {
            matcher: builder.matcher(&request.clause, segment)?,
            batch: Batch::new(is_ranked && request.sort == Sort::Relevance),
            may_hide: segment.reader.has_deletes() || !embargo.documents().is_empty(),
            embargo,
            segment,
        })
    }

    /// Gets the next batch, which may be empty; whether there was one.
    fn next(&mut self) -> bool {
        self.batch.clear();
        self.matcher.fill(&mut self.batch, TERMINATED);
        if self.batch.is_empty() {
            return false;
        }
        if self.may_hide {
            let (segment, embargo) = (self.segment, &mut self.embargo);
            (self.batch).retain(|it| segment.is_alive(it) && !embargo.hides(it));
        }
        true
    }
}

/// What the hits of a segment are ordered by; higher comes first.
struct Ranking<'a> {
    sort: Sort,
    segment: &'a SegmentData,
    ages: Option<Ages>,
}

impl Ranking<'_> {
    fn rank(&self, batch: &Batch, ranks: &mut [u32]) {
        let dates = batch.docs().iter().map(|document| {
            let bits = self.segment.records.date_bits(*document);
            PartialDate::from_bits(bits).map(|date| date.beginning())
        });
        let ranks = ranks.iter_mut();
        match (self.sort, &self.ages) {
            // Scores are never negative, so their bits are in the order of the scores.
            (Sort::Relevance, None) => {
                (ranks.zip(batch.scores())).for_each(|(rank, score)| *rank = score.to_bits());
            }
            (Sort::Relevance, Some(ages)) => {
                let scored = batch.docs().iter().zip(batch.scores());
                for (rank, (document, score)) in ranks.zip(scored) {
                    *rank = (score * ages.factor(self.segment, *document)).to_bits();
                }
            }
            (Sort::Newest, _) => {
                (ranks.zip(dates)).for_each(|(rank, date)| *rank = date.unwrap_or(0));
            }
            (Sort::Oldest, _) => {
                (ranks.zip(dates))
                    .for_each(|(rank, date)| *rank = date.map_or(0, |minute| u32::MAX - minute));
            }
            (Sort::Added, _) => {
                for (rank, document) in ranks.zip(batch.docs()) {
                    *rank = self.segment.indexed_at(*document);
                }
            }
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
