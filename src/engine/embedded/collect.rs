//! One pass over all matching documents: filters, exact counts of every facet, and the best hits.
//!
//! Filters on facets do not narrow the walk: a document that fails the filter of one facet only
//! still counts in that facet. So the counts that ignore a facet's own selection come from the
//! same pass. Where these counts are known without it ([`super::shortcut`]), the filter comes first, and
//! only hits are scored and counted. See [`crate::search`] for what is counted.

use tantivy::DocId;

use super::build::{Builder, Share};
use super::distinct::{Distinct, Surplus};
use super::histogram::{TimeCounts, TimePlan};
use super::layout::Layout;
use super::matcher::BATCH;
use super::pass::{Block, Pass};
use super::plan::{Plan, plan};
use super::range::RangeTest;
use super::segment::{FacetIndex, SegmentData};
use super::shortcut::{Known, Knows};
use super::snapshot::Snapshot;
use super::stream::{Parts, Ranking, Stream};
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

/// How the counts of the facet with the only filter are found, which ignore that filter.
enum OwnFacet<'k, 'a> {
    /// They are known, or nobody asks for them.
    Known,
    /// Those of some documents are; all others are told apart and counted.
    KnownBut(&'k Known<'a>),
}

/// Adds the known ones of these counts, if that saves walking all documents.
fn count_known<'k, 'a>(
    layout: &Layout,
    filter: &Plan,
    known: Option<&'k Known<'a>>,
    counts: &mut [Counts],
) -> Option<OwnFacet<'k, 'a>> {
    let Some(position) = filter.counts else {
        return Some(OwnFacet::Known);
    };
    let known = known.filter(|known| known.share != Share::Part)?;
    known.add_to(layout, std::slice::from_mut(&mut counts[position]), None)?;
    Some(match known.share {
        Share::All => OwnFacet::Known,
        _ => OwnFacet::KnownBut(known),
    })
}

/// What counts the documents of a stream.
#[derive(Default)]
struct Counting<'p, 'a> {
    /// Of the hits, and of what fails one filter only; leaves the hits in the batch.
    hits: Option<&'p mut Pass<'a>>,
    /// Of the documents that are told apart.
    apart: Option<&'p mut Pass<'a>>,
}

/// Takes the documents of a stream as hits, counts them, and keeps the best; how many there are.
fn take_all(
    mut stream: Stream<'_>,
    ranking: &Ranking<'_>,
    mut counting: Counting<'_, '_>,
    candidates: &mut impl KeepInSegment,
) -> Result<u64> {
    let mut hits = 0;
    let mut ranks = [0; BATCH];
    while stream.next()? {
        if let Some(apart) = &mut counting.apart {
            apart.count(stream.batch.apart());
        }
        if let Some(pass) = &mut counting.hits {
            pass.take(&mut stream.batch);
        }
        // What has failed a filter is not scored.
        stream.score();
        ranking.rank(&stream.batch, &mut ranks);
        candidates.push_all(&ranks, stream.batch.docs());
        hits += stream.batch.docs().len() as u64;
    }
    Ok(hits)
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
    let knows = Knows::of(request);
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
        let ranking = Ranking::new(request, segment, is_ranked);
        let known = if knows.is_any() {
            Known::of(&builder, &request.clause, segment, embargo.documents())?
        } else {
            None
        };
        let parts = Parts {
            builder: &builder,
            request,
            segment,
            is_ranked,
        };
        let filter = knows.of_one_facet(&plans);
        let own = filter.and_then(|filter| {
            let own = count_known(&snapshot.layout, filter, known.as_ref(), &mut counts);
            Some((filter, own?))
        });
        if let Some((filter, own)) = own {
            let others: Vec<Plan> = plans.iter().filter_map(Plan::unfiltered).collect();
            let mut pass = Pass::new(number, segment, &others, time_plan.as_ref());
            let gate = filter.gate(segment);
            let stream = match own {
                OwnFacet::Known => Stream::new(&parts, embargo, None, gate)?,
                OwnFacet::KnownBut(known) => {
                    Stream::new(&parts, embargo, Some(known), gate)?.telling_apart()
                }
            };
            let mut apart = Pass::new(number, segment, &[filter.without_filter()], None);
            let counting = Counting {
                hits: Some(&mut pass),
                apart: Some(&mut apart),
            };
            total += take_all(stream, &ranking, counting, &mut candidates)?;
            pass.add_to(&mut counts, time.as_mut());
            apart.add_to(&mut counts, None);
            top.add(candidates)?;
            continue;
        }
        let known = known.filter(|_| knows.all_facets).and_then(|it| {
            let hits = it.add_to(&snapshot.layout, &mut counts, time.as_mut())?;
            Some((it, hits))
        });
        match known {
            Some((known, hits)) if known.share == Share::All => {
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
                } else if is_ranked {
                    let stream = Stream::new(&parts, embargo, None, None)?;
                    take_all(stream, &ranking, Counting::default(), &mut candidates)?;
                }
            }
            Some((known, hits)) => {
                total += hits;
                let mut pass = Pass::new(number, segment, &plans, time_plan.as_ref());
                let mut stream = Stream::new(&parts, embargo, Some(&known), None)?;
                let mut ranks = [0; BATCH];
                loop {
                    if ranking.is_by_score() {
                        stream
                            .batch
                            .raise_floor(f32::from_bits(candidates.lowest()));
                    }
                    if !stream.next()? {
                        break;
                    }
                    stream.score();
                    ranking.rank(&stream.batch, &mut ranks);
                    candidates.push_all(&ranks, stream.batch.docs());
                    stream.batch.leave_out_marked();
                    pass.take(&mut stream.batch);
                    total += stream.batch.docs().len() as u64;
                }
                pass.add_to(&mut counts, time.as_mut());
            }
            None => {
                let mut pass = Pass::new(number, segment, &plans, time_plan.as_ref());
                let mut range = RangeTest::new(request.range, segment);
                let gate = range.take_if(|_| !all_time).map(RangeTest::into_gate);
                let mut stream = Stream::new(&parts, embargo, None, gate)?;
                if range.is_none() && distinct.is_none() && pass.is_plain() {
                    let counting = Counting {
                        hits: Some(&mut pass),
                        apart: None,
                    };
                    total += take_all(stream, &ranking, counting, &mut candidates)?;
                } else {
                    let mut block = Block::default();
                    while stream.next()? {
                        stream.score();
                        let batch = &stream.batch;
                        if let Some(range) = &mut range {
                            for (document, fits) in batch.docs().iter().zip(&mut block.in_range) {
                                *fits = range.fits(*document);
                            }
                        }
                        block.len = batch.docs().len();
                        block.documents[..block.len].copy_from_slice(batch.docs());
                        ranking.rank(batch, &mut block.ranks);
                        total += pass.take_block(&block, &mut candidates, distinct.as_mut());
                    }
                }
                pass.add_to(&mut counts, time.as_mut());
            }
        }
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

impl From<tantivy::TantivyError> for EngineError {
    fn from(error: tantivy::TantivyError) -> EngineError {
        EngineError {
            kind: crate::engine::EngineErrorKind::Io,
            message: format!("the index cannot be read or written: {error}"),
            source: Some(std::sync::Arc::new(error)),
        }
    }
}
