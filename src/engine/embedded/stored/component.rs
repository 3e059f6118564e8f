//! Writing and merging documents.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{DocId, Segment, SegmentReader};

use super::dictionary::{Compressor, Dictionary, SAMPLES};
use super::{DocumentsReader, EXTENSION, VERSION};
use crate::engine::embedded::component::{Component, Gathered, NewFile, Unmapped};
use crate::engine::embedded::entry::Entry;
use crate::engine::embedded::numbers::put;

/// Keeps the documents.
pub(in crate::engine::embedded) struct DocumentsComponent {
    /// Where the files of the segments are.
    folder: PathBuf,
    /// The dictionary of the segments that are written, once there is text enough to make it of.
    shared: Shared,
}

type Shared = Arc<Mutex<Option<Arc<Dictionary>>>>;

/// The documents of a segment that is being written.
pub(in crate::engine::embedded) struct Documents {
    file: File,
    shared: Shared,
    /// Documents that wait for a dictionary, head and text in turn.
    waiting: Vec<u8>,
    lengths: Vec<usize>,
}

/// A file of documents that is being written.
struct File {
    out: NewFile,
    end: u64,
    ends: Vec<u64>,
    compressor: Compressor,
    dictionary: Option<Arc<Dictionary>>,
    /// Buffers.
    head: Vec<u8>,
    frames: Vec<u8>,
}

impl DocumentsComponent {
    pub(in crate::engine::embedded) fn new(folder: &Path) -> DocumentsComponent {
        DocumentsComponent {
            folder: folder.to_owned(),
            shared: Shared::default(),
        }
    }
}

impl Component for DocumentsComponent {
    type Gathered = Documents;

    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn begin(&self, target: &Segment) -> tantivy::Result<Documents> {
        let dictionary = self.shared.lock();
        let dictionary = dictionary.unwrap_or_else(PoisonError::into_inner).clone();
        Documents::begin(target, dictionary, Arc::clone(&self.shared))
    }

    fn merge(&self, readers: &[SegmentReader], target: &Segment) -> tantivy::Result<()> {
        let sources = (readers.iter())
            .map(|reader| Ok((reader, DocumentsReader::open(reader)?)))
            .collect::<tantivy::Result<Vec<_>>>()?;
        // The dictionary of most documents.
        let largest = sources.iter().max_by_key(|(reader, _)| reader.num_docs());
        let dictionary = largest.map(|(_, documents)| documents.dictionary());
        let dictionary = match dictionary.transpose()? {
            Some(bytes) if !bytes.is_empty() => Some(Arc::new(Dictionary::new(bytes.to_vec())?)),
            _ => None,
        };
        let mut merged = Documents::begin(target, dictionary, Shared::default())?;
        for (reader, documents) in sources {
            let own = documents.dictionary()?;
            let dictionary = merged.file.dictionary.as_ref();
            if dictionary.is_some_and(|it| it.bytes == *own) {
                let mut file = Unmapped::open(&self.folder, reader, EXTENSION)?;
                let mut frames = Vec::new();
                for (document, span) in (0..).zip(documents.spans()) {
                    file.read(span?, &mut frames)?;
                    if !reader.is_deleted(document) {
                        merged.file.copy(&frames)?;
                    }
                }
                continue;
            }
            for document in reader.doc_ids_alive() {
                let (head, text) = documents.parts(document)?;
                merged.push(&head, &text)?;
            }
        }
        merged.write(target)
    }
}

impl Documents {
    fn begin(
        target: &Segment,
        dictionary: Option<Arc<Dictionary>>,
        shared: Shared,
    ) -> tantivy::Result<Documents> {
        Ok(Documents {
            file: File::create(target, dictionary)?,
            shared,
            waiting: Vec::new(),
            lengths: Vec::new(),
        })
    }

    fn push(&mut self, head: &[u8], text: &[u8]) -> io::Result<()> {
        if self.file.dictionary.is_some() {
            return self.file.push(head, text);
        }
        for part in [head, text] {
            self.waiting.extend(part);
            self.lengths.push(part.len());
        }
        match self.waiting.len() < SAMPLES {
            true => Ok(()),
            false => self.settle(),
        }
    }

    /// Makes a dictionary of the documents that wait for one, and writes them.
    fn settle(&mut self) -> io::Result<()> {
        if self.file.dictionary.is_none() {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            let dictionary = match &*shared {
                Some(dictionary) => Arc::clone(dictionary),
                None => Arc::new(Dictionary::of(&self.waiting, &self.lengths)?),
            };
            if !dictionary.bytes.is_empty() {
                *shared = Some(Arc::clone(&dictionary));
            }
            self.file.dictionary = Some(dictionary);
        }
        let mut rest = &*std::mem::take(&mut self.waiting);
        for lengths in std::mem::take(&mut self.lengths).chunks_exact(2) {
            let (head, behind) = rest.split_at(lengths[0]);
            let (text, behind) = behind.split_at(lengths[1]);
            self.file.push(head, text)?;
            rest = behind;
        }
        Ok(())
    }
}

impl Gathered for Documents {
    fn add(&mut self, _: DocId, entry: &Entry) -> tantivy::Result<()> {
        let text = entry.document.document.body.as_bytes();
        Ok(self.push(entry.head.as_bytes(), text)?)
    }

    fn memory(&self) -> usize {
        self.waiting.len() + self.lengths.len() * 8 + self.file.ends.len() * 8
    }

    fn write(mut self, _: &Segment) -> tantivy::Result<()> {
        self.settle()?;
        Ok(self.file.finish()?)
    }
}

impl File {
    fn create(segment: &Segment, dictionary: Option<Arc<Dictionary>>) -> tantivy::Result<File> {
        Ok(File {
            out: NewFile::create(segment, EXTENSION)?,
            end: 0,
            ends: Vec::new(),
            compressor: Compressor::new()?,
            dictionary,
            head: Vec::new(),
            frames: Vec::new(),
        })
    }

    fn push(&mut self, head: &[u8], text: &[u8]) -> io::Result<()> {
        let Some(dictionary) = &self.dictionary else {
            return Err(io::Error::other("documents without a dictionary"));
        };
        self.head.clear();
        (self.compressor).append(head, dictionary, &mut self.head)?;
        let mut frames = std::mem::take(&mut self.frames);
        frames.clear();
        put(&mut frames, self.head.len());
        frames.extend(&self.head);
        self.compressor.append(text, dictionary, &mut frames)?;
        self.copy(&frames)?;
        self.frames = frames;
        Ok(())
    }

    fn copy(&mut self, frames: &[u8]) -> io::Result<()> {
        self.out.write_all(frames)?;
        self.end += frames.len() as u64;
        self.ends.push(self.end);
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        for end in &self.ends {
            self.out.write_all(&end.to_le_bytes())?;
        }
        let dictionary = self.dictionary.as_ref().map_or(&[][..], |it| &it.bytes);
        self.out.write_all(dictionary)?;
        for number in [self.ends.len() as u32, dictionary.len() as u32, VERSION] {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.finish()
    }
}
