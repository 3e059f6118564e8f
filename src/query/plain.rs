//! Texts that are language and no query.

use super::{MAX_LEAVES, Node, QueryError, Span, Text, TextNode};
use crate::analysis::Analyzer;

/// The words of a text, none of them an operator.
pub(super) fn words(text: &str) -> Result<Node, QueryError> {
    let tokens = Analyzer::plain().analyze(text);
    if let Some(token) = tokens.get(MAX_LEAVES) {
        return Err(QueryError {
            code: "too_many_parts",
            message: format!(
                "text has {} words, expected at most {MAX_LEAVES}",
                tokens.len()
            ),
            span: (token.start, text.len()),
        });
    }
    let word = |start: usize, end: usize| {
        Node::Text(TextNode {
            what: Text::Word(text[start..end].to_owned()),
            field: None,
            span: Span { start, end },
        })
    };
    let mut words: Vec<Node> = (tokens.iter())
        .map(|token| word(token.start, token.end))
        .collect();
    Ok(match words.len() {
        0 => Node::Nothing,
        1 => words.remove(0),
        _ => Node::Juxtaposed(words),
    })
}
