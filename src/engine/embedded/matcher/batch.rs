//! Documents that are handed on together: asking one by one costs more than looking at one.

use tantivy::DocId;

/// Most documents in a batch; as many as a block of postings has.
pub(in crate::engine::embedded) const BATCH: usize = 128;

/// Matching documents in ascending order, with their scores.
pub(in crate::engine::embedded) struct Batch {
    docs: [DocId; BATCH],
    scores: [f32; BATCH],
    len: usize,
    /// Whether anybody looks at the scores; if not, all are 0.
    scored: bool,
}

impl Batch {
    pub(in crate::engine::embedded) fn new(scored: bool) -> Batch {
        Batch {
            docs: [0; BATCH],
            scores: [0.0; BATCH],
            len: 0,
            scored,
        }
    }

    pub(in crate::engine::embedded) fn clear(&mut self) {
        self.len = 0;
    }

    pub(in crate::engine::embedded) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.len == BATCH
    }

    /// How many more documents it takes.
    pub(super) fn room(&self) -> usize {
        BATCH - self.len
    }

    pub(in crate::engine::embedded) fn is_scored(&self) -> bool {
        self.scored
    }

    /// Adds a document; there must be room.
    #[inline]
    pub(super) fn push(&mut self, doc: DocId, score: f32) {
        self.docs[self.len] = doc;
        self.scores[self.len] = score;
        self.len += 1;
    }

    pub(in crate::engine::embedded) fn docs(&self) -> &[DocId] {
        &self.docs[..self.len]
    }

    pub(in crate::engine::embedded) fn scores(&self) -> &[f32] {
        &self.scores[..self.len]
    }

    /// Its documents with their scores.
    pub(super) fn iter(&self) -> impl Iterator<Item = (DocId, f32)> {
        (self.docs().iter().copied()).zip(self.scores().iter().copied())
    }

    /// Keeps the documents for which `keep` says so.
    pub(in crate::engine::embedded) fn retain(&mut self, mut keep: impl FnMut(DocId) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            self.docs[kept] = self.docs[at];
            self.scores[kept] = self.scores[at];
            kept += usize::from(keep(self.docs[at]));
        }
        self.len = kept;
    }
}
