//! Limits: `{"publisher": "…", "access": "snippet"}`, `{"url": "…", "takedown": true}`.
//!
//! A line names documents and what holds for them. Limits only ever tighten: of several that fit
//! a document, and of what the input states, the strictest access and the latest embargo hold.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::file::{self, Line};
use crate::document::{Access, Document, Evidence, PartialDate};
use crate::enrich;
use crate::ingest::Skipped;

/// Keys that name documents.
const NAMES: [&str; 4] = ["id", "content_hash", "url", "publisher"];
/// Keys that say what holds for them.
const LIMITS: [&str; 4] = ["access", "embargo", "embargo_days", "takedown"];
/// All keys of a line.
const KEYS: [&str; 11] = [
    "id",
    "content_hash",
    "url",
    "publisher",
    "access",
    "embargo",
    "embargo_days",
    "takedown",
    "note",
    "by",
    "at",
];
/// Longest embargo after the date of a document.
const MOST_DAYS: u64 = 36_500;

/// The rights of an archive.
#[derive(Debug, Default)]
pub struct Rights {
    rules: Vec<Rule>,
    /// For each of [`NAMES`], the places of the rules in the list, by normal form of the name.
    by_name: [HashMap<String, Vec<usize>>; NAMES.len()],
}

/// What holds for the documents that a line names.
#[derive(Debug)]
struct Rule {
    access: Option<Access>,
    embargo: Option<PartialDate>,
    /// So many days after its date a document is free.
    embargo_days: Option<u32>,
    takedown: bool,
    note: String,
    /// The line, for noticing changes.
    source: String,
}

/// A document that is to be taken down for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Takedown {
    /// Names of the document: any of them will do.
    pub names: Vec<(&'static str, String)>,
    /// Why.
    pub note: Option<String>,
    /// When it was decided.
    pub at: PartialDate,
}

impl Rights {
    pub(super) fn add(&mut self, line: Line) -> Result<(), Skipped> {
        line.only(&KEYS)?;
        let rule = rule(&line)?;
        let place = self.rules.len();
        let mut is_named = false;
        for (index, key) in NAMES.iter().enumerate() {
            let Some(name) = line.text(key)? else {
                continue;
            };
            if rule.takedown && *key == "publisher" {
                let reason = "takes down a whole publisher; name documents by id, content_hash or \
                              url, or limit the publisher with \"access\"";
                return Err(line.trouble(reason));
            }
            is_named = true;
            let places = self.by_name[index].entry(normal(key, &name)).or_default();
            places.push(place);
        }
        if !is_named {
            let reason = format!("names no document: write one of {}", NAMES.join(", "));
            return Err(line.trouble(reason));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// Whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules that hold for a document.
    fn of(&self, document: &Document) -> Vec<&Rule> {
        if self.is_empty() {
            return Vec::new();
        }
        let publisher = document.publisher.as_ref();
        let names = [
            ("id", Some(&document.id)),
            ("content_hash", Some(&document.content_hash)),
            ("url", document.url.as_ref()),
            ("publisher", publisher.map(|publisher| &publisher.id)),
            ("publisher", publisher.map(|publisher| &publisher.name)),
        ];
        let fitting = names.into_iter().filter_map(|(key, name)| {
            let places = &self.by_name[NAMES.iter().position(|name| *name == key)?];
            // Normal forms are not for nothing.
            let wanted = !places.is_empty();
            wanted.then(|| places.get(&normal(key, name?)))?
        });
        let mut places: Vec<usize> = fitting.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| &self.rules[place]).collect()
    }

    /// Whether a document is not to be in any index.
    pub fn takes_down(&self, document: &Document) -> bool {
        self.of(document).iter().any(|rule| rule.takedown)
    }

    /// Limits a document whose values are settled; whether that changed it.
    pub fn limit(&self, document: &mut Document) -> bool {
        let (access, embargo) = (document.access, document.embargo);
        for rule in self.of(document) {
            if let Some(access) = rule.access.filter(|access| *access < document.access) {
                document.access = access;
                (document.evidence).insert("access".to_owned(), vec![rule.evidence()]);
            }
            let of_date = (rule.embargo_days.zip(document.date))
                .and_then(|(days, date)| date.value.days_later(days));
            for moment in rule.embargo.into_iter().chain(of_date) {
                let is_later = (document.embargo)
                    .is_none_or(|embargo| embargo.beginning() < moment.beginning());
                if is_later {
                    document.embargo = Some(moment);
                    (document.evidence).insert("embargo".to_owned(), vec![rule.evidence()]);
                }
            }
        }
        (access, embargo) != (document.access, document.embargo)
    }

    /// Hash of all that holds for a document, by which changes are noticed; 0 if nothing does.
    pub fn hash(&self, document: &Document) -> u64 {
        let rules = self.of(document);
        if rules.is_empty() {
            return 0;
        }
        let mut hash = Sha256::new();
        for rule in rules {
            hash.update(&rule.source);
            hash.update([0]);
        }
        let digest = hash.finalize();
        u64::from_le_bytes(std::array::from_fn(|index| digest[index]))
    }
}

impl Rule {
    fn evidence(&self) -> Evidence {
        Evidence {
            field: "note".into(),
            start: 0,
            end: self.note.len(),
            text: self.note.clone(),
            rule: "rights".into(),
            confidence: 1.0,
        }
    }
}

impl Takedown {
    /// The takedown of a document that was found, by all its names.
    pub fn of(document: &Document, note: Option<String>) -> Takedown {
        let mut names = vec![
            ("id", document.id.clone()),
            ("content_hash", document.content_hash.clone()),
        ];
        // The address of a whole site names more than this document.
        let url = document
            .url
            .clone()
            .filter(|url| normal("url", url).contains(['/', '?']));
        names.extend(url.map(|url| ("url", url)));
        Takedown {
            names,
            note,
            at: PartialDate::now(),
        }
    }

    /// Adds it to a file of rights; durable when this returns.
    pub fn append_to(&self, path: &Path) -> io::Result<()> {
        let mut record = Map::new();
        let names = (self.names.iter()).filter(|(_, name)| !name.is_empty());
        record.extend(names.map(|(key, name)| ((*key).to_owned(), json!(name))));
        record.insert("takedown".to_owned(), json!(true));
        record.extend((self.note.iter()).map(|note| ("note".to_owned(), json!(note))));
        record.insert("at".to_owned(), json!(self.at));
        file::append(path, &Value::Object(record))
    }
}

fn rule(line: &Line) -> Result<Rule, Skipped> {
    let value = |key: &str| line.record.get(key).filter(|value| !value.is_null());
    let access = match line.text("access")? {
        None => None,
        Some(id) => Some(
            Access::of_id(&id)
                .ok_or_else(|| line.trouble("\"access\" is not full, snippet or metadata"))?,
        ),
    };
    let embargo = match line.text("embargo")? {
        None => None,
        Some(text) => Some(PartialDate::from_stamp(&text).ok_or_else(|| {
            line.trouble("\"embargo\" is not a date such as 2025-04-28 or 2025-04-28T18:00")
        })?),
    };
    let embargo_days = match value("embargo_days") {
        None => None,
        Some(days) => match days.as_u64().filter(|days| *days <= MOST_DAYS) {
            Some(days) => Some(days as u32),
            None => {
                let reason = format!("\"embargo_days\" is not a number from 0 to {MOST_DAYS}");
                return Err(line.trouble(reason));
            }
        },
    };
    let takedown = match value("takedown") {
        None => false,
        Some(Value::Bool(takedown)) => *takedown,
        Some(_) => return Err(line.trouble("\"takedown\" is neither true nor false")),
    };
    if LIMITS.iter().all(|key| value(key).is_none()) {
        let reason = format!("limits nothing: write one of {}", LIMITS.join(", "));
        return Err(line.trouble(reason));
    }
    Ok(Rule {
        access,
        embargo,
        embargo_days,
        takedown,
        note: line.note()?,
        source: serde_json::to_string(&line.record).unwrap_or_default(),
    })
}

/// The form in which names are compared.
fn normal(key: &str, name: &str) -> String {
    let name = name.trim();
    match key {
        "content_hash" => name.to_lowercase(),
        "publisher" => {
            let known = enrich::resolve("publisher", name).map(|node| node.id);
            known.unwrap_or_else(|| name.to_owned()).to_lowercase()
        }
        "url" => {
            let address = name.split('#').next().unwrap_or_default();
            let address = (address.split_once("://")).map_or(address, |(_, rest)| rest);
            let (host, path) = address.split_at(address.find(['/', '?']).unwrap_or(address.len()));
            let host = host.to_lowercase();
            let host = host.strip_prefix("www.").unwrap_or(&host);
            format!("{host}{}", path.trim_end_matches('/'))
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DateKind, DocumentDate, Publisher};

    fn rights(lines: &[Value]) -> Result<Rights, String> {
        let mut rights = Rights::default();
        for (index, record) in lines.iter().enumerate() {
            let line = Line {
                path: "rights.jsonl".into(),
                number: index as u64 + 1,
                record: record.as_object().unwrap().clone(),
            };
            rights.add(line).map_err(|trouble| trouble.to_string())?;
        }
        Ok(rights)
    }

    fn document() -> Document {
        Document {
            id: "a".into(),
            content_hash: "00ff".into(),
            url: Some("https://www.example.org/Text/1/".into()),
            publisher: Some(Publisher {
                id: "n-tv".into(),
                name: "n-tv".into(),
            }),
            date: Some(DocumentDate {
                value: "2025-05-12T18:00".parse().unwrap(),
                kind: DateKind::Published,
            }),
            ..Document::default()
        }
    }

    #[test]
    fn the_strictest_of_all_that_fits_holds() {
        let rights = rights(&[
            json!({"publisher": "ntv.de", "access": "snippet", "embargo_days": 7, "note": "Vertrag"}),
            json!({"id": "a", "access": "metadata"}),
            json!({"id": "a", "access": "full", "embargo": "2025-05-14"}),
            json!({"id": "b", "access": "metadata"}),
        ])
        .unwrap();
        let mut document = document();
        assert!(rights.limit(&mut document));
        assert_eq!(document.access, Access::Metadata);
        assert_eq!(document.embargo.unwrap().to_string(), "2025-05-19");
        assert_eq!(document.evidence["embargo"][0].text, "Vertrag");
        assert!(!rights.limit(&mut document));
        let mut other = Document::default();
        assert!(!rights.limit(&mut other));
        assert_eq!(rights.hash(&other), 0);
        assert_ne!(rights.hash(&document), 0);
    }

    #[test]
    fn any_name_of_a_document_takes_it_down() {
        for names in [
            json!({"id": "a", "content_hash": "11"}),
            json!({"content_hash": "00FF"}),
            json!({"url": "http://example.org/Text/1#teil"}),
        ] {
            let mut names = names;
            names["takedown"] = json!(true);
            let rights = rights(&[names]).unwrap();
            assert!(rights.takes_down(&document()));
            assert!(!rights.takes_down(&Document::default()));
        }
    }

    #[test]
    fn a_takedown_that_was_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rights.jsonl");
        let takedown = Takedown::of(&document(), Some("Gericht".into()));
        takedown.append_to(&path).unwrap();
        let mut rights = Rights::default();
        for line in file::records(&path).unwrap() {
            rights.add(line.unwrap()).unwrap();
        }
        assert!(rights.takes_down(&document()));
    }

    #[test]
    fn what_cannot_be_understood_is_refused_with_its_place() {
        for (line, message) in [
            (json!({"id": "a"}), "limits nothing"),
            (json!({"access": "full"}), "names no document"),
            (
                json!({"id": "a", "access": "halb"}),
                "is not full, snippet or metadata",
            ),
            (
                json!({"id": "a", "embargo": "bald"}),
                "is not a date such as",
            ),
            (
                json!({"id": "a", "embargo_days": -1}),
                "is not a number from 0",
            ),
            (
                json!({"id": "a", "takedown": "ja"}),
                "neither true nor false",
            ),
            (
                json!({"publisher": "n-tv", "takedown": true}),
                "whole publisher",
            ),
            (json!({"id": "a", "acces": "full"}), "unknown key \"acces\""),
        ] {
            let error = rights(&[line]).unwrap_err();
            assert!(error.starts_with("rights.jsonl:1: "), "{error}");
            assert!(error.contains(message), "{error}");
        }
    }
}
