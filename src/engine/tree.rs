//! The tree of a facet's values, from which its counts are listed.

use std::collections::HashMap;

use super::listing::{self, Id, Value};
use super::{EngineError, EngineErrorKind, Result};
use crate::document::PartialDate;
use crate::search::{FacetCounts, FacetFilter, FacetRequest, MISSING};

/// A number of documents and, if they are counted, of distinct copies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) documents: u64,
    pub(super) copies: Option<u64>,
}

/// Most values that may be excluded in one facet: a document's exclusions are bits of a number.
const MAX_EXCLUDED: usize = 64;

/// Refuses to exclude too many values of a facet.
pub(super) fn check_excluded(excluded: &[String]) -> Result<()> {
    if excluded.len() <= MAX_EXCLUDED {
        return Ok(());
    }
    let message = format!(
        "{} values of one facet are excluded, at most {MAX_EXCLUDED} can be",
        excluded.len()
    );
    Err(EngineError::new(EngineErrorKind::Request, message))
}

/// Documents may name a value or place it differently: the first name in order wins, and the first
/// value above it, so that the answer does not depend on the order of documents or segments.
pub(super) fn settle(
    (name, above): (&mut String, &mut Option<String>),
    (other_name, other_above): (&str, Option<&str>),
) {
    if other_name < name.as_str() {
        *name = other_name.to_owned();
    }
    if other_above < above.as_deref() {
        *above = other_above.map(str::to_owned);
    }
}

/// The values that have documents, are selected or excluded, or stand above such a one.
pub(super) struct Tree<'a> {
    pub(super) values: Vec<Value<'a>>,
    pub(super) by_id: HashMap<Id<'a>, usize>,
    /// Whether distinct copies are counted, too.
    counts_copies: bool,
}

impl<'a> Tree<'a> {
    pub(super) fn new(counts_copies: bool) -> Tree<'a> {
        Tree {
            values: Vec::new(),
            by_id: HashMap::new(),
            counts_copies,
        }
    }

    /// Where a value stands; it is put there without documents if it is new.
    pub(super) fn place(&mut self, id: Id<'a>, name: &'a str, above: Option<usize>) -> usize {
        let (values, copies) = (&mut self.values, self.counts_copies.then_some(0));
        *self.by_id.entry(id).or_insert_with(|| {
            values.push(Value::new(id, name, above, 0, copies));
            values.len() - 1
        })
    }

    /// Marks what a filter selects and excludes, and lists the values as the request wants them.
    /// `excluded` says for each exclusion what it alone hides.
    pub(super) fn list(
        mut self,
        request: &FacetRequest,
        filter: Option<&'a FacetFilter>,
        excluded: impl IntoIterator<Item = Count>,
        mut missing: Count,
        is_date: bool,
    ) -> FacetCounts {
        if let Some(filter) = filter {
            for id in &filter.include {
                self.mark(id, |value| value.selected = true);
            }
            for (id, count) in filter.exclude.iter().zip(excluded) {
                if id == MISSING {
                    missing = count;
                }
                self.mark(id, |value| {
                    value.excluded = true;
                    (value.count, value.copies) = (count.documents, count.copies);
                });
            }
        }
        let listed = listing::list(self.values, request, is_date);
        FacetCounts {
            missing: missing.documents,
            missing_copies: missing.copies,
            other_copies: missing.copies.and(listed.other_copies),
            ..listed
        }
    }

    /// Changes the value `id`, which is made if no document has it.
    fn mark(&mut self, id: &'a str, change: impl FnOnce(&mut Value<'a>)) {
        if id == MISSING {
            return;
        }
        // Of periods, all that are chosen are there.
        let period = id.parse::<PartialDate>().ok();
        let period = period.map(|date| Id::Period(date.to_bits()));
        let known = period.and_then(|period| self.by_id.get(&period).copied());
        let place = known.unwrap_or_else(|| self.place(Id::Text(id), id, None));
        change(&mut self.values[place]);
    }
}
