//! What is said of a word form, remembered: a text has few forms that were never seen before.

use std::hash::Hash;
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

/// The forms of one language.
#[derive(Default)]
pub(super) struct Memo {
    short: FxHashMap<Key, Arc<Form>>,
    long: FxHashMap<Box<str>, Arc<Form>>,
}

/// A short form: its letters, zeros, its length.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key([u64; 3]);

impl Key {
    fn new(form: &str) -> Option<Key> {
        let mut bytes = [0; SHORT + 1];
        bytes
            .get_mut(..form.len())
            .filter(|it| it.len() <= SHORT)?
            .copy_from_slice(form.as_bytes());
        bytes[SHORT] = form.len() as u8;
        let word = |at: usize| u64::from_le_bytes(std::array::from_fn(|index| bytes[at + index]));
        Some(Key([word(0), word(8), word(16)]))
    }
}

impl Memo {
    /// What is said of `form`; `describe` is asked if it was not seen before.
    pub(super) fn form(&mut self, form: &str, describe: impl FnOnce() -> Form) -> Arc<Form> {
        match Key::new(form) {
            Some(key) => remembered(&mut self.short, &key, |it| *it, describe),
            None if form.len() <= LONGEST => {
                remembered(&mut self.long, form, |it| Box::from(it), describe)
            }
            None => Arc::new(describe()),
        }
    }
}

fn remembered<K, Q>(
    map: &mut FxHashMap<K, Arc<Form>>,
    key: &Q,
    own: impl FnOnce(&Q) -> K,
    describe: impl FnOnce() -> Form,
) -> Arc<Form>
where
    K: Hash + Eq + std::borrow::Borrow<Q>,
    Q: Hash + Eq + ?Sized,
{
    if let Some(form) = map.get(key) {
        return Arc::clone(form);
    }
    let form = Arc::new(describe());
    if map.len() >= LIMIT {
        map.clear();
    }
    map.insert(own(key), Arc::clone(&form));
    form
}

#[cfg(test)]
mod tests {
    use super::{Key, SHORT};

    #[test]
    fn forms_that_differ_have_keys_that_differ() {
        let forms = [
            "",
            "a",
            "b",
            "ab",
            "a\0",
            "aaaaaaaaaaaaaaaaaaaaaaa",
            "ü",
            "u",
        ];
        for one in forms {
            for other in forms {
                assert_eq!(
                    Key::new(one) == Key::new(other),
                    one == other,
                    "{one:?} {other:?}"
                );
            }
        }
        assert!(Key::new(&"a".repeat(SHORT)).is_some());
        assert!(Key::new(&"a".repeat(SHORT + 1)).is_none());
    }
}
