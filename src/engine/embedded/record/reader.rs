//! Reading records in place, from the mapped file.

use tantivy::directory::OwnedBytes;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::component::EXTENSION;
use super::format::{
    FacetLayout, Header, NodeEntry, TRAILER_BYTES, VERSION, empty_slot, overflow_slot,
};
use super::input::{InputNode, RecordInput};
use crate::document::PartialDate;
use crate::engine::embedded::component::Files;

/// The records of one segment.
pub(in crate::engine::embedded) struct RecordReader {
    bytes: OwnedBytes,
    header: Header,
    codes_at: usize,
    dates_at: usize,
    lengths_at: usize,
    overflow_at: usize,
}

/// The values of one facet in one segment, by document.
#[derive(Clone, Copy)]
pub(in crate::engine::embedded) struct FacetColumn<'a> {
    records: &'a [u8],
    stride: usize,
    layout: &'a FacetLayout,
    overflow: &'a [u8],
}

/// The values of a document where slots are bytes.
pub(in crate::engine::embedded) enum Narrow<'a> {
    /// Ordinals; those of empty slots, which stand at the end, are no values.
    Slots(&'a [u8]),
    /// It has none.
    Empty,
    /// It has more values than there are slots.
    Elsewhere,
}

impl RecordReader {
    pub(in crate::engine::embedded) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let records = RecordReader::open_unfinished(segment)?;
        if records.documents() != segment.max_doc() {
            return Err(TantivyError::InternalError(
                "damaged facet record".to_owned(),
            ));
        }
        Ok(records)
    }

    /// The records of a segment that is being written, and does not yet know how many documents
    /// it has.
    pub(in crate::engine::embedded) fn open_unfinished(
        files: &impl Files,
    ) -> tantivy::Result<Self> {
        Self::parse(files.bytes(EXTENSION)?)
            .ok_or_else(|| TantivyError::InternalError("damaged facet record".to_owned()))
    }

    /// Number of documents, deleted ones included.
    pub(in crate::engine::embedded) fn documents(&self) -> u32 {
        self.header.documents
    }

    fn parse(bytes: OwnedBytes) -> Option<RecordReader> {
        let trailer_at = bytes.len().checked_sub(TRAILER_BYTES)?;
        let header_bytes = u64::from_le_bytes(bytes[trailer_at..][..8].try_into().ok()?) as usize;
        let version = u32::from_le_bytes(bytes[trailer_at + 8..].try_into().ok()?);
        let header_at = trailer_at.checked_sub(header_bytes)?;
        let header: Header = serde_json::from_slice(&bytes[header_at..trailer_at]).ok()?;
        let codes_at = header.documents as usize * header.stride;
        let dates_at = codes_at + header.documents as usize * header.texts;
        let lengths_at = dates_at + header.documents as usize * 4;
        let overflow_at = lengths_at + header.documents as usize * header.texts * 4;
        let fits = overflow_at <= header_at;
        (fits && version == VERSION).then_some(RecordReader {
            bytes,
            header,
            codes_at,
            dates_at,
            lengths_at,
            overflow_at,
        })
    }

    /// The code of the length of a text field, as BM25 sees it.
    #[inline]
    pub(in crate::engine::embedded) fn length_code(&self, document: DocId, text: usize) -> u8 {
        self.bytes[self.codes_at + text * self.header.documents as usize + document as usize]
    }

    /// The codes of the lengths of a text field, document by document.
    pub(in crate::engine::embedded) fn length_codes(&self, text: usize) -> &[u8] {
        let documents = self.header.documents as usize;
        &self.bytes[self.codes_at + text * documents..][..documents]
    }

    /// The packed date; 0 if there is none.
    #[inline]
    pub(in crate::engine::embedded) fn date_bits(&self, document: DocId) -> u32 {
        read_u32(&self.bytes, self.dates_at + document as usize * 4)
    }

    /// Sum of the lengths of a text field over all documents that `alive` lets pass.
    pub(in crate::engine::embedded) fn words(
        &self,
        text: usize,
        alive: Option<impl Iterator<Item = DocId>>,
    ) -> u64 {
        match alive {
            None => self.header.words.get(text).copied().unwrap_or(0),
            Some(documents) => documents
                .map(|document| u64::from(self.length(document, text)))
                .sum(),
        }
    }

    fn length(&self, document: DocId, text: usize) -> u32 {
        let index = document as usize * self.header.texts + text;
        read_u32(&self.bytes, self.lengths_at + index * 4)
    }

    /// The days, months and years that occur, as packed dates: dictionary of the date column.
    pub(in crate::engine::embedded) fn periods(&self) -> &[u32] {
        &self.header.periods
    }

    /// The date of every document, as an ordinal into [`RecordReader::periods`].
    pub(in crate::engine::embedded) fn date_column(&self) -> FacetColumn<'_> {
        self.column_of(&self.header.date)
    }

    /// The values of a keyword field, by its place among the keyword fields of the schema.
    pub(in crate::engine::embedded) fn column(&self, facet: usize) -> FacetColumn<'_> {
        self.column_of(&self.header.facets[facet].0)
    }

    /// The dictionary of a keyword field.
    pub(in crate::engine::embedded) fn nodes(&self, facet: usize) -> &[NodeEntry] {
        &self.header.facets[facet].1.nodes
    }

    fn column_of<'a>(&'a self, layout: &'a FacetLayout) -> FacetColumn<'a> {
        FacetColumn {
            records: &self.bytes[..self.codes_at],
            stride: self.header.stride,
            layout,
            overflow: &self.bytes[self.overflow_at..],
        }
    }

    /// What the record was made of, for merging.
    pub(super) fn input(&self, document: DocId) -> RecordInput {
        let mut ordinals = Vec::new();
        let facets = (0..self.header.facets.len()).map(|facet| {
            ordinals.clear();
            self.column(facet).read(document, &mut ordinals);
            let nodes = ordinals.iter().map(|ordinal| {
                let node = &self.nodes(facet)[*ordinal as usize];
                InputNode {
                    id: node.id.clone(),
                    name: node.name.clone(),
                    parent: node.parent.clone(),
                }
            });
            nodes.collect()
        });
        RecordInput {
            facets: facets.collect(),
            lengths: (0..self.header.texts)
                .map(|text| self.length(document, text))
                .collect(),
            date: (PartialDate::from_bits(self.date_bits(document)))
                .map_or(0, PartialDate::to_bits),
        }
    }
}

impl<'a> FacetColumn<'a> {
    /// Bytes of a slot.
    pub(super) fn width(&self) -> usize {
        self.layout.width
    }

    /// Number of slots of a document.
    pub(in crate::engine::embedded) fn slots(&self) -> usize {
        self.layout.slots
    }

    /// Whether slots are bytes.
    pub(in crate::engine::embedded) fn is_narrow(&self) -> bool {
        self.layout.width == 1 && self.layout.slots > 0
    }

    /// The slots of a document, where slots are bytes.
    #[inline]
    pub(in crate::engine::embedded) fn narrow(&self, document: DocId) -> Narrow<'a> {
        let slots = self
            .bytes(document)
            .get(..self.layout.slots)
            .unwrap_or_default();
        match slots.first().map(|slot| u32::from(*slot)) {
            Some(slot) if slot == overflow_slot(1) => Narrow::Elsewhere,
            Some(slot) if slot != empty_slot(1) => Narrow::Slots(slots),
            _ => Narrow::Empty,
        }
    }

    /// The record of a document from the first slot on.
    #[inline]
    pub(in crate::engine::embedded) fn bytes(&self, document: DocId) -> &'a [u8] {
        let start = document as usize * self.stride + self.layout.offset;
        self.records.get(start..).unwrap_or_default()
    }

    /// Calls `visit` with the ordinal of each value that a document has.
    #[inline]
    pub(in crate::engine::embedded) fn each(&self, document: DocId, visit: impl FnMut(u32)) {
        match self.layout.width {
            1 => self.each_of_width::<1>(document, visit),
            2 => self.each_of_width::<2>(document, visit),
            _ => self.each_of_width::<4>(document, visit),
        }
    }

    #[inline]
    fn each_of_width<const WIDTH: usize>(&self, document: DocId, mut visit: impl FnMut(u32)) {
        let start = document as usize * self.stride + self.layout.offset;
        let slots = &self.records[start..start + self.layout.slots * WIDTH];
        for slot in slots.chunks_exact(WIDTH) {
            let mut number = [0; 4];
            number[..WIDTH].copy_from_slice(slot);
            let ordinal = u32::from_le_bytes(number);
            if ordinal == empty_slot(WIDTH) {
                return;
            }
            if ordinal == overflow_slot(WIDTH) {
                return self.each_overflow(document, visit);
            }
            visit(ordinal);
        }
    }

    #[cold]
    fn each_overflow(&self, document: DocId, mut visit: impl FnMut(u32)) {
        let overflow = &self.layout.overflow;
        if let Ok(index) = overflow.binary_search_by_key(&document, |entry| entry.0) {
            let (_, start, end) = overflow[index];
            for ordinal in start..end {
                visit(read_u32(self.overflow, ordinal as usize * 4));
            }
        }
    }

    /// Appends the ordinals of a document.
    pub(in crate::engine::embedded) fn read(&self, document: DocId, ordinals: &mut Vec<u32>) {
        self.each(document, |ordinal| ordinals.push(ordinal));
    }
}

#[inline]
fn read_u32(bytes: &[u8], at: usize) -> u32 {
    let mut number = [0; 4];
    number.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(number)
}
