//! Word forms by their letters.

use std::hash::{BuildHasher, Hash, Hasher};

use rustc_hash::FxBuildHasher;

/// Forms up to this length, in bytes, are remembered without a pointer to their letters: nearly all
/// of them, and the look goes to one place in memory less.
pub(super) const SHORT: usize = 23;

/// A form by its letters.
#[derive(Clone, Copy)]
pub(super) enum Written<'a> {
    Short(Key),
    Long(&'a str),
}

/// A short form: its letters, zeros, its length.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Key([u64; 3]);

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
    pub(in crate::analysis) fn new(text: &str, start: usize, end: usize) -> Option<Key> {
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

pub(super) fn hash(form: &(impl Hash + ?Sized)) -> u64 {
    FxBuildHasher.hash_one(form)
}
