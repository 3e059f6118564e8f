//! The sentence bounds: per document and segment, where the sentences of each text field begin.
//!
//! One file per segment (`<segment>.sentences`), written by tantivy's segment plugin and merged
//! with the segment. With it, a position of the postings says in which sentence a word stands, and
//! where in the text that sentence is: `NEAR/S` needs the one, and snippets, which analyse only
//! the sentences that matter, the other.
//!
//! ```text
//! blocks      per document, for each text field: the number of its sentences, and for each of
//!             them how many words and bytes later than the one before it begins, and how many
//!             bytes it is long; all as numbers in seven bits a byte
//! ends        documents × u64: where the block of each document ends
//! trailer     u32 documents, u32 version
//! ```
//!
//! Other numbers are little-endian.

mod component;
mod reader;

use std::ops::Range;

pub(super) use component::SentencesComponent;
pub(super) use reader::SentencesReader;

use super::numbers::{Bytes, put};
use crate::analysis::Sentence;
use crate::engine::IndexDocument;
use crate::schema::Schema;

/// Version of the layout; an index with another has to be built anew.
const VERSION: u32 = 1;
/// Bytes after the ends.
const TRAILER_BYTES: usize = 8;
/// Extension of the files.
const EXTENSION: &str = "sentences";

/// The block of a document.
pub(super) fn block(document: &IndexDocument, schema: &Schema) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(64);
    for (field, _) in schema.text_fields() {
        let known = (document.sentences.iter()).find(|(name, _)| *name == field.name);
        let sentences = known.map_or(&[][..], |(_, sentences)| sentences);
        put(&mut bytes, sentences.len());
        let (mut word, mut byte) = (0, 0);
        for sentence in sentences {
            put(&mut bytes, (sentence.words.start - word) as usize);
            put(&mut bytes, sentence.span.start - byte);
            put(&mut bytes, sentence.span.len());
            (word, byte) = (sentence.words.start, sentence.span.end);
        }
    }
    bytes
}

/// The sentences of one field from the block of a document; none if it is damaged. A sentence
/// goes up to the next, and the last holds all words that follow.
fn sentences(block: &[u8], text: usize) -> Option<Vec<Sentence>> {
    let mut bytes = Bytes::new(block);
    for _ in 0..text {
        for _ in 0..bytes.number()? * 3 {
            bytes.number()?;
        }
    }
    let count = bytes.number()?;
    let mut sentences: Vec<Sentence> = Vec::with_capacity(count.min(block.len()));
    let (mut word, mut byte) = (0_u32, 0_usize);
    for _ in 0..count {
        word = word.checked_add(u32::try_from(bytes.number()?).ok()?)?;
        let start = byte.checked_add(bytes.number()?)?;
        byte = start.checked_add(bytes.number()?)?;
        if let Some(before) = sentences.last_mut() {
            before.words.end = word;
        }
        let span: Range<usize> = start..byte;
        let words = word..u32::MAX;
        sentences.push(Sentence { span, words });
    }
    Some(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn sentences_come_out_as_they_went_in() {
        let text = "Kim schwieg. Er ging!\n\nDanach kam nichts mehr. 1 2 3";
        let schema = Schema::parse(include_str!("../../../../schema.json"), "schema.json").unwrap();
        let mut expected = Analyzer::german().analyze_text(text).sentences;
        let document = IndexDocument {
            document: Default::default(),
            texts: Vec::new(),
            sentences: vec![("body".to_owned(), expected.clone())],
            values: Vec::new(),
            fingerprint: 0,
            labels: Vec::new(),
        };
        let block = block(&document, &schema);
        let place = (schema.text_fields()).position(|(field, _)| field.name == "body");
        expected.last_mut().unwrap().words.end = u32::MAX;
        assert_eq!(sentences(&block, place.unwrap()), Some(expected));
        assert_eq!(sentences(&block, 0), Some(Vec::new()));
        for length in 0..block.len() {
            assert_eq!(sentences(&block[..length], place.unwrap()), None);
        }
    }
}
