//! What the record keeps of one document.

use crate::document::{FieldValue, Node, PartialDate};
use crate::engine::IndexDocument;
use crate::schema::{FieldKind, Schema};

/// The part of a document that its record is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::engine::embedded) struct RecordInput {
    /// Length of each text field in words, in the order of the schema.
    pub(super) lengths: Vec<u32>,
    /// The date, packed; 0 if there is none.
    pub(super) date: u32,
    /// For each keyword field, in the order of the schema, its nodes.
    pub(super) facets: Vec<Vec<InputNode>>,
}

/// One value, or one step of the path to a value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine::embedded) struct InputNode {
    pub(super) id: String,
    pub(super) name: String,
    /// Id of the node above, if there is one.
    pub(super) parent: Option<String>,
}

impl RecordInput {
    /// Gathers what the record needs from a document.
    pub(in crate::engine::embedded) fn new(document: &IndexDocument, schema: &Schema) -> Self {
        let lengths = schema.text_fields().map(|(field, _)| {
            let text = document.texts.iter().find(|(name, _)| *name == field.name);
            text.map_or(0, |(_, tokens)| word_count(tokens))
        });
        let keywords = (schema.fields().iter())
            .filter(|field| matches!(field.kind, FieldKind::Keyword(_)))
            .map(|field| {
                let values = (document.values.iter()).find(|(name, _)| *name == field.name);
                values.map_or_else(Vec::new, |(_, values)| nodes(values))
            });
        RecordInput {
            lengths: lengths.collect(),
            date: (document.document.date).map_or(0, |date| date.value.to_bits()),
            facets: keywords.collect(),
        }
    }

    pub(super) fn date(&self) -> Option<PartialDate> {
        PartialDate::from_bits(self.date)
    }
}

/// Words, not terms: the terms of one position are one word.
fn word_count(tokens: &[crate::analysis::Token]) -> u32 {
    let mut count = 0;
    let mut last = None;
    for token in tokens {
        if last != Some(token.position) {
            count += 1;
            last = Some(token.position);
        }
    }
    count
}

/// All nodes on the paths of `values`, each once.
fn nodes(values: &[FieldValue]) -> Vec<InputNode> {
    let mut nodes: Vec<InputNode> = Vec::new();
    for value in values {
        let mut parent: Option<&Node> = None;
        for node in &value.path {
            if !nodes.iter().any(|known| known.id == node.id) {
                nodes.push(InputNode {
                    id: node.id.clone(),
                    name: node.name.clone(),
                    parent: parent.map(|node| node.id.clone()),
                });
            }
            parent = Some(node);
        }
    }
    nodes
}
