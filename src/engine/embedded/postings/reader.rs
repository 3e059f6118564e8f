//! Reading postings in place, from the mapped files.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::postings::TermInfo;
use tantivy::{DocId, HasLen, TantivyError};

use super::dictionary::Dictionary;
use super::distances::part;
use super::{LISTS, List, PLACES, Postings, TERMS, VERSION};
use crate::engine::embedded::component::Files;

/// The terms of one field in one segment, with their lists.
pub(in crate::engine::embedded) struct FieldPostings {
    terms: Dictionary,
    lists: OwnedBytes,
    places: OwnedBytes,
    /// The same, not mapped.
    places_file: FileSlice,
    /// Where the lists and the places of the field begin in their files.
    starts: [usize; 2],
}

/// Opens the postings of a segment; there must be as many fields as `fields` says.
pub(in crate::engine::embedded) fn open(
    files: &impl Files,
    fields: usize,
) -> tantivy::Result<Vec<Arc<FieldPostings>>> {
    let damaged = || TantivyError::InternalError("damaged postings".to_owned());
    let terms = files.file(TERMS)?;
    let (lists, places) = (files.bytes(LISTS)?, files.bytes(PLACES)?);
    let places_file = files.unmapped(PLACES)?;
    let tail_bytes = fields * 3 * 8 + 8;
    let tail_at = terms.len().checked_sub(tail_bytes).ok_or_else(damaged)?;
    let tail = terms.slice_from(tail_at).read_bytes()?;
    let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|index| tail[at + index]));
    if number(tail_bytes - 8) as usize != fields || number(tail_bytes - 4) != VERSION {
        return Err(damaged());
    }
    let mut ends = tail[..fields * 24].chunks_exact(8).map(|end| {
        let end = u64::from_le_bytes(std::array::from_fn(|index| end[index]));
        usize::try_from(end).unwrap_or(usize::MAX)
    });
    let mut starts = [0; 3];
    let mut all = Vec::with_capacity(fields);
    for _ in 0..fields {
        let mut span = |of: usize, len: usize| {
            let end = ends
                .next()
                .filter(|end| starts[of] <= *end && *end <= len)?;
            Some(std::mem::replace(&mut starts[of], end)..end)
        };
        let of_terms = span(0, tail_at).ok_or_else(damaged)?;
        let of_lists = span(1, lists.len()).ok_or_else(damaged)?;
        let of_places = span(2, places.len()).ok_or_else(damaged)?;
        let starts = [of_lists.start, of_places.start];
        all.push(Arc::new(FieldPostings {
            terms: Dictionary::open(&terms.slice(of_terms))?,
            lists: lists.slice(of_lists),
            places: places.slice(of_places.clone()),
            places_file: places_file.slice(of_places),
            starts,
        }));
    }
    Ok(all)
}

impl FieldPostings {
    pub(in crate::engine::embedded) fn terms(&self) -> &Dictionary {
        &self.terms
    }

    /// What the dictionary says of a term.
    pub(in crate::engine::embedded) fn get(&self, term: &str) -> io::Result<Option<TermInfo>> {
        self.terms.get(term.as_bytes())
    }

    /// The documents of a term, all as if they had it once.
    pub(in crate::engine::embedded) fn documents(&self, info: &TermInfo) -> List {
        List::open(self.list_bytes(info), info.doc_freq, false)
    }

    /// The documents of a term with frequencies.
    pub(in crate::engine::embedded) fn list(&self, info: &TermInfo) -> List {
        List::open(self.list_bytes(info), info.doc_freq, true)
    }

    /// The documents of a term with frequencies and positions.
    pub(in crate::engine::embedded) fn postings(&self, info: &TermInfo) -> Postings {
        let places = slice(&self.places, &info.positions_range);
        Postings::open(self.list(info), places)
    }

    /// Appends the positions that a term has in a document that is shown, ascending; none if it is not
    /// there.
    pub(in crate::engine::embedded) fn append_positions(
        &self,
        info: &TermInfo,
        document: DocId,
        positions: &mut Vec<u32>,
    ) -> io::Result<()> {
        let mut list = self.list(info);
        list.seek(document);
        let range = info.positions_range.clone();
        if list.doc() != document || range.start > range.end || range.end > self.places_file.len() {
            return Ok(());
        }
        let (places, stretch) = part(&self.places_file.slice(range), list.stretch())?;
        Postings::open(list, places).append_stretch(stretch, positions);
        Ok(())
    }

    /// Where the list and the places of a term stand in their files.
    pub(super) fn spans(&self, info: &TermInfo) -> [Range<usize>; 2] {
        let span = |start: usize, range: &Range<usize>| start + range.start..start + range.end;
        [
            span(self.starts[0], &info.postings_range),
            span(self.starts[1], &info.positions_range),
        ]
    }

    fn list_bytes(&self, info: &TermInfo) -> OwnedBytes {
        slice(&self.lists, &info.postings_range)
    }
}

/// The bytes of a range; none of one that is not there.
fn slice(bytes: &OwnedBytes, range: &Range<usize>) -> OwnedBytes {
    if range.start > range.end || range.end > bytes.len() {
        return OwnedBytes::empty();
    }
    bytes.slice(range.clone())
}
