//! Filters, as `"agency" = "dpa" AND NOT ("date.year" < 2024 OR country IN [RU, UA])`.
//!
//! ```text
//! filter    = all ("OR" all)*
//! all       = one ("AND" one)*
//! one       = "NOT" one | "(" filter ")" | attribute test
//! test      = ("=" | "!=" | ">" | ">=" | "<" | "<=") text | text "TO" text
//!           | "NOT"? "IN" "[" text ("," text)* "]" | "NOT"? "EXISTS" | "IS" "NOT"? "NULL"
//! ```
//!
//! A list of filters means all of them, a list within it any of them. Texts stand in quotes, with
//! `\` before quotes, or are one word. A minus before a value excludes it, as InstantSearch writes
//! it (`"agency"="-dpa"`); `\-` is a minus of the value itself. Dates are compared as whole
//! periods: `date >= 2025-04` is what lies in April 2025 or later.

use serde_json::Value;

use super::facets::{Attribute, Part};
use super::refusal::Refusal;
use crate::archive::Condition;
use crate::document::PartialDate;
use crate::schema::Schema;
use crate::search::{DateRange, MISSING};

/// Deepest nesting.
const MAX_DEPTH: usize = 32;
/// Most tests, over all filters of a search.
const MAX_TESTS: usize = 1_000;

/// The condition that the filters of a search are, if there are any.
pub(super) fn read(filter: &Value, schema: &Schema) -> Result<Option<Condition>, Refusal> {
    let mut tests = MAX_TESTS;
    let mut parse = |text: &str| -> Result<Option<Condition>, Refusal> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let mut parser = Parser {
            text,
            at: 0,
            schema,
            tests: &mut tests,
        };
        parser.whole().map(Some)
    };
    let mut all = Vec::new();
    match filter {
        Value::Null => {}
        Value::String(text) => all.extend(parse(text)?),
        Value::Array(filters) => {
            for filter in filters {
                match filter {
                    Value::String(text) => all.extend(parse(text)?),
                    Value::Array(alternatives) => {
                        let mut any = Vec::new();
                        for alternative in alternatives {
                            let text = alternative.as_str().ok_or_else(no_filter)?;
                            any.extend(parse(text)?);
                        }
                        if !any.is_empty() {
                            all.push(Condition::Any(any));
                        }
                    }
                    _ => return Err(no_filter()),
                }
            }
        }
        _ => return Err(no_filter()),
    }
    Ok((!all.is_empty()).then_some(Condition::All(all)))
}

fn no_filter() -> Refusal {
    refused("a filter is a text, or a list of texts and of lists of texts")
}

fn refused(message: impl Into<String>) -> Refusal {
    Refusal::new("invalid_search_filter", message)
}

/// One piece of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A text in quotes, without them.
    Quoted(String),
    Word(String),
    /// One of `( ) [ ] , = != > >= < <=`.
    Sign(&'static str),
    End,
}

const SIGNS: [&str; 11] = ["!=", ">=", "<=", "=", ">", "<", "(", ")", "[", "]", ","];

struct Parser<'a> {
    text: &'a str,
    /// Where the next token begins.
    at: usize,
    schema: &'a Schema,
    /// How many tests may still come.
    tests: &'a mut usize,
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Condition, Refusal> {
        let condition = self.any(0)?;
        match self.next()? {
            Token::End => Ok(condition),
            _ => Err(self.wrong("AND, OR or the end")),
        }
    }

    fn any(&mut self, depth: usize) -> Result<Condition, Refusal> {
        if depth > MAX_DEPTH {
            return Err(refused(format!(
                "the filter is nested more than {MAX_DEPTH} deep; make it flatter"
            )));
        }
        let mut any = vec![self.all(depth)?];
        while self.takes_word("OR")? {
            any.push(self.all(depth)?);
        }
        Ok(match any.len() {
            1 => any.remove(0),
            _ => Condition::Any(any),
        })
    }

    fn all(&mut self, depth: usize) -> Result<Condition, Refusal> {
        let mut all = vec![self.one(depth)?];
        while self.takes_word("AND")? {
            all.push(self.one(depth)?);
        }
        Ok(match all.len() {
            1 => all.remove(0),
            _ => Condition::All(all),
        })
    }

    fn one(&mut self, depth: usize) -> Result<Condition, Refusal> {
        let mut is_not = false;
        while self.takes_word("NOT")? {
            is_not = !is_not;
        }
        let condition = if self.takes_sign("(")? {
            let condition = self.any(depth + 1)?;
            self.expect_sign(")")?;
            condition
        } else {
            self.test()?
        };
        Ok(match is_not {
            true => not(condition),
            false => condition,
        })
    }

    fn test(&mut self) -> Result<Condition, Refusal> {
        match self.tests.checked_sub(1) {
            Some(left) => *self.tests = left,
            None => {
                return Err(refused(format!(
                    "more than {MAX_TESTS} tests; ask for fewer values"
                )));
            }
        }
        let name = self.word("the name of a facet")?;
        if name.starts_with("_geo") {
            return Err(refused("articles have no place on a map; leave _geo out"));
        }
        let attribute = Attribute::find(&name, self.schema)
            .map_err(|refusal| refused(refusal.into_message()))?;
        let before = self.at;
        match self.next()? {
            Token::Sign("=") => Ok(is(&attribute, &self.word("a value")?)),
            Token::Sign("!=") => Ok(not(is(&attribute, &self.word("a value")?))),
            Token::Sign(sign @ (">" | ">=" | "<" | "<=")) => {
                let bound = self.word("a number or a date")?;
                compare(&attribute, sign, &bound)
            }
            Token::Word(word) if word == "IN" => self.list(&attribute),
            Token::Word(word) if word == "EXISTS" => Ok(not(missing(&attribute))),
            Token::Word(word) if word == "NOT" => match self.next()? {
                Token::Word(word) if word == "IN" => self.list(&attribute).map(not),
                Token::Word(word) if word == "EXISTS" => Ok(missing(&attribute)),
                _ => Err(self.wrong("IN or EXISTS")),
            },
            Token::Word(word) if word == "IS" => {
                let is_not = self.takes_word("NOT")?;
                if !(self.takes_word("NULL")? || self.takes_word("EMPTY")?) {
                    return Err(self.wrong("NULL"));
                }
                Ok(match is_not {
                    true => not(missing(&attribute)),
                    false => missing(&attribute),
                })
            }
            Token::Word(_) | Token::Quoted(_) => {
                self.at = before;
                let from = self.word("a number or a date")?;
                if !self.takes_word("TO")? {
                    return Err(self.wrong("=, !=, >, >=, <, <=, IN, EXISTS, IS or a range A TO B"));
                }
                let to = self.word("a number or a date")?;
                Ok(Condition::All(vec![
                    compare(&attribute, ">=", &from)?,
                    compare(&attribute, "<=", &to)?,
                ]))
            }
            _ => Err(self.wrong("=, !=, >, >=, <, <=, IN, EXISTS, IS or a range A TO B")),
        }
    }

    /// What follows `IN`.
    fn list(&mut self, attribute: &Attribute) -> Result<Condition, Refusal> {
        self.expect_sign("[")?;
        let mut any = Vec::new();
        while !self.takes_sign("]")? {
            if any.len() >= MAX_TESTS {
                return Err(refused(format!("a list has at most {MAX_TESTS} values")));
            }
            any.push(is(attribute, &self.word("a value")?));
            if !self.takes_sign(",")? {
                self.expect_sign("]")?;
                break;
            }
        }
        Ok(Condition::Any(any))
    }

    /// A text that is no sign.
    fn word(&mut self, wanted: &str) -> Result<String, Refusal> {
        match self.next()? {
            Token::Quoted(text) | Token::Word(text) => Ok(text),
            _ => Err(self.wrong(wanted)),
        }
    }

    fn takes_word(&mut self, word: &str) -> Result<bool, Refusal> {
        self.takes(&|token| matches!(token, Token::Word(found) if found == word))
    }

    fn takes_sign(&mut self, sign: &str) -> Result<bool, Refusal> {
        self.takes(&|token| matches!(token, Token::Sign(found) if *found == sign))
    }

    fn takes(&mut self, fits: &dyn Fn(&Token) -> bool) -> Result<bool, Refusal> {
        let before = self.at;
        if fits(&self.next()?) {
            return Ok(true);
        }
        self.at = before;
        Ok(false)
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), Refusal> {
        match self.takes_sign(sign)? {
            true => Ok(()),
            false => Err(self.wrong(sign)),
        }
    }

    fn wrong(&self, wanted: &str) -> Refusal {
        let around: String = self.text[..self.at].chars().rev().take(40).collect();
        let before: String = around.chars().rev().collect();
        refused(format!(
            "the filter cannot be read near \"{before}\" (byte {}); {wanted} is expected",
            self.at
        ))
    }

    fn next(&mut self) -> Result<Token, Refusal> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return Ok(Token::End);
        };
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok(Token::Sign(sign));
        }
        if first == '"' || first == '\'' {
            return self.quoted(first);
        }
        let ends = |c: char| c.is_whitespace() || "()[],=<>!\"'".contains(c);
        let end = rest.find(ends).unwrap_or(rest.len());
        if end == 0 {
            self.at += first.len_utf8();
            return Err(self.wrong("a word or a text in quotes"));
        }
        self.at += end;
        Ok(Token::Word(rest[..end].to_owned()))
    }

    fn quoted(&mut self, quote: char) -> Result<Token, Refusal> {
        let mut text = String::new();
        let mut chars = self.text[self.at + 1..].char_indices();
        while let Some((place, c)) = chars.next() {
            match c {
                c if c == quote => {
                    self.at += 1 + place + 1;
                    return Ok(Token::Quoted(text));
                }
                '\\' => match chars.next() {
                    Some((_, escaped)) if escaped == quote || escaped == '\\' => text.push(escaped),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => {}
                },
                c => text.push(c),
            }
        }
        self.at = self.text.len();
        Err(self.wrong(&format!("the end of the quotes ({quote})")))
    }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn missing(attribute: &Attribute) -> Condition {
    Condition::Is {
        facet: attribute.facet.clone(),
        value: MISSING.to_owned(),
    }
}

fn is(attribute: &Attribute, text: &str) -> Condition {
    let named = |text: &str| Condition::Is {
        facet: attribute.facet.clone(),
        value: attribute.value(text).to_owned(),
    };
    if let Some(text) = text.strip_prefix('-') {
        return not(named(text));
    }
    match text.strip_prefix("\\-") {
        Some(rest) => named(&format!("-{rest}")),
        None => named(text),
    }
}

/// A comparison of dates, or of years as numbers.
fn compare(attribute: &Attribute, sign: &str, bound: &str) -> Result<Condition, Refusal> {
    if !attribute.is_date {
        let name = &attribute.name;
        return Err(refused(format!(
            "\"{name}\" is no date; only dates are compared"
        )));
    }
    let range = |from, to| Condition::Within(DateRange { from, to });
    if attribute.part == Part::Year {
        let year: f64 = bound
            .parse()
            .map_err(|_| refused(format!("\"{bound}\" is no number")))?;
        let (from, to) = match sign {
            ">" => (Some(year.floor() + 1.0), None),
            ">=" => (Some(year.ceil()), None),
            "<" => (None, Some(year.ceil() - 1.0)),
            _ => (None, Some(year.floor())),
        };
        return Ok(match (from.map(year_from), to.map(year_to)) {
            (Some(Some(from)), _) => range(Some(from), None),
            (_, Some(Some(to))) => range(None, Some(to)),
            // No year is so late, or so early.
            _ => Condition::Any(Vec::new()),
        });
    }
    let date: PartialDate = bound.parse().map_err(|error| refused(format!("{error}")))?;
    match sign {
        ">=" => Ok(range(Some(date), None)),
        "<=" => Ok(range(None, Some(date))),
        _ => Err(refused("dates are compared with >= and <=")),
    }
}

/// The first year that a range from this number on holds.
fn year_from(number: f64) -> Option<PartialDate> {
    PartialDate::year(number.clamp(1.0, 4_096.0) as u16)
}

/// The last year that a range up to this number holds.
fn year_to(number: f64) -> Option<PartialDate> {
    PartialDate::year(number.clamp(0.0, 4_095.0) as u16)
}

#[cfg(test)]
mod tests;
