//! Making the bytes of lists.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::DocId;

use super::{BLOCK, packed_len};
use crate::engine::embedded::numbers;

/// Makes the bytes of lists.
pub(in crate::engine::embedded::postings) struct ListWriter {
    packer: BitPacker4x,
    heads: Vec<u8>,
    packed: Vec<u8>,
    docs: [DocId; BLOCK],
    frequencies: [u32; BLOCK],
    count: usize,
    /// The last document of the last full block.
    last: Option<DocId>,
    len: u32,
}

impl ListWriter {
    pub(in crate::engine::embedded::postings) fn new() -> ListWriter {
        ListWriter {
            packer: BitPacker4x::new(),
            heads: Vec::new(),
            packed: Vec::new(),
            docs: [0; BLOCK],
            frequencies: [0; BLOCK],
            count: 0,
            last: None,
            len: 0,
        }
    }

    /// Adds a document behind all others, and how often it has the term: at least once.
    #[inline]
    pub(in crate::engine::embedded::postings) fn push(&mut self, doc: DocId, frequency: u32) {
        if self.count == BLOCK {
            self.pack();
        }
        self.docs[self.count] = doc;
        self.frequencies[self.count] = frequency;
        self.count += 1;
        self.len += 1;
    }

    /// The document that was added last has the term so many times more.
    #[inline]
    pub(in crate::engine::embedded::postings) fn add(&mut self, frequency: u32) {
        if let Some(last) = self.frequencies[..self.count].last_mut() {
            *last += frequency;
        }
    }

    fn pack(&mut self) {
        let packer = self.packer;
        let all: u32 = self.frequencies.iter().sum();
        self.frequencies.iter_mut().for_each(|it| *it -= 1);
        let distance_bits = packer.num_bits_strictly_sorted(self.last, &self.docs);
        let frequency_bits = packer.num_bits(&self.frequencies);
        let start = self.packed.len();
        let middle = start + packed_len(distance_bits);
        self.packed.resize(middle + packed_len(frequency_bits), 0);
        let (docs, frequencies) = self.packed[start..].split_at_mut(middle - start);
        packer.compress_strictly_sorted(self.last, &self.docs, docs, distance_bits);
        packer.compress(&self.frequencies, frequencies, frequency_bits);
        let last = self.docs[BLOCK - 1];
        self.heads.extend(last.to_le_bytes());
        self.heads.extend(all.to_le_bytes());
        self.heads.extend([distance_bits, frequency_bits]);
        self.last = Some(last);
        self.count = 0;
    }

    /// Appends the bytes of the list, and begins the next; the number of its documents.
    pub(in crate::engine::embedded::postings) fn end(&mut self, out: &mut Vec<u8>) -> u32 {
        if self.count == BLOCK {
            self.pack();
        }
        out.append(&mut self.heads);
        out.append(&mut self.packed);
        let mut last = self.last.unwrap_or(0);
        for (doc, frequency) in self.docs.iter().zip(self.frequencies).take(self.count) {
            let once = usize::from(frequency == 1);
            numbers::put(out, ((doc - last) as usize) << 1 | once);
            if once == 0 {
                numbers::put(out, frequency as usize);
            }
            last = *doc;
        }
        self.count = 0;
        self.last = None;
        std::mem::take(&mut self.len)
    }
}
