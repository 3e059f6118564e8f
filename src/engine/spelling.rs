//! Which words of a document are part of the vocabulary, and their terms.
//!
//! The field `_words` has a term for each word of a document that may be shown: its key, and how
//! the document writes it. Nearly all spellings follow from the key, and are kept as one letter.

use std::borrow::Cow;

use crate::analysis::{TermClass, Token};
use crate::document::Access;
use crate::engine::IndexDocument;
use crate::search::word_key;

/// Between the key and the spelling.
pub(super) const SEPARATOR: char = '\u{3}';
/// The first letter is a capital.
const CAPITAL: &str = "^";
/// All letters are capitals.
const CAPITALS: &str = "!";
/// Longer words are no words that anyone would like to be suggested; in bytes of the key.
const LONGEST: usize = 60;

/// The key of a token and how it is written, if it is a word; `text` is that of the token.
pub(super) fn key<'a>(token: &'a Token, text: &'a str) -> Option<(Cow<'a, str>, &'a str)> {
    let surface = surface(token)?;
    let written = text.get(token.start..token.end)?;
    is_word(surface, written).then(|| (key_of(surface), written))
}

/// The key of a surface; most are their own.
fn key_of(surface: &str) -> Cow<'_, str> {
    match surface.is_ascii() {
        true => Cow::Borrowed(surface),
        false => Cow::Owned(word_key(surface)),
    }
}

fn surface(token: &Token) -> Option<&str> {
    let mut terms = token.terms().iter();
    let term = terms.find(|term| term.class == TermClass::Surface)?;
    Some(&term.text)
}

fn is_word(surface: &str, written: &str) -> bool {
    surface.len() <= LONGEST
        && !written.is_empty()
        && surface.chars().nth(1).is_some()
        && surface.chars().any(char::is_alphabetic)
        && match written.is_ascii() {
            true => written.bytes().all(|byte| byte.is_ascii_graphic()),
            false => !written.chars().any(|c| c.is_whitespace() || is_hidden(c)),
        }
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
}

/// Of two spellings the more usual one; of equally usual ones the first in order.
pub(super) fn more_usual<'a, N: Ord>(a: (N, &'a str), b: (N, &'a str)) -> (N, &'a str) {
    more_usual_by(a, b, |spelling| *spelling)
}

/// The same of what stands for a spelling; how it is `written` is asked only if both are equally usual.
pub(super) fn more_usual_by<N: Ord, T, W: Ord>(
    a: (N, T),
    b: (N, T),
    written: impl Fn(&T) -> W,
) -> (N, T) {
    let is_better = b.0 > a.0 || b.0 == a.0 && written(&b.1) < written(&a.1);
    if is_better { b } else { a }
}

/// The term of a word in a spelling.
pub(super) fn encode(key: &str, written: &str) -> String {
    let spelling = match () {
        _ if written == key => "",
        _ if written == capital(key) => CAPITAL,
        _ if written == key.to_uppercase() => CAPITALS,
        _ => written,
    };
    [key, SEPARATOR.encode_utf8(&mut [0; 4]), spelling].concat()
}

/// Key and spelling of a term.
pub(super) fn decode(term: &[u8]) -> Option<(&str, String)> {
    let (key, spelling) = std::str::from_utf8(term).ok()?.split_once(SEPARATOR)?;
    let written = match spelling {
        "" => key.to_owned(),
        CAPITAL => capital(key),
        CAPITALS => key.to_uppercase(),
        written => written.to_owned(),
    };
    Some((key, written))
}

fn capital(key: &str) -> String {
    let mut letters = key.chars();
    (letters.next()).map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Whether the words of a text field may be shown of a document: those of titles may be of every
/// document that is there.
pub(super) fn is_shown(document: &IndexDocument, field: &str) -> bool {
    document.document.access > Access::Metadata || matches!(field, "title" | "kicker")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_text_that_is_not_shown_only_the_title_counts() {
        let mut document = IndexDocument {
            document: crate::document::Document::default(),
            texts: Vec::new(),
            sentences: Vec::new(),
            values: Vec::new(),
            fingerprint: 0,
            labels: Vec::new(),
        };
        for (access, expected) in [(Access::Metadata, false), (Access::Snippet, true)] {
            document.document.access = access;
            assert!(is_shown(&document, "title"));
            assert_eq!(is_shown(&document, "body"), expected);
        }
    }
}
