//! Setting one field of a document as if the input had stated it.

use serde_json::{Map, Value};

use super::jsonl::fields::Fields;
use crate::document::{AgencyMention, CountryMention, Document};

/// What the input may state of a document besides its id and the fields of the schema.
pub const CORRECTABLE: [&str; 13] = [
    "title",
    "kicker",
    "body",
    "publisher",
    "date",
    "updated",
    "url",
    "authors",
    "language",
    "agencies",
    "countries",
    "access",
    "embargo",
];

/// Sets `field` of `document` to `value`, as if the input had stated it; `null` and empty values
/// empty it. Any field that is not in [`CORRECTABLE`] is one of the further fields of the schema.
///
/// # Errors
///
/// Says what `value` should be; the document is as it was then.
pub fn correct(document: &mut Document, field: &str, value: &Value) -> Result<(), String> {
    let mut troubles = Vec::new();
    let mut record = Map::new();
    record.insert(field.to_owned(), value.clone());
    let mut fields = Fields::new(&mut record, &mut troubles);
    let before = document.clone();
    match field {
        "title" => document.title = fields.text(field),
        "kicker" => document.kicker = fields.text(field),
        "body" => document.body = fields.text(field).unwrap_or_default(),
        "publisher" => document.publisher = fields.publisher(),
        "date" => document.date = fields.date(),
        "updated" => document.updated = fields.moment(field),
        "url" => document.url = fields.text(field),
        "authors" => document.authors = fields.texts(field),
        "language" => document.language = fields.text(field),
        "agencies" => document.agencies = fields.agencies(),
        "countries" => document.countries = fields.countries(),
        "access" => document.access = fields.access(),
        "embargo" => document.embargo = fields.moment(field),
        _ => match fields.texts(field) {
            values if values.is_empty() => {
                document.extra.remove(field);
            }
            values => {
                document.extra.insert(field.to_owned(), values);
            }
        },
    }
    let trouble = troubles
        .into_iter()
        .next()
        .or_else(|| mentions(field, value).err());
    if let Some(trouble) = trouble {
        *document = before;
        // What became of the record is no matter here.
        let end = trouble.find(", the record").unwrap_or(trouble.len());
        return Err(trouble[..end].to_owned());
    }
    if !document.is_stated(field) {
        document.stated.push(field.to_owned());
        document.stated.sort();
    }
    Ok(())
}

/// Checks the roles and kinds of agencies and countries, which readers of records leave to chance.
fn mentions(field: &str, value: &Value) -> Result<(), String> {
    let objects = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    for object in objects.iter().filter(|value| value.is_object()) {
        let mut object = object.clone();
        for (key, stand_in) in [("id", "x"), ("name", "x")] {
            object
                .as_object_mut()
                .map(|map| map.entry(key).or_insert(stand_in.into()));
        }
        let wrong = match field {
            "agencies" => {
                let defaults = [("kind", "news"), ("role", "cited")];
                filled(object, &defaults)
                    .and_then(|o| serde_json::from_value::<AgencyMention>(o).err())
            }
            "countries" => {
                let defaults = [("role", "about")];
                filled(object, &defaults)
                    .and_then(|o| serde_json::from_value::<CountryMention>(o).err())
            }
            _ => None,
        };
        if let Some(error) = wrong {
            return Err(format!(
                "\"{field}\": {}",
                error.to_string().replace('`', "\"")
            ));
        }
    }
    Ok(())
}

fn filled(mut object: Value, defaults: &[(&str, &str)]) -> Option<Value> {
    let map = object.as_object_mut()?;
    for (key, default) in defaults {
        map.entry(*key).or_insert(Value::from(*default));
    }
    Some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_correction_is_a_statement() {
        let mut document = Document::default();
        correct(&mut document, "date", &json!("2025-04")).unwrap();
        correct(&mut document, "publisher", &json!("n-tv")).unwrap();
        correct(&mut document, "section", &json!(["Ausland", "Politik"])).unwrap();
        assert_eq!(document.date.unwrap().value.to_string(), "2025-04");
        assert_eq!(document.extra["section"], ["Ausland", "Politik"]);
        assert_eq!(document.stated, ["date", "publisher", "section"]);
        correct(&mut document, "publisher", &Value::Null).unwrap();
        assert_eq!(document.publisher, None);
        assert!(document.is_stated("publisher"));
    }

    #[test]
    fn a_value_that_does_not_fit_changes_nothing_and_says_what_would() {
        let mut document = Document::default();
        for (field, value, message) in [
            (
                "date",
                json!("gestern"),
                "\"date\" is not a date such as 2025",
            ),
            ("title", json!({"a": 1}), "\"title\" is not a string"),
            (
                "agencies",
                json!([{"id": "dpa", "role": "zitiert"}]),
                "unknown variant \"zitiert\"",
            ),
            (
                "access",
                json!("halb"),
                "\"access\" is not full, snippet or metadata",
            ),
        ] {
            let error = correct(&mut document, field, &value).unwrap_err();
            assert!(error.contains(message), "{error}");
            assert!(!error.contains("the record"), "{error}");
        }
        assert_eq!(document, Document::default());
    }
}
