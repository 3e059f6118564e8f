//! A list of postings with frequencies, read block by block.

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;

use super::{BATCH, TERMINATED};

/// The documents that have a term, and how often.
pub(in crate::engine::embedded) struct List {
    blocks: BlockSegmentPostings,
    /// Place in the current block. The last block is padded with [`TERMINATED`].
    at: usize,
}

impl List {
    pub(in crate::engine::embedded) fn new(blocks: BlockSegmentPostings) -> List {
        List { blocks, at: 0 }
    }

    #[inline]
    pub(in crate::engine::embedded) fn doc(&self) -> DocId {
        self.blocks.doc(self.at)
    }

    /// How often the document it stands on has the term.
    #[inline]
    pub(super) fn frequency(&self) -> u32 {
        self.blocks.freq(self.at)
    }

    #[inline]
    pub(super) fn advance(&mut self) {
        if self.doc() == TERMINATED {
            return;
        }
        self.at += 1;
        if self.at == BATCH {
            self.blocks.advance();
            self.at = 0;
        }
    }

    #[inline]
    pub(in crate::engine::embedded) fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at = self.blocks.seek(target);
        }
    }

    /// Visits the documents before `end`, at most `most` of them, with their frequencies.
    #[inline]
    pub(in crate::engine::embedded) fn each_before(
        &mut self,
        end: DocId,
        mut most: usize,
        mut visit: impl FnMut(DocId, u32),
    ) {
        while most > 0 && self.doc() < end {
            let docs = &self.blocks.docs()[self.at..];
            // Lists that are read without frequencies have none.
            let frequencies = self.blocks.freqs().get(self.at..).unwrap_or_default();
            let count = if docs.last().is_some_and(|last| *last < end) {
                docs.len()
            } else {
                docs.partition_point(|doc| *doc < end)
            };
            let count = count.min(most);
            if frequencies.is_empty() {
                docs[..count].iter().for_each(|doc| visit(*doc, 1));
            }
            for (doc, frequency) in docs[..count].iter().zip(frequencies) {
                visit(*doc, *frequency);
            }
            most -= count;
            self.at += count;
            if self.at == BATCH {
                self.blocks.advance();
                self.at = 0;
            }
        }
    }

    /// Number of documents, deleted ones included.
    pub(in crate::engine::embedded) fn len(&self) -> u32 {
        self.blocks.doc_freq()
    }
}
