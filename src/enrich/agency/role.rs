//! Whose word is it: the role of an agency where it is named in running text.
//!
//! For a news agency *cited* is the default, for a service *mentioned* is; the rules look at what
//! stands before and after the noun phrase, in its sentence only and at most some words away.

use super::find::{Form, Occurrence, is_kind_noun};
use super::generic::{Tail, is_office, is_statement, is_weak_statement, tail_of};
use super::phrase::NounPhrase;
use super::speech::{is_judgement, is_perfect_auxiliary, is_speech_participle, is_speech_verb};
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

/// `laut X`, `unter Berufung auf X`, `hieß es aus X`, `eingestuft von X`, `so X`.
fn before_cue(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
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
fn after_cue(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
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

/// The phrase is the subject of a verb of saying, before or after it.
fn subject(words: &Words<'_>, phrase: NounPhrase) -> Option<Verdict> {
    if !phrase.nominative || after_preposition(words, phrase) {
        return None;
    }
    verb_after(words, phrase).or_else(|| verb_before(words, phrase))
}

fn after_preposition(words: &Words<'_>, phrase: NounPhrase) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "mit",
        "von",
        "vom",
        "gegen",
        "durch",
        "für",
        "bei",
        "beim",
        "zu",
        "zum",
        "zur",
        "aus",
        "in",
        "im",
        "an",
        "am",
        "auf",
        "über",
        "unter",
        "vor",
        "nach",
        "seit",
        "ohne",
        "um",
        "wegen",
        "trotz",
        "zwischen",
        "neben",
        "hinter",
        "außer",
        "per",
        "gegenüber",
        "samt",
        "dank",
        "ins",
        "ans",
    ];
    phrase
        .before(words)
        .is_some_and(|at| PREPOSITIONS.contains(&words.word(at).to_lowercase().as_str()))
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

/// Words that may stand between a verb and its subject: adverbs, days, dates.
fn is_adverbial(words: &Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    const WORDS: &[&str] = &[
        "am",
        "im",
        "in",
        "zuvor",
        "heute",
        "gestern",
        "auch",
        "nun",
        "jetzt",
        "weiter",
        "zudem",
        "außerdem",
        "unterdessen",
        "bereits",
        "schon",
        "etwa",
        "erneut",
        "jüngst",
        "zuletzt",
        "erst",
        "hingegen",
        "dagegen",
        "derweil",
        "wiederum",
        "später",
        "inzwischen",
        "mittlerweile",
        "sogar",
        "selbst",
        "ebenfalls",
        "daraufhin",
        "dazu",
        "daher",
        "allerdings",
        "jedoch",
        "aber",
        "sich",
        "es",
        "dies",
        "das",
        "noch",
        "anschließend",
        "kürzlich",
        "demnach",
        "offiziell",
        "laut",
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonnabend",
        "Sonntag",
        "Montagabend",
        "Abend",
        "Morgen",
        "Mittag",
        "Vormittag",
        "Nachmittag",
        "Nacht",
        "Woche",
        "Jahr",
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "vergangenen",
        "vergangene",
        "vorigen",
        "der",
        "die",
    ];
    WORDS.contains(&word)
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
fn skip_names(words: &Words<'_>, mut at: usize, end: usize) -> usize {
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
fn skip_apposition(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
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
fn clause_end(words: &Words<'_>, at: usize, end: usize) -> usize {
    (at..end)
        .find(|index| {
            words
                .gap_after(*index)
                .contains([',', ';', ':', '–', '—', '"', '“', '«', '»'])
        })
        .map_or(end, |index| index + 1)
}

/// `wurde … bestätigt`: the subject does not speak.
fn is_passive(words: &Words<'_>, at: usize, clause: usize) -> bool {
    (at..clause).any(|index| {
        matches!(
            words.word(index),
            "worden" | "wurde" | "wurden" | "wird" | "werden"
        )
    })
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
