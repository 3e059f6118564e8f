//! What the record keeps of one document, on its way through tantivy as an opaque value.
//!
//! The value is a row of numbers, each in seven bits a byte, and texts, each after its length: the number of text fields and their lengths, the
//! date, the number of keyword fields, and for each the number of its nodes with id, name and the
//! place of the node above (counted from 1; 0 is none).

use super::super::numbers::{Bytes, put, put_text};
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

    pub(in crate::engine::embedded) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        put(&mut bytes, self.lengths.len());
        for length in &self.lengths {
            put(&mut bytes, *length as usize);
        }
        put(&mut bytes, self.date as usize);
        put(&mut bytes, self.facets.len());
        for nodes in &self.facets {
            put(&mut bytes, nodes.len());
            for node in nodes {
                put_text(&mut bytes, &node.id);
                put_text(&mut bytes, &node.name);
                let above = nodes
                    .iter()
                    .position(|it| Some(&it.id) == node.parent.as_ref());
                put(&mut bytes, above.map_or(0, |place| place + 1));
            }
        }
        bytes
    }

    /// The input that these bytes are made of; `None` if they are damaged.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<RecordInput> {
        let mut rest = Bytes::new(bytes);
        let lengths = (0..rest.number()?).map(|_| u32::try_from(rest.number()?).ok());
        let lengths = lengths.collect::<Option<_>>()?;
        let date = u32::try_from(rest.number()?).ok()?;
        let facets = (0..rest.number()?).map(|_| read_nodes(&mut rest));
        Some(RecordInput {
            facets: facets.collect::<Option<_>>()?,
            lengths,
            date,
        })
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

/// The nodes of one facet.
fn read_nodes(bytes: &mut Bytes) -> Option<Vec<InputNode>> {
    let mut nodes: Vec<InputNode> = Vec::new();
    let mut above = Vec::new();
    for _ in 0..bytes.number()? {
        nodes.push(InputNode {
            id: bytes.text()?,
            name: bytes.text()?,
            parent: None,
        });
        above.push(bytes.number()?);
    }
    for (place, above) in above.into_iter().enumerate() {
        if let Some(above) = above.checked_sub(1) {
            nodes[place].parent = Some(nodes.get(above)?.id.clone());
        }
    }
    Some(nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> RecordInput {
        let node = |id: &str, parent: Option<&str>| InputNode {
            id: id.to_owned(),
            name: format!("Name von {id}"),
            parent: parent.map(str::to_owned),
        };
        RecordInput {
            lengths: vec![0, 127, 128, u32::MAX],
            date: u32::MAX,
            facets: vec![
                Vec::new(),
                vec![
                    node("news", None),
                    node("dpa", Some("news")),
                    node("ä", None),
                ],
            ],
        }
    }

    #[test]
    fn an_input_comes_out_of_its_bytes_as_it_went_in() {
        for input in [input(), RecordInput::default()] {
            assert_eq!(RecordInput::from_bytes(&input.to_bytes()), Some(input));
        }
    }

    #[test]
    fn damaged_bytes_are_no_input() {
        let bytes = input().to_bytes();
        for length in 0..bytes.len() {
            assert_eq!(RecordInput::from_bytes(&bytes[..length]), None, "{length}");
        }
        assert_eq!(RecordInput::from_bytes(&[0xff; 40]), None);
    }
}
