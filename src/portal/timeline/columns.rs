//! From the bars of a histogram to the columns of a chart: as many as can be told apart, and over
//! all of the time that was chosen.

use super::period::Period;
use crate::document::PartialDate;
use crate::search::{Bar, CoarserPeriod, Histogram, Interval};

/// Most columns of a chart. More could neither be seen nor hit.
pub(super) const MOST: usize = 200;
/// Up to so many columns, those without hits are shown up to the ends of the chosen time.
const MOST_WITH_EMPTY: i64 = 120;

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// The days that it stands for.
    pub(super) period: Period,
    /// Number of articles with a date in them.
    pub(super) count: u64,
}

/// The columns of a chart, and what lies in none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// What a column stands for, or several of.
    pub(super) interval: Interval,
    /// By rising date, without gaps.
    pub(super) columns: Vec<Column>,
    /// Articles of which only a month or year is known that is longer than a column.
    pub(super) coarser: Vec<CoarserPeriod>,
}

impl Columns {
    /// The columns for a histogram of what lies in `range`; `None` is all time.
    pub(super) fn of(histogram: &Histogram, range: Option<Period>) -> Columns {
        let mut bars = histogram.bars.clone();
        if let Some(range) = range {
            bars = filled(histogram, range);
        }
        let columns: Vec<Column> = (together(histogram.interval, &bars).into_iter())
            .filter_map(|bars| {
                let period = Period::between(bars.first()?.start, bars.last()?.end)?;
                Some(Column {
                    period: range.map_or(Some(period), |range| period.within(range))?,
                    count: bars.iter().map(|bar| bar.count).sum(),
                })
            })
            .collect();
        let mut made = Columns {
            interval: histogram.interval,
            columns,
            coarser: Vec::new(),
        };
        for coarser in &histogram.coarser_periods {
            let whole = Period::between(coarser.period, coarser.period);
            let column = (made.columns.iter_mut())
                .find(|column| whole.is_some_and(|whole| column.period.contains(whole)));
            match column {
                Some(column) => column.count += coarser.count,
                None => made.coarser.push(coarser.clone()),
            }
        }
        made
    }

    /// The columns that a period has days in: the first and the last.
    pub(super) fn under(&self, period: Period) -> Option<(usize, usize)> {
        let meets = |column: &Column| column.period.within(period).is_some();
        let first = self.columns.iter().position(meets)?;
        let last = self.columns.iter().rposition(meets)?;
        Some((first, last))
    }

    /// Where a day begins, in columns from the left: 1.5 is in the middle of the second.
    pub(super) fn position(&self, day: i64) -> f64 {
        let place = (self.columns).partition_point(|column| column.period.end() <= day);
        let Some(column) = self.columns.get(place) else {
            return self.columns.len() as f64;
        };
        let (begin, end) = (column.period.begin(), column.period.end());
        place as f64 + (day - begin).max(0) as f64 / (end - begin).max(1) as f64
    }

    /// The highest count.
    pub(super) fn highest(&self) -> u64 {
        let counts = self.columns.iter().map(|column| column.count);
        counts.max().unwrap_or_default()
    }
}

/// The bars with empty ones up to the ends of a range, unless these are too many.
fn filled(histogram: &Histogram, range: Period) -> Vec<Bar> {
    let (interval, bars) = (histogram.interval, &histogram.bars);
    let number = |date: PartialDate| interval.number(date);
    let Some((first, last)) = number(range.first).zip(number(range.last)) else {
        return bars.clone();
    };
    if last - first >= MOST_WITH_EMPTY {
        return bars.clone();
    }
    let empty = (first..=last).filter_map(|number| {
        let (start, end) = interval.days(number)?;
        Some(Bar {
            start,
            end,
            count: 0,
            copies: None,
        })
    });
    let known = |bar: &Bar| bars.iter().find(|known| known.start == bar.start).cloned();
    empty.map(|bar| known(&bar).unwrap_or(bar)).collect()
}

/// Bars that make one column: whole quarters, decades and the like.
fn together(interval: Interval, bars: &[Bar]) -> Vec<&[Bar]> {
    let sizes: &[i64] = match interval {
        Interval::Day => &[1, 2, 4, 7, 14, 28],
        Interval::Week => &[1, 2, 4, 13, 26],
        Interval::Month => &[1, 3, 6, 12, 60],
        Interval::Year => &[1, 2, 5, 10, 20, 50],
    };
    let column = |bar: &Bar, size: i64| {
        let number = interval.number(bar.start);
        number.unwrap_or_default().div_euclid(size)
    };
    let columns = |size: i64| -> Vec<&[Bar]> {
        let columns = bars.chunk_by(|a, b| column(a, size) == column(b, size));
        columns.collect()
    };
    let made = sizes.iter().map(|size| columns(*size));
    let mut made = made.skip_while(|columns| columns.len() > MOST);
    made.next().unwrap_or_else(|| vec![bars])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    /// A histogram of articles with these dates.
    pub(in crate::portal) fn histogram(interval: Interval, dates: &[(&str, u64)]) -> Histogram {
        let numbers = dates
            .iter()
            .filter_map(|(text, _)| interval.number(date(text)));
        let (first, last) = (numbers.clone().min(), numbers.max());
        let bars = first
            .zip(last)
            .map_or(0..0, |(first, last)| first..last + 1);
        let bars = bars.map(|number| {
            let (start, end) = interval.days(number).unwrap();
            let counts = dates
                .iter()
                .filter(|(text, _)| interval.number(date(text)) == Some(number));
            Bar {
                start,
                end,
                count: counts.map(|(_, count)| count).sum(),
                copies: None,
            }
        });
        let coarser = dates
            .iter()
            .filter(|(text, _)| interval.number(date(text)).is_none());
        let coarser_periods: Vec<CoarserPeriod> = coarser
            .map(|(text, count)| CoarserPeriod {
                period: date(text),
                count: *count,
            })
            .collect();
        Histogram {
            interval,
            bars: bars.collect(),
            coarser: coarser_periods.iter().map(|coarser| coarser.count).sum(),
            coarser_periods,
            missing: 0,
            total: dates.iter().map(|(_, count)| count).sum(),
            coarser_copies: None,
            missing_copies: None,
            total_copies: None,
        }
    }

    fn period(from: &str, to: &str) -> Period {
        Period::between(date(from), date(to)).unwrap()
    }

    fn sum(columns: &Columns) -> u64 {
        let coarser = columns.coarser.iter().map(|coarser| coarser.count);
        columns
            .columns
            .iter()
            .map(|column| column.count)
            .chain(coarser)
            .sum()
    }

    #[test]
    fn columns_reach_to_the_ends_of_the_chosen_time() {
        let found = histogram(Interval::Month, &[("2025-03", 2), ("2025-05", 1)]);
        let columns = Columns::of(&found, Some(period("2025-01-15", "2025-12")));
        assert_eq!(columns.columns.len(), 12);
        assert_eq!(
            columns.columns[0].period,
            period("2025-01-15", "2025-01-31")
        );
        assert_eq!((columns.columns[2].count, sum(&columns)), (2, 3));
        // Days of a century are too many to be shown empty.
        let found = histogram(Interval::Day, &[("2025-03-01", 2)]);
        let columns = Columns::of(&found, Some(period("1925", "2025")));
        assert_eq!(columns.columns.len(), 1);
    }

    #[test]
    fn many_bars_come_together_and_nothing_is_lost() {
        let found = histogram(Interval::Year, &[("0007", 1), ("1925", 3), ("2025", 5)]);
        let columns = Columns::of(&found, None);
        assert!(columns.columns.len() <= MOST, "{}", columns.columns.len());
        assert_eq!(sum(&columns), 9);
        assert_eq!(columns.columns[1].period, period("0020", "0039"));
        let dates = [
            ("2015-01-01", 1),
            ("2025-01-01", 4),
            ("2020", 2),
            ("2020-02", 1),
        ];
        let columns = Columns::of(&histogram(Interval::Day, &dates), None);
        assert!(columns.columns.len() <= MOST && columns.columns.len() > MOST / 4);
        assert_eq!((sum(&columns), columns.coarser.len()), (8, 2));
    }

    #[test]
    fn a_column_holds_every_period_that_lies_in_it() {
        let dates = [("1990-01", 1), ("2020-01", 4), ("2000", 2)];
        let columns = Columns::of(&histogram(Interval::Month, &dates), None);
        // A column is a quarter, and no year lies in it.
        assert_eq!((columns.columns.len(), columns.coarser.len()), (121, 1));
        let dates = [("1900-01", 1), ("2020-01", 4), ("2000", 2)];
        let columns = Columns::of(&histogram(Interval::Month, &dates), None);
        assert_eq!((columns.columns.len(), columns.coarser.len()), (121, 0));
        assert_eq!((columns.columns[100].count, sum(&columns)), (2, 7));
    }

    #[test]
    fn a_day_has_its_place_in_a_column() {
        let found = histogram(Interval::Month, &[("2025-03", 2), ("2025-05", 1)]);
        let columns = Columns::of(&found, None);
        let position = |day: &str| columns.position(date(day).days_since_1970().unwrap());
        assert_eq!(position("2025-03-01"), 0.0);
        assert_eq!(position("2025-04-16"), 1.5);
        assert_eq!(position("2025-06-01"), 3.0);
        assert_eq!(position("2024-01-01"), 0.0);
        assert_eq!(columns.under(period("2025-04-10", "2026")), Some((1, 2)));
        assert_eq!(columns.under(period("2027", "2027")), None);
    }
}
