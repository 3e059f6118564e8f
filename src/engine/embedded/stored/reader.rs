//! Reading documents, each when it is asked for.

use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::{DocId, HasLen};

use super::dictionary::{Prepared, damaged, decompress, prepared};
use super::{EXTENSION, TRAILER_BYTES, VERSION};
use crate::document::Document;
use crate::engine::embedded::component::Files;
use crate::engine::embedded::ends;
use crate::engine::embedded::numbers::Bytes;

/// So many ends are read at once where all are.
const AT_ONCE: u32 = 4096;

/// The documents of one segment.
pub(in crate::engine::embedded) struct DocumentsReader {
    file: FileSlice,
    documents: u32,
    ends_at: usize,
    dictionary: FileSlice,
    /// Made ready when the first document is read.
    prepared: OnceLock<Arc<Prepared>>,
}

/// A document as it stands in the file: its head and its text, a frame each.
struct Frames {
    bytes: OwnedBytes,
    head: Range<usize>,
}

impl Frames {
    fn head(&self) -> &[u8] {
        &self.bytes[self.head.clone()]
    }

    fn text(&self) -> &[u8] {
        &self.bytes[self.head.end..]
    }
}

impl DocumentsReader {
    pub(in crate::engine::embedded) fn open(files: &impl Files) -> tantivy::Result<Self> {
        Ok(Self::parse(files.unmapped(EXTENSION)?)?)
    }

    fn parse(file: FileSlice) -> io::Result<DocumentsReader> {
        let trailer_at = file.len().checked_sub(TRAILER_BYTES).ok_or_else(damaged)?;
        let trailer = file.slice_from(trailer_at).read_bytes()?;
        let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|of| trailer[at + of]));
        let [documents, dictionary, version] = [number(0), number(4), number(8)];
        let dictionary_at = trailer_at.checked_sub(dictionary as usize);
        let dictionary_at = dictionary_at.ok_or_else(damaged)?;
        let ends_at = dictionary_at.checked_sub(documents as usize * 8);
        let reader = DocumentsReader {
            documents,
            ends_at: ends_at.ok_or_else(damaged)?,
            dictionary: file.slice(dictionary_at..trailer_at),
            prepared: OnceLock::new(),
            file,
        };
        let end = match documents.checked_sub(1) {
            Some(last) => reader.ends(last..documents)?[1],
            None => 0,
        };
        let is_whole = version == VERSION && end == reader.ends_at;
        is_whole.then_some(reader).ok_or_else(damaged)
    }

    /// The bytes of the dictionary.
    pub(super) fn dictionary(&self) -> io::Result<OwnedBytes> {
        self.dictionary.read_bytes()
    }

    /// A document.
    pub(in crate::engine::embedded) fn load(&self, document: DocId) -> io::Result<Document> {
        let frames = self.frames(document)?;
        let mut document: Document = serde_json::from_slice(&self.read(frames.head())?)?;
        document.body = String::from_utf8(self.read(frames.text())?).map_err(|_| damaged())?;
        Ok(document)
    }

    /// A document without its text.
    pub(in crate::engine::embedded) fn load_head(&self, document: DocId) -> io::Result<Document> {
        let frames = self.frames(document)?;
        Ok(serde_json::from_slice(&self.read(frames.head())?)?)
    }

    /// Head and text of a document, each decompressed.
    pub(super) fn parts(&self, document: DocId) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let frames = self.frames(document)?;
        Ok((self.read(frames.head())?, self.read(frames.text())?))
    }

    /// Where the documents stand in the file, one after the other.
    pub(super) fn spans(&self) -> impl Iterator<Item = io::Result<Range<usize>>> {
        let firsts = (0..self.documents).step_by(AT_ONCE as usize);
        firsts.flat_map(|first| {
            let some = first..self.documents.min(first + AT_ONCE);
            match self.ends(some) {
                Ok(ends) => ends.windows(2).map(|ends| Ok(ends[0]..ends[1])).collect(),
                Err(error) => vec![Err(error)],
            }
        })
    }

    /// Where the document before the first of some ends, and where each of them does.
    fn ends(&self, documents: Range<DocId>) -> io::Result<Vec<usize>> {
        if documents.end > self.documents {
            return Err(damaged());
        }
        ends::read(&self.file, self.ends_at, documents)
    }

    fn frames(&self, document: DocId) -> io::Result<Frames> {
        // A document that cannot be is one too many.
        let ends = self.ends(document..document.saturating_add(1))?;
        let bytes = self.file.read_bytes_slice(ends[0]..ends[1])?;
        let mut rest = Bytes::new(&bytes);
        let head = rest.number().ok_or_else(damaged)?;
        let start = bytes.len() - rest.rest().len();
        let end = start.checked_add(head).filter(|end| *end <= bytes.len());
        let head = start..end.ok_or_else(damaged)?;
        Ok(Frames { bytes, head })
    }

    fn read(&self, frame: &[u8]) -> io::Result<Vec<u8>> {
        let dictionary = match self.prepared.get() {
            Some(dictionary) => dictionary,
            None => {
                let dictionary = prepared(&self.dictionary()?)?;
                self.prepared.get_or_init(|| dictionary)
            }
        };
        decompress(frame, dictionary)
    }
}
