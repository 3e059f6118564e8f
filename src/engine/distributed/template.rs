//! How the schema's fields are laid out in the cluster, and what the index says of itself.
//!
//! For each text field `X` there is `t_X` with its terms, `l_X` with its length as scores see it and
//! `w_X` with its length in words; for each keyword field `X`, `f_X` with its values and all those
//! above them, and `n_X` with their names; for the date field `X`, `f_X` with its periods and `v_X`
//! with the most precise of them. Only [`DOCUMENT`] and [`OUTLINE`] are kept to be read back:
//! everything else can be made of the archive again.

use serde_json::{Map, Value, json};

use super::terms::{BETWEEN, GAP};
use crate::analysis;
use crate::document::Moment;
use crate::engine::differences::differences;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::{FieldKind, Schema};

/// Ids, by which equal ranks are ordered.
pub(super) const ID: &str = "id";
/// The stored form of a document.
pub(super) const DOCUMENT: &str = "document";
/// What texts are compared by.
pub(super) const OUTLINE: &str = "outline";
/// The own label of a document.
pub(super) const LABEL: &str = "label";
/// All labels of a document.
pub(super) const LABELS: &str = "labels";
/// Keys of likely copies.
pub(super) const BANDS: &str = "bands";
/// Hash of the input.
pub(super) const FINGERPRINT: &str = "fingerprint";
/// Moment until which a document is not there.
pub(super) const EMBARGO: &str = "embargo";
/// First moment of the period of a document.
pub(super) const BEGINS: &str = "begins";
/// Last moment of the period of a document.
pub(super) const ENDS: &str = "ends";
/// First moment of the day, month or year of a document.
pub(super) const DAY: &str = "day";
/// Twice the middle of the period of a document, in days since 1970.
pub(super) const MIDDLE: &str = "middle";
/// Names of the text fields that have words.
pub(super) const HAS: &str = "has";
/// The words as documents write them.
pub(super) const WORDS: &str = "words";
/// What hits are ranked by when the newest comes first.
pub(super) const NEWEST: &str = "newest";
/// What hits are ranked by when the oldest comes first.
pub(super) const OLDEST: &str = "oldest";
/// What hits are ranked by when the last that was taken in comes first.
pub(super) const ADDED: &str = "added";

/// Raised when what is stored changes.
const FORMAT: u32 = 1;
/// Within the metadata of the mapping, what is ours.
const META: &str = "fundstelle";
/// So many hits may be passed over and shown at once.
pub(super) const MAX_WINDOW: usize = 100_000;

/// Field of the terms of a text.
pub(super) fn terms_of(text: &str) -> String {
    format!("t_{text}")
}

/// Field of the length of a text as scores see it.
pub(super) fn length_of(text: &str) -> String {
    format!("l_{text}")
}

/// Field of the number of words of a text.
pub(super) fn words_of(text: &str) -> String {
    format!("w_{text}")
}

/// Field of the values of a keyword or date field.
pub(super) fn values_of(field: &str) -> String {
    format!("f_{field}")
}

/// Field of the names of the values of a keyword field.
pub(super) fn names_of(field: &str) -> String {
    format!("n_{field}")
}

/// Field of the most precise period of the date field.
pub(super) fn period_of(field: &str) -> String {
    format!("v_{field}")
}

/// The settings and the mapping of an index.
pub(super) fn template(schema: &Schema, state: &State, shards: u32, replicas: u32) -> Value {
    json!({
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            // What is written is seen at a commit, not before.
            "refresh_interval": -1,
            "max_result_window": MAX_WINDOW,
            "max_regex_length": 200_000,
            "analysis": {
                "tokenizer": {"groups": {"type": "whitespace", "max_token_length": 1_048_576}},
                "filter": {
                    "unfold": {
                        "type": "pattern_capture",
                        "preserve_original": false,
                        "patterns": [format!("([^{BETWEEN}]+)")],
                    },
                    "gaps": {"type": "stop", "stopwords": [GAP.to_string()]},
                },
                "analyzer": {
                    "groups": {"type": "custom", "tokenizer": "groups", "filter": ["unfold", "gaps"]},
                },
            },
            // Scores are worked out in the query: all that it needs is how often a term is there.
            "similarity": {
                "frequency": {"type": "scripted", "script": {"source": "return query.boost * doc.freq"}},
            },
        },
        "mappings": {
            "dynamic": false,
            "_meta": state.to_meta(schema),
            "_source": {"includes": [DOCUMENT, OUTLINE]},
            "properties": properties(schema),
        },
    })
}

fn properties(schema: &Schema) -> Map<String, Value> {
    let stored = json!({"type": "keyword", "index": false, "doc_values": false});
    let keyword = json!({"type": "keyword"});
    let only_searched = json!({"type": "keyword", "doc_values": false});
    let only_read = json!({"type": "keyword", "index": false});
    let number = json!({"type": "long"});
    let column = json!({"type": "long", "index": false});
    let mut all = Map::new();
    let fixed = [
        (ID, &keyword),
        (DOCUMENT, &stored),
        (OUTLINE, &stored),
        (LABEL, &keyword),
        (LABELS, &keyword),
        (BANDS, &only_searched),
        (FINGERPRINT, &only_read),
        (HAS, &only_searched),
        (WORDS, &keyword),
        (EMBARGO, &number),
        (BEGINS, &number),
        (ENDS, &number),
        (DAY, &number),
        (MIDDLE, &column),
        (NEWEST, &column),
        (OLDEST, &column),
        (ADDED, &column),
    ];
    all.extend(fixed.map(|(name, kind)| (name.to_owned(), kind.clone())));
    for field in schema.fields() {
        let name = &field.name;
        match field.kind {
            FieldKind::Text(_) => {
                let text = json!({
                    "type": "text", "analyzer": "groups", "similarity": "frequency",
                    "norms": false, "index_options": "positions",
                });
                all.insert(terms_of(name), text);
                let length = json!({"type": "integer", "index": false});
                all.insert(length_of(name), length.clone());
                all.insert(words_of(name), length);
            }
            FieldKind::Keyword(_) => {
                all.insert(values_of(name), keyword.clone());
                all.insert(names_of(name), only_read.clone());
            }
            FieldKind::Date { .. } => {
                all.insert(values_of(name), keyword.clone());
                all.insert(period_of(name), column.clone());
            }
        }
    }
    all
}

/// What an index says of its commits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Number of the last commit.
    pub(super) commit: u64,
    /// Whether another commit is on its way: what searches see then is neither.
    pub(super) committing: bool,
    /// When the last commit was made.
    pub(super) committed_at: Option<Moment>,
}

impl State {
    /// The metadata of the mapping.
    pub(super) fn to_meta(&self, schema: &Schema) -> Value {
        json!({META: {
            "format": FORMAT,
            "analysis": analysis::VERSION,
            "schema": schema.source(),
            "commit": self.commit,
            "committing": self.committing,
            "committed_at": self.committed_at.map(|moment| moment.stamp()),
        }})
    }

    /// What the metadata of a mapping says; `None` if the index is none of ours.
    pub(super) fn of(meta: &Value) -> Option<State> {
        let ours = &meta[META];
        Some(State {
            commit: ours["commit"].as_u64()?,
            committing: ours["committing"].as_bool()?,
            committed_at: ours["committed_at"].as_str().and_then(|it| it.parse().ok()),
        })
    }
}

/// The schema that an index was built with.
pub(super) fn schema_of(index: &str, meta: &Value) -> Result<Schema> {
    let text = meta[META]["schema"].as_str();
    let schema = text.and_then(|text| Schema::parse(text, "schema of the index").ok());
    schema.ok_or_else(|| {
        let message = format!(
            "{index}: this index of the cluster was not made by fundstelle, or is damaged; name another with --cluster-index"
        );
        EngineError::new(EngineErrorKind::NotAnIndex, message)
    })
}

/// Refuses an index that was built in another way, and says what changed.
pub(super) fn check(index: &str, meta: &Value, schema: &Schema) -> Result<()> {
    let built = schema_of(index, meta)?;
    let mut changes = Vec::new();
    let now = [
        ("format", "index format", json!(FORMAT)),
        ("analysis", "analysis version", json!(analysis::VERSION)),
    ];
    for (key, what, now) in now {
        let then = &meta[META][key];
        if *then != now {
            changes.push(format!("{what} {then} is now {now}"));
        }
    }
    changes.extend(differences(&built, schema));
    if changes.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{index}: the index was built in another way: {}; build it anew with: fundstelle index PATH --engine opensearch --rebuild",
        changes.join(", ")
    );
    Err(EngineError::new(EngineErrorKind::Version, message))
}
