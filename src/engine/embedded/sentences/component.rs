//! Writing and merging files of sentence bounds.

use std::io::{self, Write};
use std::sync::Arc;

use tantivy::{DocId, Segment, SegmentReader};

use super::{EXTENSION, SentencesReader, VERSION, block};
use crate::engine::embedded::component::{Component, Gathered, NewFile};
use crate::engine::embedded::entry::Entry;
use crate::schema::Schema;

/// Writes one file per segment.
pub(in crate::engine::embedded) struct SentencesComponent {
    pub(in crate::engine::embedded) schema: Arc<Schema>,
}

/// The sentence bounds of a segment that is being written.
pub(in crate::engine::embedded) struct Sentences {
    schema: Arc<Schema>,
    blocks: Vec<u8>,
    ends: Vec<u64>,
}

impl Component for SentencesComponent {
    type Gathered = Sentences;

    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn begin(&self, _: &Segment) -> tantivy::Result<Sentences> {
        Ok(Sentences {
            schema: Arc::clone(&self.schema),
            blocks: Vec::new(),
            ends: Vec::new(),
        })
    }

    fn merge(&self, readers: &[SegmentReader], target: &Segment) -> tantivy::Result<()> {
        // Blocks are copied as they are read: they may be more than memory has room for.
        let mut out = NewFile::create(target, EXTENSION)?;
        let mut ends = Vec::new();
        let mut end = 0;
        for reader in readers {
            let sentences = SentencesReader::open(reader)?;
            for document in reader.doc_ids_alive() {
                let block = sentences.block(document);
                out.write_all(block)?;
                end += block.len() as u64;
                ends.push(end);
            }
        }
        Ok(finish(out, &ends)?)
    }
}

impl Gathered for Sentences {
    fn add(&mut self, _: DocId, entry: &Entry) -> tantivy::Result<()> {
        self.blocks.extend(block(&entry.document, &self.schema));
        self.ends.push(self.blocks.len() as u64);
        Ok(())
    }

    fn memory(&self) -> usize {
        self.blocks.len() + self.ends.len() * 8
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        let mut out = NewFile::create(target, EXTENSION)?;
        out.write_all(&self.blocks)?;
        Ok(finish(out, &self.ends)?)
    }
}

fn finish(mut out: NewFile, ends: &[u64]) -> io::Result<()> {
    for end in ends {
        out.write_all(&end.to_le_bytes())?;
    }
    out.write_all(&(ends.len() as u32).to_le_bytes())?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.finish()
}
