//! What a page says of its date where machines look.

use std::sync::LazyLock;

use regex::Regex;

use super::candidates::{Candidate, Class, evidence};
use super::scan::scan;
use crate::document::{Document, LineKind, PartialDate};

/// What the value of a key is the date of, and how far that can be trusted; the key is one of a
/// meta element, of JSON-LD, or of our own for what stands in the page.
///
/// Content systems spell these keys in hundreds of ways, so the words in them decide.
fn class_of_key(key: &str) -> Option<(Class, f32)> {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    let key: String = letters.flat_map(char::to_lowercase).collect();
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    match key.as_str() {
        "scriptpublished" => return Some((Class::Published, 0.6)),
        "time" => return Some((Class::Bare, 0.7)),
        "timeelsewhere" | "elsewhere" => return Some((Class::Weak, 0.3)),
        "timepublished" => return Some((Class::Published, 0.85)),
        _ => {}
    }
    // Dates of other things.
    if has(&[
        "expir",
        "event",
        "unpublish",
        "birth",
        "valid",
        "start",
        "until",
        "end_",
        "copyright",
    ]) {
        return None;
    }
    if has(&[
        "modif",
        "updated",
        "lastmod",
        "revised",
        "changed",
        "update",
        "geaendert",
    ]) {
        return Some((Class::Updated, 0.9));
    }
    let of_library = key.starts_with("dc") && has(&["issued", "created"]);
    if of_library
        || has(&[
            "publish",
            "publicationdate",
            "pubdate",
            "sailthrudate",
            "original",
            "firstpub",
        ])
    {
        return Some((Class::Published, 0.95));
    }
    let general = has(&["created", "upload", "published", "datum"]) || key.ends_with("date");
    general.then_some((Class::Published, 0.85))
}

/// The candidates among the statements of the page, the surer keys first.
pub(super) fn metadata(document: &Document, all: &mut Vec<Candidate>) {
    let begin = all.len();
    let lines = document.lines.iter();
    for line in lines.filter(|line| line.kind == LineKind::Metadata) {
        let Some((key, value)) = line.text.split_once(": ") else {
            continue;
        };
        let Some((class, confidence)) = class_of_key(key) else {
            continue;
        };
        let date = PartialDate::from_stamp(value)
            .or_else(|| unusual_stamp(value))
            .or_else(|| scan(value).into_iter().find_map(|found| found.date));
        if let Some(value) = date {
            all.push(Candidate {
                value,
                class,
                evidence: evidence(line, 0..line.text.len(), "page-metadata", confidence),
            });
        }
    }
    all[begin..].sort_by(|a, b| b.evidence.confidence.total_cmp(&a.evidence.confidence));
}

/// `Mon Apr 28 08:45:00 CEST 2025`, as Java prints dates.
static JAVA: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d):\d\d (\w{1,5}) (\d{4})$")
        .unwrap()
});

/// `28-04-2025`, `2025-4-28`, `2025.04.28`, `28-Apr-2025`
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4})[.-](\d{1,2})[.-](\d{1,2})(?:\D|$)|^(\d{1,2})-(\d{1,2}|[A-Za-z]{3})-(\d{4})(?:\D|$)")
        .unwrap()
});

/// Stamps that no standard knows.
fn unusual_stamp(value: &str) -> Option<PartialDate> {
    let value = value.trim();
    if value.len() > 40 {
        return None;
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = value.parse().ok()?;
        // Seconds since 1970, or thousandths of them.
        return match value.len() {
            10 => PartialDate::from_unix_seconds(number),
            13 => PartialDate::from_unix_seconds(number / 1_000),
            _ => None,
        };
    }
    if let Some(java) = JAVA.captures(value) {
        let [month, day, time, zone, year] = java.extract().1;
        let zone = if matches!(zone, "CET" | "CEST") {
            ""
        } else {
            zone
        };
        return PartialDate::from_stamp(format!("{day} {month} {year} {time} {zone}").trim());
    }
    let parts = PARTS.captures(value)?;
    let part = |at: usize| parts.get(at).map(|part| part.as_str());
    if let (Some(year), Some(month), Some(day)) = (part(1), part(2), part(3)) {
        return PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    }
    let (day, month, year) = (part(4)?, part(5)?, part(6)?);
    match month.parse() {
        Ok(month) => PartialDate::day(year.parse().ok()?, month, day.parse().ok()?),
        Err(_) => scan(&format!("{day} {month} {year}"))
            .into_iter()
            .find_map(|found| found.date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_key_decide_what_its_date_is_of() {
        for key in [
            "datePublished",
            "article:published_time",
            "article:published:time",
            "parsely-pub-date",
            "sailthru.date",
            "DC.date.issued",
            "dcterms.created",
            "cXenseParse:recs:publishtime",
            "date",
            "DC.Date",
            "uploadDate",
            "photo:uploaded",
        ] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_eq!(class, Some(Class::Published), "{key}");
        }
        for key in [
            "dateModified",
            "og:updated_time",
            "last-modified",
            "article:modified_time",
        ] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_eq!(class, Some(Class::Updated), "{key}");
        }
        for key in ["expires", "event:start_date", "og:site_name", "publisher"] {
            let class = class_of_key(key).map(|(class, _)| class);
            assert_ne!(class, Some(Class::Updated), "{key}");
        }
        assert_eq!(class_of_key("article:expiration_time"), None);
    }

    #[test]
    fn stamps_that_no_standard_knows_are_read() {
        for (stamp, expected) in [
            ("Mon Apr 28 08:45:00 CEST 2025", "2025-04-28T08:45"),
            ("Mon Apr 28 06:45:00 UTC 2025", "2025-04-28T08:45"),
            ("1745822700", "2025-04-28T08:45"),
            ("1745822700000", "2025-04-28T08:45"),
            ("28-04-2025", "2025-04-28"),
            ("2025-4-28", "2025-04-28"),
            ("2025.04.28", "2025-04-28"),
            ("28-Apr-2025", "2025-04-28"),
        ] {
            let found = unusual_stamp(stamp).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{stamp}");
        }
        for stamp in ["123456", "31-31-2025", "1-2", "Seite 28", ""] {
            assert_eq!(unusual_stamp(stamp), None, "{stamp}");
        }
    }
}
