//! The words of a text field in all documents of a segment that is not on disk yet.

use tantivy::DocId;

use super::forms::{NOTHING, starts};
use crate::engine::embedded::numbers::{self, Bytes};

/// One in so many places has a hint in which document it is.
const HINT: usize = 256;

/// The words of a field, document after document, as numbers of their forms.
#[derive(Default)]
pub(super) struct Stream {
    /// The numbers, in seven bits a byte: forms that are frequent have small ones, as they come first.
    forms: Vec<u8>,
    len: u32,
    /// Where each document ends.
    ends: Vec<u32>,
    /// Whether the words of each document may be shown.
    shown: Vec<bool>,
}

impl Stream {
    /// Adds a document with its words: the position of each, ascending, and the number of its form.
    pub(super) fn add(&mut self, words: impl Iterator<Item = (u32, u32)>, is_shown: bool) {
        let start = self.len;
        for (position, form) in words {
            while self.len < start + position {
                self.push(NOTHING);
            }
            self.push(form);
        }
        self.ends.push(self.len);
        self.shown.push(is_shown);
    }

    #[inline]
    fn push(&mut self, form: u32) {
        numbers::put(&mut self.forms, form as usize);
        self.len += 1;
    }

    /// The numbers of the forms.
    fn forms(&self) -> impl Iterator<Item = u32> {
        let mut numbers = Bytes::new(&self.forms);
        std::iter::from_fn(move || numbers.number().map(|form| form as u32))
    }

    /// Memory in use, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.forms.len() + self.ends.len() * 5
    }

    /// The same, sorted by form; there are so many.
    pub(super) fn sorted(self, forms: usize) -> Places {
        let (mut at, total) = starts(forms, self.forms());
        let mut places = vec![0; total];
        for (place, form) in (0..).zip(self.forms()) {
            let at = &mut at[form as usize];
            places[*at as usize] = place;
            *at += 1;
        }
        let mut hints = Vec::with_capacity(total / HINT + 1);
        let mut document = 0;
        for place in (0..total).step_by(HINT) {
            while self.ends[document] as usize <= place {
                document += 1;
            }
            hints.push(document as DocId);
        }
        Places {
            places,
            ends: at,
            documents: self.ends,
            shown: self.shown,
            hints,
        }
    }
}

/// The places of each form.
pub(super) struct Places {
    places: Vec<u32>,
    /// Where those of each form end.
    ends: Vec<u32>,
    /// Where each document ends.
    documents: Vec<u32>,
    shown: Vec<bool>,
    /// In which document each [`HINT`]th place is.
    hints: Vec<DocId>,
}

impl Places {
    /// The places of a form, ascending.
    pub(super) fn of(&self, form: u32) -> &[u32] {
        let before = form.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before as usize]);
        &self.places[start as usize..self.ends[form as usize] as usize]
    }

    /// Visits places, which ascend: the first of each document with the document and its position,
    /// the others with their distances from the ones before.
    #[inline]
    pub(super) fn each(&self, places: &[u32], mut visit: impl FnMut(Option<DocId>, u32)) {
        let mut document = 0;
        // Where the document of the last place ends, and that place.
        let (mut end, mut last) = (0, 0);
        for place in places {
            if *place < end {
                visit(None, place - std::mem::replace(&mut last, *place));
                continue;
            }
            document = self.hints[*place as usize / HINT].max(document);
            while self.documents[document as usize] <= *place {
                document += 1;
            }
            end = self.documents[document as usize];
            let before = document.checked_sub(1);
            let start = before.map_or(0, |before| self.documents[before as usize]);
            visit(Some(document), place - start);
            last = *place;
        }
    }

    /// Whether the words of a document may be shown.
    pub(super) fn is_shown(&self, document: DocId) -> bool {
        self.shown[document as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_form_and_told_by_document() {
        let mut stream = Stream::default();
        let texts: [&[(u32, u32)]; 4] =
            [&[(0, 2), (1, 1), (3, 2)], &[], &[(2, 1)], &[(0, 1), (1, 1)]];
        for text in texts {
            stream.add(text.iter().copied(), text.len() < 3);
        }
        let sorted = stream.sorted(4);
        let found = |form: u32| {
            let mut found = Vec::new();
            sorted.each(sorted.of(form), |document, distance| {
                found.push((document, distance))
            });
            found
        };
        let expected = [(Some(0), 1), (Some(2), 2), (Some(3), 0), (None, 1)];
        assert_eq!(found(1), expected);
        assert_eq!(found(2), [(Some(0), 0), (None, 3)]);
        assert_eq!(found(3), []);
        assert_eq!([0, 1, 2].map(|it| sorted.is_shown(it)), [false, true, true]);
    }

    #[test]
    fn long_and_empty_documents_have_their_places() {
        let mut stream = Stream::default();
        for document in 0..2_000_u32 {
            let words = if document % 7 == 3 {
                3 * HINT as u32
            } else {
                document % 2
            };
            stream.add((0..words).map(|position| (position, 1)), true);
        }
        let sorted = stream.sorted(2);
        let mut counted = vec![0; 2_000];
        let mut last = 0;
        sorted.each(sorted.of(1), |document, distance| {
            assert_eq!(distance, u32::from(document.is_none()));
            last = document.unwrap_or(last);
            counted[last as usize] += 1;
        });
        for (document, count) in counted.into_iter().enumerate() {
            let expected = if document % 7 == 3 {
                3 * HINT
            } else {
                document % 2
            };
            assert_eq!(count, expected, "{document}");
        }
    }
}
