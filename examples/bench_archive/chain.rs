//! tantivy's German chain (tokenise, drop long words, lower-case, stem), for tantivy and for us.

use std::cell::RefCell;
use std::collections::HashMap;

use fundstelle::analysis::{
    Analyze, AnalyzedText, Form, Sentence, SharedForm, Term, TermClass, Token, sentences,
};
use rustc_hash::FxBuildHasher;
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, TokenStream, Tokenizer,
};

use crate::german_stemmer::GermanStemmer;

/// Name of the chain in tantivy's schema.
pub(crate) const NAME: &str = "german";

/// The chain.
pub(crate) fn chain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(GermanStemmer)
        .build()
}

/// The stems of a text, in order.
pub(crate) fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let mut chain = chain();
    (chain.token_stream(text)).process(&mut |token| stems.push(token.text.clone()));
    stems
}

/// The chain as our engine takes it: one term for each word.
pub(crate) struct SameChain;

/// The term of a stem.
pub(crate) fn term(stem: &str) -> Term {
    Term {
        class: TermClass::Surface,
        text: stem.into(),
    }
}

/// Forms that are remembered at most.
const REMEMBERED: usize = 400_000;

type Memo = HashMap<String, SharedForm, FxBuildHasher>;

thread_local! {
    /// What the chain makes of a word, as our own chain remembers it.
    static MEMO: RefCell<(SimpleTokenizer, TextAnalyzer, Memo)> =
        RefCell::new((SimpleTokenizer::default(), chain(), Memo::default()));
}

fn tokens(text: &str, from_byte: usize, from_position: u32) -> Vec<Token> {
    MEMO.with_borrow_mut(|(tokenizer, chain, memo)| {
        if memo.len() > REMEMBERED {
            memo.clear();
        }
        let mut tokens = Vec::with_capacity(text.len() / 6 + 1);
        let mut words = tokenizer.token_stream(text);
        while words.advance() {
            let word = words.token();
            let form = match memo.get(&word.text) {
                Some(form) => form.clone(),
                None => {
                    let mut terms = Vec::new();
                    chain
                        .token_stream(&word.text)
                        .process(&mut |stem| terms.push(term(&stem.text)));
                    let form = SharedForm::from(Form {
                        terms,
                        ..Form::default()
                    });
                    memo.insert(word.text.clone(), form.clone());
                    form
                }
            };
            if !form.terms.is_empty() {
                let (start, end) = (from_byte + word.offset_from, from_byte + word.offset_to);
                let position = from_position + word.position as u32;
                tokens.push(Token::shared(start, end, position, form));
            }
        }
        tokens
    })
}

impl Analyze for SameChain {
    fn analyze_text(&self, text: &str) -> AnalyzedText {
        let tokens = tokens(text, 0, 0);
        let mut at = 0;
        let mut numbered = Vec::new();
        for span in sentences(text) {
            let first = at;
            at += tokens[at..].partition_point(|token| token.start < span.end);
            if at > first {
                numbered.push(Sentence {
                    span,
                    words: tokens[first].position..tokens[at - 1].position + 1,
                });
            }
        }
        AnalyzedText {
            tokens,
            sentences: numbered,
        }
    }

    fn analyze_sentence(&self, text: &str, sentence: &Sentence) -> Vec<Token> {
        let part = text.get(sentence.span.clone()).unwrap_or_default();
        tokens(part, sentence.span.start, sentence.words.start)
    }
}
