//! From the text of a query to its lexemes: leaves of the tree, operators, brackets.
//!
//! The lexer knows which field a leaf stands in, because a value is read differently from a
//! text. It reads every character a bounded number of times.

mod pieces;
mod quote;
mod word;

use std::collections::HashMap;

use self::pieces::{is_valid_regex, parse_range, regex_len};
use super::chars::{closers, ends_word, is_edge_noise, is_separator};
use super::trouble::{Trouble, Troubles};
use super::{MAX_DEPTH, MAX_LEAVES, Node, QueryError, Span, Text, TextNode, Within};
use crate::schema::Schema;

/// The smallest piece that the parser sees.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Leaf(Node),
    Open,
    Close,
    /// A weight for the leaf or bracket before it.
    Boost(f32),
    And,
    Or,
    Not,
    Near(Within),
}

/// How the next leaf is read.
#[derive(Debug, Clone, PartialEq)]
enum Context {
    Text(Option<String>),
    Value(String),
    Date(String),
    Exists,
}

/// One character of a word, and whether a backslash took its meaning away.
#[derive(Debug, Clone, Copy)]
struct Char {
    c: char,
    escaped: bool,
    at: usize,
}

impl Char {
    fn is(&self, c: char) -> bool {
        self.c == c && !self.escaped
    }
}

/// `[2025-01-01T00:00 TO 2025-12-31T23:59]` with some spaces.
const MAX_RANGE_BYTES: usize = 64;

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    schema: &'a Schema,
    troubles: &'a mut Troubles,
    lexemes: Vec<Lexeme>,
    /// The contexts of the brackets that are open, with their place.
    brackets: Vec<(Context, Span)>,
    /// The field that was named directly before this place.
    pending: Option<Context>,
    /// For each opening quotation mark a place behind which it is known to have no twin.
    never_closed: HashMap<char, usize>,
    leaves: usize,
}

/// Reads all of `text`. Brackets are balanced afterwards.
pub(super) fn lex(
    text: &str,
    schema: &Schema,
    troubles: &mut Troubles,
) -> Result<Vec<Lexeme>, QueryError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        schema,
        troubles,
        lexemes: Vec::new(),
        brackets: Vec::new(),
        pending: None,
        never_closed: HashMap::new(),
        leaves: 0,
    };
    while lexer.at < text.len() {
        lexer.step()?;
    }
    while let Some((_, span)) = lexer.brackets.pop() {
        lexer.troubles.report(Trouble::UnclosedBracket, span)?;
        lexer.close(Span {
            start: text.len(),
            end: text.len(),
        });
    }
    Ok(lexer.lexemes)
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_after(&self, c: char) -> Option<char> {
        self.rest()[c.len_utf8()..].chars().next()
    }

    fn span_from(&self, start: usize) -> Span {
        Span {
            start,
            end: self.at,
        }
    }

    fn context(&self) -> Context {
        (self.pending.clone())
            .or_else(|| self.brackets.last().map(|(context, _)| context.clone()))
            .unwrap_or(Context::Text(None))
    }

    /// Reads one lexeme or passes over something without a meaning.
    fn step(&mut self) -> Result<(), QueryError> {
        let Some(c) = self.peek() else {
            return Ok(());
        };
        if is_separator(c) {
            self.pending = None;
            self.at += c.len_utf8();
            return Ok(());
        }
        match c {
            '(' => self.open(),
            ')' => self.step_close(),
            '-' => self.step_minus(),
            '[' if matches!(self.context(), Context::Date(_)) => self.step_range(),
            '=' if self.peek_after(c).is_some_and(|n| !closers(n).is_empty()) => {
                self.at += 1;
                Ok(())
            }
            '/' if matches!(self.context(), Context::Text(_)) && self.at_word_start() => {
                self.step_slash()
            }
            _ if !closers(c).is_empty() => self.step_quote(c),
            _ => self.step_word(),
        }
    }

    /// Whether nothing but a space, a bracket or the name of a field stands before this place.
    fn at_word_start(&self) -> bool {
        self.pending.is_some()
            || (self.text[..self.at].chars().next_back())
                .is_none_or(|c| is_separator(c) || c == '(' || c == '-')
    }

    fn open(&mut self) -> Result<(), QueryError> {
        let span = Span {
            start: self.at,
            end: self.at + 1,
        };
        if self.brackets.len() == MAX_DEPTH {
            return Err(QueryError {
                code: "too_deep",
                message: format!(
                    "brackets are nested deeper than {MAX_DEPTH}, expected fewer of them"
                ),
                span: span.into(),
            });
        }
        let context = self.context();
        self.pending = None;
        self.brackets.push((context, span));
        self.push(Kind::Open, span);
        self.at += 1;
        Ok(())
    }

    fn step_close(&mut self) -> Result<(), QueryError> {
        self.pending = None;
        self.at += 1;
        let span = self.span_from(self.at - 1);
        if self.brackets.pop().is_none() {
            return self.troubles.report(Trouble::UnopenedBracket, span);
        }
        if self.close(span) {
            self.suffixes(false)?;
        }
        Ok(())
    }

    /// Closes a bracket; `false` if there was nothing in it.
    fn close(&mut self, span: Span) -> bool {
        if self.lexemes.last().is_some_and(|l| l.kind == Kind::Open) {
            self.lexemes.pop();
            return false;
        }
        self.push(Kind::Close, span);
        true
    }

    /// `-word` excludes, `-20` is a number, any other dash has no meaning.
    fn step_minus(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let at_start = self.pending.is_some()
            || (self.text[..start].chars().next_back()).is_none_or(|c| is_separator(c) || c == '(');
        self.at += 1;
        let Some(next) = self.peek().filter(|_| at_start) else {
            return Ok(());
        };
        let in_text = matches!(self.context(), Context::Text(_));
        if next.is_numeric() && in_text {
            let len = (self.rest().find(ends_word)).unwrap_or(self.rest().len());
            let number = self.rest()[..len]
                .trim_end_matches(is_edge_noise)
                .to_owned();
            let span = Span {
                start,
                end: self.at + len,
            };
            return (self.troubles).report(Trouble::NegativeNumber(number), span);
        }
        let word_follows = next.is_alphanumeric()
            || matches!(next, '(' | '=' | '*' | '/' | '\\' | '#' | '@')
            || !closers(next).is_empty();
        if word_follows {
            self.push(Kind::Not, self.span_from(start));
        }
        Ok(())
    }

    /// `[2025-01 TO 2025-06]`, also with `BIS` and with `*` for an open end.
    fn step_range(&mut self) -> Result<(), QueryError> {
        let Context::Date(field) = self.context() else {
            return self.step_word();
        };
        self.pending = None;
        let start = self.at;
        let end = (self.rest().bytes().take(MAX_RANGE_BYTES)).position(|byte| byte == b']');
        let Some(end) = end else {
            self.at += 1;
            let span = self.span_from(start);
            return self.troubles.report(Trouble::BadRange("[".into()), span);
        };
        let whole = self.rest()[..=end].to_owned();
        let Some((from, to)) = parse_range(&whole[1..end]) else {
            let span = Span {
                start,
                end: start + whole.len(),
            };
            self.at += 1;
            return self.troubles.report(Trouble::BadRange(whole), span);
        };
        self.at += whole.len();
        let span = self.span_from(start);
        let reversed =
            matches!((from, to), (Some(from), Some(to)) if from.beginning() > to.ending());
        let (from, to) = if reversed { (to, from) } else { (from, to) };
        if reversed {
            (self.troubles).report(Trouble::ReversedRange(whole), span)?;
        }
        let node = match (from, to) {
            (None, None) => Node::Exists { field },
            _ => Node::Dates { field, from, to },
        };
        self.leaf(node, span)?;
        self.suffixes(false)
    }

    /// A regular expression, or a slash without a meaning.
    fn step_slash(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let Some(len) = regex_len(self.rest()) else {
            return self.step_word();
        };
        let pattern = self.rest()[1..len - 1].replace("\\/", "/");
        let whole = self.rest()[..len].to_owned();
        let Context::Text(field) = self.context() else {
            return self.step_word();
        };
        if !is_valid_regex(&pattern) {
            let span = Span {
                start,
                end: start + len,
            };
            self.at += 1;
            return self.troubles.report(Trouble::BadRegex(whole), span);
        }
        self.pending = None;
        self.at += len;
        let span = self.span_from(start);
        let what = Text::Regex(pattern);
        self.leaf(Node::Text(TextNode { field, what, span }), span)?;
        self.suffixes(false)
    }

    fn leaf(&mut self, node: Node, span: Span) -> Result<(), QueryError> {
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            return Err(QueryError {
                code: "too_many_clauses",
                message: format!("query has more than {MAX_LEAVES} words, expected fewer"),
                span: span.into(),
            });
        }
        self.push(Kind::Leaf(node), span);
        Ok(())
    }

    fn push(&mut self, kind: Kind, span: Span) {
        self.lexemes.push(Lexeme { kind, span });
    }
}
