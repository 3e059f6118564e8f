//! Writing postings: field after field, term after term in the order of their bytes.

use std::io::{self, Write};

use tantivy::{DocId, Segment};
use tantivy_common::CountingWriter;

use super::dictionary::DictionaryWriter;
use super::list::ListWriter;
use super::packing::DistancesWriter;
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
    terms: DictionaryWriter<&'a mut CountingWriter<NewFile>>,
    lists: &'a mut CountingWriter<NewFile>,
    places: &'a mut CountingWriter<NewFile>,
    list: ListWriter,
    distances: DistancesWriter,
    /// The bytes of a list, or of its places; buffer.
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
        let mut field = FieldWriter {
            terms: DictionaryWriter::new(&mut self.terms),
            lists: &mut self.lists,
            places: &mut self.places,
            list: ListWriter::new(),
            distances: DistancesWriter::new(),
            bytes: Vec::new(),
            has_places: false,
        };
        write(&mut field)?;
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
    /// Adds a document to the term that [ends](Self::end) next, behind all others, without places;
    /// a field has places for all documents or for none.
    #[inline]
    pub(super) fn push(&mut self, document: DocId) {
        self.list.push(document, 1);
    }

    /// Adds a place: of a document behind all others, with its position, or of the last document, with
    /// the distance from the place before.
    #[inline]
    pub(super) fn push_place(&mut self, document: Option<DocId>, distance: u32) {
        self.count(document, 1);
        self.distances.push(distance);
    }

    /// The same for several places in a row.
    #[inline]
    pub(super) fn push_places(&mut self, document: Option<DocId>, distances: &[u32]) {
        self.count(document, distances.len() as u32);
        self.distances.extend(distances);
    }

    #[inline]
    fn count(&mut self, document: Option<DocId>, places: u32) {
        self.has_places = true;
        match document {
            Some(document) => self.list.push(document, places),
            None => self.list.add(places),
        }
    }

    /// Ends the term whose documents were added; a term without any is left out.
    pub(super) fn end(&mut self, term: &[u8]) -> io::Result<()> {
        self.bytes.clear();
        let documents = self.list.end(&mut self.bytes);
        if documents == 0 {
            return Ok(());
        }
        self.lists.write_all(&self.bytes)?;
        let list = self.bytes.len();
        self.bytes.clear();
        if self.has_places {
            self.distances.end(&mut self.bytes);
        }
        self.places.write_all(&self.bytes)?;
        (self.terms).insert(term, documents, [list, self.bytes.len()])
    }
}
