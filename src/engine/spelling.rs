//! Which words of a document are part of the vocabulary, and their terms.
//!
//! The field `_words` has a term for each word of a document that may be shown: its key, and how
//! the document writes it. Nearly all spellings follow from the key, and are kept as one letter.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

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

/// The terms of a document: every word once, in the spelling it has most often.
pub(super) fn terms(document: &IndexDocument) -> Vec<String> {
    let texts: Vec<_> = (document.texts.iter())
        .filter(|(field, _)| document.document.access > Access::Metadata || is_metadata(field))
        .map(|(field, tokens)| (document.document.text(field), tokens))
        .collect();
    let mut words: FxHashMap<Cow<str>, Spellings> = FxHashMap::default();
    for (text, tokens) in &texts {
        for token in *tokens {
            if let Some(surface) = surface(token)
                && let Some(written) = text.get(token.start..token.end)
                && is_word(surface, written)
            {
                let spellings = words.entry(key(surface)).or_default();
                match spellings.iter_mut().find(|(_, known)| *known == written) {
                    Some((count, _)) => *count += 1,
                    None => spellings.push((1, written)),
                }
            }
        }
    }
    (words.into_iter())
        .filter_map(|(key, spellings)| {
            let (_, written) = spellings.into_iter().reduce(more_usual)?;
            Some(encode(&key, written))
        })
        .collect()
}

/// How a document writes a word, and how often.
type Spellings<'a> = SmallVec<[(u32, &'a str); 2]>;

/// The key of a surface; most are their own.
fn key(surface: &str) -> Cow<'_, str> {
    match surface.is_ascii() {
        true => Cow::Borrowed(surface),
        false => Cow::Owned(word_key(surface)),
    }
}

/// Titles may be shown of every document that is there.
fn is_metadata(field: &str) -> bool {
    matches!(field, "title" | "kicker")
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
    let is_better = b.0 > a.0 || b.0 == a.0 && b.1 < a.1;
    if is_better { b } else { a }
}

fn encode(key: &str, written: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::document::Document;

    fn terms_of(title: &str, body: &str, access: Access) -> Vec<(String, String)> {
        let document = IndexDocument {
            texts: vec![
                ("title".into(), Analyzer::german().analyze(title)),
                ("body".into(), Analyzer::german().analyze(body)),
            ],
            document: Document {
                title: Some(title.into()),
                body: body.into(),
                access,
                ..Document::default()
            },
            sentences: Vec::new(),
            values: Vec::new(),
            fingerprint: 0,
            labels: Vec::new(),
        };
        let mut terms = terms(&document);
        terms.sort_unstable();
        (terms.iter())
            .map(|term| decode(term.as_bytes()).unwrap())
            .map(|(key, written)| (key.to_owned(), written))
            .collect()
    }

    fn written(title: &str, body: &str, access: Access) -> Vec<String> {
        (terms_of(title, body, access).into_iter())
            .map(|(_, written)| written)
            .collect()
    }

    #[test]
    fn words_are_kept_in_their_most_frequent_spelling() {
        assert_eq!(
            written(
                "Neues aus Kiel",
                "NEUES Rad, neues Rad, neues Öl: NATO.",
                Access::Full
            ),
            ["aus", "Kiel", "NATO", "neues", "Öl", "Rad"]
        );
    }

    #[test]
    fn umlauts_and_hyphens_make_no_other_word() {
        let terms = terms_of(
            "",
            "Müller und Mueller, Ost-See, 2024 14.000 a",
            Access::Full,
        );
        let expected = [
            ("mueller", "Mueller"),
            ("ostsee", "Ost-See"),
            ("und", "und"),
        ];
        let expected: Vec<_> = expected.map(|(k, w)| (k.to_owned(), w.to_owned())).into();
        assert_eq!(terms, expected);
    }

    #[test]
    fn of_a_text_that_is_not_shown_only_the_title_counts() {
        assert_eq!(
            written("Der Hafen", "Kran am Kai.", Access::Metadata),
            ["Der", "Hafen"]
        );
        assert_eq!(
            written("", "Kran am Kai.", Access::Snippet),
            ["am", "Kai", "Kran"]
        );
    }
}
