//! When was the text published?
//!
//! Candidates are collected from what the page says of itself, from the lines around the text,
//! from the dateline, the number of a dpa report and the address; the best class wins. Dates in
//! running text are dates of events and never taken.

mod address;
mod candidates;
mod keys;
mod lines;
mod scan;
mod text;

use std::time::{SystemTime, UNIX_EPOCH};

use super::Enricher;
use crate::document::{DateKind, Document, DocumentDate, PartialDate, Precision};
use candidates::{Candidate, Class, candidates};
pub(super) use scan::{Found, scan};

/// Sets the date of publication, and of the last update if there is one too.
pub(super) struct DateEnricher;

impl Enricher for DateEnricher {
    fn name(&self) -> &'static str {
        "date"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("date") || document.date.is_some() {
            return;
        }
        let candidates = candidates(document);
        let Some(best) = best(&candidates) else {
            return;
        };
        let value = refine(best.value, &candidates);
        let kind = match best.class {
            Class::Updated => DateKind::Updated,
            Class::Header => DateKind::Header,
            _ => DateKind::Published,
        };
        let updated = candidates
            .iter()
            .filter(|candidate| candidate.class == Class::Updated)
            .map(|candidate| candidate.value)
            .max_by_key(|value| value.beginning());
        document.date = Some(DocumentDate { value, kind });
        if !document.is_stated("updated") && kind != DateKind::Updated {
            document.updated = updated.filter(|updated| updated.beginning() > value.beginning());
        }
        document.add_evidence("date", best.evidence.clone());
    }
}

/// The candidate of the best class; of several in a class, the first.
fn best(candidates: &[Candidate]) -> Option<&Candidate> {
    let first_of = |class: Class| candidates.iter().find(|candidate| candidate.class == class);
    let published = first_of(Class::Published);
    let folders = first_of(Class::Address).filter(|address| {
        address.evidence.rule == "address-folders"
            && published.is_some_and(|published| is_later(published.value, address.value))
    });
    let updated = first_of(Class::Updated);
    // A date that stands alone at the head is the publication, unless it is after the update.
    let bare = (candidates.iter())
        .filter(|candidate| candidate.class == Class::Bare)
        .min_by_key(|bare| (bare.value.precision() < Precision::Day, bare.evidence.start));
    let bare = bare.filter(|bare| {
        updated
            .is_none_or(|updated| bare.value.without_time().beginning() <= updated.value.ending())
    });
    let header = first_of(Class::Header);
    let day_known = |candidate: &&Candidate| candidate.value.precision() >= Precision::Day;
    let in_order = [
        folders,
        published,
        bare.filter(day_known),
        first_of(Class::Dateline),
        first_of(Class::DpaNumber),
        first_of(Class::Address).filter(day_known),
        bare,
        updated,
        header,
        first_of(Class::Broadcast),
        first_of(Class::Address),
        first_of(Class::Weak),
    ];
    let in_order: Vec<&Candidate> = in_order.into_iter().flatten().collect();
    // A class that knows only the month steps back behind one that knows the day in it.
    let best = *in_order.first()?;
    in_order
        .iter()
        .copied()
        .find(|other| {
            best.value.precision() < Precision::Day
                && day_known(other)
                && other.value.periods().any(|period| period == best.value)
        })
        .or(Some(best))
}

/// Whether a page was published anew, days after the day in its address: a stamp in another time
/// zone is no more than a day off.
fn is_later(published: PartialDate, address: PartialDate) -> bool {
    address.days_until(published).is_some_and(|days| days > 2)
}

/// Adds the time of day that another candidate knows for the same day.
fn refine(value: PartialDate, candidates: &[Candidate]) -> PartialDate {
    if value.precision() != Precision::Day {
        return value;
    }
    candidates
        .iter()
        .filter(|candidate| matches!(candidate.class, Class::Published | Class::Bare))
        .map(|candidate| candidate.value)
        .find(|other| other.time().is_some() && other.without_time() == value)
        .unwrap_or(value)
}

/// The day after today: no text is published later.
fn today() -> PartialDate {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs() as i64);
    PartialDate::from_unix_seconds(seconds + 86_400)
        .map(PartialDate::without_time)
        .unwrap_or_else(|| {
            PartialDate::year(2100).unwrap_or_else(|| unreachable!("2100 is a year"))
        })
}

#[cfg(test)]
mod tests;
