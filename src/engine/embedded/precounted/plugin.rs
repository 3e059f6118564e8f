//! The segment plugin that counts.

use std::any::Any;
use std::io::Write;

use tantivy::directory::TerminatingWrite;
use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocId, PluginMergeContext, PluginWriter, PluginWriterContext, Segment, SegmentPlugin,
    SegmentReader, TERMINATED, TantivyError,
};

use super::{EXTENSION, MANY, TRAILER_BYTES, VERSION, key};
use crate::engine::embedded::matcher::{BATCH, List};
use crate::engine::embedded::numbers::put;
use crate::engine::embedded::record::{RecordReader, Tally};

/// Writes one file per segment. Must come after the plugin of the records.
#[derive(Clone)]
pub(in crate::engine::embedded) struct CountsPlugin {
    /// The text fields, in the order of the schema.
    pub(in crate::engine::embedded) texts: Vec<Field>,
    /// Whether each keyword field, in the order of the schema, is a facet.
    pub(in crate::engine::embedded) is_facet: Vec<bool>,
}

impl SegmentPlugin for CountsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(CountsWriter(self.clone())))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        self.write(context.target_segment)
    }
}

struct CountsWriter(CountsPlugin);

impl PluginWriter for CountsWriter {
    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        _: Option<&tantivy::indexer::DocIdMapping>,
    ) -> tantivy::Result<()> {
        self.0.write(segment)
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

impl CountsPlugin {
    fn write(&self, segment: &Segment) -> tantivy::Result<()> {
        let reader = SegmentReader::open(segment)?;
        let records = RecordReader::open_unfinished(&reader)?;
        let mut blocks = Vec::new();
        let mut keys = fst::MapBuilder::memory();
        let mut documents: Vec<DocId> = (0..records.documents()).collect();
        keys.insert([], 0).map_err(failed)?;
        self.count(&records, &documents, &mut blocks);
        let (fewest, share) = MANY;
        let many = fewest.max(records.documents() / share);
        for (text, field) in self.texts.iter().enumerate() {
            let inverted = reader.inverted_index(*field)?;
            let mut terms = inverted.terms().stream()?;
            while let Some((term, info)) = terms.next() {
                if info.doc_freq < many {
                    continue;
                }
                let option = IndexRecordOption::Basic;
                let mut list = List::new(inverted.read_block_postings_from_terminfo(info, option)?);
                documents.clear();
                list.each_before(TERMINATED, usize::MAX, |doc, _| documents.push(doc));
                (keys.insert(key(text, term), blocks.len() as u64)).map_err(failed)?;
                self.count(&records, &documents, &mut blocks);
            }
        }
        let file = segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?;
        let mut out = std::io::BufWriter::new(file);
        out.write_all(&blocks)?;
        out.write_all(&keys.into_inner().map_err(failed)?)?;
        let mut trailer = [0; TRAILER_BYTES];
        trailer[..8].copy_from_slice(&(blocks.len() as u64).to_le_bytes());
        trailer[8..].copy_from_slice(&VERSION.to_le_bytes());
        out.write_all(&trailer)?;
        out.flush()?;
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.terminate()?;
        Ok(())
    }

    /// Appends the block of some documents.
    fn count(&self, records: &RecordReader, documents: &[DocId], blocks: &mut Vec<u8>) {
        let tally = |column, len| {
            let mut tally = Tally::new(column, len);
            documents.chunks(BATCH).for_each(|some| tally.count(some));
            tally.finish()
        };
        append(
            blocks,
            Some(tally(records.date_column(), records.periods().len())),
        );
        for (facet, is_facet) in self.is_facet.iter().enumerate() {
            let counted =
                is_facet.then(|| tally(records.column(facet), records.nodes(facet).len()));
            append(blocks, counted);
        }
    }
}

/// Appends the counts of one facet.
fn append(blocks: &mut Vec<u8>, counted: Option<(Vec<u32>, u64)>) {
    put(blocks, usize::from(counted.is_some()));
    let Some((values, missing)) = counted else {
        return;
    };
    let occurring = || (0_usize..).zip(&values).filter(|(_, count)| **count > 0);
    put(blocks, missing as usize);
    put(blocks, occurring().count());
    let mut before = 0;
    for (ordinal, count) in occurring() {
        put(blocks, ordinal - before);
        put(blocks, *count as usize);
        before = ordinal;
    }
}

fn failed(error: fst::Error) -> TantivyError {
    TantivyError::InternalError(format!("the counts cannot be written: {error}"))
}
