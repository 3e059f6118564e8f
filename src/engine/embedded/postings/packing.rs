//! The distances between the places of a term, packed as tantivy's reader of positions has them.
//!
//! ```text
//! number of full blocks of 128 distances; for each of them: u8 bits of a distance
//! for each full block: the distances, packed in so many bits each
//! the other distances
//! ```
//!
//! Numbers that are not packed have seven bits a byte; the highest bit says that one ends.

use std::io;

use bitpacking::{BitPacker, BitPacker4x};

use super::{BLOCK, damaged, packed_len};

/// Makes the bytes of distances.
pub(super) struct DistancesWriter {
    packer: BitPacker4x,
    /// Bits of the full blocks.
    widths: Vec<u8>,
    packed: Vec<u8>,
    block: [u32; BLOCK],
    count: usize,
}

impl DistancesWriter {
    pub(super) fn new() -> DistancesWriter {
        DistancesWriter {
            packer: BitPacker4x::new(),
            widths: Vec::new(),
            packed: Vec::new(),
            block: [0; BLOCK],
            count: 0,
        }
    }

    #[inline]
    pub(super) fn push(&mut self, distance: u32) {
        self.block[self.count] = distance;
        self.count += 1;
        if self.count == BLOCK {
            self.pack();
        }
    }

    /// The same for several in a row.
    #[inline]
    pub(super) fn extend(&mut self, mut distances: &[u32]) {
        while !distances.is_empty() {
            let room = BLOCK - self.count;
            let (here, rest) = distances.split_at(distances.len().min(room));
            self.block[self.count..][..here.len()].copy_from_slice(here);
            self.count += here.len();
            distances = rest;
            if self.count == BLOCK {
                self.pack();
            }
        }
    }

    fn pack(&mut self) {
        let bits = self.packer.num_bits(&self.block);
        let start = self.packed.len();
        self.packed.resize(start + packed_len(bits), 0);
        (self.packer).compress(&self.block, &mut self.packed[start..], bits);
        self.widths.push(bits);
        self.count = 0;
    }

    /// Appends the bytes of the term, and begins the next.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        put(out, self.widths.len() as u64);
        out.append(&mut self.widths);
        out.append(&mut self.packed);
        for distance in &self.block[..self.count] {
            put(out, u64::from(*distance));
        }
        self.count = 0;
    }
}

/// Reads distances from the first to the last.
pub(super) struct AllDistances<'a> {
    widths: &'a [u8],
    packed: &'a [u8],
    block: [u32; BLOCK],
    /// Place in the block, and how many distances it has.
    at: usize,
    count: usize,
}

impl<'a> AllDistances<'a> {
    pub(super) fn open(mut bytes: &'a [u8]) -> io::Result<AllDistances<'a>> {
        let full = number(&mut bytes).and_then(|full| usize::try_from(full).ok());
        let parts = full.and_then(|full| bytes.split_at_checked(full));
        let (widths, packed) = parts.ok_or_else(damaged)?;
        Ok(AllDistances {
            widths,
            packed,
            block: [0; BLOCK],
            at: 0,
            count: 0,
        })
    }

    /// Visits the next distances, so many, as they stand side by side.
    #[inline]
    pub(super) fn next(
        &mut self,
        mut count: usize,
        mut visit: impl FnMut(&[u32]),
    ) -> io::Result<()> {
        while count > 0 {
            if self.at == self.count {
                self.unpack()?;
            }
            let here = &self.block[self.at..self.count];
            let here = &here[..here.len().min(count)];
            visit(here);
            self.at += here.len();
            count -= here.len();
        }
        Ok(())
    }

    /// Reads the next block.
    fn unpack(&mut self) -> io::Result<()> {
        (self.at, self.count) = (0, 0);
        if let Some((bits, widths)) = self.widths.split_first() {
            let packed = self.packed.split_at_checked(packed_len(*bits));
            let (block, packed) = packed.filter(|_| *bits <= 32).ok_or_else(damaged)?;
            BitPacker4x::new().decompress(block, &mut self.block, *bits);
            (self.widths, self.packed) = (widths, packed);
            self.count = BLOCK;
            return Ok(());
        }
        while self.count < BLOCK
            && let Some(distance) = number(&mut self.packed)
        {
            self.block[self.count] = distance as u32;
            self.count += 1;
        }
        match self.count {
            0 => Err(damaged()),
            _ => Ok(()),
        }
    }
}

/// Appends a number.
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(number as u8 & 0x7f);
        number >>= 7;
    }
    out.push(number as u8 | 0x80);
}

/// The next number; `None` if there is none.
pub(super) fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 != 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::directory::OwnedBytes;
    use tantivy::positions::{PositionReader, PositionSerializer};

    use super::*;

    fn distances() -> impl Strategy<Value = Vec<u32>> {
        let distance = prop_oneof![6 => 0_u32..40, 2 => 0_u32..5_000, 1 => any::<u32>()];
        prop::collection::vec(distance, 0..700)
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_tantivy(terms in prop::collection::vec(distances(), 1..4), step in 1_usize..200) {
            let mut expected = PositionSerializer::new(Vec::new());
            let mut writer = DistancesWriter::new();
            for term in &terms {
                let before = expected.written_bytes() as usize;
                expected.write_positions_delta(term);
                expected.close_term().unwrap();
                let len = expected.written_bytes() as usize - before;
                let (first, rest) = term.split_at(term.len() / 3);
                first.iter().for_each(|distance| writer.push(*distance));
                rest.chunks(step).for_each(|some| writer.extend(some));
                let mut bytes = Vec::new();
                writer.end(&mut bytes);
                prop_assert_eq!(bytes.len(), len);

                let mut read = vec![0; term.len()];
                let places = PositionReader::open(OwnedBytes::new(bytes.clone()));
                if !term.is_empty() {
                    places.unwrap().read(0, &mut read);
                }
                prop_assert_eq!(&read, term);

                let mut places = AllDistances::open(&bytes).unwrap();
                read.clear();
                for some in term.chunks(step) {
                    places.next(some.len(), |here| read.extend(here)).unwrap();
                }
                prop_assert_eq!(&read, term);
                prop_assert!(places.next(1, |_| ()).is_err());
            }
        }

        #[test]
        fn damaged_distances_are_errors(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(mut places) = AllDistances::open(&bytes) {
                prop_assert!(places.next(usize::MAX, |_| ()).is_err());
            }
        }
    }
}
