//! What is known of word forms, found by their letters.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use super::key::{Key, Written, hash};
use super::{Known, Number};

/// What is known of forms by their letters.
#[derive(Default)]
pub(super) struct Table {
    /// Places of short forms.
    places: HashTable<u32>,
    short: Vec<(Key, Known)>,
    long_places: FxHashMap<Box<str>, u32>,
    long: Vec<Known>,
}

/// Set in the numbers of long forms.
pub(super) const LONG: u32 = 1 << 31;

impl Table {
    #[inline]
    pub(super) fn find(&self, form: Written) -> Option<Number> {
        match form {
            Written::Short(key) => {
                let is_it = |place: &u32| self.short[*place as usize].0 == key;
                self.places.find(hash(&key), is_it).copied().map(Number)
            }
            Written::Long(text) => (self.long_places.get(text)).map(|place| Number(LONG | place)),
        }
    }

    /// Adds a form that is not there yet.
    pub(super) fn insert(&mut self, form: Written, what: Known) -> Number {
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

    pub(super) fn known(&self, number: Number) -> &Known {
        match number.0 & LONG {
            0 => &self.short[number.0 as usize].1,
            _ => &self.long[(number.0 & !LONG) as usize],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }
}
