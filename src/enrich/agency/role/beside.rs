//! Cues that stand just before or behind a noun phrase: `laut X`, `X zufolge`.

use super::clause::clause_end;
use super::{AHEAD, Verdict, cited};
use crate::enrich::agency::nouns::is_statement;
use crate::enrich::agency::phrase::NounPhrase;
use crate::enrich::agency::speech::is_judgement;
use crate::enrich::words::{Gap, Words};

/// `laut X`, `unter Berufung auf X`, `hieß es aus X`, `eingestuft von X`, `so X`.
pub(super) fn before_cue(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    let at = phrase.before(words).or_else(|| so_before(words, phrase))?;
    let sentence = words.sentence_of(at);
    let word = words.word(at).to_lowercase();
    let back = |reach: usize, test: &dyn Fn(&str) -> bool| {
        (at.saturating_sub(reach).max(sentence.first)..at)
            .rev()
            .find(|index| test(words.word(*index)))
    };
    let hit = |rule, first: usize| Some(cited(rule, 0.9, first, phrase.end));
    match word.as_str() {
        "laut" | "gemäß" | "gemäss" => hit("according-to", at),
        "so" if phrase.nominative => hit("so-says", at),
        "auf" => back(5, &|word| {
            let lower = word.to_lowercase();
            [
                "beruf", "berief", "beruft", "bezieh", "bezog", "bezug", "stütz", "verweis",
                "verwies",
            ]
            .iter()
            .any(|stem| lower.starts_with(stem))
        })
        .and_then(|first| hit("with-reference-to", first)),
        "aus" | "in" | "bei" | "beim" | "im" | "von" | "vom" | "seitens" | "durch" => {
            let quoted = back(4, &|word| {
                matches!(
                    word,
                    "hieß"
                        | "heißt"
                        | "hiess"
                        | "heisst"
                        | "Hieß"
                        | "verlautet"
                        | "verlautete"
                        | "erfuhr"
                        | "erfahren"
                        | "verlautbart"
                )
            });
            if let Some(first) = quoted {
                return hit("it-was-said", first);
            }
            if matches!(word.as_str(), "von" | "vom" | "durch" | "aus" | "beim")
                && at > sentence.first
                && is_statement(words.word(at - 1))
                && words.gap(at - 1) == Gap::Blank
            {
                return hit("statement-of", at - 1);
            }
            if matches!(word.as_str(), "von" | "vom" | "durch") {
                let end = sentence.end.min(phrase.end + AHEAD);
                let later = clause_end(words, phrase.end, end);
                let judged = (phrase.end..later)
                    .find(|index| is_judgement(words.word(*index)))
                    .or_else(|| {
                        let before = at
                            .checked_sub(1)
                            .filter(|before| *before >= sentence.first)?;
                        let adjacent = words.gap(before) == Gap::Blank;
                        (adjacent && is_judgement(words.word(before))).then_some(before)
                    });
                if judged.is_some() {
                    return hit("judged-by", at);
                }
            }
            None
        }
        _ => None,
    }
}

/// `…“, so der Dienst`: the comma stands before the cue, not between cue and phrase.
fn so_before(words: &Words<'_>, phrase: NounPhrase) -> Option<usize> {
    let at = phrase.first.checked_sub(1)?;
    (words.word(at) == "so" && words.gap(at) == Gap::Blank).then_some(at)
}

/// `X zufolge`, `X nach`, `nach X-Angaben`.
pub(super) fn after_cue(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    let sentence = words.sentence_of(phrase.first);
    let end = sentence.end.min(phrase.end + 6);
    for at in phrase.end..end {
        let gap = words.gap_after(at - 1);
        if gap.contains([',', ';', ':', '–']) && !gap.contains(')') {
            break;
        }
        if words.word(at) == "zufolge" {
            return Some(cited("according-to", 0.95, phrase.first, at + 1));
        }
        let word = words.word(at);
        let small = word.chars().next().is_some_and(char::is_lowercase);
        if small
            && !matches!(
                word,
                "vom" | "von" | "am" | "im" | "in" | "aus" | "des" | "der"
            )
        {
            break;
        }
    }
    if words.hyphen_after(phrase.end - 1) && is_statement(words.word(phrase.end)) {
        let before = phrase.before(words).map(|at| words.word(at).to_lowercase());
        let named = before
            .is_some_and(|word| matches!(word.as_str(), "nach" | "laut" | "gemäß" | "gemäss"));
        if named {
            return Some(cited("according-to", 0.9, phrase.first - 1, phrase.end + 1));
        }
    }
    let tail = words.word(phrase.end - 1);
    if is_statement(tail)
        && phrase
            .before(words)
            .is_some_and(|at| words.word(at).eq_ignore_ascii_case("nach"))
    {
        return Some(cited("according-to", 0.9, phrase.first - 1, phrase.end));
    }
    None
}
