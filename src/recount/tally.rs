//! Counts, as an index tells them and as documents bear them out.

use std::collections::{BTreeMap, BTreeSet};

use super::naive::{Reader, Seen};
use super::question::Question;
use crate::document::PartialDate;
use crate::search::{DateRange, EngineResponse, FacetCount, Interval, MISSING};

/// Documents and distinct copies of everything that is counted, by what that is.
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, (u64, u64)>);

/// What is counted of one question, document by document.
pub(super) struct Tally {
    counts: BTreeMap<String, Count>,
    interval: Interval,
    /// First and last day of each bar, by rising date.
    bars: Vec<(PartialDate, PartialDate)>,
}

/// Documents, and what copies they are.
#[derive(Debug, Default)]
struct Count {
    documents: u64,
    /// Those that are no copies of any other.
    alone: u64,
    groups: BTreeSet<String>,
}

fn value_name(facet: &str, id: &str) -> String {
    format!("{facet}={id}")
}

fn bar_name(start: PartialDate, end: PartialDate) -> String {
    format!("histogram {start} to {end}")
}

impl Numbers {
    /// What an index tells.
    pub(super) fn of(answer: &EngineResponse) -> Numbers {
        fn values(facet: &str, list: &[FacetCount], into: &mut BTreeMap<String, (u64, u64)>) {
            for value in list {
                let copies = value.copies.unwrap_or(0);
                into.insert(value_name(facet, &value.id), (value.count, copies));
                values(facet, &value.children, into);
            }
        }
        let mut all = BTreeMap::new();
        let total = (answer.total_hits, answer.total_copies.unwrap_or(0));
        all.insert("total".to_owned(), total);
        for (facet, counts) in &answer.facets {
            values(facet, &counts.values, &mut all);
            let missing = (counts.missing, counts.missing_copies.unwrap_or(0));
            all.insert(value_name(facet, MISSING), missing);
        }
        if let Some(histogram) = &answer.histogram {
            for bar in &histogram.bars {
                let count = (bar.count, bar.copies.unwrap_or(0));
                all.insert(bar_name(bar.start, bar.end), count);
            }
            for (name, count, copies) in [
                ("coarser", histogram.coarser, histogram.coarser_copies),
                ("missing", histogram.missing, histogram.missing_copies),
                ("total", histogram.total, histogram.total_copies),
            ] {
                all.insert(format!("histogram {name}"), (count, copies.unwrap_or(0)));
            }
        }
        Numbers(all)
    }

    /// Calls `differs` with everything of which the numbers differ; how many were compared. What
    /// is not there counts as 0.
    pub(super) fn compare(
        &self,
        counted: &Numbers,
        mut differs: impl FnMut(&str, (u64, u64), (u64, u64)),
    ) -> u64 {
        let names: BTreeSet<&String> = self.0.keys().chain(counted.0.keys()).collect();
        for name in &names {
            let of = |numbers: &Numbers| numbers.0.get(*name).copied().unwrap_or_default();
            let (index, documents) = (of(self), of(counted));
            if index != documents {
                differs(name, index, documents);
            }
        }
        names.len() as u64
    }
}

impl Tally {
    /// Begins to count what was answered: with the bars that the index made.
    pub(super) fn new(answer: &EngineResponse) -> Tally {
        let histogram = answer.histogram.as_ref();
        let bars = histogram.into_iter().flat_map(|histogram| &histogram.bars);
        Tally {
            counts: BTreeMap::new(),
            interval: histogram.map_or(Interval::Year, |histogram| histogram.interval),
            bars: bars.map(|bar| (bar.start, bar.end)).collect(),
        }
    }

    /// Counts a document; `group` is that of its copies, if it has any.
    pub(super) fn take(
        &mut self,
        question: &Question,
        reader: &Reader<'_>,
        seen: &Seen,
        group: Option<&str>,
    ) {
        if !question.matches(seen) {
            return;
        }
        if question.is_in_time(seen, reader) {
            self.add("histogram total".to_owned(), group);
            let place = self.place(seen.date);
            self.add(place, group);
        }
        if !question.spans(seen) {
            return;
        }
        if question.passes_others(seen, None) {
            self.add("total".to_owned(), group);
        }
        for (facet, values) in &seen.values {
            if !question.passes_others(seen, Some(facet)) {
                continue;
            }
            let missing = values.is_empty().then_some(MISSING);
            for id in values.iter().map(String::as_str).chain(missing) {
                if !question.hides(seen, facet, id) {
                    self.add(value_name(facet, id), group);
                }
            }
        }
    }

    /// Where a date counts.
    fn place(&self, date: Option<PartialDate>) -> String {
        let Some(date) = date else {
            return "histogram missing".to_owned();
        };
        if self.interval.number(date).is_none() {
            return "histogram coarser".to_owned();
        }
        let bar = self.bars.iter().find(|(start, end)| {
            let range = DateRange {
                from: Some(*start),
                to: Some(*end),
            };
            range.contains(date)
        });
        match bar {
            Some((start, end)) => bar_name(*start, *end),
            None => format!("histogram {date}"),
        }
    }

    fn add(&mut self, what: String, group: Option<&str>) {
        let count = self.counts.entry(what).or_default();
        count.documents += 1;
        match group {
            None => count.alone += 1,
            Some(group) => {
                count.groups.insert(group.to_owned());
            }
        }
    }

    pub(super) fn numbers(self) -> Numbers {
        let counts = self.counts.into_iter().map(|(what, count)| {
            let copies = count.alone + count.groups.len() as u64;
            (what, (count.documents, copies))
        });
        Numbers(counts.collect())
    }
}
