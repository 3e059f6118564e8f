//! The best hits: highest rank first, equal ranks by id.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;

use super::collect::{Keep, KeepInSegment};
use super::segment::SegmentData;
use crate::engine::Result;
use crate::search::After;

/// A hit that may be among the best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) rank: u32,
    pub(super) id: String,
    pub(super) segment: usize,
    pub(super) document: DocId,
}

impl Candidate {
    fn order(&self) -> (Reverse<u32>, &str) {
        (Reverse(self.rank), &self.id)
    }
}

/// The best hits of all segments so far.
pub(super) struct Top {
    limit: usize,
    candidates: Vec<Candidate>,
}

impl Top {
    pub(super) fn new(limit: usize) -> Top {
        Top {
            limit,
            candidates: Vec::new(),
        }
    }

    pub(super) fn into_sorted(self) -> Vec<Candidate> {
        self.candidates
    }
}

impl Keep for Top {
    type InSegment<'a> = SegmentTop<'a>;

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
        })
    }

    fn add(&mut self, segment: SegmentTop<'_>) -> Result<()> {
        for (rank, Reverse(_), document) in segment.heap.into_iter().map(|Reverse(entry)| entry) {
            self.candidates.push(Candidate {
                rank,
                id: segment.segment.id(document)?,
                segment: segment.number,
                document,
            });
        }
        self.candidates.sort_by(|a, b| a.order().cmp(&b.order()));
        self.candidates.truncate(self.limit);
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
}

impl KeepInSegment for SegmentTop<'_> {
    fn push(&mut self, rank: u32, document: DocId) {
        let full = self.heap.len() >= self.limit;
        if full {
            match self.heap.peek() {
                Some(Reverse((worst, _, _))) if rank >= *worst => {}
                _ => return,
            }
        }
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
    }
}
