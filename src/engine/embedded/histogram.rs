//! From counts by period to the bars of a histogram.
//!
//! The pass counts documents by the most precise period that is known of them, as it does for the
//! facet of dates. So the interval can be chosen afterwards, when it is known how far the dates
//! reach.

use std::collections::HashMap;

use super::collect::Plan;
use super::segment::FacetIndex;
use super::selection::Status;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::search::{Bar, CoarserPeriod, Histogram, HistogramRequest, Interval};

/// Which documents the histogram counts.
pub(super) struct TimePlan {
    all_time: bool,
    /// Numbers of the plans that filter by date.
    date_filters: Vec<usize>,
}

impl TimePlan {
    pub(super) fn new(request: HistogramRequest, plans: &[Plan]) -> TimePlan {
        let is_date = |plan: &Plan| plan.facet == FacetIndex::Date && plan.filter.is_some();
        let numbered = plans.iter().enumerate();
        TimePlan {
            all_time: request.all_time,
            date_filters: (numbered.filter(|(_, plan)| is_date(plan)))
                .map(|(number, _)| number)
                .collect(),
        }
    }

    /// How many of the filters that a document fails do not matter; `status` is how it stands to
    /// the plan of that number.
    pub(super) fn forgives(&self, in_range: bool, status: impl Fn(usize) -> Status) -> usize {
        if !self.all_time {
            return 0;
        }
        let not_selected = (self.date_filters.iter())
            .map(|number| status(*number))
            .filter(|status| !status.included && status.excluded == 0);
        usize::from(!in_range) + not_selected.count()
    }
}

/// What the pass counted for the histogram.
pub(super) struct TimeCounts {
    /// By the archive's ordinal of the period.
    pub(super) periods: Vec<u64>,
    pub(super) missing: u64,
    /// The packed dates, 0 for none, of the documents with copies, group by group; only if
    /// distinct copies are counted.
    pub(super) in_groups: Option<Vec<Vec<u32>>>,
}

/// Where a document counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    /// In the interval of that number.
    Bar(i64),
    Coarser,
    Missing,
}

impl Place {
    fn of(date: Option<PartialDate>, interval: Interval) -> Place {
        match date {
            None => Place::Missing,
            Some(date) => interval.number(date).map_or(Place::Coarser, Place::Bar),
        }
    }
}

impl TimeCounts {
    pub(super) fn new(snapshot: &Snapshot) -> TimeCounts {
        TimeCounts {
            periods: vec![0; snapshot.periods.len()],
            missing: 0,
            in_groups: None,
        }
    }

    /// The histogram that was asked for.
    pub(super) fn list(&self, snapshot: &Snapshot, request: &HistogramRequest) -> Histogram {
        let dates = (snapshot.periods.iter().zip(&self.periods))
            .filter(|(_, count)| **count > 0)
            .filter_map(|(bits, count)| Some((PartialDate::from_bits(*bits)?, *count)));
        let interval = request.interval_of(dates.clone());
        let mut counts: HashMap<Place, u64> = HashMap::from([(Place::Missing, self.missing)]);
        let mut coarser_periods = Vec::new();
        for (period, count) in dates {
            let place = Place::of(Some(period), interval);
            if place == Place::Coarser {
                coarser_periods.push(CoarserPeriod { period, count });
            }
            *counts.entry(place).or_default() += count;
        }
        coarser_periods.sort_by_key(|coarser| coarser.period.to_bits());
        let surplus = (self.in_groups.as_ref()).map(|groups| Surplus::of(groups, interval));
        let count = |place| counts.get(&place).copied().unwrap_or(0);
        let copies = |place| {
            let surplus = surplus.as_ref()?;
            Some(count(place) - surplus.places.get(&place).unwrap_or(&0))
        };
        let numbers = counts.keys().filter_map(|place| match place {
            Place::Bar(number) => Some(*number),
            _ => None,
        });
        let total = counts.values().sum();
        let bars = match (numbers.clone().min(), numbers.max()) {
            (Some(first), Some(last)) => (first..=last)
                .filter_map(|number| {
                    let (start, end) = interval.days(number)?;
                    Some(Bar {
                        start,
                        end,
                        count: count(Place::Bar(number)),
                        copies: copies(Place::Bar(number)),
                    })
                })
                .collect(),
            _ => Vec::new(),
        };
        Histogram {
            interval,
            bars,
            coarser: count(Place::Coarser),
            coarser_periods,
            missing: count(Place::Missing),
            total,
            coarser_copies: copies(Place::Coarser),
            missing_copies: copies(Place::Missing),
            total_copies: surplus.as_ref().map(|surplus| total - surplus.total),
        }
    }
}

/// By how much the counts exceed the number of distinct copies.
#[derive(Default)]
struct Surplus {
    places: HashMap<Place, u64>,
    total: u64,
}

impl Surplus {
    fn of(groups: &[Vec<u32>], interval: Interval) -> Surplus {
        let mut surplus = Surplus::default();
        for dates in groups {
            surplus.total += dates.len() as u64 - 1;
            let places = dates.iter().map(|bits| PartialDate::from_bits(*bits));
            let mut places: Vec<Place> = places.map(|date| Place::of(date, interval)).collect();
            places.sort_unstable();
            for same in places.chunk_by(|a, b| a == b) {
                *surplus.places.entry(same[0]).or_default() += same.len() as u64 - 1;
            }
        }
        surplus
    }
}
