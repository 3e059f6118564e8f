//! Corrections: `{"id": "…", "field": "date", "value": "2025-04-28", "note": "…"}`.
//!
//! A correction is put in place of what was read before anything is derived, as if the input had
//! stated it: so it beats every derivation and every statement. Of several for the same field the
//! last counts.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::file::Line;
use crate::document::{Document, Evidence};
use crate::ingest::{self, CORRECTABLE, Skipped};
use crate::schema::{FieldKind, Schema};

/// Keys of a line.
const KEYS: [&str; 7] = ["id", "content_hash", "field", "value", "note", "by", "at"];

/// The corrections of an archive.
#[derive(Debug, Default)]
pub struct Overrides {
    all: Vec<Override>,
    /// Places in the list, by id.
    by_id: HashMap<String, Vec<usize>>,
    /// Places of those that name no id, by content hash.
    by_hash: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Override {
    path: String,
    line: u64,
    id: Option<String>,
    content_hash: Option<String>,
    field: String,
    value: Value,
    note: String,
    /// Whether any document was corrected by it.
    fits: AtomicBool,
}

/// A correction that no document had that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    id: Option<String>,
    content_hash: Option<String>,
    /// What to tell, if no other document has it either.
    pub told: Skipped,
}

impl Overrides {
    pub(super) fn add(&mut self, line: Line, schema: &Schema) -> Result<(), Skipped> {
        line.only(&KEYS)?;
        let (id, content_hash) = (line.text("id")?, line.text("content_hash")?);
        let Some(field) = line.text("field")? else {
            return Err(line.trouble("says no \"field\" that it corrects"));
        };
        let field = document_field(&field, schema).map_err(|reason| line.trouble(reason))?;
        let Some(value) = line.record.get("value").cloned() else {
            return Err(line.trouble("has no \"value\"; write null to leave the field empty"));
        };
        ingest::correct(&mut Document::default(), &field, &value)
            .map_err(|reason| line.trouble(reason))?;
        let places = match (&id, &content_hash) {
            (Some(id), _) => self.by_id.entry(id.clone()).or_default(),
            (None, Some(hash)) => self.by_hash.entry(hash.to_lowercase()).or_default(),
            (None, None) => {
                let reason = "names no document: write its \"id\" or its \"content_hash\"";
                return Err(line.trouble(reason));
            }
        };
        places.push(self.all.len());
        self.all.push(Override {
            note: line.note()?,
            path: line.path,
            line: line.number,
            content_hash: content_hash.map(|hash| hash.to_lowercase()),
            id,
            field,
            value,
            fits: AtomicBool::new(false),
        });
        Ok(())
    }

    /// The corrections of a document, by field; the last of each.
    fn of(&self, document: &Document) -> Vec<&Override> {
        let by_id = self.by_id.get(&document.id).into_iter().flatten();
        let by_hash = self
            .by_hash
            .get(&document.content_hash)
            .into_iter()
            .flatten();
        let mut places: Vec<usize> = by_id.chain(by_hash).copied().collect();
        places.sort_unstable();
        let mut last: Vec<&Override> = Vec::new();
        for place in places {
            let one = &self.all[place];
            // Where both are named, both must fit.
            let fits =
                (one.content_hash.as_ref()).is_none_or(|hash| *hash == document.content_hash);
            if fits {
                one.fits.store(true, Ordering::Relaxed);
                last.retain(|other| other.field != one.field);
                last.push(one);
            }
        }
        last
    }

    /// The corrections of a document are not missed, though it does not need them.
    pub(super) fn are_found(&self, document: &Document) {
        self.of(document);
    }

    /// Puts the corrections of a document in place of what was read.
    pub(super) fn apply(&self, document: &mut Document) {
        for one in self.of(document) {
            // It was tried when the file was read.
            let _ = ingest::correct(document, &one.field, &one.value);
        }
    }

    /// Makes the corrections the evidence of what they set.
    pub(super) fn explain(&self, document: &mut Document) {
        for one in self.of(document) {
            let evidence = || {
                vec![Evidence {
                    field: "note".into(),
                    start: 0,
                    end: one.note.len(),
                    text: one.note.clone(),
                    rule: "override".into(),
                    confidence: 1.0,
                }]
            };
            match one.field.as_str() {
                "agencies" if !document.agencies.is_empty() => {
                    for agency in &mut document.agencies {
                        agency.evidence = evidence();
                    }
                }
                "countries" if !document.countries.is_empty() => {
                    for country in &mut document.countries {
                        country.evidence = evidence();
                    }
                }
                field => {
                    document.evidence.insert(field.to_owned(), evidence());
                }
            }
        }
    }

    /// Adds what changes a document to the hash by which changes are noticed.
    pub fn hash(&self, document: &Document, hash: &mut Sha256) {
        for one in self.of(document) {
            hash.update(&one.field);
            hash.update([0]);
            hash.update(one.value.to_string());
            hash.update([0]);
            hash.update(&one.note);
            hash.update([0]);
        }
    }

    /// The corrections that no document had that was read; each can be told.
    pub fn unused(&self) -> Vec<Unused> {
        let unused = (self.all.iter()).filter(|one| !one.fits.load(Ordering::Relaxed));
        let told = unused.map(|one| {
            let name = match (&one.id, &one.content_hash) {
                (Some(id), _) => format!("id \"{id}\""),
                (_, hash) => format!("content hash {}", hash.as_deref().unwrap_or_default()),
            };
            Unused {
                id: one.id.clone(),
                content_hash: one.content_hash.clone(),
                told: Skipped {
                    path: one.path.clone(),
                    line: Some(one.line),
                    reason: format!("no document has the {name}, nothing was corrected"),
                },
            }
        });
        told.collect()
    }
}

impl Unused {
    /// Whether it is for this document.
    pub fn is_for(&self, document: &Document) -> bool {
        (self.id.as_ref()).is_none_or(|id| *id == document.id)
            && (self.content_hash.as_ref()).is_none_or(|hash| *hash == document.content_hash)
    }
}

/// The document's own name of a field that may be corrected.
fn document_field(name: &str, schema: &Schema) -> Result<String, String> {
    if CORRECTABLE.contains(&name) {
        return Ok(name.to_owned());
    }
    if let Some(field) = schema.field(name)
        && let FieldKind::Keyword(keyword) = &field.kind
    {
        // `agency` is all of the agencies that count; `cites` only those in one role.
        let is_part = CORRECTABLE.contains(&keyword.source.as_str()) && !field.is_facet();
        return match is_part {
            false => Ok(keyword.source.clone()),
            true => Err(format!(
                "\"{name}\" is a part of \"{0}\", correct \"{0}\"",
                keyword.source
            )),
        };
    }
    let keywords = (schema.fields().iter())
        .filter(|field| match &field.kind {
            FieldKind::Keyword(keyword) => !CORRECTABLE.contains(&keyword.source.as_str()),
            _ => false,
        })
        .map(|field| field.name.as_str());
    let known: Vec<&str> = CORRECTABLE.into_iter().chain(keywords).collect();
    Err(format!(
        "field \"{name}\" cannot be corrected, known are: {}",
        known.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SCHEMA: &str = r#"{ "version": 1, "fields": [
        { "name": "body", "type": "text", "analyzer": "german" },
        { "name": "agency", "type": "keyword", "facet": true, "source": "agencies" },
        { "name": "cites", "type": "keyword", "source": "agencies", "roles": ["cited"] },
        { "name": "section", "type": "keyword", "facet": true }
    ] }"#;

    fn add(overrides: &mut Overrides, record: Value) -> Result<(), String> {
        let Value::Object(record) = record else {
            panic!("no object");
        };
        let line = Line {
            path: "overrides.jsonl".into(),
            number: overrides.all.len() as u64 + 1,
            record,
        };
        let schema = Schema::parse(SCHEMA, "schema.json").unwrap();
        overrides
            .add(line, &schema)
            .map_err(|trouble| trouble.to_string())
    }

    fn document() -> Document {
        Document {
            id: "a".into(),
            content_hash: "00ff".into(),
            title: Some("Alt".into()),
            ..Document::default()
        }
    }

    #[test]
    fn the_last_correction_of_a_field_counts_and_says_so() {
        let mut overrides = Overrides::default();
        for record in [
            json!({"content_hash": "00FF", "field": "title", "value": "Neu"}),
            json!({"id": "a", "field": "title", "value": "Neuer", "note": "laut Heft", "by": "kb"}),
            json!({"id": "a", "content_hash": "11", "field": "title", "value": "anderer Text"}),
            json!({"id": "b", "field": "section", "value": "Sport"}),
        ] {
            add(&mut overrides, record).unwrap();
        }
        let mut document = document();
        overrides.apply(&mut document);
        overrides.explain(&mut document);
        assert_eq!(document.title.as_deref(), Some("Neuer"));
        let evidence = &document.evidence["title"][0];
        assert_eq!(evidence.text, "laut Heft (kb)");
        assert_eq!(
            (evidence.rule.as_str(), evidence.confidence),
            ("override", 1.0)
        );
        let unused = overrides.unused();
        let lines: Vec<Option<u64>> = unused.iter().map(|one| one.told.line).collect();
        assert_eq!(lines, [Some(3), Some(4)]);
        let other = Document {
            id: "b".into(),
            ..Document::default()
        };
        assert!(!unused[0].is_for(&other) && unused[1].is_for(&other));
    }

    #[test]
    fn facets_are_corrected_under_their_own_name() {
        let mut overrides = Overrides::default();
        add(
            &mut overrides,
            json!({"id": "a", "field": "agency", "value": ["dpa"]}),
        )
        .unwrap();
        let mut document = document();
        overrides.apply(&mut document);
        overrides.explain(&mut document);
        assert_eq!(document.agencies[0].id, "dpa");
        assert_eq!(document.agencies[0].evidence[0].rule, "override");
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_its_place() {
        for (record, message) in [
            (
                json!({"id": "a", "field": "farbe", "value": 1}),
                "known are: title, kicker",
            ),
            (
                json!({"id": "a", "field": "cites", "value": 1}),
                "correct \"agencies\"",
            ),
            (
                json!({"id": "a", "field": "date", "value": "bald"}),
                "is not a date such as",
            ),
            (json!({"id": "a", "field": "date"}), "has no \"value\""),
            (json!({"id": "a", "value": 1}), "says no \"field\""),
            (
                json!({"field": "date", "value": "2025"}),
                "names no document",
            ),
            (json!({"id": "a", "feld": "date"}), "unknown key \"feld\""),
        ] {
            let error = add(&mut Overrides::default(), record).unwrap_err();
            assert!(error.starts_with("overrides.jsonl:1: "), "{error}");
            assert!(error.contains(message), "{error}");
        }
    }
}
