//! Analysed terms on their way into tantivy.
//!
//! tantivy tokenizes strings; documents come with terms that are already analysed. So the terms
//! of a field travel as one string, and the "tokenizer" of the field only takes it apart again,
//! with one buffer for all terms.

use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::analysis::{Term, Token};

/// Before each term.
const TERM: char = '\u{1}';
/// Before the number of positions to go forward.
const SKIP: char = '\u{2}';
/// Longest term in bytes; analysis keeps terms far below.
const MAX_TERM_BYTES: usize = 1000;

/// A term as the dictionary has it: the code of its class before the text.
pub(super) fn term_text(term: &Term) -> String {
    let mut text = String::with_capacity(term.text.len() + 1);
    text.push(term.class.code());
    text.push_str(&term.text);
    text
}

/// All terms of a field as one string.
pub(super) fn pack(tokens: &[Token]) -> String {
    let mut packed = String::with_capacity(tokens.len() * 24);
    let mut position = 0;
    for token in tokens {
        if token.position != position {
            let distance = token.position.saturating_sub(position);
            packed.push(SKIP);
            packed.push_str(&distance.to_string());
            position = token.position;
        }
        for term in token.terms().iter() {
            if term.text.len() <= MAX_TERM_BYTES {
                packed.push(TERM);
                packed.push(term.class.code());
                packed.push_str(&term.text);
            }
        }
    }
    packed
}

/// Terms that stand nowhere in particular, as one string.
pub(super) fn pack_terms(terms: &[String]) -> String {
    let mut packed = String::with_capacity(terms.iter().map(|term| term.len() + 1).sum());
    for term in terms {
        packed.push(TERM);
        packed.push_str(term);
    }
    packed
}

/// The tokenizer that takes packed terms apart.
#[derive(Clone, Default)]
pub(super) struct PackedTokenizer {
    token: TantivyToken,
}

impl Tokenizer for PackedTokenizer {
    type TokenStream<'a> = PackedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PackedStream<'a> {
        self.token.reset();
        self.token.position = 0;
        PackedStream {
            token: &mut self.token,
            rest: text,
        }
    }
}

/// The terms of one field.
pub(super) struct PackedStream<'a> {
    token: &'a mut TantivyToken,
    rest: &'a str,
}

impl TokenStream for PackedStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let mut chars = self.rest.chars();
            let Some(kind) = chars.next() else {
                return false;
            };
            let item = chars.as_str();
            let end = item.find([TERM, SKIP]).unwrap_or(item.len());
            self.rest = &item[end..];
            if kind == SKIP {
                self.token.position += item[..end].parse().unwrap_or(0);
                continue;
            }
            self.token.text.clear();
            self.token.text.push_str(&item[..end]);
            return true;
        }
    }

    fn token(&self) -> &TantivyToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Form, TermClass};

    fn token(position: u32, terms: &[(TermClass, &str)]) -> Token {
        let terms = terms.iter().map(|(class, text)| Term {
            class: *class,
            text: (*text).into(),
        });
        let form = Form {
            terms: terms.collect(),
            ..Form::default()
        };
        Token::new(0, 0, position, form)
    }

    #[test]
    fn terms_come_out_as_they_went_in() {
        use TermClass::{Lemma, Surface};
        let tokens = [
            token(0, &[(Surface, "verluste"), (Lemma, "verlust")]),
            token(1, &[(Surface, "in")]),
            token(7, &[(Surface, "größe")]),
        ];
        let packed = pack(&tokens);
        let mut tokenizer = PackedTokenizer::default();
        let mut stream = tokenizer.token_stream(&packed);
        let mut seen = Vec::new();
        stream.process(&mut |token| seen.push((token.position, token.text.clone())));
        let expected = [(0, "sverluste"), (0, "lverlust"), (1, "sin"), (7, "sgröße")];
        assert_eq!(seen, expected.map(|(p, t)| (p, t.to_owned())));
    }
}
