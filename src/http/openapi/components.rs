//! The shapes of questions and answers.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::operation::{filters, value};
use crate::http::parameters::{FILTERS, MAX_VALUES, Use, parameters_of};
use crate::http::{document as single, multi, problem, routes};
use crate::schema::Schema;
use crate::{archive, document, pipeline, search};

/// The types that answers are written from; what they are made of comes with them.
#[derive(OpenApi)]
#[openapi(components(schemas(
    search::SearchResponse,
    search::Facet,
    search::HitAgency,
    search::HitCountry,
    document::Document,
    single::DocumentResponse,
    routes::FacetResponse,
    routes::Alive,
    routes::Health,
    multi::MultiSearchResponse,
    problem::Description,
    archive::Suggestions,
    archive::SimilarResponse,
    pipeline::Receipt,
)))]
struct Answers;

/// Keys of a document that are always there; its other keys are there if they say something.
const OF_EVERY_DOCUMENT: [&str; 11] = [
    "id",
    "source_path",
    "title",
    "body",
    "publisher",
    "url",
    "authors",
    "language",
    "agencies",
    "countries",
    "content_hash",
];

/// Questions that come in bodies, by name of their shape.
pub(super) const QUESTIONS: [(&str, Use); 4] = [
    ("SearchQuestion", Use::Search),
    ("ExportQuestion", Use::Export),
    ("SuggestQuestion", Use::Suggest),
    ("SimilarQuestion", Use::Similar),
];

/// All shapes, and how those who write show that they may.
pub(super) fn components(schema: &Schema) -> Value {
    let mut answers = json!(Answers::openapi().components);
    let mut schemas = match answers["schemas"].take() {
        Value::Object(schemas) => schemas,
        _ => Map::new(),
    };
    schemas.values_mut().for_each(tidy);
    if let Some(parts) = schemas["Document"]["allOf"].as_array_mut() {
        for part in parts
            .iter_mut()
            .filter(|part| part["properties"].is_object())
        {
            part["required"] = json!(OF_EVERY_DOCUMENT);
        }
    }
    further_keys(&mut schemas["Problem"]["properties"]);
    for (name, wanted) in QUESTIONS {
        schemas.insert(name.to_owned(), question(wanted, schema));
    }
    schemas.insert(
        "MultiSearchQuestion".to_owned(),
        json!({
            "type": "object",
            "description": "Several questions.",
            "properties": { "searches": {
                "type": "array",
                "maxItems": crate::http::MAX_SEARCHES,
                "items": { "$ref": "#/components/schemas/SearchQuestion" },
            } },
            "required": ["searches"],
            "additionalProperties": false,
        }),
    );
    json!({
        "schemas": schemas,
        "securitySchemes": { "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token that the server was started with.",
        } },
    })
}

/// The body that puts a question.
fn question(wanted: Use, schema: &Schema) -> Value {
    let mut properties = Map::new();
    for parameter in parameters_of(wanted) {
        let mut shape = value(&parameter.kind);
        shape["description"] = json!(parameter.meaning);
        if let Ok(default) = serde_json::from_str::<Value>(parameter.default) {
            shape["default"] = default;
        }
        properties.insert(parameter.name.to_owned(), shape);
    }
    if wanted.has_filters() {
        let facets = filters(schema).map(|(name, meaning)| {
            let list = json!({
                "type": "array",
                "items": { "type": "string" },
                "maxItems": MAX_VALUES,
            });
            let sides = json!({
                "type": "object",
                "properties": { "include": list, "exclude": list },
                "additionalProperties": false,
            });
            (
                name,
                json!({ "description": meaning, "oneOf": [list, sides] }),
            )
        });
        let facets: Map<String, Value> = facets.collect();
        properties.insert(
            FILTERS.to_owned(),
            json!({
                "type": "object",
                "description": "Selected and excluded values by facet.",
                "properties": facets,
                "additionalProperties": false,
            }),
        );
    }
    json!({
        "type": "object",
        "description": format!("The question of {}.", wanted.name()),
        "properties": properties,
        "additionalProperties": false,
    })
}

/// What problems say beside what every problem says.
fn further_keys(properties: &mut Value) {
    properties["span"] = json!({
        "type": "array",
        "items": { "type": "integer", "minimum": 0 },
        "minItems": 2,
        "maxItems": 2,
        "description": "The bytes of the query that it is about.",
    });
    for (key, meaning) in [
        ("line", "The line of the body that it is about, from 1."),
        (
            "column",
            "The column of that line, from 1; 0 is the end of the line before.",
        ),
    ] {
        properties[key] = json!({ "type": "integer", "minimum": 0, "description": meaning });
    }
    properties["lines"] = json!({
        "type": "array",
        "items": { "$ref": "#/components/schemas/ReceiptLine" },
        "description": "What became of each line that was sent.",
    });
}

/// Takes out what only readers of the source understand: links, and defaults of what is written.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if !object.get("default").is_none_or(Value::is_object) || object.contains_key("$ref") {
                object.shift_remove("default");
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = text
                    .replace("[`", "`")
                    .replace("`]", "`")
                    .replace('\n', " ");
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(array) => array.iter_mut().for_each(tidy),
        _ => {}
    }
}
