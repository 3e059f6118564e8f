//! From lexemes to the tree.
//!
//! ```text
//! any      = loose { OR loose }
//! loose    = all { all }
//! all      = near { AND near }
//! near     = one { NEAR/n one }
//! one      = { NOT } ( leaf | "(" any ")" ) [ boost ]
//! ```

use super::lexer::{Kind, Lexeme};
use super::trouble::{Trouble, Troubles};
use super::{Node, QueryError, Span, Text, TextNode, Within};

/// Makes the tree of `lexemes`, whose brackets are balanced.
pub(super) fn parse(
    text: &str,
    lexemes: Vec<Lexeme>,
    troubles: &mut Troubles,
) -> Result<Option<Node>, QueryError> {
    let lexemes = without_dangling(text, lexemes, troubles)?;
    let mut parser = Parser {
        lexemes: lexemes.into_iter().peekable(),
        troubles,
    };
    let mut nodes = Vec::new();
    while parser.lexemes.peek().is_some() {
        nodes.extend(parser.any()?);
        // Balanced brackets leave nothing here; if they did, it would be passed over.
        parser.lexemes.next();
    }
    Ok(list(nodes, Node::Juxtaposed))
}

fn begins_operand(lexeme: Option<&Lexeme>) -> bool {
    matches!(
        lexeme.map(|lexeme| &lexeme.kind),
        Some(Kind::Leaf(_) | Kind::Open | Kind::Not)
    )
}

fn ends_operand(lexeme: Option<&Lexeme>) -> bool {
    matches!(
        lexeme.map(|lexeme| &lexeme.kind),
        Some(Kind::Leaf(_) | Kind::Close | Kind::Boost(_))
    )
}

/// Makes words of the operators that lack an operand.
fn without_dangling(
    text: &str,
    lexemes: Vec<Lexeme>,
    troubles: &mut Troubles,
) -> Result<Vec<Lexeme>, QueryError> {
    // From the end: operators with nothing behind them.
    let mut kept: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes.into_iter().rev() {
        let is_operator = matches!(
            lexeme.kind,
            Kind::And | Kind::Or | Kind::Not | Kind::Near(_)
        );
        if is_operator && !begins_operand(kept.last()) {
            kept.extend(operator_as_word(text, lexeme, troubles)?);
        } else {
            kept.push(lexeme);
        }
    }
    // From the beginning: operators with nothing before them.
    let mut result: Vec<Lexeme> = Vec::with_capacity(kept.len());
    for lexeme in kept.into_iter().rev() {
        let is_binary = matches!(lexeme.kind, Kind::And | Kind::Or | Kind::Near(_));
        if is_binary && !ends_operand(result.last()) {
            result.extend(operator_as_word(text, lexeme, troubles)?);
        } else {
            result.push(lexeme);
        }
    }
    Ok(result)
}

fn operator_as_word(
    text: &str,
    lexeme: Lexeme,
    troubles: &mut Troubles,
) -> Result<Option<Lexeme>, QueryError> {
    let span = lexeme.span;
    let word = text[span.start..span.end].to_owned();
    troubles.report(Trouble::Dangling(word.clone()), span)?;
    if !word.contains(char::is_alphanumeric) {
        return Ok(None);
    }
    let node = Node::Text(TextNode {
        field: None,
        what: Text::Word(word),
        span,
    });
    Ok(Some(Lexeme {
        kind: Kind::Leaf(node),
        span,
    }))
}

struct Parser<'a> {
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    troubles: &'a mut Troubles,
}

/// A list of one is that one.
fn list(mut nodes: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(make(nodes)),
    }
}

impl Parser<'_> {
    fn take(&mut self, wanted: &Kind) -> bool {
        self.lexemes
            .next_if(|lexeme| lexeme.kind == *wanted)
            .is_some()
    }

    fn any(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.loose()?);
            if !self.take(&Kind::Or) {
                return Ok(list(nodes, Node::Or));
            }
        }
    }

    fn loose(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        while begins_operand(self.lexemes.peek()) {
            nodes.extend(self.all()?);
        }
        Ok(list(nodes, Node::Juxtaposed))
    }

    fn all(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        loop {
            self.near(&mut nodes)?;
            if !self.take(&Kind::And) {
                return Ok(list(nodes, Node::And));
            }
        }
    }

    /// Adds one node to `nodes`, or several that only seemed to be near each other.
    fn near(&mut self, nodes: &mut Vec<Node>) -> Result<(), QueryError> {
        let mut operands = Vec::from_iter(self.one()?);
        let mut within: Option<Within> = None;
        let mut whole = Span::default();
        let mut differs = false;
        while let Some(lexeme) =
            (self.lexemes).next_if(|lexeme| matches!(lexeme.kind, Kind::Near(_)))
        {
            if let Kind::Near(next) = lexeme.kind {
                differs |= within.is_some_and(|within| within != next);
                within = Some(within.map_or(next, |within| wider(within, next)));
            }
            whole = Span {
                start: if whole.end == 0 {
                    lexeme.span.start
                } else {
                    whole.start
                },
                end: lexeme.span.end,
            };
            operands.extend(self.one()?);
        }
        let Some(within) = within.filter(|_| operands.len() > 1) else {
            nodes.extend(operands);
            return Ok(());
        };
        if differs {
            self.troubles.report(Trouble::NearDistances, whole)?;
        }
        let field = operands[0].first_field();
        let fits = (operands.iter()).all(|node| node.is_positional() && node.is_in_field(field));
        if !fits {
            self.troubles.report(Trouble::NearOperands, whole)?;
            nodes.extend(operands);
            return Ok(());
        }
        nodes.push(Node::Near { operands, within });
        Ok(())
    }

    fn one(&mut self) -> Result<Option<Node>, QueryError> {
        let mut negated = false;
        while self.take(&Kind::Not) {
            negated = !negated;
        }
        let node = match self.lexemes.next() {
            Some(Lexeme {
                kind: Kind::Leaf(node),
                ..
            }) => Some(node),
            Some(Lexeme {
                kind: Kind::Open, ..
            }) => {
                let node = self.any()?;
                self.take(&Kind::Close);
                node
            }
            _ => None,
        };
        let boost = (self.lexemes).next_if(|lexeme| matches!(lexeme.kind, Kind::Boost(_)));
        let node = match boost.map(|lexeme| lexeme.kind) {
            Some(Kind::Boost(factor)) => node.map(|node| Node::Boost {
                node: Box::new(node),
                factor,
            }),
            _ => node,
        };
        Ok(if negated {
            node.map(|node| Node::Not(Box::new(node)))
        } else {
            node
        })
    }
}

/// The wider of two distances; a sentence is wider than any number of words.
fn wider(a: Within, b: Within) -> Within {
    match (a, b) {
        (Within::Words(a), Within::Words(b)) => Within::Words(a.max(b)),
        _ => Within::Sentence,
    }
}
