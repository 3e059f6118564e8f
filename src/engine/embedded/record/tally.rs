//! Counting the values of one facet, document by document, as fast as memory gives them.

use tantivy::DocId;

use super::format::{empty_slot, overflow_slot};
use super::reader::FacetColumn;

/// Number of different bytes.
const BYTES: usize = 256;
/// The byte of an empty slot.
pub(in crate::engine::embedded) const EMPTY: usize = u8::MAX as usize;
/// The byte of the first slot of a document that has more values than slots.
pub(in crate::engine::embedded) const OVERFLOW: u8 = u8::MAX - 1;

/// Counts of one facet in one segment, by the segment's ordinals.
///
/// Where a slot is a byte, each slot has two tables of its own, with a place for every byte, empty
/// slots included: so there is nothing to decide. Documents take the tables in turn, since neighbours
/// often have the same value, and an increment would have to wait for the one before.
pub(in crate::engine::embedded) struct Tally<'a> {
    column: FacetColumn<'a>,
    values: Vec<u32>,
    /// Two for each slot; none if slots are wider than a byte.
    tables: Vec<[[u32; BYTES]; 2]>,
    missing: u64,
}

impl<'a> Tally<'a> {
    /// `len` is the number of values in the dictionary of the facet.
    pub(in crate::engine::embedded) fn new(column: FacetColumn<'a>, len: usize) -> Tally<'a> {
        let is_narrow = column.width() == 1;
        Tally {
            values: vec![0; len],
            tables: vec![[[0; BYTES]; 2]; if is_narrow { column.slots() } else { 0 }],
            missing: 0,
            column,
        }
    }

    /// Counts some documents.
    pub(in crate::engine::embedded) fn count(&mut self, documents: &[DocId]) {
        match (self.column.width(), self.column.slots()) {
            (_, 0) => self.missing += documents.len() as u64,
            (1, 1) => self.count_bytes::<1>(documents),
            (1, 2) => self.count_bytes::<2>(documents),
            (1, 3) => self.count_bytes::<3>(documents),
            (1, 4) => self.count_bytes::<4>(documents),
            (1, 5) => self.count_bytes::<5>(documents),
            (1, 6) => self.count_bytes::<6>(documents),
            (1, 7) => self.count_bytes::<7>(documents),
            (1, 8) => self.count_bytes::<8>(documents),
            (1, _) => self.count_one_by_one(documents),
            (2, 1) => self.count_pairs(documents),
            _ => self.count_one_by_one(documents),
        }
    }

    fn count_bytes<const SLOTS: usize>(&mut self, documents: &[DocId]) {
        let Ok(tables) = <&mut [[[u32; BYTES]; 2]; SLOTS]>::try_from(&mut self.tables[..]) else {
            return;
        };
        let values = &mut self.values;
        let mut count = |document: DocId, turn: usize| {
            let Some(slots) = self.column.bytes(document).first_chunk::<SLOTS>() else {
                return;
            };
            for (tables, slot) in tables.iter_mut().zip(slots) {
                tables[turn][usize::from(*slot)] += 1;
            }
            if slots[0] == OVERFLOW {
                (self.column).each(document, |ordinal| values[ordinal as usize] += 1);
            }
        };
        let (pairs, rest) = documents.as_chunks::<2>();
        for [first, second] in pairs {
            count(*first, 0);
            count(*second, 1);
        }
        rest.iter().for_each(|document| count(*document, 0));
    }

    /// One slot of two bytes: a date.
    fn count_pairs(&mut self, documents: &[DocId]) {
        for document in documents {
            let Some(slot) = self.column.bytes(*document).first_chunk::<2>() else {
                return;
            };
            match self.values.get_mut(usize::from(u16::from_le_bytes(*slot))) {
                Some(count) => *count += 1,
                None => self.count_one_by_one(&[*document]),
            }
        }
    }

    fn count_one_by_one(&mut self, documents: &[DocId]) {
        for document in documents {
            let mut has_value = false;
            let values = &mut self.values;
            self.column.each(*document, |ordinal| {
                values[ordinal as usize] += 1;
                has_value = true;
            });
            self.missing += u64::from(!has_value);
        }
    }

    /// The counts by value, and the number of documents without any.
    pub(in crate::engine::embedded) fn finish(mut self) -> (Vec<u32>, u64) {
        for table in self.tables.iter().flatten() {
            for (sum, count) in self.values.iter_mut().zip(table) {
                *sum += count;
            }
        }
        for first in self.tables.first().into_iter().flatten() {
            self.missing += u64::from(first[EMPTY]);
        }
        (self.values, self.missing)
    }
}

const _: () = assert!(empty_slot(1) as usize == EMPTY && overflow_slot(1) == OVERFLOW as u32);
