//! Reading sentence bounds: in place, from the mapped file, where many documents are looked at, and
//! from the file for hits that are shown.

use std::io;

use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::{DocId, SegmentReader, TantivyError};

use super::{EXTENSION, TRAILER_BYTES, VERSION, sentences};
use crate::analysis::Sentence;
use crate::engine::embedded::component::Files;
use crate::engine::embedded::ends;

/// The sentence bounds of one segment.
pub(in crate::engine::embedded) struct SentencesReader {
    bytes: OwnedBytes,
    ends_at: usize,
    /// The same, not mapped.
    file: FileSlice,
}

impl SentencesReader {
    pub(in crate::engine::embedded) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let (bytes, file) = (segment.bytes(EXTENSION)?, segment.unmapped(EXTENSION)?);
        Self::parse(bytes, file, segment.max_doc())
            .ok_or_else(|| TantivyError::InternalError("damaged sentence bounds".to_owned()))
    }

    fn parse(bytes: OwnedBytes, file: FileSlice, documents: u32) -> Option<SentencesReader> {
        let trailer_at = bytes.len().checked_sub(TRAILER_BYTES)?;
        let number = |at: usize| Some(u32::from_le_bytes(bytes[at..at + 4].try_into().ok()?));
        let ends_at = trailer_at.checked_sub(documents as usize * 8)?;
        let fits = number(trailer_at)? == documents && number(trailer_at + 4)? == VERSION;
        let reader = SentencesReader {
            bytes,
            ends_at,
            file,
        };
        (fits && reader.end(documents) == ends_at).then_some(reader)
    }

    /// The block of a document, for merging.
    pub(super) fn block(&self, document: DocId) -> &[u8] {
        let span = self.end(document)..self.end(document + 1);
        self.bytes[..self.ends_at].get(span).unwrap_or_default()
    }

    /// The sentences of a text field, by its place in the schema. A sentence goes up to the next,
    /// and the last holds all words that follow.
    pub(in crate::engine::embedded) fn sentences(
        &self,
        document: DocId,
        text: usize,
    ) -> Vec<Sentence> {
        sentences(self.block(document), text).unwrap_or_default()
    }

    /// The same of a document that is shown.
    pub(in crate::engine::embedded) fn read(
        &self,
        document: DocId,
        text: usize,
    ) -> io::Result<Vec<Sentence>> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "damaged sentence bounds");
        let ends = ends::read(
            &self.file,
            self.ends_at,
            document..document.saturating_add(1),
        )?;
        let block = self.file.read_bytes_slice(ends[0]..ends[1])?;
        sentences(&block, text).ok_or_else(damaged)
    }

    /// Where the block of the document before `document` ends.
    fn end(&self, document: DocId) -> usize {
        let Some(before) = document.checked_sub(1) else {
            return 0;
        };
        let at = self.ends_at + before as usize * 8;
        let end = self.bytes.get(at..at + 8).and_then(|it| it.try_into().ok());
        end.map_or(0, |end| u64::from_le_bytes(end) as usize)
    }
}
