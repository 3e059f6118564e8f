//! The noun phrase around an agency: where it begins, and whether it can be a subject.

use super::find::{Form, Occurrence, is_kind_noun};
use super::generic::is_adjective;
use super::nouns::{Tail, is_office};
use super::speech::is_speech_verb;
use crate::enrich::words::{Gap, Words};

/// The noun phrase that an agency, or the person who speaks for it, heads: words `first..end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NounPhrase {
    /// Index of the first word: article, adjective or noun.
    pub(crate) first: usize,
    /// Index after the last word.
    pub(crate) end: usize,
    /// Whether it may be the subject, as far as article and endings say.
    pub(crate) nominative: bool,
    /// Whether it may be a genitive.
    pub(crate) genitive: bool,
}

/// How many words a phrase may have before the name.
const REACH: usize = 7;

impl NounPhrase {
    /// The phrase of an agency.
    pub(crate) fn of(words: &Words<'_>, occurrence: &Occurrence) -> NounPhrase {
        let person = matches!(occurrence.form, Form::Head | Form::Described(Tail::Office));
        let gender = if person { 'm' } else { occurrence.gender };
        NounPhrase::around(
            words,
            occurrence.first,
            occurrence.end,
            gender,
            Some(occurrence),
        )
    }

    /// The phrase whose noun is words `first..end`.
    pub(crate) fn around(
        words: &Words<'_>,
        noun: usize,
        end: usize,
        gender: char,
        occurrence: Option<&Occurrence>,
    ) -> NounPhrase {
        let sentence = words.sentence_of(noun);
        let mut first = noun;
        let mut gender = gender;
        let mut article = None;
        while first > sentence.first && noun - first < REACH {
            let at = first - 1;
            let word = words.word(at);
            match words.gap(at) {
                Gap::Blank | Gap::Hyphen => {}
                Gap::Other(gap)
                    if gap.len() <= 5
                        && gap
                            .trim_start()
                            .starts_with(['"', '„', '«', '»', '(', '‚', '“', '\'']) => {}
                Gap::Other(_) => break,
            }
            if case_of_article(word, gender).is_some() {
                article = Some(at);
                first = at;
                break;
            }
            let kind_noun =
                occurrence.is_some_and(|occurrence| is_kind_noun(word, occurrence.kind));
            if kind_noun {
                gender = noun_gender(word);
            }
            let genitive_name =
                word.len() > 4 && word.ends_with('s') && starts_upper(word) && !kind_noun;
            // `Verfassungsschutzpräsident Max Muster`: the office belongs to the name.
            let office = occurrence.is_some_and(|occurrence| occurrence.form == Form::Head)
                && starts_upper(word)
                && is_office(word);
            let noun_before = office
                || word == "US"
                || words.hyphen_after(at)
                || kind_noun
                // `sagte` ends like an adjective.
                || is_adjective(word) && !is_speech_verb(words, at)
                || genitive_name && is_country(words, at);
            if !noun_before {
                break;
            }
            first = at;
        }
        let head = words.word(noun_of(words, noun, end));
        let (mut nominative, mut genitive) = match article {
            Some(at) => case_of_article(words.word(at), gender).unwrap_or((true, true)),
            None => bare_case(words, first, noun, end, gender),
        };
        if head.ends_with("diensten") || head.ends_with("behörden") && article.is_none() {
            nominative = false;
        }
        if gender != 'p' && gender != 'f' && ends_genitive(head) {
            (nominative, genitive) = (false, true);
        }
        NounPhrase {
            first,
            end,
            nominative,
            genitive,
        }
    }

    /// The word before the phrase in its sentence, if only blanks or quotes stand between.
    pub(crate) fn before(&self, words: &Words<'_>) -> Option<usize> {
        let sentence = words.sentence_of(self.first);
        (self.first > sentence.first)
            .then(|| self.first - 1)
            .filter(|at| match words.gap(*at) {
                Gap::Blank => true,
                Gap::Other(gap) => !gap.contains([',', ';', ':', '.', '\n', '–', ')']),
                Gap::Hyphen => false,
            })
    }
}

/// The last word of a description that is its noun.
fn noun_of(words: &Words<'_>, first: usize, end: usize) -> usize {
    (first..end)
        .find(|at| {
            is_kind_noun(words.word(*at), crate::document::AgencyKind::Intelligence)
                || is_office(words.word(*at))
        })
        .unwrap_or(end.saturating_sub(1))
}

fn ends_genitive(word: &str) -> bool {
    (word.ends_with("dienstes")
        || word.ends_with("diensts")
        || word.ends_with("amtes")
        || word.ends_with("amts")
        || word.ends_with("schutzes"))
        || is_office(word) && word.ends_with('s') && !word.ends_with("ss")
}

fn noun_gender(word: &str) -> char {
    let lower = word.to_lowercase();
    if lower.ends_with("agenturen") || lower.ends_with("dienste") || lower.ends_with("diensten") {
        'p'
    } else if lower.ends_with("agentur") || lower.ends_with("polizei") {
        'f'
    } else {
        'm'
    }
}

fn is_country(words: &Words<'_>, at: usize) -> bool {
    crate::enrich::gazetteers::countries::COUNTRIES
        .at(words, at)
        .0
        .is_some()
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether an article allows (nominative, genitive) with a noun of this gender; `None` if the
/// word is no article.
fn case_of_article(word: &str, gender: char) -> Option<(bool, bool)> {
    let lower = word.to_lowercase();
    Some(match (lower.as_str(), gender) {
        ("der" | "dieser" | "jener", 'm') => (true, false),
        ("der" | "dieser" | "jener", _) => (false, true),
        ("die" | "diese" | "jene" | "eine" | "keine", 'f' | 'p') => (true, false),
        ("die" | "diese", _) => (true, false),
        ("das" | "dieses", _) => (true, false),
        ("ein" | "kein" | "sein" | "ihr" | "unser", _) => (true, false),
        (
            "seine" | "ihre" | "unsere" | "beide" | "mehrere" | "einige" | "zwei" | "drei" | "alle",
            _,
        ) => (true, false),
        ("des" | "eines" | "dessen" | "deren" | "seines" | "ihres", _) => (false, true),
        ("dem" | "den" | "einem" | "einen" | "seinem" | "seinen" | "ihrem" | "ihren", _) => {
            (false, false)
        }
        ("vom", _) => return None,
        ("einer" | "seiner" | "ihrer" | "mehrerer" | "beider", _) => (false, true),
        _ => return None,
    })
}

/// The case of a phrase without article, by the ending of its first adjective.
fn bare_case(
    words: &Words<'_>,
    first: usize,
    noun: usize,
    end: usize,
    gender: char,
) -> (bool, bool) {
    let word = words.word(first);
    let adjective =
        first < end.saturating_sub(1) && (first < noun || is_adjective(word)) && word.len() > 4;
    if !adjective {
        return (true, gender == 'p' && first == noun);
    }
    match (word, gender) {
        (word, 'm') if word.ends_with("er") => (true, false),
        (word, 'p' | 'f') if word.ends_with("er") => (false, true),
        (word, _) if word.ends_with("em") || word.ends_with("en") => {
            (false, word.ends_with("en") && gender == 'p')
        }
        _ => (true, true),
    }
}
