//! Dates in the lines around the text.

use std::sync::LazyLock;

use regex::Regex;

use super::candidates::{Candidate, Class, evidence};
use super::scan::{Found, LONGEST, scan};
use super::today;
use crate::document::{Document, Evidence, Line, LineKind, PartialDate, Precision};

/// Lines of dates that belong together, as one text with the places of its lines.
struct Joined {
    text: String,
    /// (offset in `text`, offset in the source) of each line.
    starts: Vec<(usize, usize)>,
}

impl Joined {
    /// Consecutive date lines of `lines`, at most four short ones.
    fn all(lines: &[Line]) -> Vec<Joined> {
        const MOST: usize = 4;
        let mut groups: Vec<Joined> = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for (index, line) in lines.iter().enumerate() {
            if line.kind != LineKind::Date || line.text.len() > LONGEST / MOST {
                continue;
            }
            let follows = last.is_some_and(|(before, end)| {
                before + 1 == index && line.start >= end && line.start - end < 200
            });
            match groups.last_mut() {
                Some(group) if follows && group.starts.len() < MOST => {
                    group.text.push('\n');
                    group.starts.push((group.text.len(), line.start));
                    group.text.push_str(&line.text);
                }
                _ => groups.push(Joined {
                    text: line.text.clone(),
                    starts: vec![(0, line.start)],
                }),
            }
            last = Some((index, line.end));
        }
        groups
    }

    fn source_offset(&self, at: usize) -> usize {
        let (offset, source) = self
            .starts
            .iter()
            .rev()
            .find(|(offset, _)| *offset <= at)
            .copied()
            .unwrap_or_default();
        source + (at - offset)
    }
}

pub(super) static HEADER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\W*date:? \d{4}").unwrap());

static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)veröffentlich|veroeffentlich|erschienen|erschien(?-u:\b)|publiziert|publikation|erstellt|eingestellt|gepostet|geschrieben|online seit|(?-u:\b)online:|published|posted|(?-u:\b)publ?(?-u:\b)|erstveröff|(?-u:\b)datum(?-u:\b)|(?:^\W*|ausgabe |artikel |beitrag |meldung |nachricht |bericht )vom(?-u:\b)|ausgabe(?-u:\b)").unwrap()
});
/// What stands behind a date that is the publication's: `am 3. Mai 2025 um 10 Uhr veröffentlicht`.
static PUBLISHED_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[^.:\d]{0,12}(?:veröffentlicht|publiziert|gepostet|geschrieben|erschienen|eingestellt)(?:[\s.,)]|$)").unwrap()
});
/// What is still to come is not the publication of this text.
static NEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)nächste|demnächst|erscheint|kommende").unwrap());
static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)aktualisier|(?-u:\b)stand(?-u:\b)|(?-u:\b)upd(?:ate|ated)?(?-u:\b)|änderung|geändert|bearbeitet|überarbeitet",
    )
    .unwrap()
});
static BROADCAST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)sendung|gesendet|(?-u:\b)sendedatum").unwrap());

pub(super) fn date_lines(document: &Document, all: &mut Vec<Candidate>) {
    for group in Joined::all(&document.lines) {
        let mut label_from = 0;
        let mut class = None;
        for found in scan(&group.text.replace('\n', " ")) {
            let label = &group.text[label_from.min(found.range.start)..found.range.start];
            label_from = found.range.end;
            let behind = &group.text[found.range.end..];
            let named = named_class(label).or_else(|| {
                PUBLISHED_BEHIND
                    .is_match(behind)
                    .then_some(Class::Published)
            });
            let named = named.filter(|_| !NEXT.is_match(label));
            // A label holds for its own date only; the next needs one of its own.
            class = named.or(if class.is_some() {
                Some(Class::Weak)
            } else {
                None
            });
            let class_here = if HEADER.is_match(&group.text) {
                Class::Header
            } else {
                class.unwrap_or(Class::Bare)
            };
            let Some(value) = found.date.or_else(|| with_year(document, &found)) else {
                continue;
            };
            let (rule, confidence) = match class_here {
                Class::Published => ("labelled-date", 0.9),
                Class::Updated => ("labelled-update", 0.85),
                Class::Header => ("archive-header", 0.9),
                Class::Broadcast => ("broadcast-date", 0.6),
                Class::Weak => ("further-date", 0.4),
                _ => ("date-line", 0.75),
            };
            let class_here = if class_here == Class::Header && value.precision() >= Precision::Day {
                Class::Published
            } else {
                class_here
            };
            all.push(Candidate {
                value,
                class: class_here,
                evidence: Evidence {
                    field: "source".into(),
                    start: group.source_offset(found.range.start),
                    end: group.source_offset(found.range.end),
                    text: group.text[found.range.clone()].to_owned(),
                    rule: rule.into(),
                    confidence,
                },
            });
            class.get_or_insert(Class::Bare);
        }
    }
}

pub(super) fn named_class(label: &str) -> Option<Class> {
    // The word nearest to the date counts.
    let last = |regex: &Regex| regex.find_iter(label).last().map(|m| m.end());
    let published = last(&PUBLISHED);
    let updated = last(&UPDATED);
    match (published, updated) {
        (Some(published), Some(updated))
            if published > updated && !label[updated..].to_lowercase().contains("vom") =>
        {
            Some(Class::Published)
        }
        (_, Some(_)) => Some(Class::Updated),
        (Some(_), None) => Some(Class::Published),
        (None, None) => BROADCAST.is_match(label).then_some(Class::Broadcast),
    }
}

/// `Berlin, 3. Mai (Reuters) -`: the year comes from another date, else from the weekday.
pub(super) fn with_year(document: &Document, found: &Found) -> Option<PartialDate> {
    let yearless = found.yearless?;
    let hint = year_hint(document);
    hint.and_then(|year| yearless.in_year(year))
        .or_else(|| yearless.by_weekday(today()))
}

/// A year that a copyright line or the address names.
fn year_hint(document: &Document) -> Option<u16> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:©|\(c\)|copyright|/)[^\d\n]{0,40}((?:19|20)\d\d)(?-u:\b)").unwrap()
    });
    let url = document.url.as_deref().unwrap_or("");
    let sources = document
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Source);
    let texts = std::iter::once(url).chain(sources.map(|line| line.text.as_str()));
    let mut texts = texts.filter(|text| text.len() <= LONGEST);
    texts.find_map(|text| YEAR.captures(text)?.get(1)?.as_str().parse().ok())
}

/// By-lines and source lines: `(Eva Muster, 3.5.2024)`, `dpa:250428-930-477465/1`.
pub(super) fn other_lines(document: &Document, all: &mut Vec<Candidate>) {
    for line in &document.lines {
        if !matches!(line.kind, LineKind::Byline | LineKind::Source) {
            continue;
        }
        for found in scan(&line.text) {
            let Some(value) = found.date else { continue };
            let (class, rule, confidence) = match (found.is_dpa_number, line.kind) {
                (true, _) => (Class::DpaNumber, "dpa-number", 0.85),
                (_, LineKind::Byline) => (Class::Dateline, "by-line", 0.75),
                _ if named_class(&line.text) == Some(Class::Published) => {
                    (Class::Weak, "first-publication", 0.5)
                }
                _ => continue,
            };
            all.push(Candidate {
                value,
                class,
                evidence: evidence(line, found.range, rule, confidence),
            });
        }
    }
}
