//! What was typed, taken apart: the word that is being typed, and what stands before it.

use crate::analysis::{Analyzer, TermClass};
use crate::search::word_key;

/// Signs that may stand before a word without being part of it.
const BEFORE: [char; 9] = ['-', '+', '(', '=', '"', '„', '“', '»', '«'];

/// What was typed.
pub(super) struct Typed<'a> {
    /// Everything before the last word, with the signs at its beginning.
    pub(super) before: &'a str,
    /// The key of the last word.
    pub(super) key: String,
    /// Name of the field that the last word is to be in, if one was typed.
    pub(super) field: Option<&'a str>,
}

impl<'a> Typed<'a> {
    /// Takes a text apart; `None` if it does not end with something like a word.
    pub(super) fn read(text: &'a str) -> Option<Typed<'a>> {
        let text = text.trim_end();
        let start = text.rfind(char::is_whitespace).map_or(0, |at| {
            at + text[at..].chars().next().map_or(0, char::len_utf8)
        });
        let mut word = text[start..].trim_start_matches(BEFORE);
        let mut field = None;
        if let Some((name, value)) = word.split_once(':')
            && !name.is_empty()
        {
            field = Some(name);
            word = value.trim_start_matches(BEFORE);
        }
        let key = key(word)?;
        Some(Typed {
            before: &text[..text.len() - word.len()],
            key,
            field,
        })
    }

    /// The words before the last one, if they are words only; `None` if there is more to them.
    pub(super) fn words_before(&self) -> Option<&'a str> {
        let before = self.before.trim();
        is_words(before).then_some(before)
    }
}

/// Whether a text is made of words only, none of which could be an operator.
pub(super) fn is_words(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || c == '-';
    text.chars().all(is_plain)
        && !(text.split_whitespace())
            .any(|word| word.starts_with('-') || word.chars().all(char::is_uppercase))
}

/// The key of a word or of its beginning; `None` if there is no word in it.
pub(super) fn key(word: &str) -> Option<String> {
    let tokens = Analyzer::plain().analyze(word);
    let mut terms = tokens.iter().flat_map(|token| token.terms());
    let surface = terms.find(|term| term.class == TermClass::Surface)?;
    Some(word_key(&surface.text)).filter(|key| tokens.len() == 1 && !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (&str, String) {
        let typed = Typed::read(text).unwrap();
        (typed.before, typed.key)
    }

    #[test]
    fn the_last_word_is_completed_and_all_else_stays() {
        assert_eq!(read("Kursk Verl"), ("Kursk ", "verl".into()));
        assert_eq!(read("Mül"), ("", "muel".into()));
        assert_eq!(
            read("Kursk \u{a0}-„Groß "),
            ("Kursk \u{a0}-„", "gross".into())
        );
        assert_eq!(read("Ost-Se"), ("", "ostse".into()));
        assert!(Typed::read("  ").is_none() && Typed::read("Kursk ?").is_none());
    }

    #[test]
    fn a_field_before_the_word_is_seen() {
        let typed = Typed::read("Kursk agency:\"NI").unwrap();
        assert_eq!(
            (typed.before, typed.field),
            ("Kursk agency:\"", Some("agency"))
        );
    }

    #[test]
    fn words_before_are_told_from_operators() {
        assert_eq!(
            Typed::read("hohe Verluste K").unwrap().words_before(),
            Some("hohe Verluste")
        );
        for text in ["Kursk OR S", "-Kursk S", "\"Kursk S", "title:Kursk S"] {
            assert_eq!(Typed::read(text).unwrap().words_before(), None, "{text}");
        }
    }
}
