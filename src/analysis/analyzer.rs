//! The chain: tokenizer, then everything that is said of a word, remembered per word form.

use std::cell::RefCell;
use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::fold::fold;
use super::trace::{FilterStep, PartTrace, TermTrace, TokenTrace, Trace};
use super::{Part, QueryWord, Relation, Term, TermClass, Token, Variant, tokenizer};

/// Makes tokens of texts and query words of queries. Cheap to create and to clone; what it
/// learns of word forms is remembered per thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analyzer {
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    German,
    Plain,
}

/// What analysis says of one word form.
#[derive(Debug, Clone)]
struct Word {
    terms: Arc<[Term]>,
    parts: Arc<[Part]>,
    joins: Arc<[Part]>,
}

/// Word forms remembered per thread and language before the memory starts anew.
const MEMO_LIMIT: usize = 400_000;

thread_local! {
    static MEMO: RefCell<[FxHashMap<Box<str>, Word>; 2]> = RefCell::default();
}

impl Analyzer {
    /// The chain for German texts.
    pub fn german() -> Analyzer {
        Analyzer {
            language: Language::German,
        }
    }

    /// The chain for texts in other languages: words as they are written, folded.
    pub fn plain() -> Analyzer {
        Analyzer {
            language: Language::Plain,
        }
    }

    /// The tokens of a text; offsets are bytes of `text`, on character boundaries.
    pub fn analyze(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(text.len() / 7 + 1);
        MEMO.with_borrow_mut(|memo| {
            let memo = &mut memo[self.language as usize];
            for raw in tokenizer::words(text) {
                let form = &text[raw.start..raw.end];
                let word = match memo.get(form) {
                    Some(word) => word.clone(),
                    None => {
                        let word = self.word(form);
                        if memo.len() >= MEMO_LIMIT {
                            memo.clear();
                        }
                        memo.insert(form.into(), word.clone());
                        word
                    }
                };
                if word.terms.is_empty() {
                    continue;
                }
                tokens.push(Token {
                    start: raw.start,
                    end: raw.end,
                    position: tokens.len() as u32,
                    terms: word.terms,
                    parts: word.parts,
                    joins: word.joins,
                });
            }
        });
        tokens
    }

    /// The words of a query, each with everything that stands for it.
    pub fn query(&self, text: &str) -> Vec<QueryWord> {
        self.query_words(text, &[TermClass::Surface, TermClass::Lemma])
    }

    /// The words of a query as they were typed, and nothing else that stands for them.
    pub fn query_exact(&self, text: &str) -> Vec<QueryWord> {
        self.query_words(text, &[TermClass::Surface])
    }

    fn query_words(&self, text: &str, classes: &[TermClass]) -> Vec<QueryWord> {
        let variant = |term: &Term| Variant {
            relation: match term.class {
                TermClass::Surface => Relation::Surface,
                TermClass::Lemma => Relation::Lemma,
                TermClass::Part => Relation::InCompound,
            },
            terms: vec![term.clone()],
        };
        let words = self.analyze(text).into_iter().map(|token| QueryWord {
            start: token.start,
            end: token.end,
            position: token.position,
            variants: (token.terms.iter())
                .filter(|term| classes.contains(&term.class))
                .map(variant)
                .collect(),
        });
        words.collect()
    }

    /// What analysis makes of a text, for people.
    pub fn trace(&self, text: &str) -> Trace {
        let tokens = self.analyze(text);
        let tokens = tokens.iter().map(|token| TokenTrace {
            text: text[token.start..token.end].to_owned(),
            start: token.start,
            end: token.end,
            position: token.position,
            terms: (token.terms.iter())
                .map(|term| TermTrace {
                    text: term.text.to_string(),
                    class: term.class.name(),
                })
                .collect(),
            parts: (token.parts.iter())
                .map(|part| PartTrace {
                    start: token.start + part.start,
                    end: token.start + part.end,
                    term: part.term.to_string(),
                })
                .collect(),
            filters: vec![FilterStep {
                filter: "fold",
                output: vec![fold(&text[token.start..token.end])],
            }],
        });
        Trace {
            tokens: tokens.collect(),
        }
    }

    fn word(&self, form: &str) -> Word {
        let surface = fold(form);
        let mut terms = Vec::new();
        if !surface.is_empty() {
            if self.language == Language::German {
                let stem = Stemmer::create(Algorithm::German)
                    .stem(&surface)
                    .into_owned();
                terms.push(Term {
                    class: TermClass::Lemma,
                    text: stem.into(),
                });
            }
            terms.insert(
                0,
                Term {
                    class: TermClass::Surface,
                    text: surface.into(),
                },
            );
        }
        Word {
            terms: terms.into(),
            parts: Arc::new([]),
            joins: Arc::new([]),
        }
    }
}
