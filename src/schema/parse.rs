//! Reading `schema.json`, with errors that name the file, the line and what is allowed.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{AnalyzerName, Field, FieldKind, KeywordField, Labels, Schema, TextField};

/// Why a schema is refused. Shown as `schema.json:14: what is wrong, what is allowed`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct SchemaError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 if the file could not be read.
    pub line: usize,
    /// What is wrong and what is allowed.
    pub message: String,
}

/// Names that mean something else in a query, a filter or the address of a search.
const RESERVED: [&str; 16] = [
    "id", "q", "all", "any", "from", "to", "sort", "limit", "cursor", "facets", "format", "strict",
    "exists", "copy", "copies", "collapse",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "reading it checks it")]
    version: Version,
    fields: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(try_from = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;

    fn try_from(version: u32) -> Result<Version, String> {
        match version {
            1 => Ok(Version),
            other => Err(format!("unknown schema version {other}, known is: 1")),
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
enum Entry {
    Text {
        name: String,
        analyzer: Analyzer,
        #[serde(default = "one")]
        boost: f32,
        #[serde(default)]
        snippets: bool,
        #[serde(default)]
        label: Labels,
    },
    Keyword {
        name: String,
        #[serde(default)]
        facet: bool,
        source: Option<String>,
        #[serde(default)]
        roles: Vec<String>,
        #[serde(default)]
        scopes: Vec<String>,
        #[serde(default)]
        label: Labels,
        #[serde(default)]
        values: BTreeMap<String, Labels>,
    },
    Date {
        name: String,
        #[serde(default)]
        facet: bool,
        #[serde(default)]
        label: Labels,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Analyzer {
    German,
    Plain,
}

fn one() -> f32 {
    1.0
}

impl Schema {
    /// Reads and checks the schema in `path`.
    pub fn read(path: &Path) -> Result<Schema, SchemaError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Schema::parse(&text, &file),
            Err(error) => Err(SchemaError {
                message: format!("cannot read the schema: {error}"),
                line: 0,
                file,
            }),
        }
    }

    /// Checks the schema in `text`; `file` is its name in errors.
    pub fn parse(text: &str, file: &str) -> Result<Schema, SchemaError> {
        let fail = |line: usize, message: String| SchemaError {
            file: file.to_owned(),
            line,
            message,
        };
        let parsed: File = serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            fail(error.line(), message[..end].replace('`', "\""))
        })?;
        let fields: Vec<Field> = parsed.fields.into_iter().map(Field::from).collect();
        for (index, field) in fields.iter().enumerate() {
            let earlier = fields[..index].iter().filter(|f| f.name == field.name);
            let line = line_of_name(text, &field.name, earlier.count());
            check(field, &fields[..index]).map_err(|message| fail(line, message))?;
        }
        let last = text.lines().count();
        if !fields.iter().any(|f| matches!(f.kind, FieldKind::Text(_))) {
            return Err(fail(
                last,
                "no field of type \"text\": nothing could be searched".into(),
            ));
        }
        Ok(Schema {
            fields,
            source: text.to_owned(),
        })
    }
}

impl From<Entry> for Field {
    fn from(entry: Entry) -> Field {
        match entry {
            Entry::Text {
                name,
                analyzer,
                boost,
                snippets,
                label,
            } => Field {
                name,
                label,
                kind: FieldKind::Text(TextField {
                    analyzer: match analyzer {
                        Analyzer::German => AnalyzerName::German,
                        Analyzer::Plain => AnalyzerName::Plain,
                    },
                    boost,
                    snippets,
                }),
            },
            Entry::Keyword {
                name,
                facet,
                source,
                roles,
                scopes,
                label,
                values,
            } => Field {
                kind: FieldKind::Keyword(KeywordField {
                    facet,
                    source: source.unwrap_or_else(|| name.clone()),
                    roles,
                    scopes,
                    values,
                }),
                name,
                label,
            },
            Entry::Date { name, facet, label } => Field {
                name,
                label,
                kind: FieldKind::Date { facet },
            },
        }
    }
}

fn check(field: &Field, earlier: &[Field]) -> Result<(), String> {
    let name = &field.name;
    let well_formed = name.starts_with(|c: char| c.is_ascii_lowercase())
        && (name.chars()).all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !well_formed {
        return Err(format!(
            "field name \"{name}\" is not allowed, a name is a letter a to z followed by letters, digits and _"
        ));
    }
    if RESERVED.contains(&name.as_str()) {
        return Err(format!(
            "field name \"{name}\" is reserved, as are: {}",
            RESERVED.join(", ")
        ));
    }
    if earlier.iter().any(|other| other.name == *name) {
        return Err(format!(
            "field \"{name}\" is there twice, a name may be used once"
        ));
    }
    match &field.kind {
        FieldKind::Text(text) if !(text.boost > 0.0 && text.boost <= 1000.0) => Err(format!(
            "boost {} of field \"{name}\" is not allowed, a boost is greater than 0 and at most 1000",
            text.boost
        )),
        FieldKind::Date { .. }
            if (earlier.iter()).any(|f| matches!(f.kind, FieldKind::Date { .. })) =>
        {
            Err(format!(
                "field \"{name}\" is a second date, a document has one date"
            ))
        }
        _ => Ok(()),
    }
}

/// The line, from 1, where the field named `name` stands for the (`skip` + 1)th time.
fn line_of_name(text: &str, name: &str, skip: usize) -> usize {
    let quoted = format!("\"{name}\"");
    let names = text.match_indices("\"name\"").filter(|(at, key)| {
        let value = text[at + key.len()..].trim_start();
        (value.strip_prefix(':')).is_some_and(|value| value.trim_start().starts_with(&quoted))
    });
    names
        .skip(skip)
        .map(|(at, _)| text[..at].matches('\n').count() + 1)
        .next()
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../schema.json");

    fn error(text: &str) -> String {
        Schema::parse(text, "schema.json").unwrap_err().to_string()
    }

    #[test]
    fn the_shipped_schema_is_valid() {
        let schema = Schema::parse(SHIPPED, "schema.json").unwrap();
        let facets: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
        assert_eq!(facets, ["publisher", "date", "agency", "country"]);
        let agency = schema.field("agency").unwrap();
        assert_eq!(
            agency.value_label("intelligence", "de"),
            Some("Nachrichtendienste")
        );
        assert_eq!(agency.label("fr"), "Agenturen");
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let text = SHIPPED.replacen("\"snippets\"", "\"snippet\"", 1);
        let message = error(&text);
        assert!(message.starts_with("schema.json:"), "{message}");
        assert!(
            message.contains("unknown field \"snippet\", expected one of"),
            "{message}"
        );
    }

    #[test]
    fn an_unknown_analyzer_is_refused_with_what_is_known() {
        let text = SHIPPED.replacen("\"analyzer\": \"german\"", "\"analyzer\": \"germann\"", 1);
        let message = error(&text);
        assert!(
            message.contains("unknown variant \"germann\", expected \"german\" or \"plain\""),
            "{message}"
        );
    }

    #[test]
    fn a_field_that_is_there_twice_is_refused_at_its_second_line() {
        let text = r#"{ "version": 1, "fields": [
            { "name": "body", "type": "text", "analyzer": "german" },
            { "name": "section", "type": "keyword", "facet": true },
            { "name": "section", "type": "keyword" }
        ] }"#;
        assert_eq!(
            error(text),
            "schema.json:4: field \"section\" is there twice, a name may be used once"
        );
    }

    #[test]
    fn names_boosts_and_versions_are_checked() {
        let with = |entry: &str| {
            format!(
                "{{ \"version\": 1, \"fields\": [\n{entry},\n{{\"name\":\"body\",\"type\":\"text\",\"analyzer\":\"german\"}}] }}"
            )
        };
        assert!(error(&with(r#"{"name":"q","type":"keyword"}"#)).contains("reserved"));
        assert!(error(&with(r#"{"name":"Ä","type":"keyword"}"#)).contains("not allowed"));
        assert!(
            error(&with(
                r#"{"name":"x","type":"text","analyzer":"plain","boost":0}"#
            ))
            .contains("greater than 0")
        );
        assert!(error(r#"{"version":2,"fields":[]}"#).contains("known is: 1"));
        assert!(error(r#"{"version":1,"fields":[]}"#).contains("nothing could be searched"));
    }
}
