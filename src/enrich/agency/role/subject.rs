//! Is the phrase the subject of a verb of saying, before or after it?

use std::sync::LazyLock;

use super::clause::{clause_end, is_adverbial, is_passive, skip_apposition, skip_names};
use super::{AHEAD, Verdict, cited};
use crate::enrich::agency::nouns::is_statement;
use crate::enrich::agency::phrase::NounPhrase;
use crate::enrich::agency::speech::{is_perfect_auxiliary, is_speech_participle, is_speech_verb};
use crate::enrich::gazetteers::WordList;
use crate::enrich::words::{Gap, Words};

/// Prepositions, a line each.
static PREPOSITIONS: LazyLock<WordList> =
    LazyLock::new(|| WordList::read(include_str!("prepositions.txt")));

/// The phrase is the subject of a verb of saying, before or after it.
pub(super) fn subject(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    if !phrase.nominative || after_preposition(words, phrase) {
        return None;
    }
    verb_after(words, phrase).or_else(|| verb_before(words, phrase))
}

fn after_preposition(words: &Words<'_>, phrase: NounPhrase) -> bool {
    phrase
        .before(words)
        .is_some_and(|at| PREPOSITIONS.has(&words.word(at).to_lowercase()))
}

/// `Der NIS teilte … mit`, `wie der NIS am Montag mitteilte`, `Der NIS hat … gewarnt`.
fn verb_after(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    let sentence = words.sentence_of(phrase.first);
    let mut at = skip_names(words, phrase.end, sentence.end);
    if words.gap_after(at - 1).trim_start().starts_with(',') {
        at = skip_apposition(words, at, sentence.end)?;
    }
    let end = sentence.end.min(at + AHEAD);
    let clause = clause_end(words, at, end);
    if is_speech_verb(words, at) && at < end && !is_passive(words, at, clause) {
        return Some(cited("subject-of-speech-verb", 0.9, phrase.first, at + 1));
    }
    if let Some(own) = own_statement(words, at, clause) {
        return Some(cited("own-statement", 0.85, phrase.first, own));
    }
    if is_perfect_auxiliary(words.word(at)) && at < end {
        let participle = (at + 1..clause).find(|index| is_speech_participle(words.word(*index)));
        if let Some(participle) = participle {
            return Some(cited(
                "subject-of-speech-verb",
                0.85,
                phrase.first,
                participle + 1,
            ));
        }
    }
    let last = clause.checked_sub(1)?;
    let subordinate = last > at && verb_final(words, phrase, sentence.first);
    if subordinate && is_speech_verb(words, last) {
        return Some(cited(
            "subject-of-speech-verb",
            0.85,
            phrase.first,
            last + 1,
        ));
    }
    let perfect = subordinate
        && is_perfect_auxiliary(words.word(last))
        && is_speech_participle(words.word(last - 1));
    perfect.then(|| cited("subject-of-speech-verb", 0.8, phrase.first, last + 1))
}

/// `hat nach eigenen Angaben …`: index after the statement.
fn own_statement(words: &Words<'_>, at: usize, clause: usize) -> Option<usize> {
    (at..clause)
        .find(|index| words.word(*index) == "eigenen" && is_statement(words.word(index + 1)))
        .map(|index| index + 2)
}

/// Whether the clause of the phrase is one with its verb at the end: `wie der NIS … mitteilte`.
fn verb_final(words: &Words<'_>, phrase: NounPhrase, first: usize) -> bool {
    (phrase.first.saturating_sub(4).max(first)..phrase.first)
        .rev()
        .any(|at| {
            matches!(
                words.word(at).to_lowercase().as_str(),
                "wie"
                    | "dass"
                    | "nachdem"
                    | "was"
                    | "weil"
                    | "während"
                    | "ob"
                    | "als"
                    | "da"
                    | "wo"
                    | "den"
                    | "die"
                    | "das"
                    | "wenn"
            )
        })
}

/// `… sagte der Chef`, `meldete am Montag die Agentur`, `geht der NIS davon aus`, `hat der BND …
/// gewarnt`.
fn verb_before(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    let mut at = phrase.before(words)?;
    let sentence = words.sentence_of(at);
    for _ in 0..6 {
        if (is_speech_verb(words, at) || is_perfect_auxiliary(words.word(at)))
            && words.word(phrase.first).to_lowercase() != "der"
            && has_subject(words, at, sentence.first)
        {
            return None;
        }
        if is_speech_verb(words, at) {
            return Some(cited("subject-of-speech-verb", 0.9, at, phrase.end));
        }
        if is_perfect_auxiliary(words.word(at)) {
            let clause = clause_end(words, phrase.end, sentence.end.min(phrase.end + AHEAD));
            let participle =
                (phrase.end..clause).find(|index| is_speech_participle(words.word(*index)))?;
            return Some(cited("subject-of-speech-verb", 0.85, at, participle + 1));
        }
        if at == sentence.first || !is_adverbial(words, at) || words.gap(at - 1) != Gap::Blank {
            return None;
        }
        at -= 1;
    }
    None
}

/// Whether the clause already has a subject before its verb: `Der Minister machte die CIA …`.
fn has_subject(words: &Words<'_>, verb: usize, first: usize) -> bool {
    let start = (first.max(verb.saturating_sub(AHEAD))..verb)
        .rev()
        .find(|at| {
            words
                .gap_after(*at)
                .contains([',', ';', ':', '–', '"', '“', '«', '»'])
        })
        .map_or(first, |at| at + 1);
    if start >= verb {
        return false;
    }
    let word = words.word(start);
    let name = (start..verb).all(|at| {
        words
            .word(at)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    });
    matches!(
        word.to_lowercase().as_str(),
        "der" | "er" | "ein" | "sie" | "wir" | "ich" | "man" | "dieser" | "beide" | "viele"
    ) || name
        && !matches!(
            word,
            "Das"
                | "Dies"
                | "Dazu"
                | "Davor"
                | "Zuvor"
                | "Auch"
                | "Zudem"
                | "So"
                | "Dabei"
                | "Demnach"
                | "Daraufhin"
                | "Später"
                | "Heute"
                | "Gestern"
                | "Nun"
                | "Jetzt"
                | "Wie"
                | "Was"
                | "Darauf"
                | "Davon"
                | "Damit"
                | "Hier"
                | "Danach"
                | "Anschließend"
                | "Außerdem"
                | "Unterdessen"
                | "Bereits"
        )
}
