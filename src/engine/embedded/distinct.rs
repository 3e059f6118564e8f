//! Distinct copies: collapsing hits, and counting groups instead of documents.
//!
//! Documents without copies need no work: each is one distinct copy. Of the others the pass only
//! notes which were counted. What a count has too many, if copies are to count once, is found
//! afterwards, group by group: the *surplus*.

use std::collections::HashMap;

use tantivy::DocId;

use super::groups::{ALONE, Groups};
use super::plan::Plan;
use super::segment::FacetIndex;
use super::snapshot::Snapshot;
use crate::document::PartialDate;

/// No filter failed.
const PASSED: u32 = u32::MAX;

/// By how much the counts of a facet exceed the number of distinct copies.
#[derive(Default)]
pub(super) struct Surplus {
    /// By the archive's ordinal of the value; for dates by the period, of every length.
    pub(super) values: HashMap<u32, u64, rustc_hash::FxBuildHasher>,
    /// For each exclusion, of the documents that it alone hides.
    pub(super) excluded: Vec<u64>,
    pub(super) missing: u64,
}

/// What the pass finds of documents that have copies.
pub(super) struct Distinct<'a> {
    pub(super) groups: &'a Groups,
    /// Whether hits are collapsed.
    collapse: bool,
    /// Whether the values of facets are counted by distinct copy.
    count: bool,
    /// Number and rank of the best hit of each group.
    best: Vec<Option<(u32, u32)>>,
    /// Hits of groups beside the first of each.
    surplus: u64,
    /// Numbers of the documents that a facet counts, and the one filter they fail, or [`PASSED`].
    counted: Vec<(u32, u32)>,
    /// Numbers of the documents that the histogram counts.
    in_time: Vec<u32>,
}

impl<'a> Distinct<'a> {
    pub(super) fn new(groups: &'a Groups, collapse: bool, count: bool) -> Distinct<'a> {
        Distinct {
            best: vec![None; groups.len()],
            groups,
            collapse,
            count,
            surplus: 0,
            counted: Vec::new(),
            in_time: Vec::new(),
        }
    }

    /// Notes a matching document that fails one filter at most; whether it is a hit of its own,
    /// to be ranked among the others.
    pub(super) fn note(&mut self, number: u32, rank: u32, failed: Option<usize>) -> bool {
        let is_hit = failed.is_none();
        if number == ALONE {
            return is_hit;
        }
        if self.count {
            let failed = failed.map_or(PASSED, |plan| plan as u32);
            self.counted.push((number, failed));
        }
        if !is_hit {
            return false;
        }
        let best = &mut self.best[self.groups.group(number) as usize];
        match best {
            None => *best = Some((number, rank)),
            Some((first, highest)) => {
                self.surplus += 1;
                // Numbers of a group are in the order of the ids.
                if rank > *highest || rank == *highest && number < *first {
                    (*first, *highest) = (number, rank);
                }
            }
        }
        !self.collapse
    }

    /// Notes a document of a segment that the histogram counts.
    pub(super) fn note_time(&mut self, segment: usize, document: DocId) {
        let number = self.groups.numbers(segment).get(document as usize);
        let number = number.filter(|number| self.count && **number != ALONE);
        self.in_time.extend(number);
    }

    /// The packed dates (0 if there is none) of the documents that the histogram counts, group by
    /// group; those of documents without copies are left out.
    pub(super) fn take_time(&mut self, snapshot: &Snapshot) -> Vec<Vec<u32>> {
        let mut numbers = std::mem::take(&mut self.in_time);
        numbers.sort_unstable();
        let groups = self.groups;
        let date = |number: &u32| {
            let (segment, document) = groups.place(*number);
            let segment = &snapshot.segments[segment as usize];
            segment.records.date_bits(document)
        };
        let of_groups = numbers.chunk_by(|a, b| groups.group(*a) == groups.group(*b));
        of_groups
            .map(|group| group.iter().map(date).collect())
            .collect()
    }

    /// How many hits there are too many if copies are to count once.
    pub(super) fn surplus(&self) -> u64 {
        self.surplus
    }

    /// The best hits of all groups, if they are to stand for them: number of the segment,
    /// document and rank, by segment.
    pub(super) fn leaders(&self) -> Vec<(u32, u32, u32)> {
        if !self.collapse {
            return Vec::new();
        }
        let best = self.best.iter().flatten();
        let mut leaders: Vec<(u32, u32, u32)> = best
            .map(|(number, rank)| {
                let (segment, document) = self.groups.place(*number);
                (segment, document, *rank)
            })
            .collect();
        leaders.sort_unstable();
        leaders
    }

    /// The surplus of each facet that is counted, by the place of its counts.
    pub(super) fn surpluses(
        &mut self,
        snapshot: &Snapshot,
        plans: &[Plan],
        facets: usize,
    ) -> Vec<Surplus> {
        let mut surpluses: Vec<Surplus> = Vec::new();
        surpluses.resize_with(facets, Surplus::default);
        self.counted.sort_unstable();
        let groups = self.groups;
        let runs = self
            .counted
            .chunk_by(|a, b| groups.group(a.0) == groups.group(b.0));
        for group in runs.filter(|group| group.len() > 1) {
            for (number, plan) in plans.iter().enumerate() {
                if let Some(position) = plan.counts {
                    let counted = group
                        .iter()
                        .filter(|(_, failed)| *failed == PASSED || *failed == number as u32);
                    let places = counted.map(|(document, _)| groups.place(*document));
                    surpluses[position].add_group(snapshot, plan, places);
                }
            }
        }
        surpluses
    }
}

impl Surplus {
    /// Adds what a facet counts too many of the documents of one group.
    fn add_group(
        &mut self,
        snapshot: &Snapshot,
        plan: &Plan,
        places: impl Iterator<Item = super::groups::Place>,
    ) {
        let mut values = Vec::new();
        let mut excluded_counts = [0_u64; u64::BITS as usize];
        let mut missing = 0_u64;
        let mut own = Vec::new();
        for (segment, document) in places {
            let segment = &snapshot.segments[segment as usize];
            own.clear();
            segment.column(plan.facet).read(document, &mut own);
            let ordinals = segment.ordinals(plan.facet);
            own.iter_mut()
                .for_each(|ordinal| *ordinal = ordinals[*ordinal as usize]);
            let excluded = (plan.filter.as_ref()).map_or(0, |filter| filter.excluded_by(&own));
            match excluded.count_ones() {
                0 if own.is_empty() => missing += 1,
                0 => values.extend(own.iter().flat_map(|it| keys(snapshot, plan.facet, *it))),
                1 => excluded_counts[excluded.trailing_zeros() as usize] += 1,
                _ => {}
            }
        }
        values.sort_unstable();
        for same in values.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            *self.values.entry(same[0]).or_default() += same.len() as u64 - 1;
        }
        self.missing += missing.saturating_sub(1);
        let exclusions = (plan.filter.as_ref()).map_or(0, |filter| filter.exclusions());
        self.excluded.resize(exclusions, 0);
        for (sum, count) in self.excluded.iter_mut().zip(excluded_counts) {
            *sum += count.saturating_sub(1);
        }
    }
}

/// What a value counts under: itself, or all periods that a date lies in.
fn keys(snapshot: &Snapshot, facet: FacetIndex, ordinal: u32) -> impl Iterator<Item = u32> {
    let date = match facet {
        FacetIndex::Keyword(_) => None,
        FacetIndex::Date => PartialDate::from_bits(snapshot.periods[ordinal as usize]),
    };
    let periods = date.into_iter().flat_map(|date| date.periods());
    let itself = (facet != FacetIndex::Date).then_some(ordinal);
    itself.into_iter().chain(periods.map(PartialDate::to_bits))
}
