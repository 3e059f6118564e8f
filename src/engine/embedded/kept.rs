//! Which documents of a segment match what is asked for again and again: remembered as bits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::DocId;

use super::matcher::{Bits, BoxMatcher, Passing};
use super::segment::FacetIndex;
use crate::engine::Result;
use crate::search::{Clause, DateRange};

/// Most clauses that are remembered, each with a bit for every document.
const CLAUSES: usize = 4;
/// Most filters that are remembered.
const FILTERS: usize = 256;
/// Most bytes of bits of filters, unless there are no more than [`FEW`].
const FILTER_BYTES: usize = 32 << 20;
/// So many filters are remembered however large the segment.
const FEW: usize = 4;

/// What documents must pass to be hits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// They have one of these values of a facet, by id.
    Values { facet: FacetIndex, ids: Vec<String> },
    /// They lie in this range.
    Range(DateRange),
}

/// The clauses and filters of a segment that were asked for last, the latest first.
#[derive(Default)]
pub(super) struct Kept {
    clauses: Mutex<VecDeque<(Clause, Arc<Bits>)>>,
    /// Those that were asked for once have no bits yet.
    filters: Mutex<VecDeque<(Filter, Option<Arc<Bits>>)>>,
}

impl Kept {
    /// The documents that match `clause`; `matcher` finds them if nobody asked before.
    pub(super) fn documents(
        &self,
        clause: &Clause,
        documents: DocId,
        matcher: impl FnOnce() -> Result<BoxMatcher>,
    ) -> Result<Arc<Bits>> {
        if let Some((_, bits)) = lock(&self.clauses)
            .iter()
            .find(|(known, _)| known == clause)
        {
            return Ok(Arc::clone(bits));
        }
        let mut bits = Bits::new(documents);
        bits.insert_matching(matcher()?.as_mut());
        let bits = Arc::new(bits);
        let mut known = lock(&self.clauses);
        known.truncate(CLAUSES - 1);
        known.push_front((clause.clone(), Arc::clone(&bits)));
        Ok(bits)
    }

    /// The documents that pass a filter, from the second time on that it is asked for: looking at all
    /// documents once takes longer than looking at those that match. `test` says of some documents
    /// which pass.
    pub(super) fn passing(
        &self,
        filter: Filter,
        documents: DocId,
        test: impl FnMut(&[DocId]) -> Passing,
    ) -> Option<Arc<Bits>> {
        let known = {
            let mut filters = lock(&self.filters);
            let place = filters.iter().position(|(known, _)| *known == filter);
            place.and_then(|place| filters.remove(place))
        };
        let bits =
            known.map(|(_, bits)| bits.unwrap_or_else(|| Arc::new(Bits::collect(documents, test))));
        let mut filters = lock(&self.filters);
        let room = FILTER_BYTES / (documents as usize / 8 + 1);
        filters.truncate(room.clamp(FEW, FILTERS) - 1);
        filters.push_front((filter, bits.clone()));
        bits
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(id: usize) -> Filter {
        Filter::Values {
            facet: FacetIndex::Keyword(0),
            ids: vec![id.to_string()],
        }
    }

    #[test]
    fn what_is_filtered_by_again_is_remembered() {
        let kept = Kept::default();
        let mut tests = 0;
        let mut ask = |id: usize| {
            kept.passing(filter(id), 1000, |documents| {
                tests += 1;
                Passing::of(documents, |document| document as usize % 7 == id)
            })
        };
        assert!(ask(3).is_none() && ask(4).is_none());
        let bits = ask(3).unwrap();
        let mut passing = Vec::new();
        let places = bits.passing(&[0, 3, 4, 10, 11, 996, 997, 5000]);
        places.each(|place| passing.push(place));
        assert_eq!(passing, [1, 3, 6]);
        assert_eq!(ask(3).as_deref(), Some(&*bits));
        // Who was not asked for while many others were is forgotten.
        (5..5 + FILTERS).for_each(|id| assert!(ask(id).is_none()));
        assert!(ask(3).is_none());
        assert_eq!(
            tests,
            1000_usize.div_ceil(crate::engine::embedded::matcher::BATCH)
        );
    }

    #[test]
    fn of_large_segments_few_filters_are_remembered() {
        let kept = Kept::default();
        let mut ask = |id: usize| {
            let documents = DocId::MAX / 2;
            kept.passing(filter(id), documents, |_| unreachable!())
                .is_some()
        };
        assert_eq!([0, 1, 2, 3, 4].map(&mut ask), [false; 5]);
        // The first is forgotten.
        assert!(!ask(0));
    }
}
