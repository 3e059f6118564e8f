//! The words of a text field in all documents of a segment that is not on disk yet.

use tantivy::DocId;

use super::forms::{NOTHING, starts};

/// One in so many places has a hint in which document it is.
const HINT: usize = 256;

/// The words of a field, document after document, as numbers of their forms.
#[derive(Default)]
pub(super) struct Stream {
    forms: Vec<u32>,
    /// Where each document ends.
    ends: Vec<u32>,
    /// Whether the words of each document may be shown.
    shown: Vec<bool>,
}

impl Stream {
    /// Adds a document with its words: the position of each, ascending, and the number of its form.
    pub(super) fn add(&mut self, words: impl Iterator<Item = (u32, u32)>, is_shown: bool) {
        let start = self.forms.len();
        for (position, form) in words {
            self.forms
                .resize(self.forms.len().max(start + position as usize), NOTHING);
            self.forms.push(form);
        }
        self.ends.push(self.forms.len() as u32);
        self.shown.push(is_shown);
    }

    /// Memory in use, in bytes, with that which sorting takes.
    pub(super) fn memory(&self) -> usize {
        self.forms.len() * 8 + self.ends.len() * 6
    }

    /// The same, sorted by form; there are so many.
    pub(super) fn sorted(&self, forms: usize) -> Places<'_> {
        let (mut at, total) = starts(forms, self.forms.iter().copied());
        let mut places = vec![0; total];
        for (place, form) in (0..).zip(&self.forms) {
            let at = &mut at[*form as usize];
            places[*at as usize] = place;
            *at += 1;
        }
        let mut hints = Vec::with_capacity(self.forms.len() / HINT + 1);
        let mut document = 0;
        for place in (0..self.forms.len()).step_by(HINT) {
            while self.ends[document] as usize <= place {
                document += 1;
            }
            hints.push(document as DocId);
        }
        Places {
            places,
            ends: at,
            documents: &self.ends,
            shown: &self.shown,
            hints,
        }
    }
}

/// The places of each form.
pub(super) struct Places<'a> {
    places: Vec<u32>,
    /// Where those of each form end.
    ends: Vec<u32>,
    /// Where each document ends.
    documents: &'a [u32],
    shown: &'a [bool],
    /// In which document each [`HINT`]th place is.
    hints: Vec<DocId>,
}

impl Places<'_> {
    /// The places of a form, ascending.
    pub(super) fn of(&self, form: u32) -> &[u32] {
        let before = form.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before as usize]);
        &self.places[start as usize..self.ends[form as usize] as usize]
    }

    /// Visits the documents that have some of these places, which ascend, with the place where
    /// their first word is.
    #[inline]
    pub(super) fn each_document(
        &self,
        mut places: &[u32],
        mut visit: impl FnMut(DocId, u32, &[u32]),
    ) {
        let mut document = 0;
        while let Some(first) = places.first() {
            let hint = self.hints[*first as usize / HINT];
            document = hint.max(document);
            while self.documents[document as usize] <= *first {
                document += 1;
            }
            let end = self.documents[document as usize];
            let count = 1 + places[1..].iter().take_while(|place| **place < end).count();
            let (here, rest) = places.split_at(count);
            let before = document.checked_sub(1);
            let start = before.map_or(0, |before| self.documents[before as usize]);
            visit(document, start, here);
            places = rest;
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
            sorted.each_document(sorted.of(form), |document, start, places| {
                let positions: Vec<u32> = places.iter().map(|place| place - start).collect();
                found.push((document, positions));
            });
            found
        };
        assert_eq!(found(1), [(0, vec![1]), (2, vec![2]), (3, vec![0, 1])]);
        assert_eq!(found(2), [(0, vec![0, 3])]);
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
        sorted.each_document(sorted.of(1), |document, start, places| {
            assert_eq!(places[0], start);
            counted[document as usize] += places.len();
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
