//! The list of a term with the places where its documents have it.

use tantivy::DocId;
use tantivy::directory::OwnedBytes;

use super::List;
use super::distances::Distances;

/// So many documents of a block are worth adding up all of its frequencies once.
const MANY: usize = 8;

/// Where in the list of all positions of a term those of one document stand.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::embedded) struct Stretch {
    pub(super) start: u64,
    pub(super) count: u32,
}

/// The documents that have a term, how often and where.
pub(in crate::engine::embedded) struct Postings {
    list: List,
    distances: Distances,
}

impl Postings {
    pub(super) fn open(list: List, places: OwnedBytes) -> Postings {
        let distances = Distances::open(places);
        Postings { list, distances }
    }

    #[inline]
    pub(in crate::engine::embedded) fn doc(&self) -> DocId {
        self.list.doc()
    }

    /// How often the document it stands on has the term.
    #[inline]
    pub(in crate::engine::embedded) fn frequency(&self) -> u32 {
        self.list.frequency()
    }

    #[inline]
    pub(in crate::engine::embedded) fn seek(&mut self, target: DocId) {
        self.list.seek(target);
    }

    /// Number of documents, deleted ones included.
    pub(in crate::engine::embedded) fn len(&self) -> u32 {
        self.list.len()
    }

    /// Visits the next documents before `end`, at most `most`, with where their positions stand.
    pub(in crate::engine::embedded) fn next_before(
        &mut self,
        end: DocId,
        most: usize,
        mut visit: impl FnMut(DocId, Stretch),
    ) {
        let mut start = self.list.before();
        self.list.each_before(end, most, |doc, count| {
            visit(doc, Stretch { start, count });
            start += u64::from(count);
        });
    }

    /// Visits those of some documents that are in the list, by their places, with where their positions
    /// stand; see [`List::find`].
    pub(in crate::engine::embedded) fn find(
        &mut self,
        wanted: &[DocId],
        mut visit: impl FnMut(usize, Stretch),
    ) {
        self.list
            .find_in_blocks(wanted, |found, frequencies, before| {
                // Of a block, the sum is less than what the head of the block can say.
                if found.len() < MANY {
                    let (mut start, mut from) = (before, 0);
                    for (place, at) in found.iter() {
                        let between = frequencies.get(from..at).unwrap_or_default().iter();
                        let between = between.fold(0_u32, |sum, it| sum.wrapping_add(*it));
                        (start, from) = (start + u64::from(between), at);
                        let count = frequencies[at];
                        visit(place, Stretch { start, count });
                    }
                    return;
                }
                let mut sum = 0_u32;
                let sums = frequencies.map(|frequency| {
                    let before = sum;
                    sum = sum.wrapping_add(frequency);
                    before
                });
                for (place, at) in found.iter() {
                    let start = before + u64::from(sums[at]);
                    let count = frequencies[at];
                    visit(place, Stretch { start, count });
                }
            });
    }

    /// Visits the positions of a stretch, ascending, until `visit` says that it has seen enough.
    /// Stretches come in ascending order.
    #[inline]
    pub(in crate::engine::embedded) fn each_position(
        &mut self,
        stretch: Stretch,
        mut visit: impl FnMut(u32) -> bool,
    ) {
        let mut position = 0_u32;
        self.distances.runs(stretch, |run| {
            run.iter().all(|distance| {
                position = position.wrapping_add(*distance);
                visit(position)
            })
        });
    }

    /// Appends the positions of the term in the document it stands on, ascending.
    pub(in crate::engine::embedded) fn append_positions(&mut self, positions: &mut Vec<u32>) {
        self.append_stretch(self.list.stretch(), positions);
    }

    /// Appends the positions of a stretch, ascending. Stretches come in ascending order.
    #[inline]
    pub(in crate::engine::embedded) fn append_stretch(
        &mut self,
        stretch: Stretch,
        positions: &mut Vec<u32>,
    ) {
        let mut position = 0_u32;
        self.distances.runs(stretch, |run| {
            positions.extend(run.iter().map(|distance| {
                position = position.wrapping_add(*distance);
                position
            }));
            true
        });
    }
}
