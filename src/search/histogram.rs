//! How hits are spread over time.
//!
//! A histogram has a bar for each day, week, month or year between the first and the last that has
//! a hit, those without hits included. A document counts in the bar that its whole period lies in.
//! Of what is only known to the month, nobody knows the day: in a histogram of days or weeks such
//! documents are `coarser`. So `total = sum of the bars + coarser + missing`, and the count of a bar
//! is the number of hits whose date lies in the range from its first to its last day.

use serde::Serialize;

use crate::document::PartialDate;

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// A day.
    Day,
    /// A week from Monday to Sunday, as in ISO 8601.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// A histogram that is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct HistogramRequest {
    /// What a bar stands for; `None` lets the dates decide ([`HistogramRequest::interval_of`]).
    pub interval: Option<Interval>,
    /// Whether the date range and what is selected in facets of dates do not matter, so that one
    /// sees what lies outside of them; else the histogram is of the hits, and of nothing else.
    pub all_time: bool,
}

/// How hits are spread over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Histogram {
    /// What a bar stands for: what was asked for, or the next longer one if that would have been
    /// more than [`HistogramRequest::MAX_BARS`] bars.
    pub interval: Interval,
    /// The bars, by rising date, without gaps; the first and the last are not empty.
    pub bars: Vec<Bar>,
    /// Number of documents whose date is known less precisely than the interval.
    pub coarser: u64,
    /// `coarser` by the year or month that is all that is known, by rising date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coarser_periods: Vec<CoarserPeriod>,
    /// Number of documents without a date.
    pub missing: u64,
    /// Number of all documents that the histogram is of: the number of all hits, unless it is of
    /// all time.
    pub total: u64,
    /// `coarser` in distinct copies, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coarser_copies: Option<u64>,
    /// `missing` in distinct copies, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_copies: Option<u64>,
    /// `total` in distinct copies, if they were asked for. A copy that was printed on several days
    /// counts on each of them, so this may be less than the sum of the bars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_copies: Option<u64>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Bar {
    /// Its first day.
    pub start: PartialDate,
    /// Its last day.
    pub end: PartialDate,
    /// Number of documents.
    pub count: u64,
    /// Number of distinct copies, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u64>,
}

/// Documents of whose date no more is known than a year or a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CoarserPeriod {
    /// The year or month.
    pub period: PartialDate,
    /// Number of documents.
    pub count: u64,
}

impl Interval {
    /// All of them, from the shortest.
    pub const ALL: [Interval; 4] = [
        Interval::Day,
        Interval::Week,
        Interval::Month,
        Interval::Year,
    ];

    /// Its name: `day`, `week`, `month`, `year`.
    pub fn name(self) -> &'static str {
        match self {
            Interval::Day => "day",
            Interval::Week => "week",
            Interval::Month => "month",
            Interval::Year => "year",
        }
    }

    /// The interval of that name.
    pub fn from_name(name: &str) -> Option<Interval> {
        (Interval::ALL.into_iter()).find(|interval| interval.name() == name)
    }

    /// The number of the interval that the whole period of `date` lies in; each has the number
    /// after that of the one before. `None` if the date is not known precisely enough.
    pub fn number(self, date: PartialDate) -> Option<i64> {
        let year = i64::from(date.year_number());
        match self {
            Interval::Day => date.days_since_1970(),
            // 1 January 1970 was a Thursday.
            Interval::Week => Some((date.days_since_1970()? + 3).div_euclid(7)),
            Interval::Month => Some(year * 12 + i64::from(date.month_number()?) - 1),
            Interval::Year => Some(year),
        }
    }

    /// First and last day of the interval with that number; `None` if there is no such in the
    /// years 1 to 4095. The last week is cut off with them.
    pub fn days(self, number: i64) -> Option<(PartialDate, PartialDate)> {
        let last_of = |period: PartialDate| {
            PartialDate::from_bits(period.ending()).map(PartialDate::without_time)
        };
        let first_of = |period: PartialDate| {
            PartialDate::from_bits(period.beginning()).map(PartialDate::without_time)
        };
        let period = match self {
            Interval::Day => PartialDate::from_days_since_1970(number)?,
            Interval::Week => {
                let monday = PartialDate::from_days_since_1970(number.checked_mul(7)? - 3)?;
                let sunday = PartialDate::from_days_since_1970(number * 7 + 3);
                let end = PartialDate::year(monday.year_number()).and_then(last_of);
                return Some((monday, sunday.or(end)?));
            }
            Interval::Month => {
                let year = u16::try_from(number.div_euclid(12)).ok()?;
                PartialDate::month(year, number.rem_euclid(12) as u8 + 1)?
            }
            Interval::Year => PartialDate::year(u16::try_from(number).ok()?)?,
        };
        Some((first_of(period)?, last_of(period)?))
    }
}

impl HistogramRequest {
    /// Most bars of a histogram: eleven years of days. Years always fit, as there are 4,095.
    pub const MAX_BARS: u64 = 4096;
    /// Most bars of a histogram whose interval the dates decide, unless these are years.
    pub const AUTOMATIC_BARS: u64 = 60;
    /// The dates decide for an interval only if at most one in so many of them is known less
    /// precisely.
    pub const AUTOMATIC_COARSER: u64 = 10;

    /// The interval for documents with these dates, each with the number of its documents.
    ///
    /// If one is asked for, it is that or the shortest after it with at most
    /// [`HistogramRequest::MAX_BARS`] bars. Else it is the shortest with at most
    /// [`HistogramRequest::AUTOMATIC_BARS`] bars that leaves out at most a tenth of the documents
    /// for being known less precisely.
    pub fn interval_of(&self, dates: impl Iterator<Item = (PartialDate, u64)> + Clone) -> Interval {
        let fits = |interval: &Interval| {
            let (mut first, mut last) = (i64::MAX, i64::MIN);
            let (mut total, mut coarser) = (0, 0);
            for (date, count) in dates.clone() {
                total += count;
                match interval.number(date) {
                    Some(number) => (first, last) = (first.min(number), last.max(number)),
                    None => coarser += count,
                }
            }
            let bars = if first > last {
                0
            } else {
                first.abs_diff(last) + 1
            };
            match self.interval {
                Some(_) => bars <= Self::MAX_BARS,
                None => bars <= Self::AUTOMATIC_BARS && coarser * Self::AUTOMATIC_COARSER <= total,
            }
        };
        let shortest = self.interval.unwrap_or(Interval::Day);
        (Interval::ALL.into_iter())
            .filter(|interval| *interval >= shortest)
            .find(fits)
            .unwrap_or(Interval::Year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    fn days(interval: Interval, of: &str) -> Option<String> {
        let (first, last) = interval.days(interval.number(date(of))?)?;
        Some(format!("{first} {last}"))
    }

    #[test]
    fn a_date_lies_between_the_days_of_its_interval() {
        let of = "2025-04-30T23:59";
        let expected = [
            "2025-04-30 2025-04-30",
            "2025-04-28 2025-05-04",
            "2025-04-01 2025-04-30",
            "2025-01-01 2025-12-31",
        ];
        for (interval, expected) in Interval::ALL.into_iter().zip(expected) {
            assert_eq!(days(interval, of).as_deref(), Some(expected));
        }
        assert_eq!(
            days(Interval::Week, "2025-01-01").as_deref(),
            Some("2024-12-30 2025-01-05")
        );
    }

    #[test]
    fn a_date_that_is_known_less_precisely_lies_in_no_interval() {
        assert_eq!(days(Interval::Week, "2025-04"), None);
        assert_eq!(days(Interval::Month, "2025"), None);
        assert_eq!(
            days(Interval::Month, "2024-02").as_deref(),
            Some("2024-02-01 2024-02-29")
        );
    }

    #[test]
    fn the_calendar_has_its_ends() {
        assert_eq!(
            days(Interval::Week, "0001-01-01").as_deref(),
            Some("0001-01-01 0001-01-07")
        );
        let last = days(Interval::Week, "4095-12-31").unwrap();
        assert!(last.ends_with(" 4095-12-31"), "{last}");
        assert_eq!(Interval::Year.days(4096), None);
        assert_eq!(Interval::Week.days(i64::MAX), None);
    }

    fn interval(asked: Option<Interval>, dates: &[(&str, u64)]) -> Interval {
        let request = HistogramRequest {
            interval: asked,
            all_time: false,
        };
        request.interval_of(dates.iter().map(|(text, count)| (date(text), *count)))
    }

    #[test]
    fn the_dates_decide_for_at_most_sixty_bars() {
        let until = |last: &str| interval(None, &[("2025-01-01", 1), (last, 1)]);
        assert_eq!(until("2025-01-01"), Interval::Day);
        assert_eq!(until("2025-03-01"), Interval::Day);
        assert_eq!(until("2025-03-02"), Interval::Week);
        assert_eq!(until("2026-12-31"), Interval::Month);
        assert_eq!(until("2029-12-31"), Interval::Month);
        assert_eq!(until("2030-01-01"), Interval::Year);
        assert_eq!(until("3030-01-01"), Interval::Year);
        assert_eq!(interval(None, &[]), Interval::Day);
    }

    #[test]
    fn the_dates_decide_for_what_they_are_known_to() {
        let with = |count| interval(None, &[("2025-01-01", 90), ("2025-01", count)]);
        assert_eq!(with(10), Interval::Day);
        assert_eq!(with(11), Interval::Month);
    }

    #[test]
    fn an_interval_that_makes_too_many_bars_becomes_a_longer_one() {
        let dates = [("1925-01-01", 1), ("2025-01-01", 1)];
        assert_eq!(interval(Some(Interval::Day), &dates), Interval::Month);
        let dates = [("2014-01-01", 1), ("2025-01-01", 1)];
        assert_eq!(interval(Some(Interval::Day), &dates), Interval::Day);
        let dates = [("0001", 1), ("4095", 1)];
        assert_eq!(interval(Some(Interval::Year), &dates), Interval::Year);
    }
}
