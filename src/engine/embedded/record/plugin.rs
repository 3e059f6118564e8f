//! The segment plugin that writes and merges record files.

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

use super::columns::Columns;
use super::input::RecordInput;
use super::reader::RecordReader;

/// Extension of record files.
pub(super) const EXTENSION: &str = "facets";

/// Writes one record file per segment.
pub(in crate::engine::embedded) struct RecordPlugin {
    /// The opaque field that carries [`RecordInput`]s.
    pub(in crate::engine::embedded) field: Field,
    /// Number of text fields of the schema.
    pub(in crate::engine::embedded) texts: usize,
    /// Number of keyword fields of the schema.
    pub(in crate::engine::embedded) facets: usize,
}

impl SegmentPlugin for RecordPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(RecordWriter {
            field: self.field,
            columns: Columns::new(self.texts, self.facets),
        }))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        // Segments are never sorted: hits are ranked while they are counted, all of them, so an
        // order of the documents on disk would save nothing. Hence merging only appends.
        if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
            let message = "the facet record cannot be merged in another order";
            return Err(TantivyError::InternalError(message.to_owned()));
        }
        let mut columns = Columns::new(self.texts, self.facets);
        for segment in context.readers {
            let records = RecordReader::open(segment)?;
            for document in segment.doc_ids_alive() {
                columns.push(&records.input(document));
            }
        }
        write(&columns, context.target_segment)
    }
}

struct RecordWriter {
    field: Field,
    columns: Columns,
}

impl PluginWriter for RecordWriter {
    fn add_document(
        &mut self,
        _: DocId,
        document: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        let input = (document.as_any().downcast_ref::<TantivyDocument>())
            .and_then(|document| document.get_first(self.field))
            .and_then(|value| value.as_custom())
            .and_then(RecordInput::from_bytes)
            .ok_or_else(|| TantivyError::InternalError("document without a record".to_owned()))?;
        self.columns.push(&input);
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        mapping: Option<&tantivy::indexer::DocIdMapping>,
    ) -> tantivy::Result<()> {
        debug_assert!(mapping.is_none(), "segments are not sorted");
        write(&self.columns, segment)
    }

    fn mem_usage(&self) -> usize {
        self.columns.mem_usage()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

fn write(columns: &Columns, segment: &Segment) -> tantivy::Result<()> {
    let file = segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?;
    let mut out = std::io::BufWriter::new(file);
    columns.write(&mut out)?;
    out.flush()?;
    let file = out.into_inner().map_err(|error| error.into_error())?;
    file.terminate()?;
    Ok(())
}
