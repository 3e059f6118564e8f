//! Dates at the beginning of the running text.

use std::sync::LazyLock;

use regex::Regex;

use super::candidates::{Candidate, Class, floor};
use super::lines::{HEADER, named_class, with_year};
use super::scan::scan;
use crate::document::{Document, Evidence, LineKind};

/// So many lines at the head of a text may be its date.
const HEAD_LINES: usize = 15;

/// `Berlin, 3. Mai (Reuters) -`, `Karlsruhe, (12.11.2021).`, `31. Oktober 2023. Es …`
static DATELINES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"^\p{Lu}[\p{L}/ .-]{2,40}, (?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\p{L}*,? (?:den |der )?)?([0-3]?\d\.[^\n]{1,25}?) ?(?:\([^)\n]{2,30}\) ?)?(?:-|–|—|:)",
        r"^\p{Lu}[\p{L}/ .-]{2,40},? \(?([0-3]?\d\. ?(?:[01]?\d\.|\p{L}{3,9}) ?20\d\d)\)?[.,:]? ?(?:-|–|—|\p{Lu}|„)",
        r"^\(?([0-3]?\d\. ?(?:[01]?\d\.|\p{L}{3,9}) ?20\d\d)\)?(?:[.,:]? ?(?:-|–|—|/|\|) ?|[.:]? „|[.:] )\p{Lu}?",
    ]
    .map(|pattern| Regex::new(pattern).unwrap())
});

/// The dateline, and lines at the head of a body that a record stated with all its notes.
pub(super) fn body(document: &Document, all: &mut Vec<Candidate>) {
    let body = document.body.as_str();
    let line = body.lines().next().unwrap_or("");
    let line = &line[..floor(line, 200)];
    let places = DATELINES
        .iter()
        .filter_map(|form| form.captures(line)?.get(1));
    for place in places {
        let Some(found) = scan(place.as_str()).into_iter().next() else {
            continue;
        };
        if let Some(value) = found.date.or_else(|| with_year(document, &found)) {
            all.push(Candidate {
                value,
                class: Class::Dateline,
                evidence: body_evidence(body, place.range(), "dateline", 0.75),
            });
            break;
        }
    }
    let verbatim = document.is_stated("body");
    if !verbatim {
        return;
    }
    let mut offset = 0;
    for line in body.split('\n').take(HEAD_LINES) {
        let start = offset;
        offset += line.len() + 1;
        let is_embargo = (document.lines.iter())
            .any(|note| note.kind == LineKind::Embargo && (start..offset).contains(&note.start));
        if line.len() > 160 || is_embargo {
            continue;
        }
        for found in scan(line) {
            let Some(value) = found.date else { continue };
            let label = named_class(&line[..found.range.start]);
            let beside: usize = line.len() - found.range.len();
            let header = HEADER.is_match(line);
            if !header && beside > 60 || line.trim_end().ends_with('.') && label.is_none() {
                continue;
            }
            let class = match label {
                _ if header => Class::Header,
                None if beside > 25 => continue,
                None => Class::Bare,
                Some(class) => class,
            };
            let range = start + found.range.start..start + found.range.end;
            all.push(Candidate {
                value,
                class,
                evidence: body_evidence(body, range, "line-at-the-head", 0.7),
            });
        }
    }
}

fn body_evidence(
    body: &str,
    range: std::ops::Range<usize>,
    rule: &str,
    confidence: f32,
) -> Evidence {
    Evidence {
        field: "body".into(),
        start: range.start,
        end: range.end,
        text: body[range].to_owned(),
        rule: rule.into(),
        confidence,
    }
}
