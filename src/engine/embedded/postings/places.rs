//! The list of a term with the places where its documents have it.

use std::io;

use tantivy::DocId;
use tantivy::directory::OwnedBytes;
use tantivy::positions::PositionReader;

use super::List;

/// The documents that have a term, how often and where.
pub(in crate::engine::embedded) struct Postings {
    list: List,
    places: PositionReader,
}

impl Postings {
    pub(super) fn open(list: List, places: OwnedBytes) -> io::Result<Postings> {
        let places = PositionReader::open(places)?;
        Ok(Postings { list, places })
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
    pub(in crate::engine::embedded) fn advance(&mut self) {
        self.list.advance();
    }

    #[inline]
    pub(in crate::engine::embedded) fn seek(&mut self, target: DocId) {
        self.list.seek(target);
    }

    /// Number of documents, deleted ones included.
    pub(in crate::engine::embedded) fn len(&self) -> u32 {
        self.list.len()
    }

    /// Appends the positions of the term in the document it stands on, ascending.
    pub(in crate::engine::embedded) fn append_positions(&mut self, positions: &mut Vec<u32>) {
        let start = self.append_distances(positions);
        let mut position = 0;
        for distance in &mut positions[start..] {
            position += *distance;
            *distance = position;
        }
    }

    /// Appends the first position and the distances between all; where they begin.
    pub(super) fn append_distances(&mut self, distances: &mut Vec<u32>) -> usize {
        let start = distances.len();
        distances.resize(start + self.list.frequency() as usize, 0);
        self.places
            .read(self.list.before(), &mut distances[start..]);
        start
    }
}
