//! Finding dates in a line, in the forms in which people and machines write them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::document::PartialDate;

/// Longest text, in bytes, that is searched for dates.
pub(super) const LONGEST: usize = 1_000;

/// A date in a text, which may lack its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::enrich) struct Found {
    /// Where it stands, with weekday and time of day.
    pub(in crate::enrich) range: Range<usize>,
    /// The date, if it is complete at least to the year.
    pub(in crate::enrich) date: Option<PartialDate>,
    /// Day and month of a date without year, with the weekday (0 for Monday) if it is given.
    pub(in crate::enrich) yearless: Option<Yearless>,
    /// Whether it is the date in the number of a dpa report.
    pub(super) is_dpa_number: bool,
}

/// `28. April`, perhaps `Mo 28.4.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::enrich) struct Yearless {
    day: u8,
    month: u8,
    weekday: Option<u8>,
    time: Option<(u8, u8)>,
}

impl Yearless {
    /// The date in `year`; `None` if that day does not exist or is another day of the week.
    pub(in crate::enrich) fn in_year(self, year: u16) -> Option<PartialDate> {
        let date = PartialDate::day(year, self.month, self.day)?;
        let fits = self
            .weekday
            .is_none_or(|weekday| date.weekday() == Some(weekday));
        let date = fits.then_some(date)?;
        Some(
            self.time
                .and_then(|(hour, minute)| date.at(hour, minute))
                .unwrap_or(date),
        )
    }

    /// The latest date up to `today` that is on its day of the week, if one was given.
    pub(super) fn by_weekday(self, today: PartialDate) -> Option<PartialDate> {
        self.weekday?;
        (0..8)
            .filter_map(|back| self.in_year(today.year_number().checked_sub(back)?))
            .find(|date| date.beginning() <= today.ending())
    }
}

const MONTH: &str = r"jan(?:uar|uary|\.)?|jän(?:ner|\.)?|feb(?:ruar|ruary|er|\.)?|märz|mär\.?|maerz|mrz\.?|march|apr(?:il|\.)?|mai|may|jun(?:i|e|\.)?|jul(?:i|y|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|okt(?:ober|\.)?|october|oct\.?|nov(?:ember|\.)?|de[zc](?:ember|\.)?";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        concat!(
            r"(?xi)",
            r"(?P<iso> (?-u:\b)[12]\d{{3}}-[01]\d(?:-[0-3]\d(?:[T\ ][0-2]\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:\ ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?)?)",
            r"| dpa:(?P<dpa>\d{{6}})-",
            r"| (?-u:\b)(?P<d>[0-3]?\d)\.\ ?(?P<m>[01]?\d)\.\ ?(?P<y>(?:19|20)\d\d|\d\d)?",
            r"| (?-u:\b)(?P<d2>[0-3]?\d)\.?\ ?(?P<m2>{month})(?:(?-u:\b)|\ |$|,),?\ ?(?P<y2>(?:19|20)\d\d(?-u:\b))?",
            r"| (?-u:\b)(?P<m3>{month})\ (?:(?P<d3>[0-3]?\d),\ )?(?P<y3>(?:19|20)\d\d)(?-u:\b)",
            r"| (?-u:\b)(?P<d6>[0-3]?\d)/(?P<m6>[01]?\d)/(?P<y6>(?:19|20)\d\d)(?-u:\b)",
            r"| (?-u:\b)(?P<m4>[01]?\d)/(?P<y4>(?:19|20)\d\d)(?-u:\b)",
            r"| (?-u:\b)(?P<y5>(?:19|20)\d\d)/(?P<m5>[01]?\d)/(?P<d5>[0-3]?\d)(?-u:\b)",
        ),
        month = MONTH
    ))
    .unwrap()
});

static TIME_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[\s,|/–•·-]|(?-u:\b)um(?-u:\b)|(?-u:\b)gegen(?-u:\b)|(?-u:\b)ab(?-u:\b)){0,12}(?:([0-2]?\d)(?::([0-5]\d)(?::[0-5]\d)?(?:\s?uhr)?|[.]([0-5]\d)\s?uhr|\s?uhr))(?:\D|$)").unwrap()
});

static HOUR_GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:\s?uhr|:[0-5]\d)").unwrap());

static TIME_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|\D)([0-2]?\d)[:.]([0-5]\d)\s?uhr(?:[\s,|/–•·-]|(?-u:\b)am(?-u:\b)){0,8}$")
        .unwrap()
});

static WEEKDAY_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[^\p{L}])(mo|di|mi|do|fr|sa|so)(?:ntag|enstag|ttwoch|nnerstag|eitag|mstag|nnabend|nntag)?[.,]{0,2}\s?(?:,?\s?(?:der|den|dem)\s)?$").unwrap()
});

/// All dates of `text`, from left to right; texts of more than [`LONGEST`] bytes have none.
pub(in crate::enrich) fn scan(text: &str) -> Vec<Found> {
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    while let Some(captures) = DATE.captures_at(text, from) {
        let whole = captures.get_match();
        from = whole.end().max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        if let Some(date) = read(text, &captures) {
            from = from.max(date.range.end);
            found.push(date);
        }
        if from >= text.len() {
            break;
        }
    }
    found
}

fn read(text: &str, captures: &Captures<'_>) -> Option<Found> {
    let whole = captures.get_match();
    let number = |name: &str| {
        captures
            .name(name)
            .and_then(|m| m.as_str().parse::<u16>().ok())
    };
    let complete = |date: PartialDate, range: Range<usize>| Found {
        range,
        date: Some(date),
        yearless: None,
        is_dpa_number: false,
    };
    if let Some(iso) = captures.name("iso") {
        let date = PartialDate::from_stamp(iso.as_str())?;
        return Some(with_time(text, complete(date, iso.range())));
    }
    if let Some(dpa) = captures.name("dpa") {
        let digits = dpa.as_str();
        let part = |range: Range<usize>| digits[range].parse::<u8>().ok();
        let date = PartialDate::day(2000 + u16::from(part(0..2)?), part(2..4)?, part(4..6)?)?;
        return Some(Found {
            is_dpa_number: true,
            ..complete(date, whole.range())
        });
    }
    let month_name = |name: &str| captures.name(name).and_then(|m| month(m.as_str()));
    if let (Some(month), Some(year)) = (number("m4"), number("y4")) {
        let date = PartialDate::month(year, month as u8)?;
        return Some(complete(date, whole.range()));
    }
    if let (Some(month), Some(year)) = (month_name("m3"), number("y3")) {
        let date = match number("d3") {
            Some(day) => PartialDate::day(year, month, day as u8)?,
            None => PartialDate::month(year, month)?,
        };
        return Some(with_time(text, complete(date, whole.range())));
    }
    let (day, month, year) = if let Some(year) = number("y6") {
        (number("d6")?, number("m6")? as u8, Some(year))
    } else if let Some(year) = number("y5") {
        (number("d5")?, number("m5")? as u8, Some(year))
    } else if let Some(day) = number("d2") {
        (day, month_name("m2")?, number("y2"))
    } else {
        (number("d")?, number("m")? as u8, number("y").map(full_year))
    };
    let day = day as u8;
    let behind = &text[whole.end()..];
    // `28.4. 18 Uhr`, `28.4. 18:30`: the hour is no year.
    let is_hour = captures.name("y").is_some_and(|y| y.len() == 2) && HOUR_GOES_ON.is_match(behind);
    let year = year.filter(|_| !is_hour);
    // `28.04.1889`: what goes on in digits is another number; `28. April, 8 Uhr` is a time of day.
    let is_apart = whole.as_str().ends_with([' ', ',']);
    if !is_apart && behind.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let weekday = WEEKDAY_BEFORE.captures(near_before(text, whole.start()));
    let start = weekday
        .as_ref()
        .and_then(|captures| captures.get(1))
        .map_or(whole.start(), |m| {
            whole.start() - (near_before(text, whole.start()).len() - m.start())
        });
    let weekday = weekday.and_then(|captures| {
        let name = captures.get(1)?.as_str().to_lowercase();
        ["mo", "di", "mi", "do", "fr", "sa", "so"]
            .iter()
            .position(|day| *day == name)
            .map(|day| day as u8 % 7)
    });
    let found = match year {
        Some(year) => {
            // 31 days in every month: a number that no calendar has is no date.
            let date = PartialDate::day(year, month, day)?;
            with_time(text, complete(date, start..whole.end()))
        }
        None => {
            PartialDate::day(2024, month, day)?;
            Found {
                range: start..match (is_hour, captures.name("m")) {
                    (true, Some(month)) => month.end() + 1,
                    _ => whole.end(),
                },
                date: None,
                yearless: Some(Yearless {
                    day,
                    month,
                    weekday,
                    time: None,
                }),
                is_dpa_number: false,
            }
        }
    };
    Some(found)
}

/// Adds the time of day that stands behind (or before) a date that has none.
fn with_time(text: &str, mut found: Found) -> Found {
    let Some(date) = found.date.filter(|date| date.time().is_none()) else {
        return found;
    };
    let behind = &text[found.range.end..];
    let behind = &behind[..floor(behind, 60)];
    let hour_and_minute = |captures: &Captures<'_>| {
        let number = |at: usize| captures.get(at).and_then(|m| m.as_str().parse::<u8>().ok());
        Some((number(1)?, number(2).or_else(|| number(3)).unwrap_or(0)))
    };
    if let Some(captures) = TIME_BEHIND.captures(behind)
        && let Some((hour, minute)) = hour_and_minute(&captures)
        && let Some(with_time) = date.at(hour, minute)
    {
        let end = [3, 2, 1]
            .iter()
            .find_map(|at| captures.get(*at))
            .map_or(0, |m| m.end());
        let uhr = behind[end..].trim_start().starts_with("Uhr");
        let blanks = behind[end..].len() - behind[end..].trim_start().len();
        found.range.end += if uhr { end + blanks + 3 } else { end };
        found.date = Some(with_time);
        return found;
    }
    let before = near_before(text, found.range.start);
    if let Some(captures) = TIME_BEFORE.captures(before)
        && let Some((hour, minute)) = hour_and_minute(&captures)
        && let Some(with_time) = date.at(hour, minute)
    {
        found.date = Some(with_time);
    }
    found
}

/// At most 40 bytes before `at`.
fn near_before(text: &str, at: usize) -> &str {
    let from = at.saturating_sub(40);
    let from = (from..=at)
        .find(|from| text.is_char_boundary(*from))
        .unwrap_or(at);
    &text[from..at]
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// `25` is 2025, `98` is 1998: two digits name no year beyond the next.
fn full_year(year: u16) -> u16 {
    match year {
        0..=99 if 2000 + year <= super::today().year_number() + 1 => 2000 + year,
        0..=99 => 1900 + year,
        year => year,
    }
}

fn month(name: &str) -> Option<u8> {
    const BEGINNINGS: [(&str, u8); 18] = [
        ("jan", 1),
        ("jän", 1),
        ("feb", 2),
        ("mär", 3),
        ("mae", 3),
        ("mrz", 3),
        ("mar", 3),
        ("apr", 4),
        ("mai", 5),
        ("may", 5),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sep", 9),
        ("okt", 10),
        ("oct", 10),
        ("nov", 11),
        ("dez", 12),
    ];
    let name = name.to_lowercase();
    if name.starts_with("dec") {
        return Some(12);
    }
    BEGINNINGS
        .iter()
        .find(|(beginning, _)| name.starts_with(beginning))
        .map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        scan(text)
            .iter()
            .map(|found| match (found.date, found.yearless) {
                (Some(date), _) => date.to_string(),
                (None, Some(yearless)) => format!("--{:02}-{:02}", yearless.month, yearless.day),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn every_form_of_a_day() {
        for text in [
            "28.04.2025",
            "28.4.2025",
            "28.4.25",
            "28. 4. 2025",
            "28. April 2025",
            "28.April 2025",
            "28 April 2025",
            "Montag, 28. April 2025",
            "Montag, der 28. April 2025",
            "Mo., 28.04.2025",
            "2025-04-28",
            "dpa:250428-930-477465/1",
            "28. Apr. 2025",
            "April 28, 2025",
            "2025/04/28",
            "28/04/2025",
            "Ausgabe vom 28.04.2025, Seite 1 / Ausland",
        ] {
            assert_eq!(dates(text), ["2025-04-28"], "{text}");
        }
        assert_eq!(dates("28. Jänner 2025"), ["2025-01-28"]);
        assert_eq!(dates("1. Sept. 2025"), ["2025-09-01"]);
        assert_eq!(dates("3. Mrz. 2025"), ["2025-03-03"]);
        assert_eq!(dates("3. Dez 2025"), ["2025-12-03"]);
        assert_eq!(dates("1.3.98"), ["1998-03-01"]);
    }

    #[test]
    fn times_of_day_stand_behind_or_before() {
        for text in [
            "28.04.2025, 08:45 Uhr",
            "28.04.2025 - 08:45 Uhr",
            "28.04.2025 | 08:45",
            "28.04.2025 - 08:45 UhrLesedauer: 2 Min.",
            "28. April 2025, 8.45 Uhr",
            "28. April 2025 um 8:45",
            "Mo. 28. April 2025 / 08.45 Uhr / Lesezeit 3 Min",
            "2025-04-28T06:45:12Z",
            "08:45 Uhr, 28.04.2025",
            "28.04.2025 08:45:12",
        ] {
            assert_eq!(dates(text), ["2025-04-28T08:45"], "{text}");
        }
        assert_eq!(dates("28. April 2025 um 8 Uhr"), ["2025-04-28T08:00"]);
        assert_eq!(dates("28. April 2025. 12 Menschen"), ["2025-04-28"]);
    }

    #[test]
    fn months_stay_months_and_days_without_year_are_marked() {
        for text in [
            "April 2025",
            "(April 2025)",
            "Ausgabe 4/2025",
            "04/2025",
            "date 2025-04",
        ] {
            assert_eq!(dates(text), ["2025-04"], "{text}");
        }
        assert_eq!(dates("Berlin, 3. Mai (Reuters) -"), ["--05-03"]);
        assert_eq!(dates("Mo 28.4."), ["--04-28"]);
        assert_eq!(dates("Mo 28.4. 18 Uhr"), ["--04-28"]);
        assert_eq!(dates("28. April, 18.30 Uhr"), ["--04-28"]);
        assert_eq!(dates("28.4. 98"), ["1998-04-28"]);
    }

    #[test]
    fn numbers_that_are_no_dates_are_none() {
        for text in [
            "14.000 Soldaten",
            "1.2.3.4",
            "31.02.2025",
            "170-mm",
            "© 2025",
            "seit 1998",
            "12:30",
            "45.50.2025",
            "2025-13-01",
            "Paragraf 3",
        ] {
            let complete = scan(text).iter().any(|found| found.date.is_some());
            assert!(!complete, "{text}: {:?}", dates(text));
        }
    }

    #[test]
    fn the_weekday_finds_the_year() {
        let today = PartialDate::day(2026, 5, 1).unwrap();
        let found = scan("Mo 28.4.").remove(0).yearless.unwrap();
        assert_eq!(found.by_weekday(today).unwrap().to_string(), "2025-04-28");
    }
}
