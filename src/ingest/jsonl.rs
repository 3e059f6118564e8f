//! JSON Lines: one object a line, with `id`, `title`, `body` and whatever else it states.

pub(super) mod fields;

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use self::fields::Fields;
use super::input::{Input, NextLine, size};
use super::{Emit, Format, ReadOptions, SourceFile, content_hash, decode, derived_id, lines};
use crate::document::Document;

/// Longest id, in bytes: it stands in addresses and in every list of hits.
const LONGEST_ID: usize = 512;

/// JSON Lines: the first line that is not blank is a JSON object.
pub(super) const FORMAT: Format = Format { recognises, read };

fn recognises(input: &Input<'_>) -> bool {
    let head = input.head_text();
    let Some(first) = head.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return false;
    };
    if !first.starts_with('{') && !is_array(first) {
        return false;
    }
    // A first line that is cut off or broken still looks like JSON: a brace, then a quoted key.
    let object = serde_json::from_str::<Map<String, Value>>(first).is_ok();
    let looks_like_one = head.trim_start()[1..].trim_start().starts_with(['"', '{']);
    object || looks_like_one
}

fn is_array(line: &str) -> bool {
    line.strip_prefix('[')
        .is_some_and(|rest| rest.trim_start().is_empty() || rest.trim_start().starts_with('{'))
}

fn read(input: &mut Input<'_>, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    if let Some(reason) = one_json_text(input) {
        return emit(Err(input.skip(None, reason)));
    }
    let mut buffer = Vec::new();
    loop {
        match input.line(&mut buffer, options.max_document_bytes) {
            Err(error) => return emit(Err(input.io_error(&error))),
            Ok(NextLine::End) => return ControlFlow::Continue(()),
            Ok(NextLine::TooLong) => {
                let reason = format!(
                    "record longer than {}, passed over, split it into documents",
                    size(options.max_document_bytes)
                );
                emit(Err(input.skip(Some(input.line_number()), &reason)))?;
            }
            Ok(NextLine::Line) => {
                let text = decode::decode(&buffer);
                let text = text.trim();
                if !text.is_empty() {
                    let number = input.line_number();
                    read_record(input, number, text, options, emit)?;
                }
            }
        }
    }
}

/// Whether the file is JSON, but not one object a line, and what to say then.
fn one_json_text(input: &Input<'_>) -> Option<&'static str> {
    let head = input.head_text();
    let first = head.lines().map(str::trim).find(|line| !line.is_empty())?;
    (is_array(first) || first.trim_end() == "{")
        .then_some("JSON over several lines, write one object a line (JSON Lines)")
}

fn read_record(
    input: &Input<'_>,
    number: u64,
    text: &str,
    options: &ReadOptions,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let record = match record(text) {
        Ok(record) => record,
        Err(reason) => return emit(Err(input.skip(Some(number), &reason))),
    };
    let mut troubles = Vec::new();
    let document = document(input.file, number, record, options, &mut troubles);
    for trouble in troubles {
        emit(Err(input.skip(Some(number), &trouble)))?;
    }
    match document {
        Some(document) => emit(Ok(document)),
        None => ControlFlow::Continue(()),
    }
}

/// The object that a line is; else why it is none.
pub(super) fn record(text: &str) -> Result<Map<String, Value>, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("no JSON object ({}), line passed over", json_error(&error)))
}

/// The parser's words without its position: the line is always 1 there.
fn json_error(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.find(" at line ").unwrap_or(message.len());
    format!("{}, column {}", &message[..end], error.column())
}

/// The document of a record; `troubles` are told to the user.
pub(super) fn document(
    file: &SourceFile,
    place: u64,
    mut record: Map<String, Value>,
    options: &ReadOptions,
    troubles: &mut Vec<String>,
) -> Option<Document> {
    let mut document = Document {
        source_path: file.path.display().to_string(),
        ..Document::default()
    };
    document.id = match record.remove("id") {
        Some(Value::String(id)) if !id.trim().is_empty() => id,
        Some(Value::Number(id)) if !id.is_f64() => id.to_string(),
        None | Some(Value::Null | Value::String(_)) => derived_id(file, place),
        Some(_) => {
            troubles.push("\"id\" is neither a string nor an integer, record passed over".into());
            return None;
        }
    };
    if document.id.len() > LONGEST_ID {
        troubles.push(format!(
            "\"id\" is longer than {LONGEST_ID} bytes, record passed over"
        ));
        return None;
    }
    let mut fields = Fields::new(&mut record, troubles);
    document.title = fields.text("title");
    document.body = fields.text("body").unwrap_or_default();
    if document.body.trim().is_empty() && document.title.is_none() {
        let reason = "neither \"title\" nor \"body\" has text, record passed over";
        fields.troubles.push(reason.into());
        return None;
    }
    // The body is taken as it is and a title is not looked for in it.
    fields
        .stated
        .extend(["title".to_owned(), "body".to_owned()]);
    fields.stated.dedup();
    document.kicker = fields.text("kicker");
    document.url = fields.text("url");
    document.language = fields.text("language");
    document.authors = fields.texts("authors");
    document.publisher = fields.publisher();
    document.date = fields.date();
    document.updated = fields.moment("updated");
    document.access = fields.access();
    if fields.has("embargo") {
        document.embargo = fields.moment("embargo");
        // Better not at all than too early.
        if document.embargo.is_none() {
            let reason = "a record whose embargo cannot be read is passed over";
            fields.troubles.push(reason.into());
            return None;
        }
    }
    document.agencies = fields.agencies();
    document.countries = fields.countries();
    document.extra = fields.extra(&options.keyword_fields);
    document.stated = fields.stated;
    document.stated.sort();
    document.stated.dedup();
    document.lines = lines::embargo_lines(&document.body);
    document.content_hash = content_hash(&document);
    Some(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CountryRole, Role};
    use serde_json::json;

    fn read_one(record: Value) -> (Option<Document>, Vec<String>) {
        let file = SourceFile {
            path: "a/b.jsonl".into(),
            key: "b.jsonl".into(),
        };
        let Value::Object(record) = record else {
            panic!("no object");
        };
        let options = ReadOptions {
            keyword_fields: vec!["section".into()],
            ..ReadOptions::default()
        };
        let mut troubles = Vec::new();
        let document = document(&file, 7, record, &options, &mut troubles);
        (document, troubles)
    }

    #[test]
    fn what_is_stated_is_kept_and_the_body_is_verbatim() {
        let (document, troubles) = read_one(json!({
            "id": 12, "title": "T", "body": "  Anzeige\n\nText. ", "date": "2024-08-26T23:27:57Z",
            "publisher": "taz", "authors": ["A B"], "section": "Ausland", "agencies": ["dpa"],
            "countries": [{"id": "KP", "role": "mentioned"}], "unknown": 1,
        }));
        let document = document.unwrap();
        assert!(troubles.is_empty());
        assert_eq!(document.id, "12");
        assert_eq!(document.body, "  Anzeige\n\nText. ");
        assert_eq!(document.date.unwrap().value.to_string(), "2024-08-27T01:27");
        assert_eq!(document.publisher.as_ref().unwrap().id, "taz");
        assert_eq!(document.extra["section"], ["Ausland"]);
        assert_eq!(document.agencies[0].role, Role::Cited);
        assert_eq!(document.countries[0].role, CountryRole::Mentioned);
        assert_eq!(
            document.stated,
            [
                "agencies",
                "authors",
                "body",
                "countries",
                "date",
                "publisher",
                "section",
                "title"
            ]
        );
    }

    #[test]
    fn null_empty_and_absent_are_left_to_be_derived() {
        let (document, _) = read_one(json!({
            "id": null, "body": "Text.", "date": "", "publisher": null, "authors": [], "title": ""
        }));
        let document = document.unwrap();
        assert_eq!(document.stated, ["body", "title"]);
        assert_eq!(document.title, None);
        assert_eq!(document.id.len(), 16);
    }

    #[test]
    fn partial_dates_stay_partial() {
        let date = |record: Value| {
            let date = read_one(record).0.unwrap().date.unwrap().value;
            date.to_string()
        };
        assert_eq!(date(json!({"body": "x", "date": "2025-04"})), "2025-04");
        assert_eq!(date(json!({"body": "x", "date": 2025})), "2025");
        assert_eq!(
            date(json!({"body": "x", "date": 1745822712})),
            "2025-04-28T08:45"
        );
        let stated = json!({"body": "x", "date": "2025-04-01", "date_precision": "month"});
        assert_eq!(date(stated), "2025-04");
        let stated = json!({"body": "x", "date": "2025-04-28", "datetime": "2025-04-28T08:45"});
        assert_eq!(date(stated), "2025-04-28T08:45");
    }

    #[test]
    fn a_field_that_cannot_be_read_is_named_and_the_rest_is_kept() {
        let (document, troubles) = read_one(json!({"body": "x", "date": "gestern"}));
        assert_eq!(document.unwrap().date, None);
        assert!(
            troubles[0].starts_with("\"date\" is not a date such as"),
            "{troubles:?}"
        );
        let (document, troubles) = read_one(json!({"id": "1"}));
        assert!(document.is_none());
        assert_eq!(
            troubles,
            ["neither \"title\" nor \"body\" has text, record passed over"]
        );
    }
}
