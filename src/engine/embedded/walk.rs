//! All hits of a request, one after the other: for results that are taken away whole.
//!
//! One pass finds all hits and keeps eight bytes of each; documents are read when their turn
//! comes. So no page is searched for anew, and all is from one commit. The hits of a segment are
//! put in order by numbers; ids are only read to settle the order between segments.

use std::cmp::Reverse;
use std::sync::Arc;

use tantivy::DocId;

use super::collect::{self, Keep, KeepInSegment};
use super::locate::Locator;
use super::segment::SegmentData;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::engine::{Result, Walk};
use crate::search::{After, EngineHit, SearchRequest, Sort};

/// Every hit of each segment: rank and document.
struct All {
    segments: Vec<Vec<(u32, DocId)>>,
}

impl Keep for All {
    type InSegment<'a> = AllInSegment;

    fn keeps(&self) -> Option<usize> {
        None
    }

    fn in_segment(
        &self,
        number: usize,
        _: &SegmentData,
        _: Option<&After>,
    ) -> Result<AllInSegment> {
        let hits = Vec::new();
        Ok(AllInSegment { number, hits })
    }

    fn add(&mut self, segment: AllInSegment) -> Result<()> {
        let known = &mut self.segments[segment.number];
        if known.is_empty() {
            *known = segment.hits;
        } else {
            known.extend(segment.hits);
        }
        Ok(())
    }
}

/// Every hit of one segment.
struct AllInSegment {
    number: usize,
    hits: Vec<(u32, DocId)>,
}

impl KeepInSegment for AllInSegment {
    fn push(&mut self, rank: u32, document: DocId) {
        self.hits.push((rank, document));
    }
}

/// Finds all hits of a request.
pub(super) fn walk(snapshot: Arc<Snapshot>, request: &SearchRequest) -> Result<Walk> {
    let mut all = All {
        segments: vec![Vec::new(); snapshot.segments.len()],
    };
    let found = collect::collect(&snapshot, request, &[], &mut all)?;
    let mut segments = Vec::with_capacity(all.segments.len());
    for (number, mut hits) in all.segments.into_iter().enumerate() {
        let segment = &snapshot.segments[number];
        // The last is taken first.
        hits.sort_unstable_by_key(|(rank, document)| {
            (*rank, Reverse(segment.id_ordinal(*document)))
        });
        hits.shrink_to_fit();
        segments.push(InSegment { hits, next: None });
    }
    let mut hits = Hits {
        segments,
        locator: Locator::new(&snapshot, &request.locate)?,
        snapshot,
        sort: request.sort,
        now: request.now,
    };
    for number in 0..hits.segments.len() {
        hits.advance(number)?;
    }
    Ok(Walk {
        total_hits: found.total,
        total_copies: found.copies,
        hits: Box::new(hits),
    })
}

/// The hits of one segment that are still to come.
struct InSegment {
    /// Rank and document, the next one last.
    hits: Vec<(u32, DocId)>,
    next: Option<Next>,
}

/// The hit whose turn is next in a segment.
struct Next {
    rank: u32,
    id: String,
    document: DocId,
}

/// The hits of all segments, in order.
struct Hits {
    snapshot: Arc<Snapshot>,
    segments: Vec<InSegment>,
    locator: Locator,
    sort: Sort,
    now: PartialDate,
}

impl Hits {
    /// Has the next hit of a segment wait for its turn.
    fn advance(&mut self, number: usize) -> Result<()> {
        let segment = &mut self.segments[number];
        segment.next = match segment.hits.pop() {
            None => None,
            Some((rank, document)) => Some(Next {
                rank,
                id: self.snapshot.segments[number].id(document)?,
                document,
            }),
        };
        Ok(())
    }

    fn take(&mut self) -> Result<Option<EngineHit>> {
        let waiting = (self.segments.iter().enumerate())
            .filter_map(|(number, segment)| Some((number, segment.next.as_ref()?)));
        let first = waiting.min_by(|(_, a), (_, b)| {
            (Reverse(a.rank), a.id.as_str()).cmp(&(Reverse(b.rank), b.id.as_str()))
        });
        let Some((number, next)) = first else {
            return Ok(None);
        };
        let (rank, document) = (next.rank, next.document);
        let hit =
            self.snapshot
                .hit(self.sort, self.now, rank, (number, document), &self.locator)?;
        self.advance(number)?;
        Ok(Some(hit))
    }
}

impl Iterator for Hits {
    type Item = Result<EngineHit>;

    fn next(&mut self) -> Option<Result<EngineHit>> {
        let hit = self.take().transpose();
        if matches!(hit, Some(Err(_))) {
            // Nothing comes after an error.
            self.segments.clear();
        }
        hit
    }
}
