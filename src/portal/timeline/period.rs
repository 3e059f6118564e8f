//! Periods: their first and last days, how addresses name them, and which lie above them.

use crate::document::{PartialDate, Precision};

/// Some days one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// The first day.
    pub(super) first: PartialDate,
    /// The last day.
    pub(super) last: PartialDate,
}

impl Period {
    /// From the beginning of one date to the end of another; `None` if that is nothing.
    pub(super) fn between(from: PartialDate, to: PartialDate) -> Option<Period> {
        let first = PartialDate::from_bits(from.beginning())?.without_time();
        let last = PartialDate::from_bits(to.ending())?.without_time();
        (first.to_bits() <= last.to_bits()).then_some(Period { first, last })
    }

    /// What it has in common with another.
    pub(super) fn within(self, other: Period) -> Option<Period> {
        let later = |a: PartialDate, b: PartialDate| if a.to_bits() > b.to_bits() { a } else { b };
        let earlier =
            |a: PartialDate, b: PartialDate| if a.to_bits() < b.to_bits() { a } else { b };
        Period::between(
            later(self.first, other.first),
            earlier(self.last, other.last),
        )
    }

    /// Whether all of another lies in it.
    pub(super) fn contains(self, other: Period) -> bool {
        self.within(other) == Some(other)
    }

    /// Its ends as an address has them: years or months if it is made of whole ones, else days.
    pub(super) fn ends(self) -> (PartialDate, PartialDate) {
        let (first, last) = (self.first, self.last);
        let (from, to) = (first.year_number(), last.year_number());
        let years = PartialDate::year(from).zip(PartialDate::year(to));
        let month = |date: PartialDate| {
            date.month_number()
                .and_then(|month| PartialDate::month(date.year_number(), month))
        };
        let months = month(first).zip(month(last));
        let is_same =
            |(from, to): &(PartialDate, PartialDate)| Period::between(*from, *to) == Some(self);
        let coarser = years.filter(is_same).or(months.filter(is_same));
        coarser.unwrap_or((first, last))
    }

    /// The year, and in it the month, that all of it lies in, if it is shorter than these.
    pub(super) fn above(self) -> Vec<PartialDate> {
        let of_first: Vec<PartialDate> = self.first.periods().collect();
        let of_last = self.last.periods();
        let common = of_first.into_iter().zip(of_last).filter(|(a, b)| a == b);
        (common.map(|(period, _)| period))
            .filter(|period| period.precision() != Precision::Day)
            .filter(|period| Period::between(*period, *period) != Some(self))
            .collect()
    }

    /// Number of its first day, counted from 1970.
    pub(super) fn begin(self) -> i64 {
        self.first.days_since_1970().unwrap_or_default()
    }

    /// Number of the day after its last.
    pub(super) fn end(self) -> i64 {
        self.last.days_since_1970().unwrap_or_default() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::between(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    fn ends(from: &str, to: &str) -> String {
        let (from, to) = period(from, to).ends();
        format!("{from} {to}")
    }

    #[test]
    fn ends_are_as_short_as_they_can_be() {
        assert_eq!(ends("2024-01-01", "2025-12-31"), "2024 2025");
        assert_eq!(ends("2024", "2024-12"), "2024 2024");
        assert_eq!(ends("2024-02-01", "2024-02-29"), "2024-02 2024-02");
        assert_eq!(ends("2023-02-01", "2024-02-28"), "2023-02-01 2024-02-28");
        assert_eq!(ends("2024-01", "2024-02-28"), "2024-01-01 2024-02-28");
    }

    #[test]
    fn years_and_months_lie_above_what_is_shorter() {
        let above = |from, to| {
            let above = period(from, to).above().into_iter();
            above.map(|it| it.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(above("2025", "2025"), "");
        assert_eq!(above("2025-04", "2025-04"), "2025");
        assert_eq!(above("2025-04", "2025-06"), "2025");
        assert_eq!(above("2025-04-28", "2025-04-28"), "2025 2025-04");
        assert_eq!(above("2025-04-28", "2025-05-04"), "2025");
        assert_eq!(above("2024-12-30", "2025-01-05"), "");
    }

    #[test]
    fn periods_that_do_not_meet_have_nothing_in_common() {
        assert_eq!(period("2024", "2024").within(period("2025", "2025")), None);
        assert!(period("2024", "2025").contains(period("2025-04", "2025-05")));
        assert!(!period("2025-04", "2025-04").contains(period("2025", "2025")));
        assert_eq!(
            Period::between("2025".parse().unwrap(), "2024".parse().unwrap()),
            None
        );
    }
}
