//! A stretch of document numbers in which the scores of several lists meet.
//!
//! Lists that are joined by "any of" are walked one after the other through a stretch, not side by
//! side document by document: the inner loops are short, and nothing depends on how many lists
//! there are. As lists come in the order of the query, so do the scores that are added.

use tantivy::DocId;

use super::{Batch, TERMINATED};

/// Number of documents in a stretch: their scores fit the nearest cache.
const SIZE: usize = 2048;
const WORD: usize = u64::BITS as usize;

/// Documents of a stretch with their scores, to be taken out in ascending order.
pub(super) struct Window {
    base: DocId,
    /// A bit for each document.
    bits: [u64; SIZE / WORD],
    /// 0 for documents that are not there.
    scores: [f32; SIZE],
    /// A bit for each document that is a marked one, see [`Batch::leave_out_marked`].
    marked: [u64; SIZE / WORD],
    /// The word of `bits` that is to be looked at next.
    at: usize,
}

impl Window {
    pub(super) fn new() -> Window {
        Window {
            base: 0,
            bits: [0; SIZE / WORD],
            scores: [0.0; SIZE],
            marked: [0; SIZE / WORD],
            at: SIZE / WORD,
        }
    }

    /// Begins a new stretch with the document `base`; all of the last one must have been taken.
    /// The first document behind the stretch.
    pub(super) fn begin(&mut self, base: DocId) -> DocId {
        self.base = base;
        self.at = 0;
        base.saturating_add(SIZE as u32).min(TERMINATED)
    }

    /// Begins the same stretch again, which must be empty.
    pub(super) fn begin_again(&mut self) {
        self.at = 0;
    }

    /// Notes a document and adds to its score.
    #[inline]
    pub(super) fn add(&mut self, doc: DocId, score: f32) {
        let place = (doc - self.base) as usize % SIZE;
        self.bits[place / WORD] |= 1 << (place % WORD);
        self.scores[place] += score;
    }

    /// Marks a document.
    #[inline]
    pub(super) fn mark(&mut self, doc: DocId) {
        let place = (doc - self.base) as usize % SIZE;
        self.marked[place / WORD] |= 1 << (place % WORD);
    }

    /// Notes a document, whose score is this one if it has no better.
    #[inline]
    pub(super) fn raise(&mut self, doc: DocId, score: f32) {
        let place = (doc - self.base) as usize % SIZE;
        self.bits[place / WORD] |= 1 << (place % WORD);
        self.scores[place] = self.scores[place].max(score);
    }

    /// The documents that are there now, ascending.
    pub(super) fn docs(&self) -> impl Iterator<Item = DocId> + use<> {
        let (base, words) = (self.base, self.bits);
        let mut at = 0;
        let mut bits = words[0];
        std::iter::from_fn(move || {
            while bits == 0 {
                at += 1;
                bits = *words.get(at)?;
            }
            let place = at * WORD + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(base + place as u32)
        })
    }

    /// Takes out the next documents until the batch is full or none is left.
    pub(super) fn take_into(&mut self, batch: &mut Batch) {
        while self.at < self.bits.len() {
            let bits = self.bits[self.at];
            if bits != 0 {
                let first = self.at * WORD;
                let scores = self.scores[first..].first_chunk_mut();
                let marked = self.marked[self.at];
                self.bits[self.at] = scores.map_or(0, |scores: &mut [f32; WORD]| {
                    // Taken out with its document: the place is free for another.
                    let score_of = |bit: usize| std::mem::take(&mut scores[bit]);
                    batch.take(self.base + first as DocId, bits, marked, score_of)
                });
                if self.bits[self.at] != 0 {
                    return;
                }
                self.marked[self.at] = 0;
            }
            self.at += 1;
        }
    }
}

/// Documents of a stretch, without scores.
pub(super) struct Seen {
    base: DocId,
    /// A bit for each document.
    bits: [u64; SIZE / WORD],
}

impl Seen {
    pub(super) fn new() -> Seen {
        Seen {
            base: 0,
            bits: [0; SIZE / WORD],
        }
    }

    /// Begins the stretch of a window anew.
    pub(super) fn begin(&mut self, window: &Window) {
        self.base = window.base;
        self.bits = [0; SIZE / WORD];
    }

    /// Notes documents.
    #[inline]
    pub(super) fn insert(&mut self, docs: &[DocId]) {
        for doc in docs {
            let place = (doc - self.base) as usize % SIZE;
            self.bits[place / WORD] |= 1 << (place % WORD);
        }
    }

    /// Appends the documents that are not in another of the same stretch, ascending.
    pub(super) fn append_without(&self, other: &Seen, docs: &mut Vec<DocId>) {
        let words = self.bits.iter().zip(&other.bits);
        for (first, (word, other)) in (self.base..).step_by(WORD).zip(words) {
            let mut bits = word & !other;
            while bits != 0 {
                docs.push(first + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_come_out_in_order_with_their_scores() {
        let mut window = Window::new();
        let end = window.begin(100);
        assert_eq!(end, 100 + SIZE as u32);
        window.add(end - 1, 1.0);
        window.add(100, 0.5);
        window.add(100, 0.25);
        window.raise(164, 2.0);
        window.raise(164, 1.0);
        let mut batch = Batch::new(true);
        window.take_into(&mut batch);
        let found: Vec<(DocId, f32)> = batch.iter().collect();
        assert_eq!(found, [(100, 0.75), (164, 2.0), (end - 1, 1.0)]);
        batch.clear();
        window.take_into(&mut batch);
        assert!(batch.is_empty());
    }

    #[test]
    fn what_does_not_fit_stays() {
        let mut window = Window::new();
        let end = window.begin(0);
        (0..end).for_each(|doc| window.add(doc, doc as f32));
        let mut batch = Batch::new(true);
        let mut next = 0;
        loop {
            batch.clear();
            window.take_into(&mut batch);
            if batch.is_empty() {
                break;
            }
            for (doc, score) in batch.iter() {
                assert_eq!((doc, score), (next, next as f32));
                next += 1;
            }
        }
        assert_eq!(next, end);
    }

    #[test]
    fn what_was_seen_is_told_without_the_rest() {
        let mut window = Window::new();
        let end = window.begin(100);
        let (mut all, mut some) = (Seen::new(), Seen::new());
        let mut docs = Vec::new();
        for _ in 0..2 {
            all.begin(&window);
            some.begin(&window);
            all.insert(&[100, 163, 164, 500, end - 1]);
            some.insert(&[101, 164, end - 1]);
            all.append_without(&some, &mut docs);
        }
        assert_eq!(docs, [100, 163, 500, 100, 163, 500]);
    }

    #[test]
    fn the_last_stretch_ends_behind_the_last_document() {
        assert_eq!(Window::new().begin(TERMINATED - 1), TERMINATED);
    }
}
