//! From counts by period to the bars of a histogram.
//!
//! Documents are counted by the most precise period that is known of them, as for the facet of dates.
//! So the interval can be chosen afterwards, when it is known how far the dates reach.

use std::collections::HashMap;

use crate::document::PartialDate;
use crate::search::{Bar, CoarserPeriod, Histogram, HistogramRequest, Interval};

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

/// The histogram of periods that have documents, each with their number, and of the `missing` ones
/// without a date. For distinct copies, `in_groups` holds the packed dates, 0 for none, of the
/// documents with copies, group by group.
pub(super) fn histogram(
    request: &HistogramRequest,
    dates: &[(PartialDate, u64)],
    missing: u64,
    in_groups: Option<&[Vec<u32>]>,
) -> Histogram {
    let interval = request.interval_of(dates.iter().copied());
    let mut counts: HashMap<Place, u64> = HashMap::from([(Place::Missing, missing)]);
    let mut coarser_periods = Vec::new();
    for (period, count) in dates.iter().copied() {
        let place = Place::of(Some(period), interval);
        if place == Place::Coarser {
            coarser_periods.push(CoarserPeriod { period, count });
        }
        *counts.entry(place).or_default() += count;
    }
    coarser_periods.sort_by_key(|coarser| coarser.period.to_bits());
    let surplus = in_groups.map(|groups| Surplus::of(groups, interval));
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
