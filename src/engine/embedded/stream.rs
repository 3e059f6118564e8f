//! The documents of a segment that match, batch by batch, and what hits are ordered by.

use std::sync::Arc;

use tantivy::DocId;

use super::ages::Ages;
use super::build::Builder;
use super::embargo::Hidden;
use super::matcher::{Batch, BoxMatcher, Gate, TERMINATED};
use super::segment::SegmentData;
use super::shortcut::Known;
use crate::document::PartialDate;
use crate::engine::{Result, deadline};
use crate::search::{SearchRequest, Sort};

/// What a stream of documents is made from.
pub(super) struct Parts<'a> {
    pub(super) builder: &'a Builder<'a>,
    pub(super) request: &'a SearchRequest,
    pub(super) segment: &'a Arc<SegmentData>,
    /// Whether anybody asks for the order of the hits.
    pub(super) is_ranked: bool,
}

/// The documents of a segment that match and may be shown.
pub(super) struct Stream<'a> {
    segment: &'a SegmentData,
    matcher: BoxMatcher,
    pub(super) batch: Batch,
    embargo: Hidden,
    /// Whether any document is deleted or hidden.
    may_hide: bool,
    /// Number of batches so far.
    batches: usize,
}

/// After so many batches the clock is looked at: it takes as long as some documents do.
const CLOCK: usize = 32;

impl<'a> Stream<'a> {
    /// Only documents that pass the `gate`; those whose counts are `known` are marked, or may be left out,
    /// see [`Builder::matcher_known`].
    pub(super) fn new(
        parts: &Parts<'a>,
        embargo: Hidden,
        known: Option<&Known<'_>>,
        gate: Option<Gate>,
    ) -> Result<Stream<'a>> {
        let (request, segment) = (parts.request, parts.segment);
        let (builder, clause) = (parts.builder, &request.clause);
        let matcher = match known.and_then(Known::term) {
            Some(known) => builder.matcher_known(clause, known, segment)?,
            None => builder.matcher(clause, segment)?,
        };
        let is_scored = parts.is_ranked && request.sort == Sort::Relevance;
        Ok(Stream {
            matcher,
            batch: Batch::new(is_scored).with_gate(gate),
            may_hide: segment.reader.has_deletes() || !embargo.documents().is_empty(),
            embargo,
            segment,
            batches: 0,
        })
    }

    /// The same, telling apart what matches without the known documents; see [`Batch::telling_apart`].
    pub(super) fn telling_apart(self) -> Stream<'a> {
        let batch = self.batch.telling_apart();
        Stream { batch, ..self }
    }

    /// Gets the next batch, which may be empty; whether there was one. Its documents have no scores yet.
    pub(super) fn next(&mut self) -> Result<bool> {
        if self.batches.is_multiple_of(CLOCK) {
            deadline::check()?;
        }
        self.batches += 1;
        self.batch.clear();
        self.matcher.fill(&mut self.batch, TERMINATED);
        if self.batch.is_empty() && self.batch.apart().is_empty() {
            return Ok(false);
        }
        self.batch.retain_passing();
        if self.may_hide {
            let (segment, embargo) = (self.segment, &mut self.embargo);
            (self.batch).retain(|it| segment.is_alive(it) && !embargo.hides(it));
            let hidden = self.embargo.documents();
            let is_hidden = |it: &DocId| hidden.binary_search(it).is_ok();
            (self.batch).retain_apart(|it| segment.is_alive(it) && !is_hidden(&it));
        }
        Ok(true)
    }

    /// Makes the scores of what is in the batch now, if anybody looks at them; once for each batch.
    pub(super) fn score(&mut self) {
        if self.batch.is_scored() {
            let (docs, numbers) = self.batch.parts();
            self.matcher.scores(docs, numbers);
        }
    }
}

/// What the hits of a segment are ordered by; higher comes first.
pub(super) struct Ranking<'a> {
    sort: Sort,
    /// Whether anybody asks for ranks.
    is_ranked: bool,
    segment: &'a SegmentData,
    ages: Option<Ages>,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(
        request: &SearchRequest,
        segment: &'a SegmentData,
        is_ranked: bool,
    ) -> Ranking<'a> {
        Ranking {
            sort: request.sort,
            is_ranked,
            segment,
            ages: request.recency.map(|recency| Ages::new(recency, segment)),
        }
    }

    /// Whether ranks are the bits of scores.
    pub(super) fn is_by_score(&self) -> bool {
        self.is_ranked && self.sort == Sort::Relevance && self.ages.is_none()
    }

    /// Notes the ranks of the documents of a batch, if they are wanted.
    pub(super) fn rank(&self, batch: &Batch, ranks: &mut [u32]) {
        if !self.is_ranked {
            return;
        }
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
