//! Agencies in title and running text.

use super::entries::{Entries, evidence};
use super::find::{Form, Occurrence};
use super::role::{Place, Verdict, role_of};
use super::signature;
use crate::document::{AgencyKind, Role, Scope};
use crate::enrich::words::Words;

/// Words of evidence at most.
const MOST_WORDS: usize = 12;

pub(super) fn read_text(
    field: &str,
    words: &Words<'_>,
    place: Place,
    occurrences: &[Occurrence],
    entries: &mut Entries,
) {
    let verdicts = verdicts(words, place, occurrences);
    for (occurrence, verdict) in occurrences.iter().zip(verdicts) {
        let credit = (occurrence.kind == AgencyKind::News)
            .then(|| signature::credit_in_text(words, occurrence))
            .flatten();
        if let Some(credit) = credit {
            let span = (occurrence.first, occurrence.end);
            let evidence = evidence(field, 0, words, span, credit.rule, 0.9);
            entries.add(
                &occurrence.id,
                occurrence.kind,
                Role::Credited,
                credit.scope,
                evidence,
            );
            continue;
        }
        if occurrence.form == Form::Head && verdict.role == Role::Mentioned {
            continue;
        }
        let (mut first, mut end) = verdict.proof;
        (first, end) = (first.min(occurrence.first), end.max(occurrence.end));
        if end - first > MOST_WORDS {
            (first, end) = (occurrence.first, occurrence.end);
        }
        let evidence = evidence(
            field,
            0,
            words,
            (first, end),
            verdict.rule,
            verdict.confidence,
        );
        entries.add(
            &occurrence.id,
            occurrence.kind,
            verdict.role,
            Scope::Text,
            evidence,
        );
    }
    desk_signature(field, words, entries);
}

/// The role of each occurrence; those joined by *und* share the stronger one.
fn verdicts(words: &Words<'_>, place: Place, occurrences: &[Occurrence]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = (occurrences.iter())
        .map(|occurrence| role_of(words, occurrence, place))
        .collect();
    for index in 1..occurrences.len() {
        let (before, after) = (&occurrences[index - 1], &occurrences[index]);
        if !joined(words, before, after) {
            continue;
        }
        let (left, right) = (verdicts[index - 1], verdicts[index]);
        match (left.role, right.role) {
            (Role::Cited, Role::Mentioned) => {
                verdicts[index] = Verdict {
                    rule: "joined",
                    ..left
                }
            }
            (Role::Mentioned, Role::Cited) => {
                verdicts[index - 1] = Verdict {
                    rule: "joined",
                    ..right
                }
            }
            _ => {}
        }
    }
    verdicts
}

fn joined(words: &Words<'_>, before: &Occurrence, after: &Occurrence) -> bool {
    if before.end > after.first {
        return before.first == after.first;
    }
    let between = before.end..after.first;
    let link = |word: &str| {
        matches!(
            word,
            "und"
                | "oder"
                | "sowie"
                | "der"
                | "die"
                | "das"
                | "des"
                | "dem"
                | "den"
                | "vom"
                | "von"
        )
    };
    between.len() <= 3
        && words.sentence_of(before.first) == words.sentence_of(after.first)
        && between.clone().all(|at| link(words.word(at)))
        && between
            .clone()
            .any(|at| matches!(words.word(at), "und" | "oder" | "sowie"))
}

/// `/fkr/DP/jha`: signature of the business desk of dpa.
pub(super) fn desk_signature(field: &str, words: &Words<'_>, entries: &mut Entries) {
    for at in 1..words.len().saturating_sub(1) {
        let short = |index: usize| words.word(index).len() <= 4;
        let signature = words.word(at) == "DP"
            && words.gap_before(at) == "/"
            && words.gap_after(at) == "/"
            && short(at - 1)
            && short(at + 1);
        if signature {
            let evidence = evidence(field, 0, words, (at - 1, at + 2), "signature", 0.9);
            entries.add(
                "dpa-afx",
                AgencyKind::News,
                Role::Credited,
                Scope::Text,
                evidence,
            );
        }
    }
}
