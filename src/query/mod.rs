//! What did the user mean?
//!
//! A query is a text that people type: words, and some signs and words with a meaning of their
//! own. This module makes a tree of it and knows the fields of the [`Schema`], but no engine.
//!
//! | what | means |
//! | --- | --- |
//! | `Kursk Verluste` | words in all their forms; all or any of them, as is decided outside |
//! | `"hohe Verluste"` `„hohe Verluste“` | words one after the other in exactly these forms |
//! | `"Kursk Verluste"~5` | in any order with at most 5 other words in between |
//! | `Kursk NEAR/5 Verluste` | the same for words in all their forms, phrases, brackets with `OR` |
//! | `Kursk NEAR/S Verluste` | in one sentence |
//! | `AND OR NOT`, `UND ODER NICHT`, `-word` | all, any, not; upper case only |
//! | `(…)` | what belongs together |
//! | `Panzer*` `*geheimdienst` `Bundes*amt` | any letters (of the words, or the pieces between hyphens, as they are written) |
//! | `Selenskij~1` `Selenskij~2` | one or two letters may differ |
//! | `/[ms]eyer/` | regular expression for the whole word |
//! | `=Verluste` | exactly this form |
//! | `Kursk^2` | weighs twice |
//! | `title:Kursk` `title:"…"` `title:(…)` | in this text field |
//! | `country:Nordkorea` `publisher:(a OR b)` | value of this field, as name, alias or id |
//! | `date:2025-04` `date:[2025-01 TO 2025-06]` `date:[* BIS 2025]` | in this period |
//! | `cites:NIS` `credits:dpa` `mentions:CIA` | likewise: fields of the shipped schema |
//! | `copy:308e54461c002c35` | the copies of the document with this id, itself among them |
//! | `exists:publisher` `publisher:*` | the field has a value |
//! | `\` | takes the meaning of the sign after it, or of the word: `\UND` |
//!
//! `OR` binds loosest, then words without an operator, then `AND`, then `NEAR`, then `NOT`.
//!
//! Whatever else is typed is text: in [`Mode::Lenient`] any headline is a query, and notices tell
//! what was taken as text although it may have been meant otherwise. [`Mode::Strict`] refuses.

mod ast;
mod chars;
mod compile;
mod lexer;
mod parser;
mod plain;
mod print;
mod trouble;

pub use crate::search::Within;
pub use ast::{Node, Span, Text, TextNode};
pub use compile::{Compiled, Compiler, Operator, Weights};
pub use print::of_value;

use crate::schema::Schema;
use crate::search::Notice;
use trouble::Troubles;

/// The longest query text, in bytes.
pub const MAX_BYTES: usize = 8192;

/// The largest number of words, phrases and values in a query.
pub const MAX_LEAVES: usize = 512;

/// The deepest nesting of brackets.
pub const MAX_DEPTH: usize = 32;

/// What to do with what does not parse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// It is text, with a notice.
    #[default]
    Lenient,
    /// It is an error.
    Strict,
    /// Nothing is an operator: the text is language, such as a question or a headline, of which
    /// every word counts.
    Plain,
}

/// A query that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The text as it was typed.
    pub text: String,
    /// What it means.
    pub tree: Node,
    /// What the searcher should know; spans count in `text`.
    pub notices: Vec<Notice>,
}

/// Why a query is refused: what is wrong and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Stable name of the trouble, as `unclosed_quote`.
    pub code: &'static str,
    /// For people: what is wrong and what was expected.
    pub message: String,
    /// The bytes of the query text that it is about.
    pub span: (usize, usize),
}

/// Reads a query. In [`Mode::Lenient`] only a text that exceeds [`MAX_BYTES`], [`MAX_LEAVES`] or
/// [`MAX_DEPTH`] is refused.
///
/// The tree prints in its canonical form, which parses to the same tree.
///
/// ```
/// # use fundstelle::{query::{parse, Mode}, schema::Schema};
/// # let schema = Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap();
/// let query = parse("Kursk ODER „hohe Verluste“ -date:2024", &schema, Mode::Strict).unwrap();
/// assert_eq!(query.tree.to_string(), "Kursk OR \"hohe Verluste\" NOT date:2024");
/// ```
pub fn parse(text: &str, schema: &Schema, mode: Mode) -> Result<Query, QueryError> {
    if text.len() > MAX_BYTES {
        return Err(QueryError {
            code: "too_long",
            message: format!(
                "query is {} bytes long, expected at most {MAX_BYTES}",
                text.len()
            ),
            span: (0, text.len()),
        });
    }
    let mut troubles = Troubles::new(mode);
    let tree = match text.trim() {
        "" => Node::All,
        _ if mode == Mode::Plain => plain::words(text)?,
        "*" => Node::All,
        _ => {
            let lexemes = lexer::lex(text, schema, &mut troubles)?;
            parser::parse(text, lexemes, &mut troubles)?.unwrap_or(Node::Nothing)
        }
    };
    Ok(Query {
        text: text.to_owned(),
        tree,
        notices: troubles.notices,
    })
}

#[cfg(test)]
mod tests;
