//! The segment plugin that writes and merges files of sentence bounds.

use std::any::Any;
use std::io::Write;

use tantivy::directory::TerminatingWrite;
use tantivy::index::SegmentComponent;
use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema, Value};
use tantivy::{
    DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin,
    TantivyDocument, TantivyError,
};

use super::{EXTENSION, SentencesReader, VERSION};

/// Writes one file per segment.
pub(in crate::engine::embedded) struct SentencesPlugin {
    /// The opaque field that carries blocks.
    pub(in crate::engine::embedded) field: Field,
}

impl SegmentPlugin for SentencesPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(SentencesWriter {
            field: self.field,
            blocks: Vec::new(),
            ends: Vec::new(),
        }))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
            let message = "sentence bounds cannot be merged in another order";
            return Err(TantivyError::InternalError(message.to_owned()));
        }
        // Blocks are copied as they are read: they may be more than memory has room for.
        let mut out = create(context.target_segment)?;
        let mut ends = Vec::new();
        let mut end = 0;
        for segment in context.readers {
            let sentences = SentencesReader::open(segment)?;
            for document in segment.doc_ids_alive() {
                let block = sentences.block(document);
                out.write_all(block)?;
                end += block.len() as u64;
                ends.push(end);
            }
        }
        finish(out, &ends)
    }
}

struct SentencesWriter {
    field: Field,
    blocks: Vec<u8>,
    ends: Vec<u64>,
}

impl PluginWriter for SentencesWriter {
    fn add_document(
        &mut self,
        _: DocId,
        document: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        let block = (document.as_any().downcast_ref::<TantivyDocument>())
            .and_then(|document| document.get_first(self.field))
            .and_then(|value| value.as_custom())
            .ok_or_else(|| TantivyError::InternalError("document without sentences".to_owned()))?;
        self.blocks.extend(block);
        self.ends.push(self.blocks.len() as u64);
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        mapping: Option<&tantivy::indexer::DocIdMapping>,
    ) -> tantivy::Result<()> {
        debug_assert!(mapping.is_none(), "segments are not sorted");
        let mut out = create(segment)?;
        out.write_all(&self.blocks)?;
        finish(out, &self.ends)
    }

    fn mem_usage(&self) -> usize {
        self.blocks.len() + self.ends.len() * 8
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn create(segment: &Segment) -> tantivy::Result<tantivy::directory::WritePtr> {
    Ok(segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?)
}

fn finish(mut out: tantivy::directory::WritePtr, ends: &[u64]) -> tantivy::Result<()> {
    for end in ends {
        out.write_all(&end.to_le_bytes())?;
    }
    out.write_all(&(ends.len() as u32).to_le_bytes())?;
    out.write_all(&VERSION.to_le_bytes())?;
    out.terminate()?;
    Ok(())
}
