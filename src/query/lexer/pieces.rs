//! What pieces of a query mean by themselves.

use super::Char;
use crate::document::PartialDate;
use crate::query::Span;
use crate::query::chars::{is_edge_noise, is_gender_ending, is_separator};

/// Regular expressions are bounded in length and in the size of their automaton.
const MAX_REGEX_BYTES: usize = 256;
const MAX_REGEX_SIZE: usize = 1 << 18;

/// The word without what has no meaning at its edges; `C++`, `U.S.A.` and
/// `Lehrer(innen)` keep their signs.
pub(super) fn trimmed(text: &str) -> String {
    let text = text.trim_start_matches(is_edge_noise);
    let word = text.trim_end_matches(|c| is_edge_noise(c) && c != '+');
    let rest = &text[word.len()..];
    let belongs =
        word.contains('.') && rest.starts_with('.') || word.contains('(') && rest.starts_with(')');
    let end = word.len() + usize::from(belongs);
    text[..end].to_owned()
}

/// The length of `(innen)` in `Lehrer(innen)`: a bracket around small letters.
pub(super) fn inner_bracket_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let len = inner.find(|c: char| !c.is_lowercase())?;
    (len > 0 && inner[len..].starts_with(')')).then_some(len + 2)
}

/// Takes `^2` from the end of a word: the factor, if it is allowed, and the place.
pub(super) fn take_boost(word: &mut Vec<Char>) -> Option<(Option<f32>, Span)> {
    let caret = word.iter().rposition(|c| c.is('^'))?;
    let number: String = word[caret + 1..].iter().map(|c| c.c).collect();
    let numeric = !number.is_empty()
        && number.starts_with(|c: char| c.is_ascii_digit())
        && (number.chars()).all(|c| c.is_ascii_digit() || c == '.');
    if !numeric || !word[..caret].iter().any(|c| c.c.is_alphanumeric()) {
        return None;
    }
    let start = word[caret].at;
    let end = start + 1 + number.len();
    word.truncate(caret);
    Some((parse_boost(&number), Span { start, end }))
}

pub(super) fn parse_boost(number: &str) -> Option<f32> {
    let factor: f32 = number.parse().ok()?;
    (0.01..=100.0).contains(&factor).then_some(factor)
}

/// Takes `~`, `~1` or `~2` from the end of a word: the number of letters that may differ.
pub(super) fn take_fuzzy(word: &mut Vec<Char>) -> Option<u8> {
    let tilde = word.iter().rposition(|c| c.is('~'))?;
    let number: String = word[tilde + 1..].iter().map(|c| c.c).collect();
    let one_word = tilde > 0
        && word[..tilde].iter().any(|c| c.c.is_alphanumeric())
        && !word[..tilde].iter().any(|c| c.is('*') || c.is('~'));
    if !one_word || !number.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    word.truncate(tilde);
    Some(match number.as_str() {
        "" => 1,
        number => number.parse().unwrap_or(u8::MAX),
    })
}

/// The word as a pattern, if a star in it means any letters; not so in `Soldat*innen`.
pub(super) fn wildcard(word: &[Char]) -> Option<String> {
    let stars = word.iter().filter(|c| c.is('*')).count();
    let first = word.iter().position(|c| c.is('*'))?;
    let tail: String = word[first + 1..].iter().map(|c| c.c).collect();
    let gendered = stars == 1
        && first > 0
        && word[first - 1].c.is_alphabetic()
        && is_gender_ending(tail.trim_end_matches(is_edge_noise));
    if gendered {
        return None;
    }
    let is_star = |c: &Char| c.is('*');
    let is_noise = |c: &Char| is_edge_noise(c.c) && !is_star(c);
    let begin = word.iter().position(|c| !is_noise(c))?;
    let end = word.iter().rposition(|c| !is_noise(c))?;
    let mut pattern = String::new();
    for c in &word[begin..=end] {
        // An escaped star is a letter that no word has.
        if is_star(c) && pattern.ends_with('*') || c.c == '*' && c.escaped {
            continue;
        }
        pattern.push(c.c);
    }
    pattern.contains('*').then_some(pattern)
}

/// The length of `/…/` with both slashes, if a word could not go on behind it.
pub(super) fn regex_len(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text.char_indices().skip(1) {
        if c.is_whitespace() || offset > MAX_REGEX_BYTES {
            return None;
        }
        if c == '/' && !escaped {
            let next = text[offset + 1..].chars().next();
            let ends = next.is_none_or(|c| is_separator(c) || matches!(c, ')' | '^'));
            return (ends && offset > 1).then_some(offset + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

pub(super) fn is_valid_regex(pattern: &str) -> bool {
    regex::RegexBuilder::new(pattern)
        .size_limit(MAX_REGEX_SIZE)
        .build()
        .is_ok()
}

/// A date as it is written in ISO 8601 or in German: `2025-04-28`, `28.04.2025`, `4.2025`.
pub(super) fn parse_date(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.rsplit('.');
    let year: u16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => PartialDate::month(year, month),
        (Some(day), None) => PartialDate::day(year, month, day.parse().ok()?),
        _ => None,
    }
}

pub(super) type Range = (Option<PartialDate>, Option<PartialDate>);

pub(super) fn parse_range(text: &str) -> Option<Range> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [from, between, to] = words[..] else {
        return None;
    };
    let is_to = ["TO", "BIS"]
        .iter()
        .any(|to| between.eq_ignore_ascii_case(to));
    if !is_to {
        return None;
    }
    let end = |text: &str| match text {
        "*" => Some(None),
        text => parse_date(text).map(Some),
    };
    Some((end(from)?, end(to)?))
}
