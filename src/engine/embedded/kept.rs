//! Which documents of a segment match a clause that is asked for again and again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocId;

use super::matcher::{Bits, BoxMatcher};
use crate::engine::Result;
use crate::search::Clause;

/// Most clauses that are remembered, each with a bit for every document.
const MOST: usize = 4;

/// The clauses of a segment that were asked for last.
#[derive(Default)]
pub(super) struct Kept {
    known: Mutex<VecDeque<(Clause, Arc<Bits>)>>,
}

impl Kept {
    /// The documents that match `clause`; `matcher` finds them if nobody asked before.
    pub(super) fn documents(
        &self,
        clause: &Clause,
        documents: DocId,
        matcher: impl FnOnce() -> Result<BoxMatcher>,
    ) -> Result<Arc<Bits>> {
        if let Some((_, bits)) = self.lock().iter().find(|(known, _)| known == clause) {
            return Ok(Arc::clone(bits));
        }
        let mut bits = Bits::new(documents);
        bits.insert_matching(matcher()?.as_mut());
        let bits = Arc::new(bits);
        let mut known = self.lock();
        known.truncate(MOST - 1);
        known.push_front((clause.clone(), Arc::clone(&bits)));
        Ok(bits)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(Clause, Arc<Bits>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
