//! Writing and merging record files.

use tantivy::{DocId, Segment, SegmentReader};

use super::columns::Columns;
use super::input::RecordInput;
use super::reader::RecordReader;
use crate::engine::embedded::component::{Component, Gathered, NewFile};
use crate::engine::embedded::entry::Entry;
use crate::schema::{FieldKind, Schema};

/// Extension of record files.
pub(super) const EXTENSION: &str = "facets";

/// Writes one record file per segment.
pub(in crate::engine::embedded) struct RecordComponent {
    pub(in crate::engine::embedded) schema: std::sync::Arc<Schema>,
}

/// The records of a segment that is being written.
pub(in crate::engine::embedded) struct Records {
    schema: std::sync::Arc<Schema>,
    columns: Columns,
}

impl RecordComponent {
    fn columns(&self) -> Columns {
        let is_keyword = |kind: &FieldKind| matches!(kind, FieldKind::Keyword(_));
        let keywords = self.schema.fields().iter();
        let keywords = keywords.filter(|field| is_keyword(&field.kind)).count();
        Columns::new(self.schema.text_fields().count(), keywords)
    }
}

impl Component for RecordComponent {
    type Gathered = Records;

    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn begin(&self, _: &Segment) -> tantivy::Result<Records> {
        Ok(Records {
            schema: self.schema.clone(),
            columns: self.columns(),
        })
    }

    fn merge(&self, readers: &[SegmentReader], target: &Segment) -> tantivy::Result<()> {
        let mut columns = self.columns();
        for reader in readers {
            let records = RecordReader::open(reader)?;
            for document in reader.doc_ids_alive() {
                columns.push(&records.input(document));
            }
        }
        write(&columns, target)
    }
}

impl Gathered for Records {
    fn add(&mut self, _: DocId, entry: &Entry) -> tantivy::Result<()> {
        let input = RecordInput::new(&entry.document, &self.schema);
        self.columns.push(&input);
        Ok(())
    }

    fn memory(&self) -> usize {
        self.columns.mem_usage()
    }

    fn write(self, target: &Segment) -> tantivy::Result<()> {
        write(&self.columns, target)
    }
}

fn write(columns: &Columns, target: &Segment) -> tantivy::Result<()> {
    let mut out = NewFile::create(target, EXTENSION)?;
    columns.write(&mut out)?;
    Ok(out.finish()?)
}
