//! The words of documents as terms of the vocabulary.

use crate::analysis::Token;
use crate::engine::spelling::{self, SEPARATOR, decode, encode};

/// The term of the word that a token is, in its spelling, if it is a word; `text` is that of the token.
pub(in crate::engine::embedded) fn term(token: &Token, text: &str) -> Option<String> {
    let (key, written) = spelling::key(token, text)?;
    Some(encode(&key, written))
}

/// The key of a term: the word without regard to its spelling. Terms with the same key stand one after
/// the other.
pub(in crate::engine::embedded) fn key(term: &[u8]) -> &[u8] {
    let end = term.iter().position(|byte| *byte == SEPARATOR as u8);
    &term[..end.unwrap_or(term.len())]
}

/// The word of a term as it is written.
pub(in crate::engine::embedded) fn written(term: &[u8]) -> Option<String> {
    decode(term).map(|(_, written)| written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn umlauts_and_hyphens_make_no_other_word() {
        let text = "Müller und Mueller, Ost-See, 2024 14.000 a";
        let tokens = Analyzer::german().analyze(text);
        let terms = tokens.iter().filter_map(|token| term(token, text));
        let words: Vec<_> = terms
            .map(|term| {
                (
                    String::from_utf8_lossy(key(term.as_bytes())).into_owned(),
                    written(term.as_bytes()),
                )
            })
            .collect();
        let expected = [
            ("mueller", "Müller"),
            ("und", "und"),
            ("mueller", "Mueller"),
            ("ostsee", "Ost-See"),
        ];
        let expected = expected.map(|(key, written)| (key.to_owned(), Some(written.to_owned())));
        assert_eq!(words, expected);
    }
}
