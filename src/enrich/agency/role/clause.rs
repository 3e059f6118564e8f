//! The parts of a clause around a noun phrase: adverbials, names, appositions, its end.

use std::sync::LazyLock;

use crate::enrich::agency::speech::is_speech_verb;
use crate::enrich::gazetteers::WordList;
use crate::enrich::words::Words;

/// Words between a verb and its subject, a line each.
static ADVERBIALS: LazyLock<WordList> =
    LazyLock::new(|| WordList::read(include_str!("adverbials.txt")));

/// Words that may stand between a verb and its subject: adverbs, days, dates.
pub(super) fn is_adverbial(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);

    ADVERBIALS.has(word)
        || word.chars().all(|letter| letter.is_ascii_digit())
        || [
            "abend",
            "morgen",
            "nachmittag",
            "vormittag",
            "mittag",
            "nacht",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// Steps over what may stand between a phrase and its verb: names, `(NIS)`.
pub(super) fn skip_names(words: &Words<'_>, mut at: usize, end: usize) -> usize {
    let limit = end.min(at + 7);
    while at < limit {
        let gap = words.gap_after(at - 1);
        if gap.contains([',', ';', ':', '.', '–', '\n']) && !gap.trim().is_empty() {
            break;
        }
        let word = words.word(at);
        let name = word.chars().next().is_some_and(char::is_uppercase)
            || matches!(word, "von" | "bin" | "al" | "selbst" | "de");
        let named = name && !is_speech_verb(words, at);
        if !named {
            break;
        }
        at += 1;
    }
    at
}

/// Steps over `, Kyrylo Budanow,` and `, der …,`; `None` if the comma ends the clause.
pub(super) fn skip_apposition(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let clause = matches!(
        words.word(at),
        "sei" | "ist" | "war" | "habe" | "hat" | "hatte" | "wird" | "werde" | "wurde" | "soll"
    );
    if clause {
        return None;
    }
    (at + 1..end.min(at + 16)).find(|index| {
        words.gap_after(index - 1).contains(',') || words.gap_after(index - 1).contains('–')
    })
}

/// Index after the last word of the clause in which the word at `at` stands.
pub(super) fn clause_end(words: &Words<'_>, at: usize, end: usize) -> usize {
    (at..end)
        .find(|index| {
            words
                .gap_after(*index)
                .contains([',', ';', ':', '–', '—', '"', '“', '«', '»'])
        })
        .map_or(end, |index| index + 1)
}

/// `wurde … bestätigt`: the subject does not speak.
pub(super) fn is_passive(words: &Words<'_>, at: usize, clause: usize) -> bool {
    (at..clause).any(|index| {
        matches!(
            words.word(index),
            "worden" | "wurde" | "wurden" | "wird" | "werden"
        )
    })
}
