//! What all threads know of word forms.

use std::sync::{Mutex, PoisonError};

use super::Known;
use super::key::{Written, hash};
use super::table::Table;
use crate::analysis::{Form, SharedForm};

/// Word forms that all threads together remember: the first so many for good, which are nearly all of
/// those that texts have again and again …
pub(super) const FOR_GOOD: usize = 1 << 16;
/// … and of the others between half as many and so many.
pub(super) const SHARED_LIMIT: usize = 800_000;
/// Parts of what is shared, each with a lock of its own.
const SHARDS: usize = 64;

/// What all threads know of the forms of one language.
pub(in crate::analysis) struct Shared {
    pub(super) shards: Vec<Mutex<Shard>>,
}

/// Forms are forgotten if they were not asked for while as many others were, unless they are kept for
/// good.
#[derive(Default)]
pub(super) struct Shard {
    pub(super) for_good: Table,
    pub(super) young: Table,
    pub(super) old: Table,
}

impl Shared {
    pub(in crate::analysis) fn new() -> Shared {
        Shared {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// What is said of a form; `describe` is asked if no thread has seen it before.
    pub(super) fn form(&self, form: Written, describe: impl FnOnce() -> Form) -> Known {
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
