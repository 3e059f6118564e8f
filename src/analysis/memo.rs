//! What is said of a word form, remembered: a text has few forms that were never seen before.
//!
//! Each thread has a table of its own for the words of the texts that it reads; what is said of a
//! form is learned once for all threads ([`Shared`]).

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Form, SharedForm};

/// Word forms that a thread remembers before its memory starts anew.
const LIMIT: usize = 400_000;
/// Word forms that all threads together remember: the first so many for good, which are nearly all of
/// those that texts have again and again …
const FOR_GOOD: usize = 1 << 16;
/// … and of the others between half as many and so many.
const SHARED_LIMIT: usize = 800_000;
/// Parts of what is shared, each with a lock of its own.
const SHARDS: usize = 64;
/// Longer forms are not remembered, in bytes.
const LONGEST: usize = 64;
/// Forms up to this length, in bytes, are remembered without a pointer to their letters: nearly all
/// of them, and the look goes to one place in memory less.
const SHORT: usize = 23;

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

/// What all threads know of the forms of one language.
pub(super) struct Shared {
    shards: Vec<Mutex<Shard>>,
}

/// Forms are forgotten if they were not asked for while as many others were, unless they are kept for
/// good.
#[derive(Default)]
struct Shard {
    for_good: Table,
    young: Table,
    old: Table,
}

/// What is known of forms by their letters.
#[derive(Default)]
struct Table {
    /// Places of short forms.
    places: HashTable<u32>,
    short: Vec<(Key, Known)>,
    long_places: FxHashMap<Box<str>, u32>,
    long: Vec<Known>,
}

/// A form by its letters.
#[derive(Clone, Copy)]
enum Written<'a> {
    Short(Key),
    Long(&'a str),
}

/// The number of a form; it holds until the next [`Memo::tidy`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(u32);

/// Set in the numbers of long forms.
const LONG: u32 = 1 << 31;
/// Set in the numbers of forms that are not remembered.
const PASSING: u32 = 1 << 30;

/// The number in a slot that has no form.
const FREE: u32 = u32::MAX;
const FEWEST_SLOTS: usize = 1024;

/// A short form: its letters, zeros, its length.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key([u64; 3]);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for word in self.0 {
            state.write_u64(word);
        }
    }
}

impl Key {
    /// The key of the form that stands in `text` from `start` to `end`, if it is short.
    #[inline]
    pub(super) fn new(text: &str, start: usize, end: usize) -> Option<Key> {
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

impl Table {
    #[inline]
    fn find(&self, form: Written) -> Option<Number> {
        match form {
            Written::Short(key) => {
                let is_it = |place: &u32| self.short[*place as usize].0 == key;
                self.places.find(hash(&key), is_it).copied().map(Number)
            }
            Written::Long(text) => (self.long_places.get(text)).map(|place| Number(LONG | place)),
        }
    }

    /// Adds a form that is not there yet.
    fn insert(&mut self, form: Written, what: Known) -> Number {
        match form {
            Written::Short(key) => {
                let place = self.short.len() as u32;
                self.short.push((key, what));
                let hash_again = |place: &u32| hash(&self.short[*place as usize].0);
                (self.places).insert_unique(hash(&key), place, hash_again);
                Number(place)
            }
            Written::Long(text) => {
                let place = self.long.len() as u32;
                self.long.push(what);
                self.long_places.insert(text.into(), place);
                Number(LONG | place)
            }
        }
    }

    fn known(&self, number: Number) -> &Known {
        match number.0 & LONG {
            0 => &self.short[number.0 as usize].1,
            _ => &self.long[(number.0 & !LONG) as usize],
        }
    }

    fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}

/// In which slot to look for a form first, if there were any number of them.
fn slot_of(key: &Key) -> usize {
    hash(key) as usize
}

fn hash(form: &(impl Hash + ?Sized)) -> u64 {
    FxBuildHasher.hash_one(form)
}

impl Shared {
    pub(super) fn new() -> Shared {
        Shared {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// What is said of a form; `describe` is asked if no thread has seen it before.
    fn form(&self, form: Written, describe: impl FnOnce() -> Form) -> Known {
        let hash = match form {
            Written::Short(key) => hash(&key),
            Written::Long(text) => hash(text),
        };
        // Tables go by other bits than these.
        let shard = &self.shards[(hash >> 40) as usize % SHARDS];
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(form);
        // Others may go on in the meantime.
        known.unwrap_or_else(|| {
            let described = describe();
            let mut shard = lock();
            shard
                .get(form)
                .unwrap_or_else(|| shard.add(form, described))
        })
    }
}

impl Shard {
    fn get(&mut self, form: Written) -> Option<Known> {
        for table in [&self.for_good, &self.young] {
            if let Some(number) = table.find(form) {
                return Some(table.known(number).clone());
            }
        }
        let known = self.old.known(self.old.find(form)?).clone();
        Some(self.keep(form, known))
    }

    /// Adds a form that is not there yet.
    fn add(&mut self, form: Written, described: Form) -> Known {
        if self.for_good.len() < FOR_GOOD / SHARDS {
            let known = Known::from(SharedForm::for_good(described));
            self.for_good.insert(form, known.clone());
            return known;
        }
        self.keep(form, SharedForm::from(described).into())
    }

    fn keep(&mut self, form: Written, known: Known) -> Known {
        if self.young.len() >= SHARED_LIMIT / SHARDS / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(form, known.clone());
        known
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Term, TermClass};

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

    #[test]
    fn a_form_is_described_once_for_all_threads() {
        let shared = Shared::new();
        let known = |form: &str, describe: &dyn Fn(&str) -> Form| {
            let mut memo = Memo::default();
            let number = memo.number(form, 0, form.len(), &shared, describe);
            memo.known(number).form.clone()
        };
        for form in ["Kurs", "Donaudampfschifffahrtsgesellschaften"] {
            let once = known(form, &|_| Form::default());
            let again = known(form, &|_| unreachable!());
            assert_eq!(once.identity(), again.identity());
        }
    }

    #[test]
    fn a_thread_finds_what_it_met_before() {
        let (shared, mut memo) = (Shared::new(), Memo::default());
        let forms = (0..3 * FEWEST_SLOTS).map(|it| format!("Wort{it}"));
        let forms: Vec<String> = forms
            .chain([String::new(), "a".repeat(SHORT + 1)])
            .collect();
        for is_known in [false, true] {
            for form in &forms {
                let number = memo.number(form, 0, form.len(), &shared, |form| {
                    assert!(!is_known, "{form}");
                    let text = form.into();
                    let class = TermClass::Surface;
                    Form {
                        terms: vec![Term { class, text }],
                        ..Form::default()
                    }
                });
                assert_eq!(*memo.known(number).form.terms[0].text, **form);
            }
        }
    }

    #[test]
    fn what_is_asked_for_again_is_not_forgotten() {
        let shared = Shared::new();
        let describe = |form: &str| Form {
            is_particle: form == "Kurs",
            ..Form::default()
        };
        let form = |text: &str| {
            Memo::default().number(text, 0, text.len(), &shared, describe);
        };
        for number in 0..2 * SHARED_LIMIT {
            form(&number.to_string());
            // When no more are kept for good.
            if number >= 2 * FOR_GOOD && number % 1000 == 0 {
                form("Kurs");
            }
        }
        let for_good = (shared.shards.iter()).map(|shard| shard.lock().unwrap().for_good.len());
        assert_eq!(for_good.sum::<usize>(), FOR_GOOD);
        let kept: usize = (shared.shards.iter())
            .map(|shard| shard.lock().unwrap())
            .map(|shard| shard.young.len() + shard.old.len())
            .sum();
        assert!((SHARED_LIMIT / 3..=SHARED_LIMIT).contains(&kept), "{kept}");
        let mut memo = Memo::default();
        let number = memo.number("Kurs", 0, 4, &shared, |_| unreachable!());
        assert!(memo.known(number).is_particle);
        memo.number("0", 0, 1, &shared, |_| unreachable!());
    }
}
