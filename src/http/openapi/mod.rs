//! The description of the API (OpenAPI 3.1), made of what the server runs with.
//!
//! Routes and what is said of them are one list ([`super::endpoints`]); parameters come from the
//! table that requests are read by, facets from the schema of the index, and the shapes of answers
//! from the types that are written. So the description cannot say anything else than the server
//! does. A page for people is made of the same ([`mod@page`]).

mod components;
mod operation;
mod page;
#[cfg(test)]
mod tests;

pub(super) use operation::{Answer, Input, Operation};

use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::App;
use crate::schema::Schema;

/// `GET /api/openapi.json`
pub(super) async fn document(State(app): State<App>) -> Response {
    Json(description(app.archive.schema())).into_response()
}

/// `GET /api`: the same for people.
pub(super) async fn page(State(app): State<App>) -> Response {
    Html(page::page(&description(app.archive.schema()))).into_response()
}

/// The description of the API over an index with that schema.
pub(super) fn description(schema: &Schema) -> Value {
    let mut paths = Map::new();
    for endpoint in super::endpoints::endpoints() {
        let operations = (endpoint.operations.iter())
            .map(|operation| (operation.method.to_owned(), operation.describe(schema)));
        paths.insert(
            endpoint.path.to_owned(),
            Value::Object(operations.collect()),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Fundstelle",
            "summary": env!("CARGO_PKG_DESCRIPTION"),
            "description": "Every error is a problem description (RFC 9457) with a stable `code`. \
                            Counts are exact. Dates are those of Europe/Berlin.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": components::components(schema),
    })
}
