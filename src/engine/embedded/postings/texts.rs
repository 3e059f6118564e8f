//! The texts of forms, in the order in which forms come; sorted when a segment is written.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

/// Texts that belong to forms, one behind the other. They are not looked up: that would take longer
/// than all else that is done for a new form.
#[derive(Default)]
pub(super) struct Texts {
    letters: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Where the texts of each form end.
    forms: Vec<u32>,
}

impl Texts {
    /// Adds a text to the form that [ends](Self::end_form) next, made of several pieces.
    pub(super) fn push(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.letters.extend_from_slice(piece.as_bytes());
        }
        self.ends.push(self.letters.len());
    }

    /// Ends a form; the next texts are of the next one.
    pub(super) fn end_form(&mut self) {
        self.forms.push(self.ends.len() as u32);
    }

    /// Takes the last form back.
    pub(super) fn pop_form(&mut self) {
        self.forms.pop();
        let texts = self.forms.last().map_or(0, |end| *end as usize);
        self.ends.truncate(texts);
        self.letters
            .truncate(self.ends.last().copied().unwrap_or(0));
    }

    /// Whether two forms have the same texts.
    pub(super) fn is_same(&self, one: u32, other: u32) -> bool {
        let [one, other] = [one, other].map(|form| self.of(form).map(|text| self.text(text)));
        one.eq(other)
    }

    /// A hash of the texts of a form.
    pub(super) fn hash(&self, form: u32) -> u64 {
        let texts: Vec<&[u8]> = self.of(form).map(|text| self.text(text)).collect();
        FxBuildHasher.hash_one(texts)
    }

    /// The texts of a form.
    fn of(&self, form: u32) -> Range<u32> {
        let before = form.checked_sub(1);
        let start = before.map_or(0, |before| self.forms[before as usize]);
        start..self.forms[form as usize]
    }

    fn text(&self, number: u32) -> &[u8] {
        let before = number.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before as usize]);
        &self.letters[start..self.ends[number as usize]]
    }

    /// Memory in use, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.letters.len() + self.ends.len() * size_of::<usize>() + self.forms.len() * 4
    }

    /// The texts in order, with their forms.
    pub(super) fn sorted(&self) -> Sorted<'_> {
        let mut all = Vec::with_capacity(self.ends.len());
        for form in 0..self.forms.len() as u32 {
            let texts = self.of(form);
            all.extend(texts.map(|text| (head(self.text(text)), text, form)));
        }
        // Nearly always the first letters decide, and nothing else need be looked at.
        all.sort_unstable_by(|one, other| {
            let rest = || match is_whole(one.0) {
                true => std::cmp::Ordering::Equal,
                false => self.text(one.1).cmp(self.text(other.1)),
            };
            (one.0.cmp(&other.0))
                .then_with(rest)
                .then(one.2.cmp(&other.2))
        });
        let mut sorted = Sorted {
            texts: self,
            firsts: Vec::new(),
            forms: Vec::with_capacity(all.len()),
        };
        let mut last = None;
        for (place, (head, text, form)) in (0..).zip(all) {
            let is_same = last.is_some_and(|(before, known)| {
                before == head && (is_whole(head) || self.text(known) == self.text(text))
            });
            if !is_same {
                sorted.firsts.push((text, place));
                last = Some((head, text));
            }
            sorted.forms.push(form);
        }
        sorted
    }
}

/// The first bytes of a text as a number, zeros behind them: texts are in the order of these numbers,
/// and only those that begin alike have the same.
fn head(text: &[u8]) -> u128 {
    let mut head = [0; 16];
    let len = text.len().min(head.len());
    head[..len].copy_from_slice(&text[..len]);
    u128::from_be_bytes(head)
}

/// Whether a text that begins so is no longer than that. No letter is zero.
fn is_whole(head: u128) -> bool {
    head & 0xff == 0
}

/// Texts in order, each once, with the forms that have it.
pub(super) struct Sorted<'a> {
    texts: &'a Texts,
    /// For each text its number among all, and where its forms begin.
    firsts: Vec<(u32, u32)>,
    forms: Vec<u32>,
}

impl<'a> Sorted<'a> {
    /// The texts in order, each with its forms, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a [u8], &[u32])> {
        (0..self.firsts.len()).map(|place| {
            let (text, start) = self.firsts[place];
            let next = self.firsts.get(place + 1);
            let end = next.map_or(self.forms.len(), |(_, start)| *start as usize);
            (self.texts.text(text), &self.forms[start as usize..end])
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn forms() -> impl Strategy<Value = Vec<Vec<String>>> {
        let text = prop_oneof!["[ab]{0,3}", "lbundesverfassu[ab]{0,4}", "l[aü]{5,9}"];
        prop::collection::vec(prop::collection::vec(text, 0..4), 0..40)
    }

    proptest! {
        #[test]
        fn texts_are_sorted_with_their_forms(forms in forms()) {
            let mut texts = Texts::default();
            let mut expected: BTreeMap<&[u8], Vec<u32>> = BTreeMap::new();
            for (number, of_form) in (0..).zip(&forms) {
                for text in of_form {
                    let middle = text.char_indices().nth(2).map_or(0, |(at, _)| at);
                    texts.push(&[&text[..middle], &text[middle..]]);
                    expected.entry(text.as_bytes()).or_default().push(number);
                }
                texts.end_form();
            }
            let sorted = texts.sorted();
            let found: Vec<_> = sorted.iter().map(|(text, forms)| (text, forms.to_vec())).collect();
            prop_assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn forms_with_the_same_texts_are_told() {
        let mut texts = Texts::default();
        for of_form in [&["ab", "c"][..], &["a", "bc"], &["ab", "c"], &[]] {
            of_form.iter().for_each(|text| texts.push(&[text]));
            texts.end_form();
        }
        assert!(texts.is_same(0, 2) && !texts.is_same(0, 1) && !texts.is_same(0, 3));
        assert_eq!(texts.hash(0), texts.hash(2));
        (0..3).for_each(|_| texts.pop_form());
        texts.push(&["c"]);
        texts.end_form();
        assert_eq!(texts.sorted().iter().count(), 2);
        (0..2).for_each(|_| texts.pop_form());
        assert_eq!(texts.sorted().iter().count(), 0);
    }
}
