//! Words, and what a word may be beside itself: a field, an operator, a value, a pattern.

use super::pieces::{inner_bracket_len, parse_date, take_boost, take_fuzzy, trimmed, wildcard};
use super::{Char, Context, Kind, Lexer};
use crate::query::chars::{closers, ends_word, is_field_name, is_gender_ending, is_separator};
use crate::query::trouble::Trouble;
use crate::query::{Node, QueryError, Span, Text, TextNode, Within};
use crate::schema::FieldKind;
use crate::search::COPY;

impl Lexer<'_> {
    /// Everything that is neither a bracket nor a quotation.
    pub(super) fn step_word(&mut self) -> Result<(), QueryError> {
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
    pub(super) fn word(&mut self, mut word: Vec<Char>, start: usize) -> Result<(), QueryError> {
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

    pub(super) fn operator(&mut self, text: &str, start: usize) -> Result<bool, QueryError> {
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
    pub(super) fn text_leaf(
        &mut self,
        mut word: Vec<Char>,
        span: Span,
    ) -> Result<Text, QueryError> {
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
    pub(super) fn value(
        &mut self,
        context: Context,
        text: String,
        span: Span,
    ) -> Result<(), QueryError> {
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
    pub(super) fn plain_word(&mut self, text: &str, span: Span) -> Result<(), QueryError> {
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
}
