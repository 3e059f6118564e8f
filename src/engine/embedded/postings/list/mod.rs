//! The list of a term: its documents, and how often each has it.
//!
//! ```text
//! for each full block of 128 documents: u32 its last document, u32 how often all of its
//!     documents together have the term, u8 bits of a distance, u8 bits of a frequency
//! for each full block: the distances between documents, less 1, and the frequencies, less 1,
//!     packed in so many bits each
//! for each of the other documents: twice the distance from the one before, and 1 more if it has
//!     the term once only; else the frequency follows; all in seven bits a byte
//! ```
//!
//! How many documents there are stands in the dictionary. Numbers are little-endian.

mod whole;
mod write;

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;
use tantivy::{DocId, TERMINATED};

pub(super) use self::whole::each_block;
pub(super) use self::write::ListWriter;
use super::{BLOCK, Stretch, packed_len};
use crate::engine::embedded::numbers::Bytes;

/// Steps after which it pays to search.
const NEAR: usize = 3;

/// Bytes of what is said of a full block.
const HEAD: usize = 10;

/// The documents that have a term, and how often, read block by block.
pub(in crate::engine::embedded) struct List {
    bytes: OwnedBytes,
    len: u32,
    /// Number of full blocks.
    full: usize,
    /// Whether frequencies are read; if not, all are 1.
    with_frequencies: bool,
    /// The current block, counted from 0; behind the full ones comes that of the other documents.
    block: usize,
    /// Where the packed numbers of the current block begin.
    packed_at: usize,
    /// How often the documents of earlier blocks have the term, all together.
    before: u64,
    /// Number of documents of the current block.
    count: usize,
    /// Place in the current block.
    at: usize,
    /// Documents of the current block; behind them [`TERMINATED`].
    docs: [DocId; BLOCK],
    frequencies: [u32; BLOCK],
}

/// Which of some wanted documents are in a block.
pub(super) struct InBlock<'a> {
    /// The place of one of them among the wanted ones.
    first: usize,
    /// By how much the place of each is behind that one, and its place in the block.
    found: &'a [(u8, u8)],
}

impl InBlock<'_> {
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    /// The place of each among the wanted documents, and in the block.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        let found = self.found.iter();
        found.map(|(place, at)| (self.first + usize::from(*place), usize::from(*at)))
    }
}

impl List {
    /// The list of `len` documents in `bytes`.
    pub(super) fn open(bytes: OwnedBytes, len: u32, with_frequencies: bool) -> List {
        let full = len as usize / BLOCK;
        let mut list = List {
            bytes,
            len,
            full,
            with_frequencies,
            block: 0,
            packed_at: full * HEAD,
            before: 0,
            count: 0,
            at: 0,
            docs: [TERMINATED; BLOCK],
            frequencies: [1; BLOCK],
        };
        list.unpack(None);
        list
    }

    #[inline]
    pub(in crate::engine::embedded) fn doc(&self) -> DocId {
        self.docs[self.at]
    }

    /// How often the document it stands on has the term.
    #[inline]
    pub(in crate::engine::embedded) fn frequency(&self) -> u32 {
        self.frequencies[self.at]
    }

    /// How often the documents before the one it stands on have the term, all together.
    pub(super) fn before(&self) -> u64 {
        let here = self.frequencies[..self.at].iter();
        // Of a block, it is less than what the head of the block can say.
        let here = here.fold(0_u32, |sum, it| sum.wrapping_add(*it));
        self.before + u64::from(here)
    }

    /// Where the positions in the document it stands on are.
    pub(super) fn stretch(&self) -> Stretch {
        Stretch {
            start: self.before(),
            count: self.frequency(),
        }
    }

    /// Number of documents, deleted ones included.
    pub(in crate::engine::embedded) fn len(&self) -> u32 {
        self.len
    }

    #[inline]
    pub(in crate::engine::embedded) fn advance(&mut self) {
        if self.doc() == TERMINATED {
            return;
        }
        self.at += 1;
        if self.at == BLOCK {
            self.next_block();
        }
    }

    #[inline]
    pub(in crate::engine::embedded) fn seek(&mut self, target: DocId) {
        if self.doc() >= target {
            return;
        }
        if self.block < self.full && self.last() < target {
            self.skip_to(target);
        }
        // The block ends with a document that is not before the target, or with `TERMINATED`; who
        // seeks in lists of equal length mostly goes a step or two.
        for _ in 0..NEAR {
            if self.docs[self.at] >= target {
                return;
            }
            if self.at + 1 < BLOCK {
                self.at += 1;
            }
        }
        self.at += self.docs[self.at..].partition_point(|doc| *doc < target);
        if self.at == BLOCK {
            // Only where the head of a damaged block says another last document than the block.
            self.next_block();
        }
    }

    /// Visits the documents before `end`, at most `most` of them, with their frequencies.
    #[inline]
    pub(in crate::engine::embedded) fn each_before(
        &mut self,
        end: DocId,
        most: usize,
        mut visit: impl FnMut(DocId, u32),
    ) {
        self.runs_before(end, most, |docs, frequencies| {
            for (doc, frequency) in docs.iter().zip(frequencies) {
                visit(*doc, *frequency);
            }
        });
    }

    /// Visits the documents before `end`, at most `most` of them, with their frequencies: as many at
    /// once as stand side by side.
    #[inline]
    pub(in crate::engine::embedded) fn runs_before(
        &mut self,
        end: DocId,
        mut most: usize,
        mut visit: impl FnMut(&[DocId], &[u32]),
    ) {
        while most > 0 && self.doc() < end {
            let docs = &self.docs[self.at..self.count];
            let count = if docs.last().is_some_and(|last| *last < end) {
                docs.len()
            } else {
                docs.partition_point(|doc| *doc < end)
            };
            let count = count.min(most);
            visit(&docs[..count], &self.frequencies[self.at..][..count]);
            most -= count;
            self.at += count;
            if self.at == BLOCK {
                self.next_block();
            }
        }
    }

    /// Visits those of some documents that are in the list, by their places, with their frequencies.
    /// They must ascend; the first is not before the one the list stands on, or was sought last.
    #[inline]
    pub(in crate::engine::embedded) fn find(
        &mut self,
        wanted: &[DocId],
        mut visit: impl FnMut(usize, u32),
    ) {
        self.find_in_blocks(wanted, |found, frequencies, _| {
            (found.iter()).for_each(|(place, at)| visit(place, frequencies[at]));
        });
    }

    /// The same, block by block: visits what was found with the frequencies of the block, and how often the
    /// documents of earlier blocks have the term, all together.
    #[inline]
    pub(super) fn find_in_blocks(
        &mut self,
        wanted: &[DocId],
        mut visit: impl FnMut(InBlock<'_>, &[u32; BLOCK], u64),
    ) {
        let mut next = 0;
        while let Some(first) = wanted.get(next) {
            if self.block < self.full && self.last() < *first {
                self.skip_to(*first);
            }
            // Those that can only be in this block, if they are anywhere.
            let last = self.last();
            let here = match wanted.last() {
                Some(latest) if *latest <= last => wanted.len(),
                _ => next + wanted[next..].partition_point(|doc| *doc <= last),
            };
            if here == next {
                // Only where the head of a damaged block says another last document than the block.
                self.next_block();
                continue;
            }
            for some in wanted[next..here].chunks(BLOCK) {
                // Found first and visited then: whether one is there cannot be foreseen.
                let mut found = [(0_u8, 0_u8); BLOCK];
                let mut count = 0;
                let mut at = self.at;
                for (place, doc) in (0..).zip(some) {
                    at = place_of(&self.docs, *doc);
                    found[count] = (place, at as u8);
                    count += usize::from(self.docs[at] == *doc);
                }
                let found = InBlock {
                    first: next,
                    found: &found[..count],
                };
                visit(found, &self.frequencies, self.before);
                self.at = self.at.max(at);
                next += some.len();
            }
        }
    }

    fn head(&self, block: usize) -> [u8; HEAD] {
        let at = block * HEAD;
        let head = self.bytes.get(at..at + HEAD);
        head.and_then(|head| head.try_into().ok())
            .unwrap_or_default()
    }

    /// The last document of the current block, which is a full one.
    fn last(&self) -> DocId {
        self.docs[BLOCK - 1]
    }

    fn next_block(&mut self) {
        let last = self.last();
        self.leave(self.head(self.block));
        self.unpack(Some(last));
    }

    /// Goes to the block in which `target` would be; it is behind the current one.
    fn skip_to(&mut self, target: DocId) {
        let mut last = self.last();
        self.leave(self.head(self.block));
        while self.block < self.full {
            let head = self.head(self.block);
            let last_here = number(&head, 0);
            if last_here >= target {
                break;
            }
            last = last_here;
            self.leave(head);
        }
        self.unpack(Some(last));
    }

    /// Leaves the block that `head` is of, without reading the next.
    fn leave(&mut self, head: [u8; HEAD]) {
        self.before += u64::from(number(&head, 4));
        self.packed_at += packed_len(head[8]) + packed_len(head[9]);
        self.block += 1;
    }

    /// Reads the current block; `last` is the last document of the one before.
    fn unpack(&mut self, last: Option<DocId>) {
        self.at = 0;
        if self.block < self.full {
            let head = self.head(self.block);
            let packed = self.bytes.get(self.packed_at..).unwrap_or_default();
            let packed = packed.split_at_checked(packed_len(head[8]));
            if let Some((docs, frequencies)) = packed
                && frequencies.len() >= packed_len(head[9])
                && head[8] <= 32
                && head[9] <= 32
            {
                let packer = BitPacker4x::new();
                packer.decompress_strictly_sorted(last, docs, &mut self.docs, head[8]);
                if self.with_frequencies {
                    packer.decompress(frequencies, &mut self.frequencies, head[9]);
                    (self.frequencies.iter_mut()).for_each(|it| *it = it.wrapping_add(1));
                }
                self.count = BLOCK;
                return;
            }
            // Damaged: as if nothing more came.
            self.block = self.full + 1;
        }
        self.docs = [TERMINATED; BLOCK];
        self.count = 0;
        if self.block > self.full {
            return;
        }
        let rest = self.bytes.get(self.packed_at..).unwrap_or_default();
        let mut rest = Bytes::new(rest);
        let mut doc = last.unwrap_or(0);
        while self.count < self.len as usize % BLOCK {
            let Some(distance) = rest.number() else {
                break;
            };
            doc = doc.wrapping_add((distance >> 1) as DocId);
            let frequency = match distance & 1 {
                1 => 1,
                _ => rest.number().unwrap_or(1) as u32,
            };
            self.docs[self.count] = doc;
            self.frequencies[self.count] = if self.with_frequencies { frequency } else { 1 };
            self.count += 1;
        }
    }
}

/// The place of the first document of a block that is not before `target`, or the last place. It takes
/// the same steps for each target, so that many can be on the way at once.
#[inline]
fn place_of(docs: &[DocId; BLOCK], target: DocId) -> usize {
    let mut place = 0;
    for step in [64, 32, 16, 8, 4, 2, 1] {
        place += if docs[(place + step - 1) % BLOCK] < target {
            step
        } else {
            0
        };
    }
    place
}

fn number(head: &[u8; HEAD], at: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|index| head[at + index]))
}

#[cfg(test)]
mod tests;
