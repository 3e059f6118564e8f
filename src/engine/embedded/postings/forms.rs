//! The word forms of a segment that is not on disk yet, by number, with the terms of each.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{MAX_TERM_BYTES, write_term};
use crate::analysis::{Form, Token};
use crate::engine::embedded::interner::Interner;
use crate::engine::embedded::vocabulary::Words;

/// Number of the form of a place where no word is: it has no terms.
pub(super) const NOTHING: u32 = 0;

/// Of a form that is no word of the vocabulary.
const NO_WORD: u32 = u32::MAX;

/// The forms of all texts of a segment.
pub(super) struct Forms {
    /// Where forms are in memory, each with its number: what analysis says of a form is the very same
    /// each time.
    known: HashTable<(usize, u32)>,
    /// Keeps these forms where they are.
    held: Vec<Arc<Form>>,
    /// Words that are what they are by their neighbours have forms of their own: by their terms and
    /// their word.
    own: FxHashMap<Box<[u32]>, u32>,
    terms: Interner,
    words: Words,
    /// By number of the form: where its terms end in `numbers`, and its word.
    all: Vec<(u32, u32)>,
    numbers: Vec<u32>,
    /// The text of a term; buffer.
    text: String,
}

impl Default for Forms {
    fn default() -> Forms {
        Forms {
            known: HashTable::default(),
            held: Vec::new(),
            own: FxHashMap::default(),
            terms: Interner::default(),
            words: Words::default(),
            all: vec![(0, NO_WORD)],
            numbers: Vec::new(),
            text: String::new(),
        }
    }
}

impl Forms {
    /// The number of the form of a token of `text`.
    #[inline]
    pub(super) fn number(&mut self, token: &Token, text: &str) -> u32 {
        let place = place(token.form());
        match self.known.find(hash(place), |known| known.0 == place) {
            Some((_, number)) => *number,
            None => self.look_up(token, text),
        }
    }

    #[cold]
    fn look_up(&mut self, token: &Token, text: &str) -> u32 {
        let start = self.numbers.len();
        for term in token.terms() {
            if term.text.len() <= MAX_TERM_BYTES {
                write_term(term, &mut self.text);
                self.numbers.push(self.terms.number(&self.text));
            }
        }
        let word = self.words.word(token, text).unwrap_or(NO_WORD);
        // Forms that nobody else has do not come again as the same, but perhaps as equal ones.
        let is_own = Arc::strong_count(token.form()) == 1;
        if is_own {
            self.numbers.push(word);
            let known = self.own.get(&self.numbers[start..]).copied();
            if let Some(number) = known {
                self.numbers.truncate(start);
                return number;
            }
        }
        let number = self.all.len() as u32;
        if is_own {
            self.own.insert(self.numbers[start..].into(), number);
            self.numbers.pop();
        } else {
            self.held.push(Arc::clone(token.form()));
            let place = place(token.form());
            let hash_again = |known: &(usize, u32)| hash(known.0);
            (self.known).insert_unique(hash(place), (place, number), hash_again);
        }
        self.all.push((self.numbers.len() as u32, word));
        number
    }

    /// Number of forms.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// For each term, in the order of their bytes, the forms that have it.
    pub(super) fn by_term(&self) -> Grouped<'_> {
        let of_form = |form: usize| {
            let start = form.checked_sub(1).map_or(0, |before| self.all[before].0);
            &self.numbers[start as usize..self.all[form].0 as usize]
        };
        let forms =
            (0..self.len()).flat_map(|form| of_form(form).iter().map(move |it| (form, *it)));
        Grouped::new(&self.terms, forms)
    }

    /// The same for each word of the vocabulary.
    pub(super) fn by_word(&self) -> Grouped<'_> {
        let words = self.all.iter().map(|(_, word)| *word).enumerate();
        Grouped::new(
            self.words.terms(),
            words.filter(|(_, word)| *word != NO_WORD),
        )
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    pub(super) fn memory(&self) -> usize {
        /// Of a form that is held: mostly analysis does so, too, and for each segment.
        const HELD: usize = 16;
        /// Of a form of its own.
        const OWN: usize = 48;
        let terms = self.terms.memory() + self.words.memory();
        let forms = self.all.len() * 8 + self.held.len() * HELD + self.own.len() * OWN;
        // Numbers of terms are there a second time when they are grouped.
        terms + forms + self.known.allocation_size() + self.numbers.len() * 8
    }
}

/// Where a form is in memory.
fn place(form: &Arc<Form>) -> usize {
    Arc::as_ptr(form) as usize
}

fn hash(place: usize) -> u64 {
    FxBuildHasher.hash_one(place)
}

/// Texts in order, each with the forms that it belongs to.
pub(super) struct Grouped<'a> {
    texts: &'a Interner,
    /// The numbers of the texts in the order of these.
    order: Vec<u32>,
    /// By number, where the forms of a text end.
    ends: Vec<u32>,
    forms: Vec<u32>,
}

impl<'a> Grouped<'a> {
    /// `forms` names forms, ascending, each with the number of a text.
    fn new(texts: &'a Interner, forms: impl Iterator<Item = (usize, u32)> + Clone) -> Grouped<'a> {
        let texts_of_forms = forms.clone().map(|(_, text)| text);
        let (mut at, total) = starts(texts.len(), texts_of_forms);
        let mut grouped = vec![0; total];
        for (form, text) in forms {
            let at = &mut at[text as usize];
            grouped[*at as usize] = form as u32;
            *at += 1;
        }
        Grouped {
            texts,
            order: texts.sorted(),
            ends: at,
            forms: grouped,
        }
    }

    /// The texts in order, each with its number and its forms.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, u32, &[u32])> {
        self.order.iter().map(|number| {
            let before = number.checked_sub(1);
            let start = before.map_or(0, |before| self.ends[before as usize]);
            let forms = start as usize..self.ends[*number as usize] as usize;
            (self.texts.text(*number), *number, &self.forms[forms])
        })
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
