//! The collector of one segment: hits are kept and facets counted, in the way that takes least.
//!
//! Where counts are known ([`super::shortcut`]), only what they leave open is walked: nothing, what does
//! not have the known term, or, below the filter of one facet, the hits.

use std::sync::Arc;

use tantivy::DocId;

use super::build::{Builder, Share};
use super::collect::{Counts, KeepInSegment};
use super::distinct::Distinct;
use super::embargo::Hidden;
use super::histogram::{TimeCounts, TimePlan};
use super::layout::Layout;
use super::matcher::BATCH;
use super::pass::{Block, Pass};
use super::plan::Plan;
use super::range::RangeTest;
use super::segment::SegmentData;
use super::shortcut::{Known, Knows};
use super::stream::{Parts, Ranking, Stream};
use crate::engine::Result;
use crate::search::{Clause, SearchRequest, Sort};

/// What holds for all segments.
pub(super) struct Collecting<'a> {
    pub(super) request: &'a SearchRequest,
    pub(super) layout: &'a Layout,
    pub(super) builder: Builder<'a>,
    pub(super) plans: &'a [Plan],
    pub(super) time: Option<&'a TimePlan>,
    /// How many hits are kept; `None` if all are.
    pub(super) keeps: Option<usize>,
}

impl Collecting<'_> {
    /// Whether anybody asks for the order of the hits.
    fn is_ranked(&self) -> bool {
        self.keeps != Some(0)
    }
}

/// What is added up from segment to segment.
pub(super) struct Sums<'a> {
    pub(super) total: u64,
    pub(super) counts: Vec<Counts>,
    pub(super) time: Option<TimeCounts>,
    pub(super) distinct: Option<Distinct<'a>>,
}

/// The collector of one segment.
pub(super) struct Collector<'a> {
    of: &'a Collecting<'a>,
    number: usize,
    segment: &'a Arc<SegmentData>,
    hidden: Hidden,
    ranking: Ranking<'a>,
}

impl<'a> Collector<'a> {
    /// The collector of the segment of that number; the documents that are `withheld` are not there, besides
    /// those under embargo.
    pub(super) fn new(
        of: &'a Collecting<'a>,
        (number, segment): (usize, &'a Arc<SegmentData>),
        withheld: &[DocId],
    ) -> Collector<'a> {
        Collector {
            of,
            number,
            segment,
            hidden: (segment.embargoes).hidden_with(of.request.now, withheld),
            ranking: Ranking::new(of.request, segment, of.is_ranked()),
        }
    }

    /// Hands the hits on to `candidates`, and adds what is counted to `sums`.
    pub(super) fn collect(
        self,
        sums: &mut Sums<'_>,
        candidates: &mut impl KeepInSegment,
    ) -> Result<()> {
        let Collecting {
            request, layout, ..
        } = *self.of;
        let knows = Knows::of(request);
        let known = if knows.is_any() {
            let hidden = self.hidden.documents();
            Known::of(&self.of.builder, &request.clause, self.segment, hidden)?
        } else {
            None
        };
        if let Some(filter) = knows.of_one_facet(self.of.plans)
            && let Some(own) = count_known(layout, filter, known.as_ref(), &mut sums.counts)
        {
            return self.only_hits(filter, &own, sums, candidates);
        }
        if let Some(known) = known.filter(|_| knows.all_facets)
            && let Some(hits) = known.add_to(layout, &mut sums.counts, sums.time.as_mut())
        {
            sums.total += hits;
            return match known.share {
                Share::All => self.rank(candidates),
                _ => self.beside(&known, sums, candidates),
            };
        }
        self.count_all(sums, candidates)
    }

    fn parts(&self) -> Parts<'a> {
        Parts {
            builder: &self.of.builder,
            request: self.of.request,
            segment: self.segment,
            is_ranked: self.of.is_ranked(),
        }
    }

    fn pass(&self, plans: &[Plan]) -> Pass<'a> {
        Pass::new(self.number, self.segment, plans, self.of.time)
    }

    /// The counts of the facet with the only filter are known, or known but for what is told apart: so
    /// nothing but hits is scored and counted.
    fn only_hits(
        self,
        filter: &Plan,
        own: &OwnFacet<'_, '_>,
        sums: &mut Sums<'_>,
        candidates: &mut impl KeepInSegment,
    ) -> Result<()> {
        let others: Vec<Plan> = (self.of.plans.iter())
            .filter_map(Plan::unfiltered)
            .collect();
        let mut pass = self.pass(&others);
        let mut apart = None;
        let (parts, gate) = (self.parts(), filter.gate(self.segment));
        let stream = match own {
            OwnFacet::Known => Stream::new(&parts, self.hidden, None, gate)?,
            OwnFacet::KnownBut(known) => {
                let plans = [filter.without_filter()];
                apart = Some(Pass::new(self.number, self.segment, &plans, None));
                Stream::new(&parts, self.hidden, Some(known), gate)?.telling_apart()
            }
        };
        let counting = Counting {
            hits: Some(&mut pass),
            apart: apart.as_mut(),
        };
        sums.total += take_all(stream, &self.ranking, counting, candidates)?;
        pass.add_to(&mut sums.counts, sums.time.as_mut());
        if let Some(apart) = apart {
            apart.add_to(&mut sums.counts, None);
        }
        Ok(())
    }

    /// All counts are known: hits are only ranked.
    fn rank(self, candidates: &mut impl KeepInSegment) -> Result<()> {
        let request = self.of.request;
        if let (Clause::All, Sort::Relevance, Some(most)) =
            (&request.clause, request.sort, self.of.keeps)
        {
            // All have the same score: the first by id are the best.
            let after = request.after.as_ref().map(|after| after.id.as_str());
            let (id, hidden) = (self.of.layout.id, self.hidden.documents());
            for document in self.segment.first_by_id(id, after, most, hidden)? {
                candidates.push(0, document);
            }
        } else if self.of.is_ranked() {
            let stream = Stream::new(&self.parts(), self.hidden, None, None)?;
            take_all(stream, &self.ranking, Counting::default(), candidates)?;
        }
        Ok(())
    }

    /// Of some documents, all counts are known: the others are counted.
    fn beside(
        self,
        known: &Known<'_>,
        sums: &mut Sums<'_>,
        candidates: &mut impl KeepInSegment,
    ) -> Result<()> {
        let mut pass = self.pass(self.of.plans);
        let mut stream = Stream::new(&self.parts(), self.hidden, Some(known), None)?;
        let mut ranks = [0; BATCH];
        loop {
            if self.ranking.is_by_score() {
                let lowest = f32::from_bits(candidates.lowest());
                stream.batch.raise_floor(lowest);
            }
            if !stream.next()? {
                break;
            }
            stream.score();
            self.ranking.rank(&stream.batch, &mut ranks);
            candidates.push_all(&ranks, stream.batch.docs());
            stream.batch.leave_out_marked();
            pass.take(&mut stream.batch);
            sums.total += stream.batch.docs().len() as u64;
        }
        pass.add_to(&mut sums.counts, sums.time.as_mut());
        Ok(())
    }

    /// Nothing is known: all documents that match are looked at.
    fn count_all(self, sums: &mut Sums<'_>, candidates: &mut impl KeepInSegment) -> Result<()> {
        let request = self.of.request;
        let mut pass = self.pass(self.of.plans);
        let all_time = request.histogram.is_some_and(|it| it.all_time);
        let mut range = RangeTest::new(request.range, self.segment);
        let gate = range.take_if(|_| !all_time).map(RangeTest::into_gate);
        let mut stream = Stream::new(&self.parts(), self.hidden, None, gate)?;
        if range.is_none() && sums.distinct.is_none() && pass.is_plain() {
            let counting = Counting {
                hits: Some(&mut pass),
                apart: None,
            };
            sums.total += take_all(stream, &self.ranking, counting, candidates)?;
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
                self.ranking.rank(batch, &mut block.ranks);
                sums.total += pass.take_block(&block, candidates, sums.distinct.as_mut());
            }
        }
        pass.add_to(&mut sums.counts, sums.time.as_mut());
        Ok(())
    }
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
