//! What is said of a word form, remembered: a text has few forms that were never seen before.
//!
//! Each thread has a table of its own for the words of the texts that it reads; what is said of a
//! form is learned once for all threads ([`Shared`]).

mod key;
mod shared;
mod table;
#[cfg(test)]
mod tests;

pub(super) use self::key::Key;
use self::key::{Written, hash};
pub(super) use self::shared::Shared;
use self::table::{LONG, Table};
use super::{Form, SharedForm};

/// Word forms that a thread remembers before its memory starts anew.
const LIMIT: usize = 400_000;
/// Longer forms are not remembered, in bytes.
const LONGEST: usize = 64;

/// A form, with what analysis asks of it for each word, so that it need not look at the form itself.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) form: SharedForm,
    pub(super) has_terms: bool,
    pub(super) is_particle: bool,
}

impl From<SharedForm> for Known {
    fn from(form: SharedForm) -> Known {
        Known {
            has_terms: !form.terms.is_empty(),
            is_particle: form.is_particle,
            form,
        }
    }
}

/// The forms of one language, by number.
#[derive(Default)]
pub(super) struct Memo {
    /// Short forms, each with its number, in the place that its hash says or the next that is free: most
    /// forms are rare, and finding one looks at one place in memory. A power of two; empty at first.
    slots: Vec<(Key, u32)>,
    short: Vec<Known>,
    long: Table,
    /// Forms that are too long to be remembered.
    passing: Vec<Known>,
}

/// The number of a form; it holds until the next [`Memo::tidy`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(u32);

/// Set in the numbers of forms that are not remembered.
const PASSING: u32 = 1 << 30;

/// The number in a slot that has no form.
const FREE: u32 = u32::MAX;
const FEWEST_SLOTS: usize = 1024;

/// In which slot to look for a form first, if there were any number of them.
fn slot_of(key: &Key) -> usize {
    hash(key) as usize
}

impl Memo {
    /// Forgets what need not be remembered, and everything if it has become too much.
    pub(super) fn tidy(&mut self) {
        self.passing.clear();
        if self.short.len() + self.long.len() >= LIMIT {
            *self = Memo::default();
        }
    }

    /// Notes the numbers of forms by their keys, as far as they are known here.
    ///
    /// Nothing else is done in between: so the looks for many words in a row go on side by side in the
    /// processor, each waiting for its place in memory.
    pub(super) fn find_all(&self, keys: &[Option<Key>], numbers: &mut Vec<Option<Number>>) {
        numbers.extend(keys.iter().map(|key| self.find(key.as_ref()?)));
    }

    #[inline]
    fn find(&self, key: &Key) -> Option<Number> {
        let (_, number) = self.slot(key)?;
        (*number != FREE).then_some(Number(*number))
    }

    /// The number of the form that stands in `text` from `start` to `end`; `describe` is asked if
    /// it was not seen before, neither here nor by another thread.
    pub(super) fn number(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        shared: &Shared,
        describe: impl FnOnce(&str) -> Form,
    ) -> Number {
        let form = &text[start..end];
        let Some(key) = Key::new(text, start, end) else {
            let written = Written::Long(form);
            let known = self.long.find(written);
            return known.unwrap_or_else(|| self.learn(form, written, shared, describe));
        };
        let known = self.find(&key);
        known.unwrap_or_else(|| self.learn(form, Written::Short(key), shared, describe))
    }

    /// The slot of a short form, or the free one in which it would be; `None` before there are any.
    #[inline]
    fn slot(&self, key: &Key) -> Option<&(Key, u32)> {
        let last = self.slots.len().checked_sub(1)?;
        let mut place = slot_of(key) & last;
        loop {
            let slot = &self.slots[place];
            if slot.0 == *key || slot.1 == FREE {
                return Some(slot);
            }
            place = (place + 1) & last;
        }
    }

    #[cold]
    fn learn(
        &mut self,
        form: &str,
        written: Written,
        shared: &Shared,
        describe: impl FnOnce(&str) -> Form,
    ) -> Number {
        if form.len() > LONGEST {
            self.passing.push(SharedForm::from(describe(form)).into());
            return Number(PASSING | (self.passing.len() - 1) as u32);
        }
        let what = shared.form(written, || describe(form));
        match written {
            Written::Short(key) => self.keep(key, what),
            Written::Long(_) => self.long.insert(written, what),
        }
    }

    /// Adds a short form that is not there yet.
    fn keep(&mut self, key: Key, what: Known) -> Number {
        // A third of the slots stays free, so that free ones are near.
        if (self.short.len() + 1) * 3 > self.slots.len() * 2 {
            let many = (self.slots.len() * 2).max(FEWEST_SLOTS);
            let slots = vec![(Key::default(), FREE); many];
            for (key, number) in std::mem::replace(&mut self.slots, slots) {
                if number != FREE {
                    self.fill(key, number);
                }
            }
        }
        let number = self.short.len() as u32;
        self.short.push(what);
        self.fill(key, number);
        Number(number)
    }

    fn fill(&mut self, key: Key, number: u32) {
        let last = self.slots.len() - 1;
        let mut place = slot_of(&key) & last;
        while self.slots[place].1 != FREE {
            place = (place + 1) & last;
        }
        self.slots[place] = (key, number);
    }

    /// What is said of a form.
    #[inline]
    pub(super) fn known(&self, number: Number) -> &Known {
        match number.0 & (LONG | PASSING) {
            0 => &self.short[number.0 as usize],
            LONG => self.long.known(number),
            _ => &self.passing[(number.0 & !PASSING) as usize],
        }
    }
}
