//! Until when may the text not be published?
//!
//! Read from the lines that say so. Where several moments are named (print and online), the last
//! counts. A day without a time of day is free from its beginning on, unless the text is closed
//! *until* that day. What lacks a year or a day is completed from the date of the text; without
//! one there is no embargo, rather than a guessed one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Enricher;
use super::date::{Found, scan};
use crate::document::{Document, Evidence, LineKind, PartialDate, Precision};

/// Sets the moment before which a document is not shown.
pub(super) struct Embargo;

impl Enricher for Embargo {
    fn name(&self) -> &'static str {
        "embargo"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("embargo") {
            return;
        }
        let published = (document.date).map(|date| date.value);
        let mut best: Option<(PartialDate, Evidence)> = None;
        for (text, range) in notes(document) {
            let Some((value, rule, confidence)) = moment(&text, published) else {
                continue;
            };
            if (best.as_ref()).is_some_and(|(other, _)| other.beginning() >= value.beginning()) {
                continue;
            }
            // A body that is kept as it was has its notes in it.
            let in_body = document.body.get(range.clone()) == Some(text.as_str());
            let evidence = Evidence {
                field: if in_body { "body" } else { "source" }.into(),
                start: range.start,
                end: range.end,
                text,
                rule: rule.into(),
                confidence,
            };
            best = Some((value, evidence));
        }
        if let Some((value, evidence)) = best {
            document.embargo = Some(value);
            document.add_evidence("embargo", evidence);
        }
    }
}

/// Lines about an embargo; those that follow each other are one, for the moment may stand below
/// the cue.
fn notes(document: &Document) -> Vec<(String, Range<usize>)> {
    let mut notes: Vec<(String, Range<usize>)> = Vec::new();
    let mut follows = false;
    for line in &document.lines {
        let is_note = line.kind == LineKind::Embargo;
        match notes.last_mut().filter(|_| follows && is_note) {
            Some((text, range)) => {
                text.push(' ');
                text.push_str(&line.text);
                range.end = line.end;
            }
            None if is_note => notes.push((line.text.clone(), line.start..line.end)),
            None => {}
        }
        follows = is_note;
    }
    notes
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s?(?:uhr|h)\b|\b([01]?\d|2[0-4]):([0-5]\d)\b",
    )
    .unwrap()
});

/// `gesperrt bis`, `Sperrfrist bis einschließlich`: the day named is still closed.
static UNTIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bbis\b").unwrap());

static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)")
        .unwrap()
});

static TODAY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\bheute\b").unwrap());

/// The last moment that `text` names, the rule and its confidence.
fn moment(text: &str, published: Option<PartialDate>) -> Option<(PartialDate, &'static str, f32)> {
    let found = scan(text);
    let mut last: Option<(PartialDate, &'static str, f32)> = None;
    for (index, date) in found.iter().enumerate() {
        let (day, rule, confidence) = match date.date {
            Some(day) => (day, "embargo", 0.95),
            None => (
                nearest_year(date, published?)?,
                "embargo-without-year",
                0.85,
            ),
        };
        let from = if index == 0 { 0 } else { date.range.end };
        let to = found
            .get(index + 1)
            .map_or(text.len(), |next| next.range.start);
        let before = if index == 0 {
            &text[..date.range.start]
        } else {
            ""
        };
        let behind = &text[date.range.end..to];
        let value = match day.time() {
            Some(_) => day,
            None => match time(behind).or_else(|| time(before)) {
                Some(time) => at(day, time)?,
                None => without_time(day, &text[from..to])?,
            },
        };
        if last.is_none_or(|(other, ..)| other.beginning() < value.beginning()) {
            last = Some((value, rule, confidence));
        }
    }
    if last.is_some() {
        return last;
    }
    let published = published.filter(|date| date.precision() >= Precision::Day)?;
    let sent = published.time();
    let published = published.without_time();
    let time = time(text);
    let day = if let Some(captures) = WEEKDAY.captures(text) {
        let wanted = weekday(&captures[1])?;
        let days = (7 + wanted - published.weekday()?) % 7;
        match days {
            0 => published,
            days => published.days_later(u32::from(days))?,
        }
    } else if time.is_some() || TODAY.is_match(text) {
        // `Sperrfrist: 0 Uhr`, sent at noon: the next midnight is meant.
        let is_over =
            time.is_some_and(|time| time == (0, 0) || sent.is_some_and(|sent| time < sent));
        match is_over {
            true => published.days_later(1)?,
            false => published,
        }
    } else {
        return None;
    };
    let value = match time {
        Some(time) => at(day, time)?,
        None => without_time(day, text)?,
    };
    Some((value, "embargo-without-date", 0.7))
}

fn without_time(day: PartialDate, text: &str) -> Option<PartialDate> {
    match UNTIL.is_match(text) {
        true => day.days_later(1),
        false => Some(day),
    }
}

/// Hour, up to 24, and minute.
fn time(text: &str) -> Option<(u8, u8)> {
    let captures = TIME.captures_iter(text).last()?;
    let number = |at: usize| captures.get(at).and_then(|m| m.as_str().parse::<u8>().ok());
    let hour = number(1).or_else(|| number(3))?;
    let minute = number(2).or_else(|| number(4)).unwrap_or(0);
    (hour < 24 || minute == 0).then_some((hour, minute))
}

fn at(day: PartialDate, (hour, minute): (u8, u8)) -> Option<PartialDate> {
    if day.precision() < Precision::Day {
        return Some(day);
    }
    match hour {
        24 => day.days_later(1)?.at(0, 0),
        hour => day.at(hour, minute),
    }
}

/// The day in the year in which it is nearest to the publication, if it is near.
fn nearest_year(found: &Found, published: PartialDate) -> Option<PartialDate> {
    const NEAR: u32 = 100;
    let yearless = found.yearless?;
    let year = published.year_number();
    let days = [year.checked_sub(1)?, year, year + 1].map(|year| yearless.in_year(year));
    let distance = |day: &PartialDate| days_between(*day, published);
    let near = days
        .into_iter()
        .flatten()
        .filter(|day| distance(day) <= NEAR);
    near.min_by_key(distance)
}

/// Days between two dates, months taken as 31 days: only to find the nearest of three years.
fn days_between(a: PartialDate, b: PartialDate) -> u32 {
    let days = |date: PartialDate| {
        let (year, month) = (date.year_number(), date.month_number().unwrap_or(6));
        let months = u32::from(year) * 12 + u32::from(month);
        months * 31 + u32::from(date.day_number().unwrap_or(15))
    };
    days(a).abs_diff(days(b))
}

fn weekday(name: &str) -> Option<u8> {
    const BEGINNINGS: [&str; 7] = ["mo", "di", "mi", "do", "fr", "sa", "so"];
    let name = name.to_lowercase();
    if name == "sonnabend" {
        return Some(5);
    }
    let place = (BEGINNINGS.iter()).position(|beginning| name.starts_with(beginning))?;
    Some(place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DateKind, DocumentDate, Line};

    fn read(text: &str, published: &str) -> Option<String> {
        let mut document = Document {
            date: published.parse().ok().map(|value| DocumentDate {
                value,
                kind: DateKind::Published,
            }),
            lines: vec![Line {
                kind: LineKind::Embargo,
                text: text.into(),
                start: 10,
                end: 10 + text.len(),
            }],
            ..Document::default()
        };
        Embargo.enrich(&mut document);
        assert_eq!(
            document.embargo.is_some(),
            document.evidence.contains_key("embargo")
        );
        document.embargo.map(|embargo| embargo.to_string())
    }

    #[test]
    fn moments_are_read_in_all_their_forms() {
        for (text, published, moment) in [
            ("Sperrfrist: 12.05.2025, 18 Uhr", "", "2025-05-12T18:00"),
            ("SPERRFRIST 12. Mai 2025, 18.30 Uhr", "", "2025-05-12T18:30"),
            ("Sperrfrist: 18 Uhr am 12.5.2025", "", "2025-05-12T18:00"),
            ("Sperrfrist 12.05.2025 24 Uhr", "", "2025-05-13T00:00"),
            ("EMBARGO: 2025-05-12T16:00Z", "", "2025-05-12T18:00"),
            ("Frei für Samstag, 17. Mai 2025", "", "2025-05-17"),
            ("Gesperrt bis 12.05.2025", "", "2025-05-13"),
            (
                "Sperrfrist Montag, 12. Mai, 6 Uhr",
                "2025-05-11",
                "2025-05-12T06:00",
            ),
            (
                "Sperrfrist 2. Januar, 0.00 Uhr",
                "2024-12-30",
                "2025-01-02T00:00",
            ),
            ("Sperrfrist 12.5. 18 Uhr", "2025-05-10", "2025-05-12T18:00"),
            ("Frei für Montag", "2025-05-10T12:00", "2025-05-12"),
            ("Frei für Sonnabend", "2025-05-10", "2025-05-10"),
            ("Sperrfrist: 18:30 Uhr", "2025-05-10", "2025-05-10T18:30"),
            ("Sperrfrist: 0 Uhr", "2025-05-10", "2025-05-11T00:00"),
            ("Sperrfrist: 6 Uhr", "2025-05-10T16:20", "2025-05-11T06:00"),
            (
                "Sperrfrist: heute, 18 Uhr",
                "2025-05-10",
                "2025-05-10T18:00",
            ),
        ] {
            assert_eq!(read(text, published).as_deref(), Some(moment), "{text}");
        }
    }

    #[test]
    fn of_several_moments_the_last_counts() {
        let text = "Sperrfrist Online: 12.05.2025, 18 Uhr, Print: 13.05.2025, 5 Uhr";
        assert_eq!(read(text, "").as_deref(), Some("2025-05-13T05:00"));
    }

    #[test]
    fn what_cannot_be_known_is_not_guessed() {
        for text in [
            "Sperrfrist: Redebeginn",
            "Frei ab sofort",
            "Sperrfrist Montag, 18 Uhr",
            "Sperrfrist 12. Mai, 18 Uhr",
        ] {
            assert_eq!(read(text, ""), None, "{text}");
        }
        assert_eq!(read("Sperrfrist Montag, 18 Uhr", "2025-05"), None);
        assert_eq!(read("Sperrfrist 12. Mai, 18 Uhr", "2025-11-24"), None);
    }
}
