//! Records of a segment while they are gathered, and how they are written.

use std::collections::HashMap;
use std::io::{self, Write};

use tantivy::fieldnorm::FieldNormReader;

use super::format::{
    FacetDictionary, FacetLayout, Header, NodeEntry, TRAILER_BYTES, VERSION, empty_slot,
    overflow_slot, width_for,
};
use super::input::RecordInput;
use crate::document::PartialDate;
use crate::engine::tree::settle;

/// Share of the documents, one in so many, that may have more values than slots.
const OVERFLOW_SHARE: usize = 200;

/// The records of a segment, column by column.
#[derive(Debug, Default)]
pub(super) struct Columns {
    texts: usize,
    lengths: Vec<u32>,
    dates: Vec<u32>,
    facets: Vec<FacetValues>,
}

/// The values of one facet in all documents.
#[derive(Debug, Default)]
struct FacetValues {
    nodes: Vec<NodeEntry>,
    by_id: HashMap<String, u32>,
    /// Ordinals of all documents, one after the other.
    ordinals: Vec<u32>,
    /// Where the ordinals of each document end.
    ends: Vec<usize>,
}

impl Columns {
    pub(super) fn new(texts: usize, facets: usize) -> Columns {
        Columns {
            texts,
            facets: (0..facets).map(|_| FacetValues::default()).collect(),
            ..Columns::default()
        }
    }

    /// Adds the next document.
    pub(super) fn push(&mut self, input: &RecordInput) {
        let lengths = input.lengths.iter().copied().chain(std::iter::repeat(0));
        self.lengths.extend(lengths.take(self.texts));
        self.dates
            .push(input.date().map_or(0, PartialDate::to_bits));
        for (index, facet) in self.facets.iter_mut().enumerate() {
            for node in input.facets.get(index).into_iter().flatten() {
                let ordinal = facet.intern(&node.id, &node.name, node.parent.as_deref());
                facet.ordinals.push(ordinal);
            }
            facet.ends.push(facet.ordinals.len());
        }
    }

    /// Bytes in use, roughly.
    pub(super) fn mem_usage(&self) -> usize {
        let numbers = self.lengths.len() + self.dates.len();
        let facets = self
            .facets
            .iter()
            .map(|facet| facet.ordinals.len() * 4 + facet.ends.len() * 8 + facet.nodes.len() * 200);
        numbers * 4 + facets.sum::<usize>()
    }

    /// Writes the file.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let periods = self.periods();
        let mut header = Header {
            documents: self.dates.len() as u32,
            texts: self.texts,
            words: self.words(),
            ..Header::default()
        };
        let mut place = |layout: &mut FacetLayout| {
            layout.offset = header.stride;
            header.stride += layout.slots * layout.width;
        };
        let mut date = FacetLayout {
            slots: usize::from(!periods.is_empty()),
            width: width_for(periods.len()),
            ..FacetLayout::default()
        };
        place(&mut date);
        let mut overflow = Vec::new();
        let mut layouts = Vec::new();
        for facet in &self.facets {
            let mut layout = facet.layout(&mut overflow);
            place(&mut layout);
            layouts.push(layout);
        }

        let mut record = vec![0; header.stride];
        for document in 0..self.dates.len() {
            self.fill(document, &mut record, &date, &periods, &layouts);
            out.write_all(&record)?;
        }
        for text in 0..self.texts {
            let lengths = self.lengths.iter().skip(text).step_by(self.texts);
            let codes: Vec<u8> = lengths
                .map(|it| FieldNormReader::fieldnorm_to_id(*it))
                .collect();
            out.write_all(&codes)?;
        }
        for number in (self.dates.iter()).chain(&self.lengths).chain(&overflow) {
            out.write_all(&number.to_le_bytes())?;
        }
        header.date = date;
        header.periods = periods;
        header.facets = (layouts.into_iter().zip(&self.facets))
            .map(|(layout, facet)| {
                let nodes = facet.nodes.clone();
                (layout, FacetDictionary { nodes })
            })
            .collect();
        let json = serde_json::to_vec(&header)?;
        out.write_all(&json)?;
        let mut trailer = [0; TRAILER_BYTES];
        trailer[..8].copy_from_slice(&(json.len() as u64).to_le_bytes());
        trailer[8..].copy_from_slice(&VERSION.to_le_bytes());
        out.write_all(&trailer)
    }

    /// The days, months and years that occur, ascending.
    fn periods(&self) -> Vec<u32> {
        let mut periods: Vec<u32> = self.dates.iter().filter_map(|bits| period(*bits)).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    fn words(&self) -> Vec<u64> {
        (0..self.texts)
            .map(|text| {
                let lengths = self.lengths.iter().skip(text).step_by(self.texts);
                lengths.map(|length| u64::from(*length)).sum()
            })
            .collect()
    }

    fn fill(
        &self,
        document: usize,
        record: &mut [u8],
        date: &FacetLayout,
        periods: &[u32],
        layouts: &[FacetLayout],
    ) {
        if date.slots > 0 {
            let ordinal = (period(self.dates[document]))
                .and_then(|bits| periods.binary_search(&bits).ok())
                .map_or(empty_slot(date.width), |ordinal| ordinal as u32);
            put(record, date.offset, date.width, ordinal);
        }
        for (facet, layout) in self.facets.iter().zip(layouts) {
            let ordinals = facet.of(document);
            for slot in 0..layout.slots {
                let value = if ordinals.len() > layout.slots {
                    overflow_slot(layout.width)
                } else {
                    (ordinals.get(slot).copied()).unwrap_or(empty_slot(layout.width))
                };
                put(
                    record,
                    layout.offset + slot * layout.width,
                    layout.width,
                    value,
                );
            }
        }
    }
}

impl FacetValues {
    fn intern(&mut self, id: &str, name: &str, parent: Option<&str>) -> u32 {
        if let Some(ordinal) = self.by_id.get(id) {
            let entry = &mut self.nodes[*ordinal as usize];
            entry.settle(name, parent);
            return *ordinal;
        }
        let ordinal = self.nodes.len() as u32;
        self.nodes.push(NodeEntry {
            id: id.to_owned(),
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
        });
        self.by_id.insert(id.to_owned(), ordinal);
        ordinal
    }

    fn of(&self, document: usize) -> &[u32] {
        let start = document
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.ordinals[start..self.ends[document]]
    }

    /// As many slots as all but one in [`OVERFLOW_SHARE`] documents need; the ordinals of the
    /// others go to `overflow`.
    fn layout(&self, overflow: &mut Vec<u32>) -> FacetLayout {
        let documents = self.ends.len();
        let mut counts: Vec<usize> = (0..documents).map(|doc| self.of(doc).len()).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let most = counts.first().copied().unwrap_or(0);
        let usual = counts.get(documents / OVERFLOW_SHARE).copied().unwrap_or(0);
        let mut layout = FacetLayout {
            slots: usual.max(most.min(1)),
            width: width_for(self.nodes.len()),
            ..FacetLayout::default()
        };
        for document in 0..documents {
            let ordinals = self.of(document);
            if ordinals.len() > layout.slots {
                let start = overflow.len() as u32;
                overflow.extend(ordinals);
                (layout.overflow).push((document as u32, start, overflow.len() as u32));
            }
        }
        layout
    }
}

impl NodeEntry {
    /// Takes in what another document says of the value.
    pub(in crate::engine::embedded) fn settle(&mut self, name: &str, parent: Option<&str>) {
        settle((&mut self.name, &mut self.parent), (name, parent));
    }
}

/// The packed date without its time; `None` for 0.
fn period(bits: u32) -> Option<u32> {
    PartialDate::from_bits(bits).map(|date| date.without_time().to_bits())
}

fn put(record: &mut [u8], at: usize, width: usize, value: u32) {
    record[at..at + width].copy_from_slice(&value.to_le_bytes()[..width]);
}
