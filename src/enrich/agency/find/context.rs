//! Does the context allow a name to be an agency?

use super::{Facts, Occurrence};
use crate::document::AgencyKind;
use crate::enrich::agency::nouns::{ServiceNoun, Tail, is_office};
use crate::enrich::agency::speech::is_speech_verb;
use crate::enrich::gazetteers::agencies::{AGENCIES, AgencyEntry, AgencyForm};
use crate::enrich::gazetteers::list;
use crate::enrich::words::{Gap, Words};

pub(super) fn accepted(
    words: &Words<'_>,
    facts: &Facts,
    at: usize,
    length: usize,
    entry: &AgencyEntry,
    found: &[Occurrence],
) -> bool {
    let agency = &AGENCIES.rows[entry.row];
    if length == 1 && facts.explained.contains(words.word(at)) {
        return false;
    }
    if !agency.unless.is_empty() {
        let around = around(words, at, at + length);
        if list(&agency.unless).any(|word| around.contains(word)) {
            return false;
        }
    }
    let beside =
        || beside_noun(words, at, agency.kind, found) || facts.certain.contains(&entry.row);
    match entry.form {
        AgencyForm::Certain | AgencyForm::Generic => true,
        AgencyForm::InCountry => {
            facts.count(&agency.country) > 0
                || beside()
                || agency.kind == AgencyKind::News && attributed(words, at, at + length)
        }
        AgencyForm::WithNoun => {
            beside() || agency.kind == AgencyKind::News && attributed(words, at, at + length)
        }
        AgencyForm::Head(first, last) => {
            let office = (at.saturating_sub(4)..at).any(|index| is_office(words.word(index)));
            facts.year.map_or(last == u16::MAX || office, |year| {
                (first..=last).contains(&year)
            })
        }
    }
}

/// The text around words `first..end`, some hundred bytes either way.
pub(super) fn around<'t>(words: &Words<'t>, first: usize, end: usize) -> &'t str {
    let sentence = words.sentence_of(first);
    let first = first.saturating_sub(25).max(sentence.first);
    let end = (end + 25).min(sentence.end);
    let start = words.words[first].start;
    &words.text[start..words.words[end.max(first + 1) - 1].end]
}

/// Whether a noun for agencies or services, or an agency already found, stands just before.
fn beside_noun(words: &Words<'_>, at: usize, kind: AgencyKind, found: &[Occurrence]) -> bool {
    let sentence = words.sentence_of(at);
    let linked = found.last().is_some_and(|last| {
        last.kind == kind && last.end <= at && at - last.end <= 1 && {
            let gap = &words.text[words.words[last.end - 1].end..words.words[at].start];
            matches!(
                gap,
                "/" | ", " | " und " | " (" | " / " | " sowie " | " oder " | " \"" | " „"
            )
        }
    });
    if linked {
        return true;
    }
    let first = at.saturating_sub(3).max(sentence.first);
    (first..at).rev().any(|index| {
        let word = words.word(index);
        let near = index + 1 == at
            || (index + 1..at).all(|between| {
                words
                    .word(between)
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
            });
        near && is_kind_noun(word, kind)
    })
}

/// Whether a word is a noun for this kind of agency.
pub(crate) fn is_kind_noun(word: &str, kind: AgencyKind) -> bool {
    let lower = word.to_lowercase();
    match kind {
        AgencyKind::News => ["agentur", "agenturen", "pressedienst", "nachrichtendienst"]
            .iter()
            .any(|noun| lower.ends_with(noun)),
        AgencyKind::Intelligence => {
            ServiceNoun::parse(word)
                .is_some_and(|noun| noun.is_service() || noun.tail == Tail::Office)
                || [
                    "sicherheitspolizei",
                    "sicherheitsdienst",
                    "spionagedienst",
                    "abwehrdienst",
                    "staatsschutz",
                    "dienst",
                    "abhördienst",
                ]
                .iter()
                .any(|noun| lower.ends_with(noun))
        }
    }
}

/// Whether words `first..end` stand where only a source can stand: `laut AP`, `AP zufolge`,
/// `(AP)`, `sagte er der AP`.
fn attributed(words: &Words<'_>, first: usize, end: usize) -> bool {
    let word = words.word(first);
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 2
        || word.chars().skip(1).any(char::is_lowercase) && word.chars().any(char::is_uppercase)
    {
        return false;
    }
    let sentence = words.sentence_of(first);
    if matches!(
        words.word(sentence.first),
        "Mit" | "mit" | "Quelle" | "Quellen"
    ) && first - sentence.first <= 8
        && sentence.end - sentence.first <= 12
    {
        return true;
    }
    let before = if first > sentence.first {
        words.word(first - 1)
    } else {
        ""
    };
    let gaps = (words.gap_before(first), words.gap_after(end - 1));
    if gaps.0.ends_with('/') || gaps.1.starts_with('/') && gaps.1.len() == 1 {
        return true;
    }
    let closed = gaps.1.strip_prefix(')').filter(|_| gaps.0.ends_with('('));
    let last = |rest: &str| {
        let rest = rest.trim_matches(['.', ' ']);
        rest.is_empty() || rest.starts_with('\n')
    };
    if closed.is_some_and(|rest| first < sentence.first + 6 || last(rest)) {
        return true;
    }
    let after = if end < sentence.end {
        words.word(end)
    } else {
        ""
    };
    let said = |index: usize| is_speech_verb(words, index);
    matches!(before, "laut" | "Laut" | "gegenüber")
        || matches!(after, "zufolge")
        || end < sentence.end && words.gap(end - 1) == Gap::Blank && said(end)
        || before == "der" && (first.saturating_sub(12).max(sentence.first)..first).any(said)
}

/// Whether the word at `at` is an abbreviation in brackets of the words before it, and these are
/// no agency.
pub(super) fn explains_abbreviation(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let capitals = (2..=6).contains(&word.len()) && word.chars().all(char::is_uppercase);
    if !capitals
        || words.gap_before(at).trim_start() != "("
        || !words.gap_after(at).starts_with(')')
    {
        return false;
    }
    let sentence = words.sentence_of(at);
    let first = at.saturating_sub(7).max(sentence.first);
    let initials: String = (first..at)
        .filter_map(|index| words.word(index).chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    let agency = (first..at).any(|index| {
        let longest = AGENCIES.phrases.longest_at(words, index);
        longest.is_some_and(|(length, _)| index + length == at)
            || is_kind_noun(words.word(index), AgencyKind::News)
            || is_kind_noun(words.word(index), AgencyKind::Intelligence)
    });
    initials.ends_with(word) && !agency
}
