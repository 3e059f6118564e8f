//! A document as the cluster takes it in.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::template::{
    ADDED, BANDS, BEGINS, DAY, DOCUMENT, EMBARGO, ENDS, FINGERPRINT, HAS, ID, LABEL, LABELS,
    MIDDLE, NEWEST, OLDEST, OUTLINE, WORDS, length_of, names_of, period_of, terms_of, values_of,
    words_of,
};
use super::terms::{coarse, pack, word_count};
use crate::analysis::Token;
use crate::document::{FieldValue, Outline, PartialDate};
use crate::engine::{IndexDocument, spelling};
use crate::schema::{FieldKind, Schema};

/// Between id, name and id of the value above, in the fields of names.
pub(super) const UNIT: char = '\u{1f}';
/// Longest id that stands for itself in the cluster.
const MAX_KEY: usize = 400;

/// The key of a document in the cluster: its id, if that is not too long.
pub(super) fn key(id: &str) -> String {
    if id.len() <= MAX_KEY && !id.is_empty() {
        return id.to_owned();
    }
    let hash = Sha256::digest(id.as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// A number that is only compared: as text, since JSON has no whole numbers of 64 bits.
pub(super) fn hex(number: u64) -> String {
    format!("{number:016x}")
}

/// The fields of a document.
pub(super) fn source(document: &IndexDocument, schema: &Schema) -> serde_json::Result<Value> {
    let stored = &document.document;
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| all.insert(name.to_owned(), value);
    put(ID, json!(stored.id));
    put(DOCUMENT, json!(serde_json::to_string(stored)?));
    put(FINGERPRINT, json!(hex(document.fingerprint)));
    let labels: Vec<String> = document.labels.iter().map(|label| hex(*label)).collect();
    if let Some(own) = labels.first() {
        put(LABEL, json!(own));
    }
    put(LABELS, json!(labels));
    if let Some(sketch) = &stored.sketch {
        let bands = sketch.bands.iter().map(u32::to_string);
        put(BANDS, json!(bands.collect::<Vec<_>>()));
        put(OUTLINE, json!(write_outline(&sketch.outline)));
    }
    if let Some(embargo) = stored.embargo {
        put(EMBARGO, json!(embargo.beginning()));
    }
    let date = stored.date.map(|date| date.value);
    let begins = date.map(|date| date.beginning());
    if let (Some(date), Some(begins)) = (date, begins) {
        put(BEGINS, json!(begins));
        put(ENDS, json!(date.ending()));
        put(DAY, json!(date.without_time().beginning()));
        let day = |bits| PartialDate::from_bits(bits)?.days_since_1970();
        if let (Some(first), Some(last)) = (day(begins), day(date.ending())) {
            put(MIDDLE, json!(first + last));
        }
    }
    put(NEWEST, json!(begins.unwrap_or(0)));
    put(OLDEST, json!(begins.map_or(0, |begins| u32::MAX - begins)));
    let added = stored.indexed_at.map_or(0, |moment| moment.unix_seconds());
    put(ADDED, json!(added.clamp(0, i64::from(u32::MAX))));
    put(WORDS, json!(words(document)));
    let mut has = Vec::new();
    for field in schema.fields() {
        let name = &field.name;
        match &field.kind {
            FieldKind::Text(_) => {
                let of_text = |(text, _): &&(String, _)| text == name;
                let tokens = document.texts.iter().find(of_text);
                let tokens = tokens.map_or(&[][..], |(_, tokens)| tokens);
                let sentences = (document.sentences.iter()).find(|(text, _)| text == name);
                let sentences = sentences.map_or(&[][..], |(_, sentences)| sentences);
                let length = word_count(tokens);
                put(&terms_of(name), json!(pack(tokens, sentences)));
                put(&length_of(name), json!(coarse(length)));
                put(&words_of(name), json!(length));
                has.extend((length > 0).then_some(name));
            }
            FieldKind::Keyword(_) => {
                let values = document.values.iter().find(|(field, _)| field == name);
                let nodes = nodes(values.map_or(&[][..], |(_, values)| values));
                let ids = nodes.iter().map(|(id, ..)| id);
                put(&values_of(name), json!(ids.collect::<Vec<_>>()));
                let names = nodes.iter().map(|(id, name, above)| {
                    let above = above.unwrap_or_default();
                    format!("{id}{UNIT}{name}{UNIT}{above}")
                });
                put(&names_of(name), json!(names.collect::<Vec<_>>()));
            }
            FieldKind::Date { .. } => {
                if let Some(date) = date {
                    let periods = date.periods().map(|period| period.to_string());
                    put(&values_of(name), json!(periods.collect::<Vec<_>>()));
                    put(&period_of(name), json!(date.without_time().to_bits()));
                }
            }
        }
    }
    put(HAS, json!(has));
    Ok(Value::Object(all))
}

/// The words of a document that may be shown, each once, in the spelling it has most often.
fn words(document: &IndexDocument) -> Vec<String> {
    let shown = document
        .texts
        .iter()
        .filter(|(field, _)| spelling::is_shown(document, field));
    let texts: Vec<(Cow<str>, &[Token])> = shown
        .map(|(field, tokens)| (document.document.text(field), tokens.as_slice()))
        .collect();
    let mut words: HashMap<Cow<str>, HashMap<&str, u32>> = HashMap::new();
    for (text, tokens) in &texts {
        for (key, written) in tokens.iter().filter_map(|token| spelling::key(token, text)) {
            *words.entry(key).or_default().entry(written).or_default() += 1;
        }
    }
    let words = words.iter().filter_map(|(key, spellings)| {
        let counted = spellings.iter().map(|(written, count)| (*count, *written));
        let (_, written) = counted.reduce(spelling::more_usual)?;
        Some(spelling::encode(key, written))
    });
    words.collect()
}

/// All nodes on the paths of `values`, each once: id, name, id of the node above.
fn nodes(values: &[FieldValue]) -> Vec<(&str, &str, Option<&str>)> {
    let mut nodes: Vec<(&str, &str, Option<&str>)> = Vec::new();
    for value in values {
        let mut above = None;
        for node in &value.path {
            if nodes.iter().all(|(id, ..)| *id != node.id) {
                nodes.push((&node.id, &node.name, above));
            }
            above = Some(&node.id);
        }
    }
    nodes
}

/// An outline as a text.
fn write_outline(outline: &Outline) -> String {
    let rows: String = (outline.rows.iter())
        .map(|row| format!("{row:02x}"))
        .collect();
    let Outline {
        shingles,
        house,
        title,
        figures,
        ..
    } = outline;
    format!("{shingles:08x}{house:08x}{title:08x}{figures:016x}{rows}")
}

/// The outline of a text; `None` if it is none.
pub(super) fn read_outline(text: &str) -> Option<Outline> {
    let number =
        |from: usize, digits: usize| u64::from_str_radix(text.get(from..from + digits)?, 16).ok();
    let mut rows = [0; crate::document::ROWS];
    for (at, row) in rows.iter_mut().enumerate() {
        *row = number(40 + 2 * at, 2)? as u8;
    }
    Some(Outline {
        shingles: number(0, 8)? as u32,
        house: number(8, 8)? as u32,
        title: number(16, 8)? as u32,
        figures: number(24, 16)?,
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_comes_out_of_its_text_as_it_went_in() {
        let outline = Outline {
            shingles: 7,
            house: u32::MAX,
            title: 3,
            figures: 1 << 63,
            rows: std::array::from_fn(|row| (row * 7) as u8),
        };
        assert_eq!(read_outline(&write_outline(&outline)), Some(outline));
        assert_eq!(read_outline("0123"), None);
        assert_eq!(read_outline(&"ä".repeat(200)), None);
    }

    #[test]
    fn long_ids_have_short_keys() {
        assert_eq!(key("a/b c"), "a/b c");
        assert_eq!(key(&"x".repeat(2000)).len(), 7 + 64);
        assert_ne!(key(""), "");
    }
}
