//! The terms of a field, in the order of their bytes: how many documents each has, and where its list and
//! its places stand.
//!
//! ```text
//! blocks      of 16 terms, the last of fewer: how many, where the lists of the block begin and where
//!             its places do; for each term: how many of its first bytes are those of the term before,
//!             how many others it has, these; its documents; bytes of its list, bytes of its places
//! index       a map (`fst`) from the last term of each block to where the block begins
//! u64         bytes of the index
//! ```
//!
//! Numbers have seven bits a byte. A map of all terms takes several times as long to make, which was a
//! tenth of the time that indexing takes, and longer to read from one end to the other.

use std::io::{self, Write};

use fst::{IntoStreamer, Streamer};
use tantivy::HasLen;
use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::postings::TermInfo;

use super::damaged;
use crate::engine::embedded::numbers::{Bytes, put};

/// Terms of a block: so many are looked through for one of them.
const BLOCK_TERMS: usize = 16;
/// Bytes of the length of the index.
const TRAILER_BYTES: usize = 8;

/// The dictionary of a field that is being written.
pub(super) struct DictionaryWriter<W> {
    out: W,
    /// Bytes of the blocks that are written.
    written: u64,
    index: fst::MapBuilder<Vec<u8>>,
    /// The terms of the current block, and how many there are.
    block: Vec<u8>,
    count: usize,
    /// Where the lists and the places of the current block begin, and where those of the next term do.
    starts: [usize; 2],
    ends: [usize; 2],
    last: Vec<u8>,
}

impl<W: Write> DictionaryWriter<W> {
    pub(super) fn new(out: W) -> DictionaryWriter<W> {
        DictionaryWriter {
            out,
            written: 0,
            index: fst::MapBuilder::memory(),
            block: Vec::new(),
            count: 0,
            starts: [0; 2],
            ends: [0; 2],
            last: Vec::new(),
        }
    }

    /// Adds the next term with the number of its documents, and with how many bytes its list and its
    /// places have, which stand behind those of the term before.
    pub(super) fn insert(
        &mut self,
        term: &[u8],
        documents: u32,
        bytes: [usize; 2],
    ) -> io::Result<()> {
        debug_assert!(self.last.is_empty() || *self.last < *term, "terms ascend");
        if self.count == BLOCK_TERMS {
            self.end_block()?;
        }
        let common = match self.count {
            0 => 0,
            _ => common(&self.last, term),
        };
        for number in [common, term.len() - common] {
            put(&mut self.block, number);
        }
        self.block.extend_from_slice(&term[common..]);
        for number in [documents as usize, bytes[0], bytes[1]] {
            put(&mut self.block, number);
        }
        self.last.truncate(common);
        self.last.extend_from_slice(&term[common..]);
        self.count += 1;
        for (end, bytes) in self.ends.iter_mut().zip(bytes) {
            *end += bytes;
        }
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        (self.index.insert(&self.last, self.written)).map_err(io::Error::other)?;
        let mut head = Vec::with_capacity(16);
        for number in [self.count, self.starts[0], self.starts[1]] {
            put(&mut head, number);
        }
        for bytes in [&head, &self.block] {
            self.out.write_all(bytes)?;
            self.written += bytes.len() as u64;
        }
        self.block.clear();
        self.count = 0;
        self.starts = self.ends;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.end_block()?;
        let index = self.index.into_inner().map_err(io::Error::other)?;
        self.out.write_all(&index)?;
        self.out.write_all(&(index.len() as u64).to_le_bytes())
    }
}

/// The dictionary of a field in one segment.
pub(in crate::engine::embedded) struct Dictionary {
    blocks: OwnedBytes,
    index: fst::Map<OwnedBytes>,
}

impl Dictionary {
    pub(super) fn open(file: &FileSlice) -> io::Result<Dictionary> {
        let trailer_at = file.len().checked_sub(TRAILER_BYTES).ok_or_else(damaged)?;
        let bytes = file.read_bytes()?;
        let trailer = &bytes[trailer_at..];
        let index = u64::from_le_bytes(std::array::from_fn(|at| trailer[at]));
        let index = usize::try_from(index).map_err(|_| damaged())?;
        let index_at = trailer_at.checked_sub(index).ok_or_else(damaged)?;
        let index = fst::Map::new(bytes.slice(index_at..trailer_at)).map_err(|_| damaged())?;
        Ok(Dictionary {
            blocks: bytes.slice(0..index_at),
            index,
        })
    }

    /// What is said of a term; `None` if it is not there.
    pub(super) fn get(&self, term: &[u8]) -> io::Result<Option<TermInfo>> {
        let mut block = self.block_of(term)?;
        // All terms so far come before it, and the last has so many first bytes of it.
        let mut same = 0;
        while let Some(entry) = block.next()? {
            if entry.common > same {
                continue;
            }
            if entry.common < same {
                break;
            }
            let (rest, wanted) = (entry.rest, &term[same..]);
            let more = common(rest, wanted);
            match (rest.get(more), wanted.get(more)) {
                (None, None) => return Ok(Some(block.info())),
                (Some(here), Some(there)) if here > there => break,
                (Some(_), None) => break,
                _ => same += more,
            }
        }
        Ok(None)
    }

    /// All terms.
    pub(in crate::engine::embedded) fn terms(&self) -> Terms<'_> {
        Terms::new(Entries::new(&self.blocks))
    }

    /// The terms from one on, be it there or not.
    pub(in crate::engine::embedded) fn terms_from(&self, start: &[u8]) -> io::Result<Terms<'_>> {
        let mut terms = Terms::new(self.block_of(start)?);
        while terms.advance()? {
            if terms.key() >= start {
                terms.is_ahead = true;
                break;
            }
        }
        Ok(terms)
    }

    /// The block in which a term would be, and all behind it; nothing if it comes after all terms.
    fn block_of(&self, term: &[u8]) -> io::Result<Entries<'_>> {
        let mut index = self.index.range().ge(term).into_stream();
        let block = match index.next() {
            Some((_, at)) => usize::try_from(at)
                .ok()
                .and_then(|at| self.blocks.get(at..)),
            None => Some(&[][..]),
        };
        block.map(Entries::new).ok_or_else(damaged)
    }
}

/// How many first bytes are the same.
fn common(one: &[u8], other: &[u8]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.take_while(|(one, other)| one == other).count()
}

/// Blocks as they stand there.
struct Entries<'a> {
    rest: Bytes<'a>,
    /// How many terms of the current block are left.
    left: usize,
    documents: u32,
    /// Where the list and the places of the last term begin and end.
    starts: [usize; 2],
    ends: [usize; 2],
}

/// A term as it stands there.
struct Entry<'a> {
    /// How many of its first bytes are those of the term before, and the others.
    common: usize,
    rest: &'a [u8],
}

impl<'a> Entries<'a> {
    fn new(blocks: &'a [u8]) -> Entries<'a> {
        Entries {
            rest: Bytes::new(blocks),
            left: 0,
            documents: 0,
            starts: [0; 2],
            ends: [0; 2],
        }
    }

    /// The next term; of the first of a block, no bytes are those of the term before.
    fn next(&mut self) -> io::Result<Option<Entry<'a>>> {
        if self.left == 0 && self.rest.rest().is_empty() {
            return Ok(None);
        }
        self.read().map(Some).ok_or_else(damaged)
    }

    #[inline]
    fn read(&mut self) -> Option<Entry<'a>> {
        let is_first = self.left == 0;
        if is_first {
            self.left = self.rest.number()?;
            self.ends = [self.rest.number()?, self.rest.number()?];
        }
        self.left = self.left.checked_sub(1)?;
        let common = self
            .rest
            .number()
            .filter(|common| !is_first || *common == 0)?;
        let len = self.rest.number()?;
        let (rest, behind) = self.rest.rest().split_at_checked(len)?;
        self.rest = Bytes::new(behind);
        self.documents = u32::try_from(self.rest.number()?).ok()?;
        self.starts = self.ends;
        for end in &mut self.ends {
            *end = end.checked_add(self.rest.number()?)?;
        }
        Some(Entry { common, rest })
    }

    /// What is said of the last term.
    fn info(&self) -> TermInfo {
        TermInfo {
            doc_freq: self.documents,
            postings_range: self.starts[0]..self.ends[0],
            positions_range: self.starts[1]..self.ends[1],
        }
    }
}

/// Terms in the order of their bytes.
pub(in crate::engine::embedded) struct Terms<'a> {
    entries: Entries<'a>,
    key: Vec<u8>,
    /// Whether it stands already on the term to which it is to go next.
    is_ahead: bool,
}

impl<'a> Terms<'a> {
    fn new(entries: Entries<'a>) -> Terms<'a> {
        Terms {
            entries,
            key: Vec::new(),
            is_ahead: false,
        }
    }

    /// Goes to the next term, or to the first one; whether there is one.
    pub(in crate::engine::embedded) fn advance(&mut self) -> io::Result<bool> {
        if std::mem::take(&mut self.is_ahead) {
            return Ok(true);
        }
        let Some(entry) = self.entries.next()? else {
            return Ok(false);
        };
        if entry.common > self.key.len() {
            return Err(damaged());
        }
        self.key.truncate(entry.common);
        self.key.extend_from_slice(entry.rest);
        Ok(true)
    }

    /// The term it stands on.
    pub(in crate::engine::embedded) fn key(&self) -> &[u8] {
        &self.key
    }

    /// How many documents have it.
    pub(in crate::engine::embedded) fn documents(&self) -> u32 {
        self.entries.documents
    }

    /// What is said of it.
    pub(in crate::engine::embedded) fn info(&self) -> TermInfo {
        self.entries.info()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn written(terms: &BTreeMap<Vec<u8>, (u32, [usize; 2])>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = DictionaryWriter::new(&mut bytes);
        for (term, (documents, lens)) in terms {
            writer.insert(term, *documents, *lens).unwrap();
        }
        writer.finish().unwrap();
        bytes
    }

    fn open(bytes: Vec<u8>) -> io::Result<Dictionary> {
        Dictionary::open(&FileSlice::from(bytes))
    }

    /// Terms that have much in common, and some that have not.
    fn terms() -> impl Strategy<Value = BTreeMap<Vec<u8>, (u32, [usize; 2])>> {
        let term = prop_oneof![
            4 => prop::collection::vec(97..100_u8, 0..6),
            1 => prop::collection::vec(any::<u8>(), 0..40),
        ];
        let said = (any::<u32>(), [0..1_usize << 40, 0..300_usize]);
        prop::collection::btree_map(term, said, 0..120)
    }

    proptest! {
        #[test]
        fn terms_come_out_as_they_went_in(terms in terms(), other in prop::collection::vec(97..101_u8, 0..7)) {
            let dictionary = open(written(&terms)).unwrap();
            let mut ends = [0; 2];
            let mut all = dictionary.terms();
            for (term, (documents, lens)) in &terms {
                let starts = ends;
                ends = [ends[0] + lens[0], ends[1] + lens[1]];
                let expected = TermInfo {
                    doc_freq: *documents,
                    postings_range: starts[0]..ends[0],
                    positions_range: starts[1]..ends[1],
                };
                prop_assert!(all.advance().unwrap());
                prop_assert_eq!((all.key(), all.info()), (&term[..], expected.clone()));
                prop_assert_eq!(dictionary.get(term).unwrap(), Some(expected));
            }
            prop_assert!(!all.advance().unwrap());
            prop_assert_eq!(dictionary.get(&other).unwrap().is_some(), terms.contains_key(&other));
            for start in terms.keys().chain([&other]) {
                let mut from = dictionary.terms_from(start).unwrap();
                for term in terms.range(start.clone()..).map(|(term, _)| term) {
                    prop_assert!(from.advance().unwrap());
                    prop_assert_eq!(from.key(), &term[..]);
                }
                prop_assert!(!from.advance().unwrap());
            }
        }

        #[test]
        fn damaged_dictionaries_are_read_without_harm(
            terms in terms(),
            place in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = written(&terms);
            *place.get_mut(&mut bytes) = byte;
            for bytes in [bytes.clone(), bytes[..cut.index(bytes.len())].to_vec()] {
                let Ok(dictionary) = open(bytes) else { continue };
                let mut all = dictionary.terms();
                let mut count = 0;
                while let Ok(true) = all.advance() {
                    count += 1;
                }
                prop_assert!(count <= 2_000);
                // Tables of the index are not looked through when it is opened.
            }
        }
    }
}
