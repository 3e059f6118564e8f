//! How numbers and dates are written.

use serde::Deserialize;

use super::Message;
use crate::document::PartialDate;

/// How numbers and dates are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// What stands between thousands.
    pub thousands: String,
    /// What stands before decimal places.
    pub decimal: String,
    /// The months of the year.
    pub months: [String; 12],
    /// The same, short, for axes.
    pub short_months: [String; 12],
    /// A day: `{day}`, `{month}`, `{year}`.
    pub day: Message,
    /// A month: `{month}`, `{year}`.
    pub month: Message,
    /// A day with a time of day: `{day}`, `{hour}`, `{minute}`.
    pub minute: Message,
    /// A day on an axis: `{day}`, `{month}`.
    pub axis_day: Message,
    /// A period: `{from}`, `{to}`.
    pub period: Message,
    /// A period without an end: `{from}`.
    pub since: Message,
    /// A period without a beginning: `{to}`.
    pub until: Message,
}

impl Format {
    /// A whole number.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        out
    }

    /// A time in milliseconds: with a decimal place if it is less than ten.
    pub fn milliseconds(&self, milliseconds: f64) -> String {
        let tenths = (milliseconds.max(0.0) * 10.0).round() as u64;
        if tenths < 100 && !tenths.is_multiple_of(10) {
            format!("{}{}{}", tenths / 10, self.decimal, tenths % 10)
        } else {
            self.number((tenths + 5) / 10)
        }
    }

    /// A date, as precisely as it is known.
    pub fn date(&self, date: PartialDate) -> String {
        let year = date.year_number();
        let Some(month) = date.month_number() else {
            return year.to_string();
        };
        let month = &self.months[usize::from(month) - 1];
        let Some(day) = date.day_number() else {
            return self.month.with(&[("month", month), ("year", &year)]);
        };
        let day = (self.day).with(&[("day", &day), ("month", month), ("year", &year)]);
        match date.time() {
            None => day,
            Some((hour, minute)) => {
                let minute = format!("{minute:02}");
                (self.minute).with(&[("day", &day), ("hour", &hour), ("minute", &minute)])
            }
        }
    }

    /// A date that is given as text; what is none, as it is.
    pub fn date_text(&self, text: &str) -> String {
        text.parse()
            .map_or_else(|_| text.to_owned(), |date| self.date(date))
    }

    /// A period that may lack an end; nothing if it lacks both. Ends are given as text.
    pub fn range(&self, from: Option<&str>, to: Option<&str>) -> Option<String> {
        let (from, to) = (
            from.map(|text| self.date_text(text)),
            to.map(|text| self.date_text(text)),
        );
        Some(match (from, to) {
            (Some(from), Some(to)) if from == to => from,
            (Some(from), Some(to)) => self.period.with(&[("from", &from), ("to", &to)]),
            (Some(from), None) => self.since.with(&[("from", &from)]),
            (None, Some(to)) => self.until.with(&[("to", &to)]),
            (None, None) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::portal::Language;
    use crate::portal::texts::Texts;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let german = &Texts::of(Language::German).format;
        assert_eq!(german.number(1_234_567), "1.234.567");
        assert_eq!(
            (german.number(0), german.number(999)),
            ("0".into(), "999".into())
        );
        assert_eq!(Texts::of(Language::English).number(12_345), "12,345");
        let times = [0.04, 0.94, 3.0, 9.96, 12.4, 1234.5].map(|ms| german.milliseconds(ms));
        assert_eq!(times, ["0", "0,9", "3", "10", "12", "1.235"]);
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        let dates = ["2025", "2025-04", "2025-04-28", "2025-04-28T08:05", "?"];
        let german = dates.map(|text| Texts::of(Language::German).format.date_text(text));
        assert_eq!(
            german,
            [
                "2025",
                "April 2025",
                "28. April 2025",
                "28. April 2025, 8:05 Uhr",
                "?"
            ]
        );
        let english = dates.map(|text| Texts::of(Language::English).format.date_text(text));
        assert_eq!(english[2..4], ["28 April 2025", "28 April 2025, 8:05"]);
    }

    #[test]
    fn ranges_may_lack_an_end() {
        let range = |from, to| Texts::of(Language::German).format.range(from, to);
        assert_eq!(
            range(Some("2025-01"), Some("2025-06")).unwrap(),
            "Januar 2025 bis Juni 2025"
        );
        assert_eq!(range(Some("2025"), Some("2025")).unwrap(), "2025");
        assert_eq!(range(Some("2025"), None).unwrap(), "ab 2025");
        assert_eq!(range(None, Some("2025")).unwrap(), "bis 2025");
        assert_eq!(range(None, None), None);
    }
}
