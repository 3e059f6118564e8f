//! What may be the date of a document, and what it would be the date of.

use super::address::address;
use super::keys::metadata;
use super::lines::{date_lines, other_lines};
use super::text::body;
use super::today;
use crate::document::{Document, Evidence, Line, PartialDate};

/// What a candidate is the date of, and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Said to be the publication.
    Published,
    /// Said to be an update.
    Updated,
    /// A header that an archive put before the text.
    Header,
    /// A line of its own that says nothing more.
    Bare,
    /// The beginning or the signature of the text.
    Dateline,
    /// The number of a dpa report.
    DpaNumber,
    /// The address of the page.
    Address,
    /// When it was on the air.
    Broadcast,
    /// Anything less.
    Weak,
}

/// A date and why it may be the document's.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) value: PartialDate,
    pub(super) class: Class,
    pub(super) evidence: Evidence,
}

/// No newspaper text in an archive of this kind is older; other numbers are no years.
const FIRST_YEAR: u16 = 1990;

/// All candidates, in the order of the source within each place.
pub(super) fn candidates(document: &Document) -> Vec<Candidate> {
    let mut all = Vec::new();
    metadata(document, &mut all);
    date_lines(document, &mut all);
    other_lines(document, &mut all);
    body(document, &mut all);
    all.extend(address(document));
    let latest = today();
    let possible =
        |date: PartialDate| date.year_number() >= FIRST_YEAR && date.beginning() <= latest.ending();
    all.retain(|candidate| possible(candidate.value));
    all
}

pub(super) fn evidence(
    line: &Line,
    range: std::ops::Range<usize>,
    rule: &str,
    confidence: f32,
) -> Evidence {
    // Where the text of the line is not a slice of the source, the whole line is the evidence.
    let is_slice = line.end - line.start == line.text.len();
    let (start, end) = if is_slice {
        (line.start + range.start, line.start + range.end)
    } else {
        (line.start, line.end)
    };
    Evidence {
        field: "source".into(),
        start,
        end,
        text: line.text[range].to_owned(),
        rule: rule.into(),
        confidence,
    }
}

pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
