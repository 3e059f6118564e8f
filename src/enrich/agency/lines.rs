//! Agencies in the lines around the text, and in fields that name who wrote or published it.

use std::borrow::Cow;

use super::entries::{Entries, evidence};
use super::find::{Facts, Form, NO_COUNTRY, Occurrence, find};
use super::role::{Place, role_of};
use super::signature;
use super::text::desk_signature;
use crate::document::{AgencyKind, Document, Evidence, Line, LineKind, Role, Scope};
use crate::enrich::gazetteers::agencies::{AGENCIES, AgencyForm};
use crate::enrich::words::Words;

pub(super) fn read_line(line: &Line, facts: &Facts, document: &Document, entries: &mut Entries) {
    if matches!(line.kind, LineKind::Body | LineKind::Title) || line.text.len() > 5_000 {
        return;
    }
    let words = Words::of(&line.text);
    let mut occurrences: Vec<(usize, usize, Cow<'static, str>)> = (find(&words, facts).into_iter())
        .filter(|occurrence| occurrence.kind == AgencyKind::News)
        .map(|occurrence| (occurrence.first, occurrence.end, occurrence.id))
        .collect();
    uncertain_in_line(&words, &mut occurrences, document);
    for (first, end, id) in occurrences {
        let occurrence = Occurrence {
            first,
            end,
            id,
            kind: AgencyKind::News,
            form: Form::Name,
            gender: 'f',
        };
        if let Some(credit) = signature::credit_in_line(line.kind, &words, &occurrence) {
            let evidence = evidence(
                "source",
                line.start,
                &words,
                (first, end),
                credit.rule,
                0.95,
            );
            entries.add(
                &occurrence.id,
                AgencyKind::News,
                Role::Credited,
                credit.scope,
                evidence,
            );
        }
    }
    desk_signature("source", &words, entries);
    if line.kind == LineKind::Caption {
        cited_in_caption(line, &words, facts, entries);
    }
}

/// A caption may quote: `…, sagt Geheimdienstchef Muster`. What it only names is in the picture.
fn cited_in_caption(line: &Line, words: &Words<'_>, facts: &Facts, entries: &mut Entries) {
    let services = find(words, facts).into_iter();
    let services = services.filter(|found| found.kind == AgencyKind::Intelligence);
    for occurrence in services.filter(|found| found.id != NO_COUNTRY) {
        let verdict = role_of(words, &occurrence, Place::Body);
        if verdict.role != Role::Cited {
            continue;
        }
        let first = verdict.proof.0.min(occurrence.first);
        let end = verdict.proof.1.max(occurrence.end);
        let evidence = evidence(
            "source",
            line.start,
            words,
            (first, end),
            verdict.rule,
            verdict.confidence,
        );
        entries.add(
            &occurrence.id,
            occurrence.kind,
            Role::Cited,
            Scope::Text,
            evidence,
        );
    }
}

/// Abbreviations that are agencies in a credit, though they could be something else in a sentence.
fn uncertain_in_line(
    words: &Words<'_>,
    occurrences: &mut Vec<(usize, usize, Cow<'static, str>)>,
    document: &Document,
) {
    let ntv = words.text.contains("ntv")
        || words.text.contains("n-tv")
        || document
            .publisher
            .as_ref()
            .is_some_and(|publisher| publisher.id == "ntv" || publisher.id == "n-tv");
    for at in 0..words.len() {
        if occurrences
            .iter()
            .any(|(first, end, _)| (*first..*end).contains(&at))
        {
            continue;
        }
        if ntv && words.word(at) == "rts" && words.gap_before(at) == "/" {
            occurrences.push((at, at + 1, Cow::Borrowed("reuters")));
            continue;
        }
        let Some((length, entries)) = AGENCIES.phrases.longest_at(words, at) else {
            continue;
        };
        let entry = entries.iter().find(|entry| {
            AGENCIES.rows[entry.row].kind == AgencyKind::News
                && matches!(entry.form, AgencyForm::WithNoun | AgencyForm::InCountry)
        });
        if let Some(entry) = entry
            && signature::is_credit_position(words, at, at + length)
        {
            occurrences.push((
                at,
                at + length,
                Cow::Borrowed(AGENCIES.rows[entry.row].id.as_str()),
            ));
        }
    }
    occurrences.sort_by_key(|(first, _, _)| *first);
}

/// An agency that stands alone in a field, such as the author `AFP` or the publisher `Reuters`.
pub(super) fn read_field(field: &'static str, text: &str, entries: &mut Entries) {
    for part in text.split(['/', ',', ';', '&']) {
        let part = part.trim();
        let Some(agency) = AGENCIES
            .by_name(part)
            .filter(|agency| agency.kind == AgencyKind::News)
        else {
            continue;
        };
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let evidence = Evidence {
            field: field.to_owned(),
            start,
            end: start + part.len(),
            text: part.to_owned(),
            rule: format!("{field}-field"),
            confidence: 0.95,
        };
        let known = agency.id.clone();
        entries.add(
            &known,
            AgencyKind::News,
            Role::Credited,
            Scope::Text,
            evidence,
        );
    }
}
