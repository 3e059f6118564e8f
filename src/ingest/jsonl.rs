//! JSON Lines: one object a line, with `id`, `title`, `body` and whatever else it states.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::input::{Input, NextLine, size};
use super::{Emit, Format, ReadOptions, SourceFile, content_hash, decode, derived_id, lines};
use crate::document::{
    Access, AgencyKind, AgencyMention, CountryMention, CountryRole, DateKind, Document,
    DocumentDate, PartialDate, Precision, Publisher, Role, Scope,
};

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
    let record: Map<String, Value> = match serde_json::from_str(text) {
        Ok(record) => record,
        Err(error) => {
            let reason = format!("no JSON object ({}), line passed over", json_error(&error));
            return emit(Err(input.skip(Some(number), &reason)));
        }
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

/// The fields of a record while they are taken out of it.
pub(super) struct Fields<'a> {
    record: &'a mut Map<String, Value>,
    stated: Vec<String>,
    troubles: &'a mut Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        record: &'a mut Map<String, Value>,
        troubles: &'a mut Vec<String>,
    ) -> Fields<'a> {
        Fields {
            record,
            stated: Vec::new(),
            troubles,
        }
    }

    /// The value of `name`, unless it is absent, `null` or empty.
    fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.record.remove(name)?;
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(values) => values.is_empty(),
            _ => false,
        };
        (!empty).then_some(value)
    }

    /// Whether there is a value of `name` that is not empty.
    fn has(&mut self, name: &str) -> bool {
        match self.take(name) {
            Some(value) => self.record.insert(name.to_owned(), value).is_none(),
            None => false,
        }
    }

    fn is_stated(&mut self, name: &str) {
        self.stated.push(name.to_owned());
    }

    fn refuse(&mut self, name: &str, wanted: &str) {
        self.troubles.push(format!(
            "\"{name}\" is not {wanted}, the record was read without it"
        ));
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.take(name)?;
        match plain(&value) {
            Some(text) => {
                self.is_stated(name);
                Some(text)
            }
            None => {
                self.refuse(name, "a string");
                None
            }
        }
    }

    /// A string or a list of strings; of objects, their `name`.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(value) = self.take(name) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = list(value)
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| plain(value.get("name").unwrap_or(value)))
            .collect();
        match texts {
            Some(texts) => {
                let texts: Vec<String> =
                    texts.into_iter().filter(|t| !t.trim().is_empty()).collect();
                if !texts.is_empty() {
                    self.is_stated(name);
                }
                texts
            }
            None => {
                self.refuse(name, "a string or a list of strings");
                Vec::new()
            }
        }
    }

    pub(super) fn publisher(&mut self) -> Option<Publisher> {
        let value = self.take("publisher")?;
        let name = plain(&value)
            .or_else(|| plain(value.get("name")?))
            .or_else(|| plain(value.get("id")?));
        let Some(name) = name else {
            self.refuse("publisher", "a name");
            return None;
        };
        self.is_stated("publisher");
        let id = value
            .get("id")
            .and_then(plain)
            .unwrap_or_else(|| name.clone());
        Some(Publisher { id, name })
    }

    /// `date`, or the more precise `datetime`; never more precise than `date_precision`.
    pub(super) fn date(&mut self) -> Option<DocumentDate> {
        let kind = match self.take("date_kind").as_ref().and_then(Value::as_str) {
            Some("updated") => DateKind::Updated,
            Some("header") => DateKind::Header,
            _ => DateKind::Published,
        };
        let precision = self.take("date_precision");
        let datetime = self.moment("datetime");
        let date = self.moment("date");
        let mut value = match (datetime, date) {
            (Some(time), Some(day)) if time.without_time() != day.without_time() => day,
            (time, day) => time.or(day)?,
        };
        let precision = precision
            .and_then(|value| serde_json::from_value::<Precision>(value).ok())
            .unwrap_or(Precision::Minute);
        value = match precision {
            Precision::Year => PartialDate::year(value.year_number())?,
            Precision::Month => value.periods().take(2).last()?,
            Precision::Day => value.without_time(),
            Precision::Minute => value,
        };
        self.is_stated("date");
        Some(DocumentDate { value, kind })
    }

    pub(super) fn moment(&mut self, name: &str) -> Option<PartialDate> {
        let value = self.take(name)?;
        let date = match &value {
            Value::Number(number) => match number.as_i64()? {
                year @ 1..=4095 => PartialDate::year(year as u16),
                // Milliseconds since 1970 are larger than any plausible number of seconds.
                stamp if stamp.abs() > 100_000_000_000 => {
                    PartialDate::from_unix_seconds(stamp / 1_000)
                }
                stamp => PartialDate::from_unix_seconds(stamp),
            },
            Value::String(text) => PartialDate::from_stamp(text),
            _ => None,
        };
        match date {
            Some(_) => self.is_stated(name),
            None => self.refuse(
                name,
                "a date such as 2025, 2025-04, 2025-04-28 or 2025-04-28T08:45:00+02:00",
            ),
        }
        date
    }

    /// The strictest, if it cannot be read.
    pub(super) fn access(&mut self) -> Access {
        let Some(value) = self.take("access") else {
            return Access::Full;
        };
        self.is_stated("access");
        let access = value.as_str().and_then(|id| Access::of_id(id.trim()));
        access.unwrap_or_else(|| {
            self.troubles.push(
                "\"access\" is not full, snippet or metadata, the record was read as metadata"
                    .to_owned(),
            );
            Access::Metadata
        })
    }

    pub(super) fn agencies(&mut self) -> Vec<AgencyMention> {
        let mut agencies = Vec::new();
        for value in self.objects(["agencies", "agency"]) {
            let Some((id, name)) = id_and_name(&value) else {
                self.refuse("agencies", "a list of names, ids or objects with \"id\"");
                continue;
            };
            agencies.push(AgencyMention {
                id,
                name,
                kind: parsed(&value, "kind").unwrap_or(AgencyKind::News),
                role: parsed(&value, "role").unwrap_or(Role::Cited),
                scope: parsed(&value, "scope").unwrap_or(Scope::Text),
                evidence: Vec::new(),
            });
        }
        if !agencies.is_empty() {
            self.is_stated("agencies");
        }
        agencies
    }

    pub(super) fn countries(&mut self) -> Vec<CountryMention> {
        let mut countries = Vec::new();
        for value in self.objects(["countries", "country"]) {
            let Some((id, name)) = id_and_name(&value) else {
                self.refuse("countries", "a list of names, ids or objects with \"id\"");
                continue;
            };
            countries.push(CountryMention {
                id,
                name,
                role: parsed(&value, "role").unwrap_or(CountryRole::About),
                count: parsed(&value, "count").unwrap_or(0),
                evidence: Vec::new(),
            });
        }
        if !countries.is_empty() {
            self.is_stated("countries");
        }
        countries
    }

    /// The values under the document's own name of a field, else under its name in queries.
    fn objects(&mut self, names: [&str; 2]) -> Vec<Value> {
        let values = names.iter().find_map(|name| self.take(name));
        let values = values.map(list).unwrap_or_default();
        values
            .into_iter()
            .filter(|value| !value.is_null())
            .collect()
    }

    fn extra(&mut self, names: &[String]) -> BTreeMap<String, Vec<String>> {
        let mut extra = BTreeMap::new();
        for name in names {
            let values = self.texts(name);
            if !values.is_empty() {
                extra.insert(name.clone(), values);
            }
        }
        extra
    }
}

/// A string, number or truth value as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        value => vec![value],
    }
}

fn id_and_name(value: &Value) -> Option<(String, String)> {
    if let Some(name) = value.as_str() {
        return Some((name.to_owned(), name.to_owned()));
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let id = text("id")
        .or_else(|| text("iso"))
        .or_else(|| text("name"))?;
    let name = text("name").unwrap_or_else(|| id.clone());
    Some((id, name))
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value, key: &str) -> Option<T> {
    T::deserialize(value.get(key)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
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
