//! Verbs by which someone says, finds or estimates something.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::enrich::words::Words;

/// The verbs: finite forms, what has to follow, participle; the file says how.
const TABLE: &str = include_str!("speech_verbs.txt");

/// How far behind its verb a separated prefix is looked for, in words.
const REACH: usize = 30;

struct SpeechVerbs {
    /// What has to follow a finite form, if anything.
    finite: FxHashMap<&'static str, Vec<&'static str>>,
    participles: FxHashSet<&'static str>,
}

static VERBS: LazyLock<SpeechVerbs> = LazyLock::new(|| {
    let mut verbs = SpeechVerbs {
        finite: FxHashMap::default(),
        participles: FxHashSet::default(),
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(';').map(str::trim);
        let forms = cells.next().unwrap_or("");
        let needs: Vec<&str> = cells
            .next()
            .unwrap_or("")
            .split('|')
            .filter(|need| !need.is_empty())
            .collect();
        for form in forms.split_whitespace() {
            verbs.finite.insert(form, needs.clone());
        }
        verbs
            .participles
            .extend(cells.next().filter(|participle| !participle.is_empty()));
    }
    verbs
});

/// Whether the word at `index` is a finite verb of saying, together with what has to follow it
/// in the sentence.
pub(crate) fn is_speech_verb(words: &Words<'_>, index: usize) -> bool {
    let Some(needs) = VERBS.finite.get(words.word(index)) else {
        return false;
    };
    let end = words.sentence_of(index).end.min(index + REACH);
    needs.is_empty() || (index + 1..end).any(|at| needs.contains(&words.word(at)))
}

/// Whether a word is the past participle of a verb of saying.
pub(crate) fn is_speech_participle(word: &str) -> bool {
    VERBS.participles.contains(word)
}

/// Finite forms of *haben*, which such participles follow.
pub(crate) fn is_perfect_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "hat"
            | "hatte"
            | "habe"
            | "haben"
            | "hatten"
            | "hätte"
            | "hätten"
            | "will"
            | "wollen"
            | "soll"
            | "sollen"
    )
}

/// Participles of what is done *by* someone who judges: `eingestuft von`.
pub(crate) fn is_judgement(word: &str) -> bool {
    let stem = ["te", "ten", "ter", "tes"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    let participle = stem.map(|stem| format!("{stem}t"));
    matches!(
        participle.as_deref().unwrap_or(word),
        "eingestuft"
            | "eingeschätzt"
            | "bewertet"
            | "gewertet"
            | "zitiert"
            | "beziffert"
            | "geschätzt"
            | "bestätigt"
            | "gemeldet"
            | "festgestellt"
            | "veröffentlicht"
            | "herausgegeben"
            | "vorgelegt"
            | "bezeichnet"
            | "geführt"
            | "verbreitet"
            | "mitgeteilt"
            | "gewarnt"
            | "zugerechnet"
            | "zugeordnet"
            | "verdächtigt"
            | "beschuldigt"
            | "berichtet"
            | "informiert"
            | "unterrichtet"
            | "erklärt"
            | "genannt"
            | "dementiert"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separated_prefixes_are_required() {
        let words = Words::of("Der Dienst teilte am Montag mit. Er teilte das Brot.");
        assert!(is_speech_verb(&words, 2));
        assert!(!is_speech_verb(&words, 7));
    }
}
