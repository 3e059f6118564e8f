//! Analysed terms on their way into the cluster and back as questions.
//!
//! Analysis stays here, so a text travels as its words in order, separated by spaces; a word is a
//! *group*, its terms separated by [`BETWEEN`]. There, an analyzer without any knowledge of language
//! takes groups apart again, all terms of one at one position ([`super::template`]). Query words
//! travel the same way.

use std::collections::BTreeMap;

use crate::analysis::{Sentence, Term, Token};

/// Between the terms of a word.
pub(super) const BETWEEN: char = '\u{1}';
/// A place without a word: it counts as a position, and nothing stands there.
pub(super) const GAP: char = '\u{2}';
/// Stands at the first word of each sentence of several words: nothing can be near anything in
/// others.
pub(super) const FIRST: char = '\u{3}';
/// Stands at the last word of each sentence of several words.
pub(super) const LAST: char = '\u{4}';
/// In place of white space within a term.
const SPACE: char = '\u{5}';
/// Longest term in bytes; analysis keeps terms far below.
const MAX_TERM_BYTES: usize = 1000;

/// A term as the cluster has it: the code of its class before the text.
pub(super) fn term_text(term: &Term) -> String {
    let mut text = String::with_capacity(term.text.len() + 1);
    push(&mut text, term);
    text
}

fn push(text: &mut String, term: &Term) {
    text.push(term.class.code());
    if term.text.contains(char::is_whitespace) {
        text.extend((term.text.chars()).map(|c| if c.is_whitespace() { SPACE } else { c }));
    } else {
        text.push_str(&term.text);
    }
}

/// Any of some terms, as one word.
pub(super) fn group<'a>(terms: impl IntoIterator<Item = &'a Term>) -> String {
    let terms: Vec<String> = terms.into_iter().map(term_text).collect();
    terms.join(BETWEEN.encode_utf8(&mut [0; 4]))
}

/// Words at their distances from the first, as a text; between them are gaps.
pub(super) fn row(words: &[(u32, String)]) -> String {
    let mut text = String::new();
    let mut next = 0;
    for (at, group) in words {
        for _ in next..*at {
            text.push(GAP);
            text.push(' ');
        }
        text.push_str(group);
        text.push(' ');
        next = at + 1;
    }
    text
}

/// A whole text, with the bounds of its sentences.
pub(super) fn pack(tokens: &[Token], sentences: &[Sentence]) -> String {
    let mut bounds: BTreeMap<u32, [bool; 2]> = BTreeMap::new();
    for sentence in sentences.iter().filter(|it| it.words.len() > 1) {
        bounds.entry(sentence.words.start).or_default()[0] = true;
        bounds.entry(sentence.words.end - 1).or_default()[1] = true;
    }
    let mut packed = String::with_capacity(tokens.len() * 24);
    let mut next = 0;
    for of_word in tokens.chunk_by(|a, b| a.position == b.position) {
        let position = of_word[0].position;
        for _ in next..position {
            packed.push(GAP);
            packed.push(' ');
        }
        next = position + 1;
        let before = packed.len();
        let all = of_word.iter().flat_map(|token| token.terms().iter());
        for term in all.filter(|term| term.text.len() <= MAX_TERM_BYTES) {
            push(&mut packed, term);
            packed.push(BETWEEN);
        }
        let [first, last] = bounds.get(&position).copied().unwrap_or_default();
        for (_, mark) in [(first, FIRST), (last, LAST)].iter().filter(|(is, _)| *is) {
            packed.push(*mark);
            packed.push(BETWEEN);
        }
        if packed.len() == before {
            packed.push(GAP);
        }
        packed.push(' ');
    }
    packed
}

/// Words, not terms: the terms of one position are one word.
pub(super) fn word_count(tokens: &[Token]) -> u32 {
    tokens.chunk_by(|a, b| a.position == b.position).count() as u32
}

/// A length as scores see it: exact up to 40 words, then to an eighth of its octave, as BM25 in
/// Lucene has it.
pub(super) fn coarse(length: u32) -> u32 {
    const EXACT: u32 = 24;
    if length < 40 {
        return length;
    }
    let above = length - EXACT;
    let shift = above.ilog2() - 3;
    (above >> shift << shift) + EXACT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Form, TermClass};

    fn term(class: TermClass, text: &str) -> Term {
        Term {
            class,
            text: text.into(),
        }
    }

    fn token(position: u32, terms: &[(TermClass, &str)]) -> Token {
        let terms = terms.iter().map(|(class, text)| term(*class, text));
        let form = Form {
            terms: terms.collect(),
            ..Form::default()
        };
        Token::new(0, 0, position, form)
    }

    #[test]
    fn a_text_travels_as_groups_with_gaps_and_sentences() {
        use TermClass::{Lemma, Surface};
        let tokens = [
            token(0, &[(Surface, "verluste"), (Lemma, "verlust")]),
            token(2, &[(Surface, "größe")]),
            token(3, &[(Surface, "ja")]),
        ];
        let sentence = |words| Sentence { span: 0..0, words };
        let packed = pack(&tokens, &[sentence(0..3), sentence(3..4)]);
        let expected =
            "sverluste\u{1}lverlust\u{1}\u{3}\u{1} \u{2} sgröße\u{1}\u{4}\u{1} sja\u{1} ";
        assert_eq!(packed, expected);
        assert_eq!(word_count(&tokens), 3);
    }

    #[test]
    fn a_row_of_words_keeps_its_distances() {
        let words = [(0, "sa".to_owned()), (2, "sb".to_owned())];
        assert_eq!(row(&words), "sa \u{2} sb ");
        let terms = [term(TermClass::Surface, "a b"), term(TermClass::Lemma, "c")];
        assert_eq!(group(&terms), "sa\u{5}b\u{1}lc");
    }

    #[test]
    fn long_texts_are_as_long_as_others_of_their_eighth() {
        let coarse: Vec<u32> = [0, 39, 40, 41, 42, 55, 56, 59, 60, 88, 95, 96, 1000]
            .map(coarse)
            .into();
        assert_eq!(coarse, [0, 39, 40, 40, 42, 54, 56, 56, 60, 88, 88, 96, 984]);
    }
}
