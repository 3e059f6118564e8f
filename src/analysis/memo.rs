//! What is said of a word form, remembered: a text has few forms that were never seen before.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Form;

/// Word forms remembered before the memory starts anew.
const LIMIT: usize = 400_000;
/// Longer forms are not remembered, in bytes.
const LONGEST: usize = 64;
/// Forms up to this length, in bytes, are remembered without a pointer to their letters: nearly all
/// of them, and the look goes to one place in memory less.
const SHORT: usize = 23;

/// The forms of one language, by number.
#[derive(Default)]
pub(super) struct Memo {
    short: FxHashMap<Key, Number>,
    long: FxHashMap<Box<str>, Number>,
    forms: Vec<Arc<Form>>,
    /// Forms that are too long to be remembered.
    passing: Vec<Arc<Form>>,
}

/// The number of a form; it holds until the next [`Memo::tidy`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(u32);

/// Set in the numbers of forms that are not remembered.
const PASSING: u32 = 1 << 31;

/// A short form: its letters, zeros, its length.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key([u64; 3]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in self.0 {
            state.write_u64(word);
        }
    }
}

impl Key {
    fn new(text: &str, start: usize, end: usize) -> Option<Key> {
        let (bytes, length) = (text.as_bytes(), end - start);
        if length > SHORT {
            return None;
        }
        let mut key = match bytes.get(start..start + SHORT + 1) {
            // Away from the end of the text, what is behind the form is read along and cut off.
            Some(more) => {
                let words = <[u8; SHORT + 1]>::try_from(more).map(words).ok()?;
                std::array::from_fn(|index| words[index] & mask(length, index))
            }
            None => {
                let mut own = [0; SHORT + 1];
                own[..length].copy_from_slice(&bytes[start..end]);
                words(own)
            }
        };
        key[2] |= (length as u64) << 56;
        Some(Key(key))
    }
}

fn words(bytes: [u8; SHORT + 1]) -> [u64; 3] {
    let word = |at: usize| u64::from_le_bytes(std::array::from_fn(|index| bytes[at + index]));
    [word(0), word(8), word(16)]
}

/// The bits of word `index` that belong to a form of this length.
fn mask(length: usize, index: usize) -> u64 {
    match length.saturating_sub(8 * index) {
        0 => 0,
        bytes @ 1..8 => u64::MAX >> (64 - 8 * bytes),
        _ => u64::MAX,
    }
}

impl Memo {
    /// Forgets what need not be remembered, and everything if it has become too much.
    pub(super) fn tidy(&mut self) {
        self.passing.clear();
        if self.forms.len() >= LIMIT {
            *self = Memo::default();
        }
    }

    /// The number of the form that stands in `text` from `start` to `end`; `describe` is asked if
    /// it was not seen before.
    ///
    /// What is said of the form is not touched: so the looks for many words in a row go on side by
    /// side in the processor, each waiting for its place in memory.
    pub(super) fn number(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        describe: impl FnOnce(&str) -> Form,
    ) -> Number {
        let form = &text[start..end];
        if let Some(key) = Key::new(text, start, end) {
            if let Some(number) = self.short.get(&key) {
                return *number;
            }
            let number = self.remember(describe(form));
            self.short.insert(key, number);
            return number;
        }
        if let Some(number) = self.long.get(form) {
            return *number;
        }
        if form.len() > LONGEST {
            self.passing.push(Arc::new(describe(form)));
            return Number(PASSING | (self.passing.len() - 1) as u32);
        }
        let number = self.remember(describe(form));
        self.long.insert(form.into(), number);
        number
    }

    fn remember(&mut self, form: Form) -> Number {
        self.forms.push(Arc::new(form));
        Number((self.forms.len() - 1) as u32)
    }

    /// What is said of a form.
    pub(super) fn form(&self, number: Number) -> &Arc<Form> {
        if number.0 & PASSING == 0 {
            &self.forms[number.0 as usize]
        } else {
            &self.passing[(number.0 & !PASSING) as usize]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, SHORT};

    fn key(form: &str) -> Option<Key> {
        Key::new(form, 0, form.len())
    }

    #[test]
    fn forms_that_differ_have_keys_that_differ() {
        let long = "a".repeat(SHORT);
        let forms = [
            "",
            "a",
            "b",
            "ab",
            "a\0",
            "abcdefgh",
            "abcdefghi",
            &long,
            "ü",
            "u",
        ];
        for one in forms {
            for other in forms {
                assert_eq!(key(one) == key(other), one == other, "{one:?} {other:?}");
            }
        }
        assert!(key(&"a".repeat(SHORT + 1)).is_none());
    }

    #[test]
    fn a_form_has_the_same_key_wherever_it_stands() {
        for form in ["Kurs", "Verluste", "Truppenstärke", "Militärgeheimdienste"] {
            let text = format!("Die {form} und noch einiges mehr, das folgt");
            let within = Key::new(&text, 4, 4 + form.len());
            assert!(within.is_some() && within == key(form), "{form}");
        }
    }
}
