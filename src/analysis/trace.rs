//! What analysis made of a text, word by word, for people who want to see it.

use serde::Serialize;

/// The tokens of a text and what each filter did; its JSON is that of the command `analyze`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The tokens, in order.
    pub tokens: Vec<TokenTrace>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenTrace {
    /// The word as it stands in the text.
    pub text: String,
    /// First byte of the word in the text.
    pub start: usize,
    /// First byte after the word.
    pub end: usize,
    /// Number of the word in the text, from 0.
    pub position: u32,
    /// Its terms.
    pub terms: Vec<TermTrace>,
    /// The parts of a compound; empty if the word is none.
    pub parts: Vec<PartTrace>,
    /// The filters that changed or added something, in order.
    pub filters: Vec<FilterStep>,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermTrace {
    /// The term.
    pub text: String,
    /// Name of its class.
    pub class: &'static str,
}

/// One part of a compound, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartTrace {
    /// First byte of the part.
    pub start: usize,
    /// First byte after the part.
    pub end: usize,
    /// The term of the part.
    pub term: String,
}

/// What one filter made of a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterStep {
    /// Name of the filter.
    pub filter: &'static str,
    /// What came out of it.
    pub output: Vec<String>,
}
