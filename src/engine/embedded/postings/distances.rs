//! The distances between the positions of a term ([`packing`](super::packing) says how they stand there),
//! from any place on: read where they are unpacked, not copied first, since of most phrases many positions
//! are looked at and few are wanted.

use std::io;

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::HasLen;
use tantivy::directory::{FileSlice, OwnedBytes};

use super::packing::{number, put};
use super::{BLOCK, Stretch, packed_len};

/// All distances of a term, read block by block.
pub(super) struct Distances {
    bytes: OwnedBytes,
    /// Where the widths of the blocks begin.
    widths_at: usize,
    /// Number of full blocks; behind them is one of the other distances.
    full: usize,
    /// The block that is unpacked, if there is one.
    block: Option<usize>,
    /// Where the packed distances of that block begin, or of the first one.
    packed_at: usize,
    unpacked: [u32; BLOCK],
}

impl Distances {
    pub(super) fn open(bytes: OwnedBytes) -> Distances {
        let mut rest = &bytes[..];
        let full = number(&mut rest).map_or(0, |full| full as usize);
        let widths_at = bytes.len() - rest.len();
        // Of damaged bytes, what is not there is read as no distance at all.
        let full = full.min(rest.len());
        Distances {
            widths_at,
            full,
            block: None,
            packed_at: widths_at + full,
            unpacked: [0; BLOCK],
            bytes,
        }
    }

    /// Visits a stretch, run by run, until `visit` says that it has seen enough. It is quick if each
    /// stretch is behind the one before.
    #[inline]
    pub(super) fn runs(&mut self, stretch: Stretch, mut visit: impl FnMut(&[u32]) -> bool) {
        let block = BLOCK as u64;
        let (mut number, mut at) = (stretch.start / block, (stretch.start % block) as usize);
        let mut left = stretch.count as usize;
        while left > 0 && number <= self.full as u64 {
            if self.block != Some(number as usize) {
                self.unpack(number as usize);
            }
            let run = &self.unpacked[at..][..left.min(BLOCK - at)];
            left -= run.len();
            if !visit(run) {
                return;
            }
            (number, at) = (number + 1, 0);
        }
    }

    /// Unpacks a block; at most that of the other distances.
    fn unpack(&mut self, wanted: usize) {
        let widths = &self.bytes[self.widths_at..][..self.full];
        let before = match self.block {
            Some(block) if block <= wanted => &widths[block..wanted],
            _ => {
                self.packed_at = self.widths_at + self.full;
                &widths[..wanted]
            }
        };
        let bits: usize = before.iter().map(|width| usize::from(*width)).sum();
        self.packed_at += bits * BLOCK / 8;
        self.block = Some(wanted);
        let mut packed = self.bytes.get(self.packed_at..).unwrap_or_default();
        match widths.get(wanted) {
            Some(width) if *width <= 32 && packed.len() >= packed_len(*width) => {
                BitPacker4x::new().decompress(packed, &mut self.unpacked, *width);
            }
            Some(_) => self.unpacked = [0; BLOCK],
            None => (self.unpacked.iter_mut())
                .for_each(|distance| *distance = number(&mut packed).unwrap_or(0) as u32),
        }
    }
}

/// The bytes of the blocks of one stretch, as if they were all that a term has, read from a file of all of
/// them; and the stretch as it stands in there. No more than that is read.
pub(super) fn part(file: &FileSlice, stretch: Stretch) -> io::Result<(OwnedBytes, Stretch)> {
    /// So many bytes are read as quickly as fewer.
    const FEW: usize = 4096;
    /// Most bytes of a number.
    const NUMBER: usize = 10;
    let block = BLOCK as u64;
    let (first, last) = (
        stretch.start / block,
        (stretch.start + u64::from(stretch.count)) / block,
    );
    if file.len() <= FEW {
        return Ok((file.read_bytes()?, stretch));
    }
    let head = file.read_bytes_slice(0..file.len().min(NUMBER + last as usize + 1))?;
    let mut widths = &head[..];
    let full = number(&mut widths).unwrap_or_default();
    let widths_at = head.len() - widths.len();
    let widths = &widths[..widths.len().min(last.saturating_add(1).min(full) as usize)];
    let (before, here) = widths.split_at(widths.len().min(first as usize));
    let bytes = |widths: &[u8]| widths.iter().map(|it| packed_len(*it)).sum::<usize>();
    let blocks_at = widths_at.saturating_add(full as usize);
    let from = blocks_at.saturating_add(bytes(before)).min(file.len());
    // The block of the other distances goes up to the end.
    let to = match last < full {
        true => from.saturating_add(bytes(here)).min(file.len()),
        false => file.len(),
    };
    let mut part = Vec::with_capacity(NUMBER + here.len() + to - from);
    put(&mut part, here.len() as u64);
    part.extend_from_slice(here);
    part.extend_from_slice(&file.read_bytes_slice(from..to)?);
    let start = stretch.start % block;
    Ok((OwnedBytes::new(part), Stretch { start, ..stretch }))
}

#[cfg(test)]
mod tests {
    use tantivy::positions::PositionSerializer;

    use super::*;

    fn packed(distances: &[u32]) -> OwnedBytes {
        let mut bytes = Vec::new();
        let mut writer = PositionSerializer::new(&mut bytes);
        writer.write_positions_delta(distances);
        writer.close_term().unwrap();
        writer.close().unwrap();
        OwnedBytes::new(bytes)
    }

    fn read_part(file: &FileSlice, start: u64, count: u32) -> Vec<u32> {
        let (bytes, stretch) = part(file, Stretch { start, count }).unwrap();
        read(&mut Distances::open(bytes), stretch.start, stretch.count)
    }

    fn read(distances: &mut Distances, start: u64, count: u32) -> Vec<u32> {
        let mut all = Vec::new();
        distances.runs(Stretch { start, count }, |run| {
            all.extend_from_slice(run);
            true
        });
        all
    }

    #[test]
    fn stretches_come_out_as_they_went_in() {
        for len in [0, 1, 127, 128, 129, 400, 1_000] {
            let all: Vec<u32> = (0..len)
                .map(|it: u32| it.wrapping_mul(0x9E37_79B1) >> (it % 32))
                .collect();
            let mut distances = Distances::open(packed(&all));
            for count in [0, 1, 5, 128, 300] {
                // Forwards, and from the end back to the beginning.
                let starts = (0..all.len()).step_by(97);
                for start in starts.clone().chain(starts.rev()) {
                    let end = all.len().min(start + count);
                    let read = read(&mut distances, start as u64, (end - start) as u32);
                    assert_eq!(read, all[start..end], "{len} {start} {count}");
                }
            }
        }
    }

    #[test]
    fn a_stretch_is_read_from_a_file_as_from_memory() {
        for len in [0, 1, 127, 128, 129, 10_000, 12_800] {
            let all: Vec<u32> = (0..len).map(|it| it * 7919 % (1 + it / 9)).collect();
            let bytes = packed(&all);
            let file = FileSlice::from(bytes.to_vec());
            for start in (0..len).step_by(97) {
                for count in [0, 1, 31, 128, 300, len - start] {
                    let count = count.min(len - start);
                    let start = u64::from(start);
                    let expected = read(&mut Distances::open(bytes.clone()), start, count);
                    assert_eq!(read_part(&file, start, count), expected);
                    assert_eq!(expected, all[start as usize..][..count as usize]);
                }
            }
        }
        // What is damaged is read without harm.
        let whole = packed(&(0..20_000).collect::<Vec<u32>>());
        for len in (0..whole.len()).step_by(999) {
            let file = FileSlice::from(whole[..len].to_vec());
            let stretch = Stretch {
                start: 9_000,
                count: 500,
            };
            assert!(read_part(&file, stretch.start, stretch.count).len() <= 500);
        }
        let file = FileSlice::from(vec![0x7f; 9_000]);
        let stretch = Stretch {
            start: u64::from(u32::MAX),
            count: u32::MAX,
        };
        assert!(part(&file, stretch).is_ok());
        read_part(&file, stretch.start, stretch.count);
    }

    #[test]
    fn who_has_seen_enough_sees_no_more() {
        let mut distances = Distances::open(packed(&[7; 500]));
        let mut runs = 0;
        let all = Stretch {
            start: 100,
            count: 400,
        };
        distances.runs(all, |_| {
            runs += 1;
            runs < 2
        });
        assert_eq!(runs, 2);
    }

    #[test]
    fn damaged_bytes_are_read_without_harm() {
        let whole = packed(&(0..1_000).collect::<Vec<u32>>());
        for len in (0..whole.len()).step_by(31) {
            let mut distances = Distances::open(whole.slice(0..len));
            assert!(read(&mut distances, 0, u32::MAX).len() <= 9 * BLOCK);
        }
        let mut distances = Distances::open(OwnedBytes::new(vec![0xff; 300]));
        assert!(read(&mut distances, 3, 1_000).len() <= 1_000);
    }
}
