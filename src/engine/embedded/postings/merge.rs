//! Merging the postings of several segments, term after term.

use std::io;
use std::sync::Arc;

use tantivy::DocId;

use super::list::each_block;
use super::packing::AllDistances;
use super::write::FieldWriter;
use super::{FieldPostings, damaged};
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
    let mut streams = Vec::with_capacity(fields.len());
    for (number, field) in fields.iter().enumerate() {
        let mut terms = field.terms().terms();
        if terms.advance()? {
            streams.push((number, terms));
        }
    }
    let mut term: Vec<u8> = Vec::new();
    let (mut list, mut places) = (Vec::new(), Vec::new());
    // Few segments are merged at once, so each is looked at for the next term.
    while let Some(first) = streams.iter().map(|(_, terms)| terms.key()).min() {
        term.clear();
        term.extend_from_slice(first);
        let mut at = 0;
        while let Some((number, terms)) = streams.get_mut(at) {
            if *terms.key() == *term {
                let (source, info) = (&mut sources[*number], terms.info());
                let [of_list, of_places] = fields[*number].spans(&info);
                source.lists.read(of_list, &mut list)?;
                source.places.read(of_places, &mut places)?;
                append(writer, &source.numbers, (&list, info.doc_freq), &places)?;
                if !terms.advance()? {
                    streams.remove(at);
                    continue;
                }
            }
            at += 1;
        }
        writer.end(&term)?;
    }
    Ok(())
}

/// Appends what a segment has of a term: a list of so many documents, and their places, if the
/// field has any.
fn append(
    writer: &mut FieldWriter<'_>,
    numbers: &[Option<DocId>],
    (list, documents): (&[u8], u32),
    places: &[u8],
) -> io::Result<()> {
    let number = |document: &DocId| {
        let number = numbers.get(*document as usize).copied();
        number.ok_or_else(damaged)
    };
    if places.is_empty() {
        return each_block(list, documents, |documents, _| {
            for document in documents {
                if let Some(document) = number(document)? {
                    writer.push(document);
                }
            }
            Ok(())
        });
    }
    let mut distances = AllDistances::open(places)?;
    each_block(list, documents, |documents, frequencies| {
        for (document, frequency) in documents.iter().zip(frequencies) {
            let frequency = *frequency as usize;
            match number(document)? {
                Some(document) => {
                    let mut place = Some(document);
                    distances.next(frequency, |some| {
                        writer.push_places(place.take(), some);
                    })?;
                }
                None => distances.next(frequency, |_| {})?,
            }
        }
        Ok(())
    })
}
