//! Counting when a segment is written.

use std::io::Write;

use tantivy::{DocId, Segment, TERMINATED, TantivyError};

use super::{EXTENSION, MANY, TRAILER_BYTES, VERSION, key};
use crate::engine::embedded::component::{Derive, NewFile};
use crate::engine::embedded::matcher::BATCH;
use crate::engine::embedded::numbers::put;
use crate::engine::embedded::postings;
use crate::engine::embedded::record::{RecordReader, Tally};

/// Writes one file per segment. Must come after the postings and the records.
#[derive(Clone)]
pub(in crate::engine::embedded) struct CountsComponent {
    /// Number of text fields.
    pub(in crate::engine::embedded) texts: usize,
    /// Whether each keyword field, in the order of the schema, is a facet.
    pub(in crate::engine::embedded) is_facet: Vec<bool>,
}

impl Derive for CountsComponent {
    const EXTENSION: &'static str = EXTENSION;

    fn write(&self, segment: &Segment) -> tantivy::Result<()> {
        let records = RecordReader::open_unfinished(segment)?;
        let mut blocks = Vec::new();
        let mut keys = fst::MapBuilder::memory();
        let mut documents: Vec<DocId> = (0..records.documents()).collect();
        keys.insert([], 0).map_err(failed)?;
        self.count(&records, &documents, &mut blocks);
        let (fewest, share) = MANY;
        let many = fewest.max(records.documents() / share);
        let fields = postings::open(segment, self.texts + 1)?;
        for (text, field) in fields[..self.texts].iter().enumerate() {
            let mut terms = field.terms().terms();
            while terms.advance()? {
                if terms.documents() < many {
                    continue;
                }
                documents.clear();
                let mut list = field.documents(&terms.info());
                list.each_before(TERMINATED, usize::MAX, |doc, _| documents.push(doc));
                (keys.insert(key(text, terms.key()), blocks.len() as u64)).map_err(failed)?;
                self.count(&records, &documents, &mut blocks);
            }
        }
        let mut out = NewFile::create(segment, EXTENSION)?;
        out.write_all(&blocks)?;
        out.write_all(&keys.into_inner().map_err(failed)?)?;
        let mut trailer = [0; TRAILER_BYTES];
        trailer[..8].copy_from_slice(&(blocks.len() as u64).to_le_bytes());
        trailer[8..].copy_from_slice(&VERSION.to_le_bytes());
        out.write_all(&trailer)?;
        Ok(out.finish()?)
    }
}

impl CountsComponent {
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
