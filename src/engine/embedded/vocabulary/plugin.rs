//! The segment plugin that writes the keys of a segment.
//!
//! Plugins come last, when the terms of the new segment are on disk, be it fresh or merged: the
//! keys are read from there. So nothing is gathered while documents are added, and what was
//! deleted before a merge is gone.

use std::any::Any;
use std::io::Write;

use tantivy::directory::{CompositeFile, TerminatingWrite};
use tantivy::index::SegmentComponent;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;
use tantivy::{
    PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin, TantivyError,
};

use super::tree::cost;
use crate::engine::spelling::SEPARATOR;

/// Extension of the files.
pub(super) const EXTENSION: &str = "words";

/// Writes one file per segment.
pub(in crate::engine::embedded) struct WordsPlugin {
    /// The field of the terms.
    pub(in crate::engine::embedded) field: Field,
}

impl SegmentPlugin for WordsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(WordsWriter { field: self.field }))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        write(self.field, context.target_segment)
    }
}

struct WordsWriter {
    field: Field,
}

impl PluginWriter for WordsWriter {
    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        _: Option<&tantivy::indexer::DocIdMapping>,
    ) -> tantivy::Result<()> {
        write(self.field, segment)
    }

    fn mem_usage(&self) -> usize {
        0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn write(field: Field, segment: &Segment) -> tantivy::Result<()> {
    let out = segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?;
    let mut tree = fst::MapBuilder::new(std::io::BufWriter::new(out)).map_err(failed)?;
    let terms = CompositeFile::open(&segment.open_read(SegmentComponent::Terms)?)?;
    if let Some(terms) = terms.open_read(field) {
        let terms = TermDictionary::open(terms)?;
        let mut stream = terms.stream()?;
        let mut key: Vec<u8> = Vec::new();
        let mut documents = 0;
        // The spellings of a key stand one after the other.
        while let Some((term, info)) = stream.next() {
            let end = term.iter().position(|byte| *byte == SEPARATOR as u8);
            let next = &term[..end.unwrap_or(term.len())];
            if key != next {
                if documents > 0 {
                    tree.insert(&key, cost(documents)).map_err(failed)?;
                }
                key.clear();
                key.extend_from_slice(next);
                documents = 0;
            }
            documents += u64::from(info.doc_freq);
        }
        if documents > 0 {
            tree.insert(&key, cost(documents)).map_err(failed)?;
        }
    }
    let mut out = tree.into_inner().map_err(failed)?;
    out.flush()?;
    let out = out.into_inner().map_err(|error| error.into_error())?;
    out.terminate()?;
    Ok(())
}

fn failed(error: fst::Error) -> TantivyError {
    TantivyError::InternalError(format!("the vocabulary cannot be written: {error}"))
}
