//! Documents that are handed on together: asking one by one costs more than looking at one.

use tantivy::DocId;

use super::{Gate, Passing};

/// Most documents in a batch; as many as a block of postings has.
pub(in crate::engine::embedded) const BATCH: usize = 128;

/// Matching documents in ascending order, with their scores, or numbers of which scores are
/// [made](super::Matcher::scores).
pub(in crate::engine::embedded) struct Batch {
    docs: [DocId; BATCH],
    scores: [f32; BATCH],
    /// Which of them are marked: those of a term of which it is [known](super::any_of_known) what documents have it.
    marked: [bool; BATCH],
    len: usize,
    /// Whether anybody looks at the scores; if not, they mean nothing.
    scored: bool,
    /// What scores less is of no use; see [`Batch::raise_floor`].
    floor: f32,
    /// What does not pass is of no use; see [`Batch::with_gate`].
    gate: Option<Gate>,
    /// See [`Batch::telling_apart`]; `None` if nobody asks.
    apart: Option<Vec<DocId>>,
}

impl Batch {
    pub(in crate::engine::embedded) fn new(scored: bool) -> Batch {
        Batch {
            docs: [0; BATCH],
            scores: [0.0; BATCH],
            marked: [false; BATCH],
            len: 0,
            scored,
            floor: 0.0,
            gate: None,
            apart: None,
        }
    }

    /// The same with a gate: documents that do not pass may come in all the same, but need not.
    pub(in crate::engine::embedded) fn with_gate(self, gate: Option<Gate>) -> Batch {
        Batch { gate, ..self }
    }

    /// The same, which also tells of the documents that match without the clause that is [known](super::any_of_known):
    /// of all, whether or not they pass the gate. Then nothing is marked, and a batch may stay empty though
    /// there are more.
    pub(in crate::engine::embedded) fn telling_apart(self) -> Batch {
        let apart = Some(Vec::new());
        Batch { apart, ..self }
    }

    /// The documents that were told apart when it was filled.
    pub(in crate::engine::embedded) fn apart(&self) -> &[DocId] {
        self.apart.as_deref().unwrap_or_default()
    }

    /// Where to put documents that are told apart, if anybody asks.
    pub(super) fn apart_mut(&mut self) -> Option<&mut Vec<DocId>> {
        self.apart.as_mut()
    }

    /// Keeps those documents that were told apart for which `keep` says so.
    pub(in crate::engine::embedded) fn retain_apart(
        &mut self,
        mut keep: impl FnMut(DocId) -> bool,
    ) {
        if let Some(apart) = &mut self.apart {
            apart.retain(|doc| keep(*doc));
        }
    }

    /// Documents that score less need not come in any more, if they are such as the matcher was [told
    /// to leave out](super::any_of_known). It never falls.
    pub(in crate::engine::embedded) fn raise_floor(&mut self, floor: f32) {
        self.floor = self.floor.max(floor);
    }

    pub(super) fn floor(&self) -> f32 {
        self.floor
    }

    pub(super) fn gate(&self) -> Option<&Gate> {
        self.gate.as_ref()
    }

    pub(in crate::engine::embedded) fn clear(&mut self) {
        self.len = 0;
        if let Some(apart) = &mut self.apart {
            apart.clear();
        }
    }

    pub(in crate::engine::embedded) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.len == BATCH
    }

    /// Adds documents that pass, with a number for each, by its place, if scores are wanted; there must be
    /// room.
    #[inline]
    pub(super) fn extend(&mut self, docs: &[DocId], number: impl Fn(usize) -> f32) {
        let Some(gate) = &self.gate else {
            let places = self.len..self.len + docs.len();
            self.marked[places.clone()].fill(false);
            self.docs[places.clone()].copy_from_slice(docs);
            let scores = &mut self.scores[places];
            if self.scored {
                (0..)
                    .zip(scores)
                    .for_each(|(place, score)| *score = number(place));
            } else {
                scores.fill(0.0);
            }
            self.len += docs.len();
            return;
        };
        let (at, is_scored) = (&mut self.len, self.scored);
        gate.passing(docs).each(|place| {
            self.docs[*at] = docs[place];
            self.scores[*at] = if is_scored { number(place) } else { 0.0 };
            self.marked[*at] = false;
            *at += 1;
        });
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
        self.marked[self.len] = false;
        self.len += 1;
    }

    /// Adds documents, as far as there is room: one for each bit of `bits`, counted from `first`, with the
    /// score that it is given. `marked` has a bit for each that is a marked one. The bits of those for which
    /// there was no room.
    #[inline]
    pub(super) fn take(
        &mut self,
        first: DocId,
        mut bits: u64,
        marked: u64,
        mut score_of: impl FnMut(usize) -> f32,
    ) -> u64 {
        let count = (bits.count_ones() as usize).min(self.room());
        let places = self.len..self.len + count;
        let to = self.docs[places.clone()].iter_mut();
        let to = to.zip(&mut self.scores[places.clone()]);
        for ((doc, score), is_marked) in to.zip(&mut self.marked[places]) {
            let bit = bits.trailing_zeros() % u64::BITS;
            bits &= bits.wrapping_sub(1);
            *doc = first + bit;
            *score = score_of(bit as usize);
            *is_marked = marked >> bit & 1 == 1;
        }
        self.len += count;
        bits
    }

    /// Takes out the marked documents.
    pub(in crate::engine::embedded) fn leave_out_marked(&mut self) {
        let marked = self.marked;
        let mut marked = marked.iter();
        self.retain(|_| marked.next() != Some(&true));
    }

    /// Its documents with their scores, and whether each is a marked one.
    pub(super) fn iter_marked(&self) -> impl Iterator<Item = (DocId, f32, bool)> {
        let marked = self.marked[..self.len].iter();
        (self.iter().zip(marked)).map(|((doc, score), marked)| (doc, score, *marked))
    }

    /// Its documents, and their scores to be changed.
    pub(in crate::engine::embedded) fn parts(&mut self) -> (&[DocId], &mut [f32]) {
        (&self.docs[..self.len], &mut self.scores[..self.len])
    }

    /// Its documents with their scores.
    pub(super) fn iter(&self) -> impl Iterator<Item = (DocId, f32)> {
        (self.docs().iter().copied()).zip(self.scores().iter().copied())
    }

    pub(in crate::engine::embedded) fn docs(&self) -> &[DocId] {
        &self.docs[..self.len]
    }

    pub(in crate::engine::embedded) fn scores(&self) -> &[f32] {
        &self.scores[..self.len]
    }

    /// Keeps the documents that pass the gate.
    pub(in crate::engine::embedded) fn retain_passing(&mut self) {
        if let Some(gate) = &self.gate {
            self.keep(gate.passing(&self.docs[..self.len]));
        }
    }

    /// Keeps the documents that are passing.
    pub(in crate::engine::embedded) fn keep(&mut self, passing: Passing) {
        if passing.count() == self.len {
            return;
        }
        let mut kept = 0;
        passing.each(|place| {
            self.docs[kept] = self.docs[place];
            self.scores[kept] = self.scores[place];
            self.marked[kept] = self.marked[place];
            kept += 1;
        });
        self.len = kept;
    }

    /// Keeps the documents for which `keep` says so.
    pub(in crate::engine::embedded) fn retain(&mut self, mut keep: impl FnMut(DocId) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            self.docs[kept] = self.docs[at];
            self.scores[kept] = self.scores[at];
            self.marked[kept] = self.marked[at];
            kept += usize::from(keep(self.docs[at]));
        }
        self.len = kept;
    }
}

/// Which of some documents, at most as many as are in a batch, match; with their scores, or numbers of
/// which scores are [made](super::Matcher::scores_found).
pub(in crate::engine::embedded) struct Found {
    /// A bit for each document, by its place.
    mask: u128,
    numbers: [f32; BATCH],
}

impl Found {
    pub(super) fn new() -> Found {
        Found {
            mask: 0,
            numbers: [0.0; BATCH],
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.mask = 0;
        self.numbers = [0.0; BATCH];
    }

    /// Adds to the number of the document at a place, which matches.
    #[inline]
    pub(super) fn add(&mut self, place: usize, number: f32) {
        self.mask |= 1 << place;
        self.numbers[place] += number;
    }

    /// Raises the number of the document at a place, which matches.
    #[inline]
    pub(super) fn raise(&mut self, place: usize, number: f32) {
        self.mask |= 1 << place;
        self.numbers[place] = self.numbers[place].max(number);
    }

    /// The number of the document at a place.
    pub(super) fn number(&self, place: usize) -> f32 {
        self.numbers[place]
    }

    /// Visits the places of what matches, with the numbers that `change` makes of those that were added;
    /// `docs` are all documents.
    pub(super) fn each_changed(
        &self,
        docs: &[DocId],
        change: impl FnOnce(&[DocId], &mut [f32]),
        mut visit: impl FnMut(usize, f32),
    ) {
        let mut matching = Batch::new(true);
        for place in self.places() {
            matching.push(docs[place], self.numbers[place]);
        }
        let (docs, numbers) = matching.parts();
        change(docs, numbers);
        for (place, number) in self.places().zip(numbers) {
            visit(place, *number);
        }
    }

    /// The places of those that match, ascending.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let mut mask = self.mask;
        std::iter::from_fn(move || {
            let place = mask.trailing_zeros() as usize;
            mask &= mask.wrapping_sub(1);
            (place < BATCH).then_some(place)
        })
    }
}
