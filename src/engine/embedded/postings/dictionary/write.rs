//! Writing a dictionary, term after term.

use std::io::{self, Write};

use super::{BLOCK_TERMS, common};
use crate::engine::embedded::numbers::put;

/// The dictionary of a field that is being written.
pub(in crate::engine::embedded::postings) struct DictionaryWriter<W> {
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
    pub(in crate::engine::embedded::postings) fn new(out: W) -> DictionaryWriter<W> {
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
    pub(in crate::engine::embedded::postings) fn insert(
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

    pub(in crate::engine::embedded::postings) fn finish(mut self) -> io::Result<()> {
        self.end_block()?;
        let index = self.index.into_inner().map_err(io::Error::other)?;
        self.out.write_all(&index)?;
        self.out.write_all(&(index.len() as u64).to_le_bytes())
    }
}
