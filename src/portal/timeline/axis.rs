//! What stands below the columns: years, months, days, as many as there is room for.
//!
//! How wide a chart is, only the browser knows. So there are labels for three widths, of which the
//! style sheet shows one.

use super::columns::Columns;
use crate::document::PartialDate;
use crate::portal::texts::{Format, Message};
use crate::search::Interval;

/// For each name of a width, the least number of pixels that it is for.
pub(super) const WIDTHS: [(&str, f64); 3] = [("narrow", 250.0), ("medium", 480.0), ("wide", 800.0)];
/// Width of a letter, in pixels, on the safe side.
const LETTER: f64 = 6.6;
/// Free space between labels, in pixels.
const SPACE: f64 = 12.0;

/// A label below a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Where it stands, in columns from the left.
    pub(super) at: f64,
    pub(super) text: String,
    /// Which end of the text stands there: `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

/// How often there is a label: at each so many intervals.
type Step = (Interval, i64);

/// From the most labels to the fewest.
const STEPS: [Step; 16] = [
    (Interval::Day, 1),
    (Interval::Day, 2),
    (Interval::Week, 1),
    (Interval::Week, 2),
    (Interval::Month, 1),
    (Interval::Month, 3),
    (Interval::Month, 6),
    (Interval::Year, 1),
    (Interval::Year, 2),
    (Interval::Year, 5),
    (Interval::Year, 10),
    (Interval::Year, 20),
    (Interval::Year, 50),
    (Interval::Year, 100),
    (Interval::Year, 500),
    (Interval::Year, 1000),
];

/// The labels of a chart that is at least so many pixels wide.
pub(super) fn ticks(format: &Format, columns: &Columns, width: f64) -> Vec<Tick> {
    let axis = Axis {
        format,
        columns,
        width,
    };
    let steps = STEPS.iter().filter(|(unit, _)| *unit >= columns.interval);
    let tries = steps.map(|step| axis.ticks(*step));
    let mut fitting = tries.filter(|ticks| !ticks.is_empty() && axis.fits(ticks));
    fitting.next().unwrap_or_else(|| axis.first())
}

struct Axis<'a> {
    format: &'a Format,
    columns: &'a Columns,
    width: f64,
}

impl Axis<'_> {
    fn ticks(&self, (unit, size): Step) -> Vec<Tick> {
        let number = |day: PartialDate| {
            let number = unit.number(day).unwrap_or_default();
            number.div_euclid(size)
        };
        let is_first_day = |day: PartialDate| {
            let of_day = unit.number(day).unwrap_or_default();
            let first = unit.days(number(day) * size).map(|(first, _)| first);
            of_day.rem_euclid(size) == 0 && first == Some(day)
        };
        let mut before = None;
        let mut ticks: Vec<Tick> = Vec::new();
        for (place, column) in self.columns.columns.iter().enumerate() {
            let day = column.period.first;
            let begins = match before {
                // Wherever in the column the new month begins, it is labelled.
                Some(before) => number(before) != number(day),
                None => is_first_day(day),
            };
            before = Some(day);
            if begins {
                let text = self.label(unit, day, ticks.is_empty());
                ticks.push(self.tick(place, text));
            }
        }
        ticks
    }

    /// The label of a column that begins with a day.
    fn label(&self, unit: Interval, day: PartialDate, is_first: bool) -> String {
        let year = day.year_number();
        let month = day.month_number().unwrap_or(1);
        let short = &self.format.short_months[usize::from(month) - 1];
        let with = |message: &Message| {
            let number = day.day_number().unwrap_or(1);
            message.with(&[("day", &number), ("month", short), ("year", &year)])
        };
        match unit {
            Interval::Year => year.to_string(),
            // January stands for its year.
            Interval::Month if month == 1 => year.to_string(),
            Interval::Month if is_first => with(&self.format.month),
            Interval::Month => short.clone(),
            Interval::Week | Interval::Day if is_first => with(&self.format.day),
            Interval::Week | Interval::Day => with(&self.format.axis_day),
        }
    }

    /// Only the first column, if it says anything.
    fn first(&self) -> Vec<Tick> {
        let first = self.columns.columns.first();
        let text = first.map(|column| self.format.date(column.period.ends().0));
        text.into_iter().map(|text| self.tick(0, text)).collect()
    }

    fn tick(&self, place: usize, text: String) -> Tick {
        let columns = self.columns.columns.len() as f64;
        let middle = place as f64 + 0.5;
        let half = text_width(&text) / 2.0 * columns / self.width;
        let (at, anchor) = if middle < half {
            (place as f64, "start")
        } else if middle + half > columns {
            (place as f64 + 1.0, "end")
        } else {
            (middle, "middle")
        };
        Tick { at, text, anchor }
    }

    /// Whether no label touches the next, or the bounds.
    fn fits(&self, ticks: &[Tick]) -> bool {
        let extents: Vec<(f64, f64)> = ticks.iter().map(|tick| self.extent(tick)).collect();
        let within = |(left, right): &(f64, f64)| *left >= -0.01 && *right <= self.width + 0.01;
        extents.iter().all(within)
            && extents
                .windows(2)
                .all(|pair| pair[0].1 + SPACE <= pair[1].0)
    }

    /// From where to where a label reaches, in pixels.
    fn extent(&self, tick: &Tick) -> (f64, f64) {
        let at = tick.at * self.width / self.columns.columns.len().max(1) as f64;
        let width = text_width(&tick.text);
        match tick.anchor {
            "start" => (at, at + width),
            "end" => (at - width, at),
            _ => (at - width / 2.0, at + width / 2.0),
        }
    }
}

fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}

#[cfg(test)]
mod tests {
    use super::super::columns::tests::histogram;
    use super::*;
    use crate::portal::Language;
    use crate::portal::texts::Texts;

    fn texts(interval: Interval, from: &str, to: &str, width: f64) -> String {
        let columns = Columns::of(&histogram(interval, &[(from, 1), (to, 1)]), None);
        let format = &Texts::of(Language::German).format;
        let ticks = ticks(format, &columns, width);
        let texts: Vec<String> = ticks.into_iter().map(|tick| tick.text).collect();
        texts.join("|")
    }

    #[test]
    fn there_are_as_many_labels_as_there_is_room_for() {
        let months = |width| texts(Interval::Month, "2024-03", "2025-08", width);
        assert_eq!(months(250.0), "Juli 2024|2025|Juli");
        assert_eq!(months(480.0), "Apr. 2024|Juli|Okt.|2025|Apr.|Juli");
        let years = |width| texts(Interval::Year, "1987", "2025", width);
        assert_eq!(years(250.0), "1990|2000|2010|2020");
        assert_eq!(
            years(800.0),
            "1988|1990|1992|1994|1996|1998|2000|2002|2004|2006|2008|2010|2012|2014|2016|2018|2020|2022|2024"
        );
        let days = |width| texts(Interval::Day, "2025-04-01", "2025-04-30", width);
        assert_eq!(days(250.0), "7. Apr. 2025|21. Apr.");
        assert_eq!(days(480.0), "7. Apr. 2025|14. Apr.|21. Apr.|28. Apr.");
    }

    #[test]
    fn a_single_column_has_a_label_too() {
        assert_eq!(texts(Interval::Year, "2025", "2025", 250.0), "2025");
        assert_eq!(
            texts(Interval::Day, "2025-04-28", "2025-04-28", 250.0),
            "28. Apr. 2025"
        );
        assert_eq!(
            texts(Interval::Week, "2025-04-30", "2025-04-30", 250.0),
            "28. Apr. 2025"
        );
        assert_eq!(
            texts(Interval::Month, "2025-02", "2025-03", 250.0),
            "Feb. 2025|März"
        );
    }

    #[test]
    fn labels_never_touch_and_never_leave_the_chart() {
        let cases = [
            (Interval::Day, "2025-01-01", "2025-03-01"),
            (Interval::Day, "2024-12-31", "2025-01-01"),
            (Interval::Week, "2023-11-20", "2025-01-07"),
            (Interval::Month, "2019-02", "2023-12"),
            (Interval::Month, "2025-12", "2026-01"),
            (Interval::Year, "1999", "2000"),
            (Interval::Year, "1850", "2025"),
            (Interval::Year, "0007", "4000"),
        ];
        for (interval, from, to) in cases {
            let columns = Columns::of(&histogram(interval, &[(from, 1), (to, 1)]), None);
            for language in Language::ALL {
                let format = &Texts::of(language).format;
                for width in [200.0, 250.0, 320.0, 480.0, 800.0, 1900.0] {
                    let ticks = ticks(format, &columns, width);
                    let axis = Axis {
                        format,
                        columns: &columns,
                        width,
                    };
                    assert!(
                        !ticks.is_empty() && axis.fits(&ticks),
                        "{from} {to} {width}: {ticks:?}"
                    );
                }
            }
        }
    }
}
