//! A few documents of an archive, and choices, made by a seed.

use crate::document::Document;

/// Documents that are kept.
const KEPT: usize = 64;

/// Some documents, each as likely as any other to be among them.
pub(super) struct Sample {
    state: u64,
    seen: u64,
    documents: Vec<Document>,
}

impl Sample {
    pub(super) fn new(seed: u64) -> Sample {
        Sample {
            state: seed,
            seen: 0,
            documents: Vec::new(),
        }
    }

    /// Here is another document (Vitter, algorithm R).
    pub(super) fn see(&mut self, document: Document) {
        self.seen += 1;
        if self.documents.len() < KEPT {
            self.documents.push(document);
        } else if let Some(place) = self.documents.get_mut(below(&mut self.state, self.seen)) {
            *place = document;
        }
    }

    /// One of the documents, if there are any.
    pub(super) fn document(&mut self) -> Option<&Document> {
        let number = below(&mut self.state, self.documents.len() as u64);
        self.documents.get(number)
    }

    /// One of some things.
    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(below(&mut self.state, of.len() as u64))
    }

    /// Whether it happens, once in so many times.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        below(&mut self.state, times) == 0
    }
}

/// A number below `bound`, or 0 (SplitMix64 by Steele, Lea and Flood).
fn below(state: &mut u64, bound: u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) % bound.max(1)) as usize
}
