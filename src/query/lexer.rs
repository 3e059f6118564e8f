//! From the text of a query to its lexemes: leaves of the tree, operators, brackets.
//!
//! The lexer knows which field a leaf stands in, because a value is read differently from a
//! text. It reads every character a bounded number of times.

use std::collections::HashMap;

use super::chars::{
    closers, ends_word, is_edge_noise, is_field_name, is_gender_ending, is_separator,
};
use super::trouble::{MAX_SLOP, Trouble, Troubles};
use super::{MAX_DEPTH, MAX_LEAVES, Node, QueryError, Span, Text, TextNode, Within};
use crate::document::PartialDate;
use crate::schema::{FieldKind, Schema};
use crate::search::COPY;

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

/// Regular expressions are bounded in length and in the size of their automaton.
const MAX_REGEX_BYTES: usize = 256;
const MAX_REGEX_SIZE: usize = 1 << 18;

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

    fn step_quote(&mut self, open: char) -> Result<(), QueryError> {
        let start = self.at;
        let before = self.text[..start].chars().next_back();
        let after = self.peek_after(open);
        // 19"-Monitor, 5"
        let stray = open == '"'
            && self.pending.is_none()
            && before.is_some_and(char::is_alphanumeric)
            && !after.is_some_and(char::is_alphanumeric);
        self.at += open.len_utf8();
        if stray {
            return Ok(());
        }
        let Some((content, end)) = self.quotation(open) else {
            self.pending = None;
            let span = self.span_from(start);
            return self.troubles.report(Trouble::UnclosedQuote, span);
        };
        self.at = end;
        let span = self.span_from(start);
        let context = self.context();
        self.pending = None;
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_empty = !content.contains(char::is_alphanumeric);
        match context {
            Context::Text(field) => {
                let slop = self.slop()?;
                if is_empty {
                    return Ok(());
                }
                let what = Text::Phrase {
                    text: content,
                    slop,
                };
                self.leaf(Node::Text(TextNode { field, what, span }), span)?;
            }
            _ if is_empty => return Ok(()),
            context => self.value(context, content, span)?,
        }
        self.suffixes(false)
    }

    /// The text up to the twin of an opening quotation mark, and the place behind the twin.
    fn quotation(&mut self, open: char) -> Option<(String, usize)> {
        if (self.never_closed.get(&open)).is_some_and(|place| self.at >= *place) {
            return None;
        }
        let closers = closers(open);
        let mut content = String::new();
        let mut chars = self.rest().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if c == '\\' && (chars.peek()).is_some_and(|(_, c)| matches!(c, '\\' | '"')) {
                content.extend(chars.next().map(|(_, c)| c));
            } else if closers.contains(&c) {
                // An apostrophe in a quotation, as in ‚Putin’s Krieg‘, does not close it.
                let apostrophe =
                    c == '’' && (chars.peek()).is_some_and(|(_, c)| c.is_alphanumeric());
                if !apostrophe {
                    return Some((content, self.at + offset + c.len_utf8()));
                }
                content.push(c);
            } else {
                content.push(c);
            }
        }
        self.never_closed.insert(open, self.at);
        None
    }

    /// `~5` directly behind a phrase.
    fn slop(&mut self) -> Result<Option<u32>, QueryError> {
        let start = self.at;
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let Some(len) = self.rest().strip_prefix('~').map(digits) else {
            return Ok(None);
        };
        self.at += 1 + len;
        if len == 0 {
            let span = self.span_from(start);
            (self.troubles).report(Trouble::Misplaced("~".into()), span)?;
            return Ok(None);
        }
        let number = &self.text[start + 1..self.at];
        self.distance(number, start).map(Some)
    }

    /// A number of words, cut to what is allowed.
    fn distance(&mut self, digits: &str, start: usize) -> Result<u32, QueryError> {
        let number = digits.parse().unwrap_or(u32::MAX);
        if number > MAX_SLOP {
            let span = self.span_from(start);
            (self.troubles).report(Trouble::SlopTooBig(number), span)?;
        }
        Ok(number.min(MAX_SLOP))
    }

    /// What stands directly behind a leaf or a bracket: `^2`, or a `~` that means nothing there.
    fn suffixes(&mut self, mut boosted: bool) -> Result<(), QueryError> {
        loop {
            let start = self.at;
            let mark = match self.peek() {
                Some(c @ ('^' | '~')) => c,
                _ => return Ok(()),
            };
            let number = |c: char| c.is_ascii_digit() || c == '.';
            let len = self.rest()[1..]
                .find(|c| !number(c))
                .unwrap_or(self.rest().len() - 1);
            self.at += 1 + len;
            let span = self.span_from(start);
            let suffix = self.text[start..self.at].to_owned();
            match (mark, parse_boost(&suffix[1..])) {
                ('^', Some(factor)) if !boosted => {
                    self.push(Kind::Boost(factor), span);
                    boosted = true;
                }
                ('^', _) => (self.troubles).report(Trouble::BoostOutOfRange(suffix), span)?,
                _ => (self.troubles).report(Trouble::Misplaced(suffix), span)?,
            }
        }
    }

    /// Everything that is neither a bracket nor a quotation.
    fn step_word(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        let context = self.context();
        let in_text = matches!(context, Context::Text(_));
        let mut word: Vec<Char> = Vec::new();
        let mut colon = None;
        while let Some(c) = self.peek() {
            let next = self.peek_after(c);
            if c == '\\' {
                if let Some(next) = next
                    && !next.is_whitespace()
                    && !next.is_control()
                    && (!next.is_alphanumeric() || word.is_empty())
                {
                    word.push(Char {
                        c: next,
                        escaped: true,
                        at: self.at,
                    });
                    self.at += 1 + next.len_utf8();
                    continue;
                }
            } else if c == ':' && in_text && colon.is_none() {
                colon = Some(word.len());
                if self.step_field(start, &word, next)? {
                    return Ok(());
                }
            } else if c == '(' {
                let Some(len) = inner_bracket_len(self.rest()).filter(|_| !word.is_empty()) else {
                    break;
                };
                for (offset, c) in self.text[self.at..self.at + len].char_indices() {
                    let at = self.at + offset;
                    word.push(Char {
                        c,
                        escaped: true,
                        at,
                    });
                }
                self.at += len;
                continue;
            } else if ends_word(c) {
                let before = word.last().map(|before| before.c);
                let decimal = c == ','
                    && before.is_some_and(|c| c.is_ascii_digit())
                    && next.is_some_and(|c| c.is_ascii_digit());
                if !decimal {
                    break;
                }
            }
            word.push(Char {
                c,
                escaped: false,
                at: self.at,
            });
            self.at += c.len_utf8();
        }
        if self.at == start {
            // Every other case reads at least one character; this one must not read for ever.
            self.at += self.peek().map_or(1, char::len_utf8);
            return Ok(());
        }
        if in_text && let Some(colon) = colon {
            self.check_unknown_field(&word, colon)?;
        }
        self.word(word, start)
    }

    /// Whether `word` and the colon behind it name a field, with something directly behind that.
    fn step_field(
        &mut self,
        start: usize,
        word: &[Char],
        next: Option<char>,
    ) -> Result<bool, QueryError> {
        if word.iter().any(|c| c.escaped) {
            return Ok(false);
        }
        let name: String = word.iter().map(|c| c.c).collect();
        let Some(context) = self.named_context(&name) else {
            return Ok(false);
        };
        if next.is_none_or(is_separator) {
            let span = Span {
                start,
                end: self.at + 1,
            };
            (self.troubles).report(Trouble::SpaceAfterField(name), span)?;
            return Ok(false);
        }
        self.at += 1;
        self.pending = Some(context);
        Ok(true)
    }

    fn named_context(&self, name: &str) -> Option<Context> {
        if name == "exists" {
            return Some(Context::Exists);
        }
        if name == COPY {
            return Some(Context::Value(name.to_owned()));
        }
        let field = self.schema.field(name)?;
        Some(match field.kind {
            FieldKind::Text(_) => Context::Text(Some(field.name.clone())),
            FieldKind::Keyword(_) => Context::Value(field.name.clone()),
            FieldKind::Date { .. } => Context::Date(field.name.clone()),
        })
    }

    /// Tells a searcher who seems to have meant a field that there is none of that name.
    fn check_unknown_field(&mut self, word: &[Char], colon: usize) -> Result<(), QueryError> {
        let name: String = word[..colon].iter().map(|c| c.c).collect();
        let tail: String = word[colon + 1..].iter().map(|c| c.c).collect();
        let value_follows = match tail.chars().next() {
            Some(first) => first.is_alphanumeric(),
            None => (self.peek()).is_some_and(|c| c == '(' || !closers(c).is_empty()),
        };
        let meant = is_field_name(&name)
            && name.len() > 1
            && value_follows
            && !is_gender_ending(&tail)
            && self.schema.field(&name).is_none()
            && self.named_context(&name).is_none()
            && !word[..=colon].iter().any(|c| c.escaped);
        if !meant {
            return Ok(());
        }
        let names: Vec<&str> = (self.schema.fields().iter())
            .map(|field| field.name.as_str())
            .chain(["exists", COPY])
            .collect();
        let known = names.join(", ");
        let span = Span {
            start: word[0].at,
            end: word[colon].at + 1,
        };
        (self.troubles).report(Trouble::UnknownField { name, known }, span)
    }

    /// Decides what a word is that was read from `start` to here.
    fn word(&mut self, mut word: Vec<Char>, start: usize) -> Result<(), QueryError> {
        let plain = word.iter().all(|c| !c.escaped);
        let text: String = word.iter().map(|c| c.c).collect();
        if plain && self.pending.is_none() && self.operator(&text, start)? {
            return Ok(());
        }
        let context = self.context();
        self.pending = None;
        let boost = take_boost(&mut word);
        let end = self.at;
        let span = Span { start, end };
        let text: String = word.iter().map(|c| c.c).collect();
        if !text.contains(char::is_alphanumeric) {
            return match (context, text.as_str()) {
                (
                    Context::Text(Some(field)) | Context::Value(field) | Context::Date(field),
                    "*",
                ) if plain => self.leaf(Node::Exists { field }, span),
                _ => Ok(()),
            };
        }
        match context {
            Context::Text(field) => {
                let what = self.text_leaf(word, span)?;
                self.leaf(Node::Text(TextNode { field, what, span }), span)?;
            }
            Context::Date(field) => {
                let text = text.trim_end_matches(['.', '?', '!', ':']).to_owned();
                match parse_date(&text) {
                    Some(date) => {
                        let (from, to) = (Some(date), Some(date));
                        self.leaf(Node::Dates { field, from, to }, span)?;
                    }
                    None => {
                        (self.troubles).report(Trouble::BadDate(text.clone()), span)?;
                        self.plain_word(&text, span)?;
                    }
                }
            }
            context => {
                let text = text.trim_end_matches(['?', '!', ':']).to_owned();
                self.value(context, text, span)?;
            }
        }
        match boost {
            None => Ok(()),
            Some((Some(factor), span)) => {
                self.push(Kind::Boost(factor), span);
                Ok(())
            }
            Some((None, span)) => {
                let text = self.text[span.start..span.end].to_owned();
                (self.troubles).report(Trouble::BoostOutOfRange(text), span)
            }
        }
    }

    fn operator(&mut self, text: &str, start: usize) -> Result<bool, QueryError> {
        let kind = match text {
            "AND" | "UND" => Kind::And,
            "OR" | "ODER" => Kind::Or,
            "NOT" | "NICHT" => Kind::Not,
            "NEAR/S" => Kind::Near(Within::Sentence),
            _ => {
                let digits = text.strip_prefix("NEAR/").unwrap_or("");
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Ok(false);
                }
                let digits = digits.to_owned();
                Kind::Near(Within::Words(self.distance(&digits, start)?))
            }
        };
        self.push(kind, self.span_from(start));
        Ok(true)
    }

    /// What a word in a text field asks for.
    fn text_leaf(&mut self, mut word: Vec<Char>, span: Span) -> Result<Text, QueryError> {
        let exact = word.first().is_some_and(|c| c.is('='));
        if exact {
            word.remove(0);
        }
        let text: String = word.iter().map(|c| c.c).collect();
        if exact {
            return Ok(Text::Exact(trimmed(&text)));
        }
        if let Some(distance) = take_fuzzy(&mut word) {
            let word: String = word.iter().map(|c| c.c).collect();
            if distance > 2 {
                (self.troubles).report(Trouble::FuzzyDistance(text), span)?;
            }
            return Ok(Text::Fuzzy {
                word: trimmed(&word),
                distance: distance.clamp(1, 2),
            });
        }
        let Some(pattern) = wildcard(&word) else {
            return Ok(Text::Word(trimmed(&text)));
        };
        if pattern.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            (self.troubles).report(Trouble::ShortPattern(text.clone()), span)?;
            return Ok(Text::Word(trimmed(&text)));
        }
        Ok(Text::Wildcard(pattern))
    }

    /// A leaf of a field that holds values.
    fn value(&mut self, context: Context, text: String, span: Span) -> Result<(), QueryError> {
        let node = match context {
            Context::Value(field) => Node::Value { field, text, span },
            Context::Date(field) => match parse_date(&text) {
                Some(date) => {
                    let (from, to) = (Some(date), Some(date));
                    Node::Dates { field, from, to }
                }
                None => {
                    (self.troubles).report(Trouble::BadDate(text.clone()), span)?;
                    return self.plain_word(&text, span);
                }
            },
            Context::Exists if self.schema.field(&text).is_some() => Node::Exists { field: text },
            Context::Exists => {
                let names: Vec<&str> = (self.schema.fields().iter())
                    .map(|field| field.name.as_str())
                    .collect();
                let known = names.join(", ");
                let name = text.clone();
                (self.troubles).report(Trouble::UnknownField { name, known }, span)?;
                return self.plain_word(&text, span);
            }
            Context::Text(_) => return self.plain_word(&text, span),
        };
        self.leaf(node, span)
    }

    /// Text in the place of something that did not parse.
    fn plain_word(&mut self, text: &str, span: Span) -> Result<(), QueryError> {
        let field = None;
        for word in text.split(is_separator) {
            let word = trimmed(word);
            if word.contains(char::is_alphanumeric) {
                let what = Text::Word(word);
                self.leaf(
                    Node::Text(TextNode {
                        field: field.clone(),
                        what,
                        span,
                    }),
                    span,
                )?;
            }
        }
        Ok(())
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

/// The word without what has no meaning at its edges; `C++`, `U.S.A.` and
/// `Lehrer(innen)` keep their signs.
fn trimmed(text: &str) -> String {
    let text = text.trim_start_matches(is_edge_noise);
    let word = text.trim_end_matches(|c| is_edge_noise(c) && c != '+');
    let rest = &text[word.len()..];
    let belongs =
        word.contains('.') && rest.starts_with('.') || word.contains('(') && rest.starts_with(')');
    let end = word.len() + usize::from(belongs);
    text[..end].to_owned()
}

/// The length of `(innen)` in `Lehrer(innen)`: a bracket around small letters.
fn inner_bracket_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let len = inner.find(|c: char| !c.is_lowercase())?;
    (len > 0 && inner[len..].starts_with(')')).then_some(len + 2)
}

/// Takes `^2` from the end of a word: the factor, if it is allowed, and the place.
fn take_boost(word: &mut Vec<Char>) -> Option<(Option<f32>, Span)> {
    let caret = word.iter().rposition(|c| c.is('^'))?;
    let number: String = word[caret + 1..].iter().map(|c| c.c).collect();
    let numeric = !number.is_empty()
        && number.starts_with(|c: char| c.is_ascii_digit())
        && (number.chars()).all(|c| c.is_ascii_digit() || c == '.');
    if !numeric || !word[..caret].iter().any(|c| c.c.is_alphanumeric()) {
        return None;
    }
    let start = word[caret].at;
    let end = start + 1 + number.len();
    word.truncate(caret);
    Some((parse_boost(&number), Span { start, end }))
}

fn parse_boost(number: &str) -> Option<f32> {
    let factor: f32 = number.parse().ok()?;
    (0.01..=100.0).contains(&factor).then_some(factor)
}

/// Takes `~`, `~1` or `~2` from the end of a word: the number of letters that may differ.
fn take_fuzzy(word: &mut Vec<Char>) -> Option<u8> {
    let tilde = word.iter().rposition(|c| c.is('~'))?;
    let number: String = word[tilde + 1..].iter().map(|c| c.c).collect();
    let one_word = tilde > 0
        && word[..tilde].iter().any(|c| c.c.is_alphanumeric())
        && !word[..tilde].iter().any(|c| c.is('*') || c.is('~'));
    if !one_word || !number.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    word.truncate(tilde);
    Some(match number.as_str() {
        "" => 1,
        number => number.parse().unwrap_or(u8::MAX),
    })
}

/// The word as a pattern, if a star in it means any letters; not so in `Soldat*innen`.
fn wildcard(word: &[Char]) -> Option<String> {
    let stars = word.iter().filter(|c| c.is('*')).count();
    let first = word.iter().position(|c| c.is('*'))?;
    let tail: String = word[first + 1..].iter().map(|c| c.c).collect();
    let gendered = stars == 1
        && first > 0
        && word[first - 1].c.is_alphabetic()
        && is_gender_ending(tail.trim_end_matches(is_edge_noise));
    if gendered {
        return None;
    }
    let is_star = |c: &Char| c.is('*');
    let is_noise = |c: &Char| is_edge_noise(c.c) && !is_star(c);
    let begin = word.iter().position(|c| !is_noise(c))?;
    let end = word.iter().rposition(|c| !is_noise(c))?;
    let mut pattern = String::new();
    for c in &word[begin..=end] {
        // An escaped star is a letter that no word has.
        if is_star(c) && pattern.ends_with('*') || c.c == '*' && c.escaped {
            continue;
        }
        pattern.push(c.c);
    }
    pattern.contains('*').then_some(pattern)
}

/// The length of `/…/` with both slashes, if a word could not go on behind it.
fn regex_len(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (offset, c) in text.char_indices().skip(1) {
        if c.is_whitespace() || offset > MAX_REGEX_BYTES {
            return None;
        }
        if c == '/' && !escaped {
            let next = text[offset + 1..].chars().next();
            let ends = next.is_none_or(|c| is_separator(c) || matches!(c, ')' | '^'));
            return (ends && offset > 1).then_some(offset + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_valid_regex(pattern: &str) -> bool {
    regex::RegexBuilder::new(pattern)
        .size_limit(MAX_REGEX_SIZE)
        .build()
        .is_ok()
}

/// A date as it is written in ISO 8601 or in German: `2025-04-28`, `28.04.2025`, `4.2025`.
fn parse_date(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.rsplit('.');
    let year: u16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => PartialDate::month(year, month),
        (Some(day), None) => PartialDate::day(year, month, day.parse().ok()?),
        _ => None,
    }
}

type Range = (Option<PartialDate>, Option<PartialDate>);

fn parse_range(text: &str) -> Option<Range> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [from, between, to] = words[..] else {
        return None;
    };
    let is_to = ["TO", "BIS"]
        .iter()
        .any(|to| between.eq_ignore_ascii_case(to));
    if !is_to {
        return None;
    }
    let end = |text: &str| match text {
        "*" => Some(None),
        text => parse_date(text).map(Some),
    };
    Some((end(from)?, end(to)?))
}
