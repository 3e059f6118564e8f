//! Reading a dictionary in place, from the mapped file.

use std::io;

use fst::{IntoStreamer, Streamer};
use tantivy::HasLen;
use tantivy::directory::{FileSlice, OwnedBytes};
use tantivy::postings::TermInfo;

use super::entries::Entries;
use super::{TRAILER_BYTES, common};
use crate::engine::embedded::postings::damaged;

/// The dictionary of a field in one segment.
pub(in crate::engine::embedded) struct Dictionary {
    blocks: OwnedBytes,
    index: fst::Map<OwnedBytes>,
}

impl Dictionary {
    pub(in crate::engine::embedded::postings) fn open(file: &FileSlice) -> io::Result<Dictionary> {
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
    pub(in crate::engine::embedded::postings) fn get(
        &self,
        term: &[u8],
    ) -> io::Result<Option<TermInfo>> {
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
