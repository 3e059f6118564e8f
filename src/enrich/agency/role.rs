//! Whose word is it: the role of an agency where it is named in running text.
//!
//! For a news agency *cited* is the default, for a service *mentioned* is; the rules look at what
//! stands before and after the noun phrase, in its sentence only and at most some words away.

mod beside;
mod clause;
mod subject;

use self::beside::{after_cue, before_cue};
use self::subject::subject;
use super::find::{Form, Occurrence, is_kind_noun};
use super::nouns::{Tail, is_office, is_statement, is_weak_statement, tail_of};
use super::phrase::NounPhrase;
use super::speech::is_speech_verb;
use crate::document::{AgencyKind, Role};
use crate::enrich::words::{Gap, Words};

/// A role, the rule that gave it and how far that can be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// The role.
    pub(crate) role: Role,
    /// Name of the rule.
    pub(crate) rule: &'static str,
    /// From 0 to 1.
    pub(crate) confidence: f32,
    /// Words that prove it, beside the name itself: `first..end`.
    pub(crate) proof: (usize, usize),
}

/// Where a text stands in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Headline or the line above it.
    Title,
    /// Running text.
    Body,
}

/// How many words a rule looks ahead.
const AHEAD: usize = 24;

/// The role of an agency in running text.
pub(crate) fn role_of(words: &Words<'_>, occurrence: &Occurrence, place: Place) -> Verdict {
    match occurrence.kind {
        AgencyKind::News => news_role(words, occurrence),
        AgencyKind::Intelligence => service_role(words, occurrence, place),
    }
}

fn cited(rule: &'static str, confidence: f32, first: usize, end: usize) -> Verdict {
    Verdict {
        role: Role::Cited,
        rule,
        confidence,
        proof: (first, end),
    }
}

fn mentioned(occurrence: &Occurrence) -> Verdict {
    Verdict {
        role: Role::Mentioned,
        rule: "named",
        confidence: 0.8,
        proof: (occurrence.first, occurrence.end),
    }
}

fn news_role(words: &Words<'_>, occurrence: &Occurrence) -> Verdict {
    let phrase = NounPhrase::of(words, occurrence);
    if let Some(verdict) = cue(words, occurrence, phrase) {
        return verdict;
    }
    let staff = |word: &str| {
        let lower = word.to_lowercase();
        [
            "journalist",
            "fotograf",
            "reporter",
            "korrespondent",
            "mitarbeiter",
            "büro",
            "chefredakteur",
            "redaktion",
            "kamera",
        ]
        .iter()
        .any(|noun| lower.contains(noun))
    };
    let sentence = words.sentence_of(occurrence.first);
    let before = (phrase.first.saturating_sub(2).max(sentence.first)..phrase.first)
        .any(|at| staff(words.word(at)));
    let after = words.hyphen_after(occurrence.end - 1) && staff(words.word(occurrence.end));
    if before || after {
        let end = sentence.end.min(occurrence.end + AHEAD);
        let first = sentence.first.max(phrase.first.saturating_sub(AHEAD));
        let says = (first..end).any(|at| {
            is_speech_verb(words, at) || matches!(words.word(at), "Laut" | "laut" | "zufolge")
        });
        if !says {
            return mentioned(occurrence);
        }
    }
    cited("news-agency-in-text", 0.8, phrase.first, occurrence.end)
}

fn service_role(words: &Words<'_>, occurrence: &Occurrence, place: Place) -> Verdict {
    let phrase = NounPhrase::of(words, occurrence);
    if let Some(verdict) = statement_tail(words, occurrence, phrase) {
        return verdict;
    }
    let reach = if occurrence.form == Form::Head { 5 } else { 0 };
    let sentence = words.sentence_of(phrase.first);
    let before = phrase.first.saturating_sub(reach).max(sentence.first);
    if is_former(words, before, occurrence.first) || is_compound(words, occurrence) {
        return mentioned(occurrence);
    }
    if let Some(verdict) = cue(words, occurrence, phrase) {
        return verdict;
    }
    if place == Place::Title {
        let gap = words.gap_after(occurrence.end - 1);
        if gap.starts_with(": ") && phrase.first == words.sentence_of(phrase.first).first {
            return cited("headline-colon", 0.8, phrase.first, occurrence.end);
        }
    }
    mentioned(occurrence)
}

/// `FBI-Akten`, `Geheimdiensthacker`, `Öko-Stasi`: the name is only part of another noun.
fn is_compound(words: &Words<'_>, occurrence: &Occurrence) -> bool {
    if occurrence.form == Form::Described(Tail::Other) {
        return true;
    }
    let (first, last) = (occurrence.first, occurrence.end - 1);
    let behind = words.hyphen_after(last) && {
        let noun = words.word(last + 1).to_lowercase();
        tail_of(&noun) == Tail::Other
            && ![
                "behörde",
                "behörden",
                "amt",
                "dienst",
                "büro",
                "verbund",
                "zentrale",
                "kreise",
                "kreisen",
            ]
            .contains(&noun.as_str())
    };
    let before = occurrence.form == Form::Name
        && words.hyphen_before(first)
        && !is_kind_noun(words.word(first - 1), occurrence.kind);
    behind || before
}

/// All cues that a noun phrase can have.
fn cue(words: &Words<'_>, occurrence: &Occurrence, phrase: NounPhrase) -> Option<Verdict> {
    if let Some(verdict) = before_cue(words, phrase).or_else(|| after_cue(words, phrase)) {
        return Some(verdict);
    }
    let speaker = speaker_compound(words, occurrence, phrase);
    if let Some(verdict) = subject(words, speaker.unwrap_or(phrase)) {
        return Some(verdict);
    }
    let head = genitive_head(words, phrase)?;
    if is_weak_statement(words.word(head)) {
        let noun = NounPhrase {
            end: phrase.end,
            ..NounPhrase::around(words, head, phrase.end, 'n', None)
        };
        let named = noun.before(words).is_some_and(|at| {
            matches!(
                words.word(at).to_lowercase().as_str(),
                "nach" | "laut" | "gemäß" | "gemäss" | "aus" | "in"
            )
        });
        return (named || occurrence.kind == AgencyKind::News)
            .then(|| cited("statement-of", 0.75, head, phrase.end))
            .or_else(|| before_cue(words, noun))
            .or_else(|| in_report(words, noun));
    }
    if is_statement(words.word(head)) {
        return Some(cited("statement-of", 0.85, head, phrase.end));
    }
    if is_office(words.word(head)) {
        let person = NounPhrase::around(words, head, phrase.end, 'm', None);
        if is_former(words, person.first, head) {
            return None;
        }
        let person = NounPhrase {
            end: phrase.end,
            ..person
        };
        return before_cue(words, person)
            .or_else(|| after_cue(words, person))
            .or_else(|| subject(words, person))
            .or_else(|| {
                let head = genitive_head(words, person)?;
                is_statement(words.word(head))
                    .then(|| cited("statement-of", 0.85, head, person.end))
            });
    }
    None
}

/// `Geheimdienstangaben zufolge`, `BND-Bericht`: the name goes on with a noun for a statement.
fn statement_tail(
    words: &Words<'_>,
    occurrence: &Occurrence,
    phrase: NounPhrase,
) -> Option<Verdict> {
    let hyphened = words
        .hyphen_after(occurrence.end - 1)
        .then(|| tail_of(words.word(occurrence.end)));
    let end = occurrence.end + usize::from(hyphened.is_some());
    let statement = occurrence.form == Form::Described(Tail::Statement)
        || hyphened == Some(Tail::Statement)
        || occurrence.form == Form::Name && words.word(occurrence.end - 1).ends_with("bericht");
    if !statement {
        return None;
    }
    let phrase = NounPhrase {
        end,
        nominative: true,
        ..phrase
    };
    let found = before_cue(words, phrase)
        .or_else(|| after_cue(words, phrase))
        .or_else(|| in_report(words, phrase))
        .or_else(|| subject(words, phrase))
        .or_else(|| {
            let head = genitive_head(words, phrase)?;
            is_statement(words.word(head)).then(|| cited("statement-of", 0.8, head, end))
        });
    Some(found.unwrap_or_else(|| mentioned(occurrence)))
}

/// `heißt es im Verfassungsschutzbericht`, `geht aus einer Einschätzung hervor`.
fn in_report(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    let sentence = words.sentence_of(phrase.first);
    let first = phrase.first.saturating_sub(4).max(sentence.first);
    let end = sentence.end.min(phrase.end + 12);
    let found = (first..phrase.first).any(|at| {
        matches!(
            words.word(at),
            "heißt" | "hieß" | "hiess" | "heisst" | "steht" | "stand"
        )
    }) || (phrase.end..end).any(|at| {
        matches!(
            words.word(at),
            "hervor" | "heißt" | "hervorgeht" | "hieß" | "zeigt" | "belegt" | "belegen" | "zeigen"
        )
    }) || (phrase.end..end.min(phrase.end + 3))
        .any(|at| matches!(words.word(at), "nach" | "deuten" | "deutet"));
    found.then(|| cited("in-report", 0.8, phrase.first, phrase.end))
}

/// `CIA-Direktor Bill Burns`: the phrase of the person instead of the service's.
fn speaker_compound(
    words: &Words<'_>,
    occurrence: &Occurrence,
    phrase: NounPhrase,
) -> Option<NounPhrase> {
    let at = occurrence.end;
    let joined = words.hyphen_after(at - 1) && is_office(words.word(at));
    if !joined {
        return None;
    }
    let person = NounPhrase::around(words, occurrence.first, at + 1, 'm', None);
    Some(NounPhrase {
        first: person.first.min(phrase.first),
        ..person
    })
}

/// The noun of which the phrase is an attribute: `Angaben des X`, `Chef des X`, `Bericht von X`.
fn genitive_head(words: &Words<'_>, phrase: NounPhrase) -> Option<usize> {
    let at = phrase.before(words)?;
    let sentence = words.sentence_of(phrase.first);
    let head = match words.word(at) {
        "von" | "vom" | "durch" | "beim" | "aus" => at
            .checked_sub(1)
            .filter(|head| *head >= sentence.first && words.gap(*head) == Gap::Blank)?,
        _ if phrase.genitive => at,
        _ => return None,
    };
    words
        .word(head)
        .chars()
        .next()
        .is_some_and(char::is_uppercase)
        .then_some(head)
}

/// `der frühere Chef`, `Ex-BND-Chef`: who does not speak in office.
fn is_former(words: &Words<'_>, first: usize, noun: usize) -> bool {
    (first.saturating_sub(1)..=noun).any(|at| {
        let lower = words.word(at).to_lowercase();
        lower == "ex"
            || lower == "alt"
            || ["früher", "ehemalig", "einstig", "damalig", "vormalig"]
                .iter()
                .any(|stem| lower.starts_with(stem))
    })
}
