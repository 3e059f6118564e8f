//! Writing postings: field after field, term after term in the order of their bytes.

use std::io::{self, Write};

use tantivy::positions::PositionSerializer;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionaryBuilder;
use tantivy::{DocId, Segment};
use tantivy_common::CountingWriter;

use super::list::ListWriter;
use super::{LISTS, PLACES, TERMS, VERSION};
use crate::engine::embedded::component::NewFile;

/// The files of a segment that is being written.
pub(super) struct NewPostings {
    terms: CountingWriter<NewFile>,
    lists: CountingWriter<NewFile>,
    places: CountingWriter<NewFile>,
    /// Where the dictionary, the lists and the places of each field end.
    ends: Vec<[u64; 3]>,
}

/// A field that is being written.
pub(super) struct FieldWriter<'a> {
    terms: TermDictionaryBuilder<&'a mut CountingWriter<NewFile>>,
    lists: &'a mut CountingWriter<NewFile>,
    lists_at: u64,
    places: PositionSerializer<&'a mut CountingWriter<NewFile>>,
    list: ListWriter,
    /// The bytes of a list; buffer.
    bytes: Vec<u8>,
    has_places: bool,
}

impl NewPostings {
    pub(super) fn create(segment: &Segment) -> tantivy::Result<NewPostings> {
        let create = |extension: &str| -> tantivy::Result<CountingWriter<NewFile>> {
            Ok(CountingWriter::wrap(NewFile::create(segment, extension)?))
        };
        Ok(NewPostings {
            terms: create(TERMS)?,
            lists: create(LISTS)?,
            places: create(PLACES)?,
            ends: Vec::new(),
        })
    }

    /// Writes the next field.
    pub(super) fn field(
        &mut self,
        write: impl FnOnce(&mut FieldWriter) -> io::Result<()>,
    ) -> io::Result<()> {
        let lists_at = self.lists.written_bytes();
        let mut field = FieldWriter {
            terms: TermDictionaryBuilder::create(&mut self.terms)?,
            lists: &mut self.lists,
            lists_at,
            places: PositionSerializer::new(&mut self.places),
            list: ListWriter::new(),
            bytes: Vec::new(),
            has_places: false,
        };
        write(&mut field)?;
        field.places.close()?;
        field.terms.finish()?;
        let files = [&self.terms, &self.lists, &self.places];
        self.ends.push(files.map(|file| file.written_bytes()));
        Ok(())
    }

    pub(super) fn finish(mut self) -> tantivy::Result<()> {
        for end in self.ends.iter().flatten() {
            self.terms.write_all(&end.to_le_bytes())?;
        }
        self.terms
            .write_all(&(self.ends.len() as u32).to_le_bytes())?;
        self.terms.write_all(&VERSION.to_le_bytes())?;
        for file in [self.terms, self.lists, self.places] {
            file.finish().finish()?;
        }
        Ok(())
    }
}

impl FieldWriter<'_> {
    /// Adds a document to the term that [ends](Self::end) next, behind all others, with its first
    /// position and the distances between all; if there are none, the field has no places.
    pub(super) fn push(&mut self, document: DocId, distances: &[u32]) {
        self.list.push(document, distances.len().max(1) as u32);
        self.has_places |= !distances.is_empty();
        self.places.write_positions_delta(distances);
    }

    /// Ends the term whose documents were added; a term without any is left out.
    pub(super) fn end(&mut self, term: &[u8]) -> io::Result<()> {
        self.bytes.clear();
        let documents = self.list.end(&mut self.bytes);
        if documents == 0 {
            return Ok(());
        }
        let start = (self.lists.written_bytes() - self.lists_at) as usize;
        self.lists.write_all(&self.bytes)?;
        let places_start = self.places.written_bytes() as usize;
        if self.has_places {
            self.places.close_term()?;
        }
        let info = TermInfo {
            doc_freq: documents,
            postings_range: start..start + self.bytes.len(),
            positions_range: places_start..self.places.written_bytes() as usize,
        };
        self.terms.insert(term, &info)
    }
}
