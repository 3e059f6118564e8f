//! The canonical form of a tree: a text that parses to the same tree, without notices.

use std::fmt;

use super::chars::{closers, is_field_name, is_gender_ending, is_operator, is_separator};
use super::{Node, Text, TextNode, Within};

/// How tightly a node holds together; what binds looser than its surroundings needs brackets.
fn tightness(node: &Node) -> u8 {
    match node {
        Node::Or(_) => 0,
        Node::Juxtaposed(_) => 1,
        Node::And(_) => 2,
        Node::Near { .. } => 3,
        Node::Not(_) => 4,
        Node::Boost { .. } => 5,
        _ => 6,
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = tightness(self);
        match self {
            Node::All => f.write_str("*"),
            Node::Nothing => f.write_str("\"\""),
            Node::Text(text) => text.fmt(f),
            Node::Value { field, text, .. } => write!(f, "{field}:{}", Value(text)),
            Node::Exists { field } => write!(f, "exists:{field}"),
            Node::Dates { field, from, to } => match (from, to) {
                (Some(from), Some(to)) if from == to => write!(f, "{field}:{from}"),
                (from, to) => {
                    let end = |date: &Option<_>| {
                        date.as_ref().map_or("*".to_owned(), ToString::to_string)
                    };
                    write!(f, "{field}:[{} TO {}]", end(from), end(to))
                }
            },
            Node::Near { operands, within } => {
                let operator = match within {
                    Within::Words(number) => format!(" NEAR/{number} "),
                    Within::Sentence => " NEAR/S ".to_owned(),
                };
                write_list(f, operands, &operator, own)
            }
            Node::Boost { node, factor } => {
                write_tighter(f, node, own)?;
                write!(f, "^{factor}")
            }
            Node::Not(node) => {
                f.write_str("NOT ")?;
                write_tighter(f, node, own)
            }
            Node::And(nodes) => write_list(f, nodes, " AND ", own),
            Node::Or(nodes) => write_list(f, nodes, " OR ", own),
            Node::Juxtaposed(nodes) => write_list(f, nodes, " ", own),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str, own: u8) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        write_tighter(f, node, own)?;
    }
    Ok(())
}

/// Writes a node inside one of tightness `own`, in brackets if it needs them.
fn write_tighter(f: &mut fmt::Formatter<'_>, node: &Node, own: u8) -> fmt::Result {
    if tightness(node) > own {
        write!(f, "{node}")
    } else {
        write!(f, "({node})")
    }
}

impl fmt::Display for TextNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(f, "{field}:")?;
        }
        match &self.what {
            Text::Word(word) => f.write_str(&escaped(word, false)),
            Text::Exact(word) => write!(f, "={}", escaped(word, false)),
            Text::Phrase { text, slop } => {
                write!(f, "{}", Quoted(text))?;
                slop.map_or(Ok(()), |slop| write!(f, "~{slop}"))
            }
            Text::Wildcard(pattern) => f.write_str(&escaped(pattern, true)),
            Text::Fuzzy { word, distance } => write!(f, "{}~{distance}", escaped(word, false)),
            Text::Regex(pattern) => write!(f, "/{}/", pattern.replace('/', "\\/")),
        }
    }
}

/// A word so that it is read as the same word; in a pattern stars keep their meaning.
fn escaped(word: &str, is_pattern: bool) -> String {
    let mut result = String::with_capacity(word.len() + 1);
    if is_operator(word) {
        result.push('\\');
    }
    let mut before: Option<char> = None;
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let gendered = c == '*'
            && before.is_some_and(char::is_alphabetic)
            && word.matches('*').count() == 1
            && is_gender_ending(&word[at + 1..]);
        let special = match c {
            '*' if is_pattern => {
                if gendered {
                    result.push('*');
                }
                false
            }
            '*' => !gendered,
            ',' => !(is_digit(before) && is_digit(next)),
            ':' => is_field_name(&word[..at]),
            '\\' | '(' | ')' | '~' | '^' => true,
            c => is_separator(c) || !closers(c).is_empty(),
        };
        if special {
            result.push('\\');
        }
        result.push(c);
        before = Some(c);
    }
    result
}

/// A value, in quotation marks if it is more than letters and digits.
struct Value<'a>(&'a str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.0.starts_with(char::is_alphanumeric)
            && (self.0.chars()).all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        match plain {
            true => f.write_str(self.0),
            false => write!(f, "{}", Quoted(self.0)),
        }
    }
}

/// The query that finds the documents with a value in a field of values: `country:KP`.
pub fn of_value(field: &str, value: &str) -> String {
    format!("{field}:{}", Value(value))
}

struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "\"{text}\"")
    }
}
