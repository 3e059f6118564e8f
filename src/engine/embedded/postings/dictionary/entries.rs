//! The terms of blocks as they stand there, one told from the one before.

use std::io;

use tantivy::postings::TermInfo;

use crate::engine::embedded::numbers::Bytes;
use crate::engine::embedded::postings::damaged;

/// Blocks as they stand there.
pub(super) struct Entries<'a> {
    rest: Bytes<'a>,
    /// How many terms of the current block are left.
    left: usize,
    pub(super) documents: u32,
    /// Where the list and the places of the last term begin and end.
    starts: [usize; 2],
    ends: [usize; 2],
}

/// A term as it stands there.
pub(super) struct Entry<'a> {
    /// How many of its first bytes are those of the term before, and the others.
    pub(super) common: usize,
    pub(super) rest: &'a [u8],
}

impl<'a> Entries<'a> {
    pub(super) fn new(blocks: &'a [u8]) -> Entries<'a> {
        Entries {
            rest: Bytes::new(blocks),
            left: 0,
            documents: 0,
            starts: [0; 2],
            ends: [0; 2],
        }
    }

    /// The next term; of the first of a block, no bytes are those of the term before.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry<'a>>> {
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
    pub(super) fn info(&self) -> TermInfo {
        TermInfo {
            doc_freq: self.documents,
            postings_range: self.starts[0]..self.ends[0],
            positions_range: self.starts[1]..self.ends[1],
        }
    }
}
