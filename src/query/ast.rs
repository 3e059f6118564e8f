//! The tree of a query: what was meant, before analysis and without any engine.

use crate::document::PartialDate;
use crate::search::Within;

/// Bytes of the query text. Spans say where something stands, not what it is: all spans compare
/// as equal, so that trees are compared by their meaning.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

impl Eq for Span {}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> (usize, usize) {
        (span.start, span.end)
    }
}

/// A query or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Everything: an empty text, or `*` alone.
    All,
    /// A text in which there is nothing to search for, as `???`.
    Nothing,
    /// Something that stands in text fields.
    Text(TextNode),
    /// A value of a keyword field, as a name, an alias or an id.
    Value {
        /// Name of the field in the schema.
        field: String,
        /// The value as it was typed.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A date or a range of dates, both ends belonging to it; at least one end is there.
    Dates {
        /// Name of the field in the schema.
        field: String,
        /// Nothing before the beginning of this period.
        from: Option<PartialDate>,
        /// Nothing after the end of this period.
        to: Option<PartialDate>,
    },
    /// Documents that have something in a field.
    Exists {
        /// Name of the field in the schema.
        field: String,
    },
    /// Texts that stand near each other, in any order: two or more, each a [`Node::Text`] or a
    /// [`Node::Or`] of them, all of them in the same field or fields.
    Near {
        /// What stands near each other.
        operands: Vec<Node>,
        /// How near.
        within: Within,
    },
    /// The same with another weight.
    Boost {
        /// What is weighed.
        node: Box<Node>,
        /// Factor of the score.
        factor: f32,
    },
    /// What must not be.
    Not(Box<Node>),
    /// All of two or more.
    And(Vec<Node>),
    /// Any of two or more.
    Or(Vec<Node>),
    /// Two or more without an operator between them: all or any of them, as is decided outside.
    Juxtaposed(Vec<Node>),
}

/// Something that stands in text fields.
#[derive(Debug, Clone, PartialEq)]
pub struct TextNode {
    /// Name of the field in the schema; `None` for all text fields.
    pub field: Option<String>,
    /// What is looked for.
    pub what: Text,
    /// Where it stands.
    pub span: Span,
}

/// What is looked for in text fields. All texts are as they were typed, without escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// A word in all its forms.
    Word(String),
    /// A word in exactly this form: `=Verluste`.
    Exact(String),
    /// Words one after the other in exactly these forms.
    Phrase {
        /// The words, separated by single spaces.
        text: String,
        /// In any order, with at most so many other words between the first and the last:
        /// `"…"~5`.
        slop: Option<u32>,
    },
    /// A word with `*` for any number of characters.
    Wildcard(String),
    /// A word that differs in at most `distance` letters.
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        distance: u8,
    },
    /// A regular expression that the whole word must match.
    Regex(String),
}

impl Node {
    /// A word in all its forms, in any text field.
    pub fn word(text: impl Into<String>) -> Node {
        Node::Text(TextNode {
            field: None,
            what: Text::Word(text.into()),
            span: Span::default(),
        })
    }

    /// Whether the node may stand beside `NEAR`.
    pub(super) fn is_positional(&self) -> bool {
        match self {
            Node::Text(_) => true,
            Node::Or(nodes) => nodes.iter().all(|node| matches!(node, Node::Text(_))),
            _ => false,
        }
    }

    /// The field of the first text in the node.
    pub(super) fn first_field(&self) -> Option<&str> {
        match self {
            Node::Text(text) => text.field.as_deref(),
            Node::Or(nodes) => nodes.first().and_then(Node::first_field),
            _ => None,
        }
    }

    /// Whether all texts of a positional node stand in `field`.
    pub(super) fn is_in_field(&self, field: Option<&str>) -> bool {
        match self {
            Node::Text(text) => text.field.as_deref() == field,
            Node::Or(nodes) => nodes.iter().all(|node| node.is_in_field(field)),
            _ => false,
        }
    }
}
