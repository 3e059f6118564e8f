//! Reading documents in place, from the mapped file.

use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tantivy::directory::OwnedBytes;
use tantivy::{DocId, TantivyError};

use super::dictionary::{Prepared, damaged, decompress, prepared};
use super::{EXTENSION, TRAILER_BYTES, VERSION};
use crate::document::Document;
use crate::engine::embedded::component::Files;
use crate::engine::embedded::numbers::Bytes;

/// The documents of one segment.
pub(in crate::engine::embedded) struct DocumentsReader {
    bytes: OwnedBytes,
    ends_at: usize,
    dictionary: OwnedBytes,
    /// Made ready when the first document is read.
    prepared: OnceLock<Arc<Prepared>>,
}

impl DocumentsReader {
    pub(in crate::engine::embedded) fn open(files: &impl Files) -> tantivy::Result<Self> {
        let damaged = || TantivyError::InternalError("damaged documents".to_owned());
        Self::parse(files.bytes(EXTENSION)?).ok_or_else(damaged)
    }

    fn parse(bytes: OwnedBytes) -> Option<DocumentsReader> {
        let trailer_at = bytes.len().checked_sub(TRAILER_BYTES)?;
        let number = |at: usize| {
            let bytes = bytes[trailer_at + at..][..4].try_into().ok()?;
            Some(u32::from_le_bytes(bytes) as usize)
        };
        let [documents, dictionary, version] = [number(0)?, number(4)?, number(8)?];
        let dictionary_at = trailer_at.checked_sub(dictionary)?;
        let ends_at = dictionary_at.checked_sub(documents * 8)?;
        let reader = DocumentsReader {
            ends_at,
            dictionary: bytes.slice(dictionary_at..trailer_at),
            prepared: OnceLock::new(),
            bytes,
        };
        let is_whole = reader.end(documents as DocId) == Some(ends_at);
        (version == VERSION as usize && is_whole).then_some(reader)
    }

    /// The bytes of the dictionary.
    pub(super) fn dictionary(&self) -> &[u8] {
        &self.dictionary
    }

    /// A document.
    pub(in crate::engine::embedded) fn load(&self, document: DocId) -> io::Result<Document> {
        let (head, text) = self.split(document)?;
        let mut document: Document = serde_json::from_slice(&self.read(head)?)?;
        document.body = String::from_utf8(self.read(text)?).map_err(|_| damaged())?;
        Ok(document)
    }

    /// A document without its text.
    pub(in crate::engine::embedded) fn load_head(&self, document: DocId) -> io::Result<Document> {
        let (head, _) = self.split(document)?;
        Ok(serde_json::from_slice(&self.read(head)?)?)
    }

    /// Head and text of a document, each decompressed.
    pub(super) fn parts(&self, document: DocId) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let (head, text) = self.split(document)?;
        Ok((self.read(head)?, self.read(text)?))
    }

    /// Where a document stands in the file.
    pub(super) fn span(&self, document: DocId) -> io::Result<Range<usize>> {
        let span = self.end(document).zip(self.end(document + 1));
        let span = span.filter(|(start, end)| start <= end && *end <= self.ends_at);
        span.map(|(start, end)| start..end).ok_or_else(damaged)
    }

    fn split(&self, document: DocId) -> io::Result<(&[u8], &[u8])> {
        let frames = &self.bytes[self.span(document)?];
        let mut rest = Bytes::new(frames);
        let head = rest.number().ok_or_else(damaged)?;
        rest.rest().split_at_checked(head).ok_or_else(damaged)
    }

    fn read(&self, frame: &[u8]) -> io::Result<Vec<u8>> {
        let dictionary = match self.prepared.get() {
            Some(dictionary) => dictionary,
            None => {
                let dictionary = prepared(&self.dictionary)?;
                self.prepared.get_or_init(|| dictionary)
            }
        };
        decompress(frame, dictionary)
    }

    /// Where the first `documents` documents end.
    fn end(&self, documents: DocId) -> Option<usize> {
        let Some(last) = documents.checked_sub(1) else {
            return Some(0);
        };
        let at = self.ends_at + last as usize * 8;
        let end = self.bytes.get(at..at + 8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(end)).ok()
    }
}
