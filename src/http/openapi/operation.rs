//! What is said of one method of one route.

use serde_json::{Map, Value, json};

use super::components::QUESTIONS;
use crate::document::PartialDate;
use crate::export;
use crate::http::parameters::{Kind, Parameter, Use, parameters_of};
use crate::schema::Schema;
use crate::search::COPY;

/// One method of a route.
pub(in crate::http) struct Operation {
    /// The method, in small letters.
    pub(in crate::http) method: &'static str,
    /// Its name in clients that are made of the description.
    pub(in crate::http) id: &'static str,
    /// What it does, in a line.
    pub(in crate::http) summary: &'static str,
    /// The parameters in the path, with their meaning.
    pub(in crate::http) path: &'static [(&'static str, &'static str)],
    /// What it takes.
    pub(in crate::http) input: Input,
    /// What it answers if all is well.
    pub(in crate::http) answer: Answer,
    /// Statuses of the problems that it may answer, beside those of every route.
    pub(in crate::http) problems: &'static [u16],
    /// Whether it answers 304 to those who have the answer already.
    pub(in crate::http) is_tagged: bool,
}

/// What an operation takes.
#[derive(Clone, Copy)]
pub(in crate::http) enum Input {
    /// Nothing.
    Nothing,
    /// A question in the address.
    Address(Use),
    /// A question in a body.
    Body(Use),
    /// JSON of a shape.
    Json(&'static str),
    /// Documents as JSON Lines, of those who may write.
    Documents,
    /// Nothing, but of those who may write.
    Writer,
    /// What search widgets ask, in JSON; problems have the shape that those read.
    Widget,
}

/// What an operation answers.
#[derive(Clone, Copy)]
pub(in crate::http) enum Answer {
    /// JSON of a shape.
    Json(&'static str),
    /// Some object in JSON.
    AnyJson,
    /// A text of a media type.
    Text(&'static str),
    /// A page for people; problems are pages, too, as a rule.
    Page,
    /// The formats of citations.
    Citation,
    /// All formats that results are taken away in.
    Export,
    /// Nothing.
    Nothing,
}

/// Media type of pages.
const PAGE: &str = "text/html; charset=utf-8";

/// Statuses of problems that every route may answer.
const ANYWHERE: [u16; 3] = [421, 500, 503];

impl Operation {
    /// The operation as OpenAPI has it.
    pub(super) fn describe(&self, schema: &Schema) -> Value {
        let mut parameters: Vec<Value> = (self.path.iter())
            .map(|(name, meaning)| path_parameter(name, meaning, schema))
            .collect();
        let mut problems = self.problems.to_vec();
        problems.extend(ANYWHERE);
        let mut operation = json!({ "operationId": self.id, "summary": self.summary });
        match self.input {
            Input::Nothing => {}
            Input::Address(wanted) => {
                parameters.extend(parameters_of(wanted).map(address_parameter));
                if wanted.has_filters() {
                    parameters.extend(filters(schema).map(facet_parameter));
                }
                problems.push(400);
            }
            Input::Body(wanted) => {
                let shape = QUESTIONS.iter().find(|(_, known)| *known == wanted);
                let shape = shape.map_or("SearchQuestion", |(name, _)| name);
                operation["requestBody"] = json_body(shape);
                problems.extend([400, 408, 413, 415]);
            }
            Input::Json(shape) => {
                operation["requestBody"] = json_body(shape);
                problems.extend([400, 408, 413, 415]);
            }
            Input::Documents => {
                parameters.push(json!({
                    "name": "strict",
                    "in": "query",
                    "description": "Take in all lines or, if one is refused, none.",
                    "schema": { "type": "boolean", "default": false },
                }));
                operation["requestBody"] = json!({
                    "required": true,
                    "description": "One JSON object a line.",
                    "content": { "application/x-ndjson": { "schema": { "type": "string" } } },
                });
                operation["security"] = json!([{ "token": [] }]);
                problems.extend([400, 401, 403, 408, 413, 415, 422]);
            }
            Input::Widget => {
                operation["requestBody"] = json!({
                    "required": true,
                    "content": { "application/json": { "schema": { "type": "object" } } },
                });
                problems.extend([400, 404, 408, 413, 415]);
            }
            Input::Writer => {
                operation["security"] = json!([{ "token": [] }]);
                problems.extend([401, 403]);
            }
        }
        if !parameters.is_empty() {
            operation["parameters"] = json!(parameters);
        }
        operation["responses"] = self.responses(problems);
        operation
    }

    fn responses(&self, mut problems: Vec<u16>) -> Value {
        let mut responses = Map::new();
        let (status, content) = match self.answer {
            Answer::Nothing => ("204", None),
            Answer::Json(shape) => (
                "200",
                Some(json!({
                    "application/json": { "schema": reference(shape) },
                })),
            ),
            Answer::AnyJson => (
                "200",
                Some(json!({
                    "application/json": { "schema": { "type": "object" } },
                })),
            ),
            Answer::Text(kind) => (
                "200",
                Some(json!({ kind: { "schema": { "type": "string" } } })),
            ),
            Answer::Page => (
                "200",
                Some(json!({ PAGE: { "schema": { "type": "string" } } })),
            ),
            Answer::Export | Answer::Citation => {
                let formats = (export::FORMATS.iter())
                    .filter(|format| matches!(self.answer, Answer::Export) || format.is_citation());
                let types = formats.map(|format| format.media_type()).map(|kind| {
                    let shape = match kind {
                        "application/json" => "object",
                        kind if kind.ends_with("+json") => "array",
                        _ => "string",
                    };
                    (kind.to_owned(), json!({ "schema": { "type": shape } }))
                });
                ("200", Some(Value::Object(types.collect())))
            }
        };
        let mut done = json!({ "description": "Done." });
        if let Some(content) = content {
            done["content"] = content;
        }
        if self.is_tagged {
            done["headers"] = json!({ "ETag": {
                "description": "Changes when the answer may; send it as `If-None-Match`.",
                "schema": { "type": "string" },
            } });
            let same = "The answer is the one that the client has.";
            responses.insert("304".to_owned(), json!({ "description": same }));
        }
        responses.insert(status.to_owned(), done);
        problems.sort_unstable();
        problems.dedup();
        for status in problems {
            let meaning = axum::http::StatusCode::from_u16(status).ok();
            let meaning = meaning.and_then(|status| status.canonical_reason());
            let mut content =
                json!({ "application/problem+json": { "schema": reference("Problem") } });
            if let Input::Widget = self.input {
                content["application/json"] = json!({ "schema": { "type": "object" } });
            }
            if let Answer::Page = self.answer {
                content[PAGE] = json!({ "schema": { "type": "string" } });
            }
            responses.insert(
                status.to_string(),
                json!({
                    "description": meaning.unwrap_or("A problem"),
                    "content": content,
                }),
            );
        }
        Value::Object(responses)
    }
}

/// What hits are filtered by, with its meaning.
pub(super) fn filters(schema: &Schema) -> impl Iterator<Item = (String, String)> + '_ {
    let facets = schema.facets().map(|field| {
        let meaning = format!(
            "{}: ids, names or aliases of values; several are alternatives, a leading minus \
             excludes, `_missing` stands for no value.",
            field.label("en")
        );
        (field.name.clone(), meaning)
    });
    let copies = "Ids of articles: only copies of one of them; a leading minus excludes.";
    facets.chain([(COPY.to_owned(), copies.to_owned())])
}

/// The shape of a value, as JSON Schema.
pub(super) fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text(_) => json!({ "type": "string" }),
        Kind::Flag(_) => json!({ "type": "boolean" }),
        Kind::Number { most: None, .. } => json!({ "type": "integer", "minimum": 0 }),
        Kind::Number {
            most: Some(most), ..
        } => {
            json!({ "type": "integer", "minimum": 0, "maximum": most })
        }
        Kind::Date(_) => json!({ "type": "string", "pattern": PartialDate::PATTERN }),
        Kind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
            json!({ "type": "string", "enum": names })
        }
        Kind::Format(_) => json!({ "type": "string", "enum": export::names() }),
        Kind::Names(_) => json!({ "type": "array", "items": { "type": "string" } }),
    }
}

fn address_parameter(parameter: &'static Parameter) -> Value {
    let mut shape = value(&parameter.kind);
    if let Ok(default) = serde_json::from_str::<Value>(parameter.default) {
        shape["default"] = default;
    }
    let mut described = json!({
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "schema": shape,
    });
    if let Kind::Names(_) = parameter.kind {
        described["style"] = json!("form");
        described["explode"] = json!(false);
    }
    if !parameter.example.is_empty() {
        described["example"] = match parameter.kind {
            Kind::Names(_) => json!(parameter.example.split(',').collect::<Vec<_>>()),
            Kind::Flag(_) | Kind::Number { .. } => {
                serde_json::from_str(parameter.example).unwrap_or_default()
            }
            _ => json!(parameter.example),
        };
    }
    described
}

fn facet_parameter((name, meaning): (String, String)) -> Value {
    json!({
        "name": name,
        "in": "query",
        "description": meaning,
        "schema": { "type": "array", "items": { "type": "string" } },
        "style": "form",
        "explode": true,
    })
}

fn path_parameter(name: &str, meaning: &str, schema: &Schema) -> Value {
    let mut shape = json!({ "type": "string" });
    if name == "facet" {
        let facets: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
        shape["enum"] = json!(facets);
    }
    json!({ "name": name, "in": "path", "required": true, "description": meaning, "schema": shape })
}

fn json_body(shape: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": reference(shape) } } })
}

fn reference(shape: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{shape}") })
}
