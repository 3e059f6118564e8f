//! The best hits: highest rank first, equal ranks by id.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::DocId;

use super::collect::{Keep, KeepInSegment};
use super::segment::SegmentData;
use crate::engine::Result;
use crate::search::After;

/// A hit that may be among the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) rank: u32,
    pub(super) segment: usize,
    pub(super) document: DocId,
    /// By which ids of one segment are compared.
    id_ordinal: u64,
}

/// The best hits of each segment.
pub(super) struct Top {
    limit: usize,
    candidates: Vec<Candidate>,
    /// Hits of a lower rank are none of the best.
    lowest: u32,
}

impl Top {
    pub(super) fn new(limit: usize) -> Top {
        Top {
            limit,
            candidates: Vec::new(),
            lowest: 0,
        }
    }

    /// The best hits of all segments, in order. Reading an id takes longer than all else here, so
    /// only those are read that decide between equal ranks in several segments.
    pub(super) fn into_sorted(mut self, segments: &[Arc<SegmentData>]) -> Result<Vec<Candidate>> {
        (self.candidates).sort_unstable_by_key(|it| (Reverse(it.rank), it.segment, it.id_ordinal));
        let of_one_rank = self.candidates.chunk_by_mut(|a, b| a.rank == b.rank);
        let mut before = 0;
        for tied in of_one_rank {
            if before >= self.limit {
                break;
            }
            before += tied.len();
            if tied.first().map(|it| it.segment) != tied.last().map(|it| it.segment) {
                sort_by_id(tied, segments)?;
            }
        }
        self.candidates.truncate(self.limit);
        Ok(self.candidates)
    }
}

/// Sorts hits of several segments by their ids.
fn sort_by_id(tied: &mut [Candidate], segments: &[Arc<SegmentData>]) -> Result<()> {
    tied.sort_by_cached_key(|it| segments[it.segment].id_head(it.document));
    let head = |it: &Candidate| segments[it.segment].id_head(it.document);
    for alike in tied.chunk_by_mut(|a, b| head(a) == head(b)) {
        if alike.len() == 1 {
            continue;
        }
        let mut with_ids = Vec::with_capacity(alike.len());
        for it in alike.iter() {
            with_ids.push((segments[it.segment].id(it.document)?, *it));
        }
        with_ids.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (place, (_, it)) in alike.iter_mut().zip(with_ids) {
            *place = it;
        }
    }
    Ok(())
}

impl Keep for Top {
    type InSegment<'a> = SegmentTop<'a>;

    fn keeps(&self) -> Option<usize> {
        Some(self.limit)
    }

    fn in_segment<'a>(
        &self,
        number: usize,
        segment: &'a SegmentData,
        after: Option<&After>,
    ) -> Result<SegmentTop<'a>> {
        let after = match after {
            None => None,
            Some(after) => Some((after.rank, segment.ids_up_to(&after.id)?)),
        };
        Ok(SegmentTop {
            number,
            segment,
            limit: self.limit,
            after,
            heap: BinaryHeap::new(),
            lowest: self.lowest,
        })
    }

    fn add(&mut self, segment: SegmentTop<'_>) -> Result<()> {
        self.lowest = self.lowest.max(segment.lowest);
        let found = segment.heap.into_iter();
        let candidates = found.map(|Reverse((rank, Reverse(id_ordinal), document))| Candidate {
            rank,
            segment: segment.number,
            document,
            id_ordinal,
        });
        self.candidates.extend(candidates);
        Ok(())
    }
}

/// The best hits of one segment so far; the worst of them on top.
pub(super) struct SegmentTop<'a> {
    number: usize,
    segment: &'a SegmentData,
    limit: usize,
    /// Rank of the hit to go on after, and the first id ordinal that comes after it.
    after: Option<(u32, u64)>,
    heap: BinaryHeap<Reverse<(u32, Reverse<u64>, DocId)>>,
    /// Hits of a lower rank are none of the best.
    lowest: u32,
}

impl KeepInSegment for SegmentTop<'_> {
    #[inline]
    fn push(&mut self, rank: u32, document: DocId) {
        // Most hits go no further.
        if rank >= self.lowest && self.limit > 0 {
            self.consider(rank, document);
        }
    }

    fn lowest(&self) -> u32 {
        self.lowest
    }
}

impl SegmentTop<'_> {
    fn consider(&mut self, rank: u32, document: DocId) {
        let full = self.heap.len() >= self.limit;
        if self.after.is_some_and(|(after, _)| rank > after) {
            return;
        }
        let id = self.segment.id_ordinal(document);
        if self
            .after
            .is_some_and(|(after, first)| rank == after && id < first)
        {
            return;
        }
        let entry = Reverse((rank, Reverse(id), document));
        if !full {
            self.heap.push(entry);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && entry < *worst
        {
            *worst = entry;
        }
        if self.heap.len() >= self.limit
            && let Some(Reverse((worst, _, _))) = self.heap.peek()
        {
            self.lowest = self.lowest.max(*worst);
        }
    }
}
