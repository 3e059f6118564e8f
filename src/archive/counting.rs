//! How many hits would a query have? Counted once, as long as nothing changes.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{Archive, Ask, AskError, Between};
use crate::document::PartialDate;
use crate::search::{Clause, Sort};

/// Most counts that are remembered.
const MAX_COUNTS: usize = 4096;

/// What counts depend on: the commit, and the minute, in which embargoes may end.
pub(super) type Moment = (u64, u32);

/// Counts of queries at one moment.
#[derive(Default)]
pub(super) struct Counts {
    known: Mutex<(Moment, FxHashMap<String, u64>)>,
}

impl Counts {
    fn get(&self, moment: Moment, text: &str) -> Option<u64> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        (known.0 == moment)
            .then(|| known.1.get(text).copied())
            .flatten()
    }

    fn put(&self, moment: Moment, text: &str, count: u64) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != moment || known.1.len() >= MAX_COUNTS {
            *known = (moment, FxHashMap::default());
        }
        known.1.insert(text.to_owned(), count);
    }
}

impl Archive {
    /// What all counts depend on that are taken now.
    pub(super) fn moment(&self) -> Moment {
        (self.gate.commit(), PartialDate::now().beginning())
    }

    /// Number of hits of a query that has all of its words, with the filters and the time of
    /// `among`.
    pub(super) fn hits_of(&self, text: &str, among: &Ask) -> Result<u64, AskError> {
        let moment = self.moment();
        let ask = Ask {
            text: text.to_owned(),
            between: Between::All,
            collapse: false,
            ..among.clone()
        };
        let asked = ask.identity();
        if let Some(count) = self.counts.get(moment, &asked) {
            return Ok(count);
        }
        let count = self.total_of(&ask)?;
        self.counts.put(moment, &asked, count);
        Ok(count)
    }

    /// Number of hits of a question, which is not relaxed.
    pub(super) fn total_of(&self, ask: &Ask) -> Result<u64, AskError> {
        let ask = Ask {
            // The order does not matter; this one needs no scores.
            sort: Sort::Newest,
            limit: 0,
            snippets: false,
            facets: Some(Vec::new()),
            cursor: None,
            collapse: false,
            copies: false,
            histogram: None,
            ..ask.clone()
        };
        let understood = self.understand(&ask, false)?;
        let (mut request, _) = self.request(&ask, &understood)?;
        request.clause = keeping_the_first(request.clause);
        Ok(self.gate.search(&request)?.total_hits)
    }
}

/// The same clause, in which all but the last of what must be there is remembered: while somebody
/// types, or for one correction after the other, only the last word changes.
fn keeping_the_first(clause: Clause) -> Clause {
    let Clause::And(mut clauses) = clause else {
        return clause;
    };
    let last = clauses.split_off(clauses.len().saturating_sub(1));
    let first = match clauses.len() {
        0 => return Clause::And(last),
        1 => clauses.remove(0),
        _ => Clause::And(clauses),
    };
    Clause::And(
        [Clause::Kept(Box::new(first))]
            .into_iter()
            .chain(last)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_remembered_for_a_moment_and_bounded() {
        let counts = Counts::default();
        counts.put((1, 5), "Kursk", 7);
        assert_eq!(counts.get((1, 5), "Kursk"), Some(7));
        assert_eq!(counts.get((1, 6), "Kursk"), None);
        for number in 0..2 * MAX_COUNTS {
            counts.put((1, 5), &number.to_string(), 1);
        }
        let known = counts.known.lock().unwrap();
        assert!(known.1.len() <= MAX_COUNTS);
    }
}
