//! The word forms of a segment that is not on disk yet, by number, with the texts of each.

use hashbrown::HashTable;

use super::MAX_TERM_BYTES;
use super::numbered::Numbered;
use super::texts::{Sorted, Texts};
use crate::analysis::Token;
use crate::engine::embedded::vocabulary;

/// Number of the form of a place where no word is: it has no terms.
pub(super) const NOTHING: u32 = 0;

/// The forms of all texts of a segment.
pub(super) struct Forms {
    /// By its identity, the number of each form: what analysis says of a form is the very same each time.
    known: Numbered,
    /// Words that are what they are by their neighbours have forms of their own: found by their texts.
    own: HashTable<u32>,
    /// The terms of each form.
    terms: Texts,
    /// The word of the vocabulary that each form is, if it is one.
    words: Texts,
    len: u32,
}

impl Default for Forms {
    fn default() -> Forms {
        let mut forms = Forms {
            known: Numbered::default(),
            own: HashTable::default(),
            terms: Texts::default(),
            words: Texts::default(),
            len: 0,
        };
        forms.end_form();
        forms
    }
}

impl Forms {
    /// The number of the form of a token of `text`.
    #[inline]
    pub(super) fn number(&mut self, token: &Token, text: &str) -> u32 {
        let known = self.known.get(token.form().identity());
        known.unwrap_or_else(|| self.add(token, text))
    }

    #[cold]
    fn add(&mut self, token: &Token, text: &str) -> u32 {
        for term in token.terms() {
            if term.text.len() <= MAX_TERM_BYTES {
                let class = term.class.code();
                (self.terms).push(&[class.encode_utf8(&mut [0; 4]), &term.text]);
            }
        }
        if let Some(word) = vocabulary::term(token, text) {
            self.words.push(&[&word]);
        }
        let number = self.end_form();
        // Forms that nobody else has do not come again as the same, but perhaps as equal ones.
        if !token.form().is_shared() {
            return self.settle(number);
        }
        self.known.insert(token.form().identity(), number);
        number
    }

    fn end_form(&mut self) -> u32 {
        self.terms.end_form();
        self.words.end_form();
        self.len += 1;
        self.len - 1
    }

    /// The number of the last form, or of another of its own that has the same texts.
    fn settle(&mut self, last: u32) -> u32 {
        let (terms, words) = (&self.terms, &self.words);
        let is_same = |known: &u32| terms.is_same(*known, last) && words.is_same(*known, last);
        let hash = |form: &u32| terms.hash(*form);
        if let Some(known) = self.own.find(hash(&last), is_same).copied() {
            self.terms.pop_form();
            self.words.pop_form();
            self.len -= 1;
            return known;
        }
        self.own.insert_unique(hash(&last), last, hash);
        last
    }

    /// What is left to do once all documents are there.
    pub(super) fn finish(self) -> FinishedForms {
        FinishedForms {
            terms: self.terms,
            words: self.words,
            len: self.len as usize,
        }
    }

    pub(super) fn memory(&self) -> usize {
        let found = self.known.memory() + self.own.allocation_size();
        found + self.terms.memory() + self.words.memory()
    }
}

/// The forms of a segment when there will be no more.
pub(super) struct FinishedForms {
    terms: Texts,
    words: Texts,
    /// Number of forms.
    pub(super) len: usize,
}

impl FinishedForms {
    /// The terms, in the order of their bytes, with the forms that have each.
    pub(super) fn terms(&self) -> Sorted<'_> {
        self.terms.sorted()
    }

    /// The same for the words of the vocabulary.
    pub(super) fn words(&self) -> Sorted<'_> {
        self.words.sorted()
    }
}

/// Where the things of each kind begin if they are sorted by kind, and how many there are. Who goes
/// on each of these places as things are put there ends with where each kind ends.
pub(super) fn starts(kinds: usize, of_things: impl Iterator<Item = u32>) -> (Vec<u32>, usize) {
    let mut at = vec![0; kinds];
    of_things.for_each(|kind| at[kind as usize] += 1);
    let mut sum = 0;
    for count in &mut at {
        sum += std::mem::replace(count, sum);
    }
    (at, sum as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Form, SharedForm, Term, TermClass};

    #[test]
    fn equal_forms_of_their_own_have_one_number() {
        let form = |lemma: &str| {
            let term = |class, text: &str| Term {
                class,
                text: text.into(),
            };
            let surface = term(TermClass::Surface, "greift");
            Form {
                terms: vec![surface, term(TermClass::Lemma, lemma)],
                ..Form::default()
            }
        };
        let text = "greift Greift";
        let mut forms = Forms::default();
        let shared = SharedForm::from(form("greifen"));
        let tokens = [
            Token::new(0, 6, 0, form("angreifen")),
            Token::new(0, 6, 0, form("angreifen")),
            Token::new(7, 13, 1, form("angreifen")),
            Token::new(0, 6, 0, form("aufgreifen")),
            Token::shared(0, 6, 0, shared.clone()),
            Token::shared(7, 13, 1, shared),
        ];
        let numbers = tokens.each_ref().map(|token| forms.number(token, text));
        assert_eq!(numbers, [1, 1, 2, 3, 4, 4]);
        let forms = forms.finish();
        assert_eq!(forms.len, 5);
        let terms = forms.terms();
        let found: Vec<(&[u8], Vec<u32>)> = terms.iter().map(|it| (it.0, it.1.to_vec())).collect();
        let expected: [(&[u8], Vec<u32>); 4] = [
            (b"langreifen", vec![1, 2]),
            (b"laufgreifen", vec![3]),
            (b"lgreifen", vec![4]),
            (b"sgreift", vec![1, 2, 3, 4]),
        ];
        assert_eq!(found, expected);
    }
}
