//! Merging the postings of several segments, term after term.

use std::io;
use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::termdict::TermMerger;
use tantivy::{DocId, TERMINATED};

use super::write::FieldWriter;
use super::{FieldPostings, List, Postings};
use crate::engine::embedded::component::Unmapped;

/// A segment that is merged with others.
pub(super) struct Source {
    pub(super) fields: Vec<Arc<FieldPostings>>,
    /// The new number of each document, `None` for those that are gone.
    pub(super) numbers: Vec<Option<DocId>>,
    pub(super) lists: Unmapped,
    pub(super) places: Unmapped,
}

/// Writes what the same field has in several segments. Fields come in their order.
pub(super) fn merge(
    writer: &mut FieldWriter<'_>,
    sources: &mut [Source],
    field: usize,
) -> io::Result<()> {
    let fields: Vec<_> = (sources.iter())
        .map(|source| Arc::clone(&source.fields[field]))
        .collect();
    let streams = fields.iter().map(|field| field.terms().stream());
    let mut terms = TermMerger::new(streams.collect::<io::Result<_>>()?);
    let mut distances = Vec::new();
    while terms.advance() {
        for (number, info) in terms.current_segment_ords_and_term_infos() {
            let source = &mut sources[number];
            let [list, places] = fields[number].spans(&info);
            let has_places = !places.is_empty();
            let mut bytes = Vec::new();
            source.lists.read(list, &mut bytes)?;
            let mut list = List::open(OwnedBytes::new(bytes), info.doc_freq, has_places);
            if !has_places {
                list.each_before(TERMINATED, usize::MAX, |document, _| {
                    if let Some(Some(document)) = source.numbers.get(document as usize) {
                        writer.push(*document, &[]);
                    }
                });
                continue;
            }
            let mut bytes = Vec::new();
            source.places.read(places, &mut bytes)?;
            let mut postings = Postings::open(list, OwnedBytes::new(bytes));
            while postings.doc() != TERMINATED {
                if let Some(Some(document)) = source.numbers.get(postings.doc() as usize) {
                    distances.clear();
                    postings.append_distances(&mut distances);
                    if distances.len() != postings.frequency() as usize {
                        return Err(io::Error::new(
                            io::ErrorKind::InvalidData,
                            "damaged postings",
                        ));
                    }
                    writer.push(*document, &distances);
                }
                postings.advance();
            }
        }
        writer.end(terms.key())?;
    }
    Ok(())
}
