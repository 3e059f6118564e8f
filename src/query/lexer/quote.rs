//! Quotations, and what may stand behind a leaf: distances and weights.

use super::pieces::parse_boost;
use super::{Context, Kind, Lexer};
use crate::query::chars::closers;
use crate::query::trouble::{MAX_SLOP, Trouble};
use crate::query::{Node, QueryError, Text, TextNode};

impl Lexer<'_> {
    pub(super) fn step_quote(&mut self, open: char) -> Result<(), QueryError> {
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
    pub(super) fn quotation(&mut self, open: char) -> Option<(String, usize)> {
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
    pub(super) fn slop(&mut self) -> Result<Option<u32>, QueryError> {
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
    pub(super) fn distance(&mut self, digits: &str, start: usize) -> Result<u32, QueryError> {
        let number = digits.parse().unwrap_or(u32::MAX);
        if number > MAX_SLOP {
            let span = self.span_from(start);
            (self.troubles).report(Trouble::SlopTooBig(number), span)?;
        }
        Ok(number.min(MAX_SLOP))
    }

    /// What stands directly behind a leaf or a bracket: `^2`, or a `~` that means nothing there.
    pub(super) fn suffixes(&mut self, mut boosted: bool) -> Result<(), QueryError> {
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
}
