//! Which documents are copies of each other: the groups of a commit.
//!
//! Each document keeps labels (`_label`): first one of its own text, then those of texts it was
//! found to be a copy of when it was added. It is joined with the documents whose own labels these
//! are; groups are what is joined so. Nothing has to be rewritten when a document joins two
//! groups, and when that document goes, they are two again. The groups are made of the labels when
//! they are first asked for.

use std::sync::Arc;

use tantivy::DocId;

use super::segment::SegmentData;
use super::snapshot::Snapshot;

/// The number of a document that has no copies.
pub(super) const ALONE: u32 = u32::MAX;

/// Where a document stands: number of the segment, number in it.
pub(super) type Place = (u32, DocId);

/// The groups of at least two documents.
///
/// Their documents are numbered: those of a group one after the other, in the order of their ids.
pub(super) struct Groups {
    /// For each segment, the number of each document, or [`ALONE`]; empty if all are alone.
    numbers: Vec<Vec<u32>>,
    /// The place of each numbered document.
    places: Vec<Place>,
    /// The group of each numbered document.
    groups: Vec<u32>,
    /// Number of groups.
    len: u32,
}

impl Groups {
    pub(super) fn of(snapshot: &Snapshot) -> tantivy::Result<Groups> {
        let shared = shared_labels(&snapshot.segments);
        let mut documents: Vec<Place> = shared.iter().map(|(_, place)| *place).collect();
        documents.sort_unstable();
        documents.dedup();
        let index = |place: Place| documents.binary_search(&place).unwrap_or_default();
        let mut joined = Joined::new(documents.len());
        for pair in shared.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            joined.join(index(pair[0].1), index(pair[1].1));
        }
        let mut ordered = Vec::with_capacity(documents.len());
        let mut start = 0;
        for of_segment in documents.chunk_by(|a, b| a.0 == b.0) {
            let segment = &snapshot.segments[of_segment[0].0 as usize];
            let here: Vec<DocId> = of_segment.iter().map(|(_, document)| *document).collect();
            for (id, place) in segment.ids(&here)? {
                ordered.push((joined.first(start + place), id, of_segment[place]));
            }
            start += of_segment.len();
        }
        ordered.sort_unstable();
        let mut all = Groups {
            numbers: vec![Vec::new(); snapshot.segments.len()],
            places: Vec::with_capacity(ordered.len()),
            groups: Vec::with_capacity(ordered.len()),
            len: 0,
        };
        for group in ordered.chunk_by(|a, b| a.0 == b.0) {
            for (_, _, place) in group {
                all.push(*place, &snapshot.segments);
            }
            all.len += 1;
        }
        Ok(all)
    }

    /// Adds a document to the group that is being made.
    fn push(&mut self, place: Place, segments: &[Arc<SegmentData>]) {
        let numbers = &mut self.numbers[place.0 as usize];
        if numbers.is_empty() {
            numbers.resize(segments[place.0 as usize].documents() as usize, ALONE);
        }
        numbers[place.1 as usize] = self.places.len() as u32;
        self.places.push(place);
        self.groups.push(self.len);
    }

    /// The numbers of the documents of a segment; empty if all are alone.
    pub(super) fn numbers(&self, segment: usize) -> &[u32] {
        &self.numbers[segment]
    }

    /// Number of groups.
    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// The group of a numbered document.
    pub(super) fn group(&self, number: u32) -> u32 {
        self.groups[number as usize]
    }

    /// Where a numbered document stands.
    pub(super) fn place(&self, number: u32) -> Place {
        self.places[number as usize]
    }
}

/// All labels that several documents have, their own or not, each with its documents, sorted.
/// Labels that are nobody's own any more join nothing.
///
/// Nearly all labels belong to one document. They are sifted out first with two bits for each
/// slot of a table, so that only few have to be sorted.
fn shared_labels(segments: &[Arc<SegmentData>]) -> Vec<(u64, Place)> {
    let all: usize = segments.iter().map(|segment| segment.label_count()).sum();
    let slots = (all * 8).next_power_of_two().max(64);
    // Labels are hashes: their low bits are as good as any.
    let slot = |label: u64| (label as usize & (slots - 1)) / 32;
    let bit = |label: u64| 1_u64 << (2 * (label as usize & 31));
    let mut seen = vec![0_u64; slots / 32];
    each_label(segments, |label, _, _| {
        let word = &mut seen[slot(label)];
        let once = bit(label);
        *word |= if *word & once == 0 { once } else { once << 1 };
    });
    let mut shared = Vec::new();
    each_label(segments, |label, is_own, place| {
        if seen[slot(label)] & (bit(label) << 1) != 0 {
            shared.push((label, is_own, place));
        }
    });
    shared.sort_unstable();
    let of_one_label = |a: &(u64, bool, Place), b: &(u64, bool, Place)| a.0 == b.0;
    let joining = shared
        .chunk_by(of_one_label)
        .filter(|all| all.len() > 1 && all.iter().any(|(_, is_own, _)| *is_own));
    let joining = joining.flatten();
    joining.map(|(label, _, place)| (*label, *place)).collect()
}

/// Calls `visit` with each label of each document, whether it is its own, and where it stands.
fn each_label(segments: &[Arc<SegmentData>], mut visit: impl FnMut(u64, bool, Place)) {
    for (number, segment) in segments.iter().enumerate() {
        for document in segment.reader.doc_ids_alive() {
            for (place, label) in segment.labels(document).enumerate() {
                visit(label, place == 0, (number as u32, document));
            }
        }
    }
}

/// Sets that are joined step by step (union-find).
struct Joined {
    above: Vec<usize>,
}

impl Joined {
    fn new(len: usize) -> Joined {
        Joined {
            above: (0..len).collect(),
        }
    }

    /// The smallest member of the set of `member`.
    fn first(&mut self, mut member: usize) -> usize {
        while self.above[member] != member {
            self.above[member] = self.above[self.above[member]];
            member = self.above[member];
        }
        member
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.first(one), self.first(two));
        self.above[one.max(two)] = one.min(two);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_joined_whatever_the_order() {
        for pairs in [[(0, 1), (2, 3), (1, 3)], [(3, 1), (1, 0), (3, 2)]] {
            let mut joined = Joined::new(5);
            for (one, two) in pairs {
                joined.join(one, two);
            }
            let firsts: Vec<usize> = (0..5).map(|member| joined.first(member)).collect();
            assert_eq!(firsts, [0, 0, 0, 0, 4]);
        }
    }
}
