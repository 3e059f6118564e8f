//! The description of the API: complete, and true.

use axum::body::Body;
use serde_json::{Value, json};

use super::http::{get, post, request, send};
use super::run::Place;

fn description(place: &Place) -> Value {
    let answer = get(place, "/api/openapi.json");
    assert_eq!(answer.status, 200);
    answer.json()
}

/// What checks an answer of an operation. Shapes that do not say so are taken as complete: what is
/// not in them may not be in an answer.
fn validator(description: &Value, path: &str, method: &str, status: &str) -> jsonschema::Validator {
    let content = &description["paths"][path][method]["responses"][status]["content"];
    let content = content
        .as_object()
        .unwrap_or_else(|| panic!("{path} {method} {status}"));
    let mut shape = content.values().next().unwrap()["schema"].clone();
    let mut components = description["components"].clone();
    let schemas = components["schemas"].as_object_mut().unwrap();
    // A part of a whole does not know the other parts; the whole is closed.
    let mut parts = Vec::new();
    schemas
        .values()
        .for_each(|schema| references(schema, false, &mut parts));
    for (name, schema) in schemas.iter_mut() {
        let is_whole = schema.get("allOf").is_some() || schema.get("properties").is_some();
        if is_whole && !parts.contains(name) {
            schema["unevaluatedProperties"] = json!(false);
        }
    }
    shape["components"] = components;
    jsonschema::validator_for(&shape).unwrap()
}

/// The names of the shapes that others are made of.
fn references(schema: &Value, is_part: bool, into: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(reference) if key == "$ref" && is_part => {
                        into.extend(reference.rsplit('/').next().map(str::to_owned));
                    }
                    _ => references(value, key == "allOf", into),
                }
            }
        }
        Value::Array(list) => list
            .iter()
            .for_each(|value| references(value, is_part, into)),
        _ => {}
    }
}

#[test]
fn answers_have_the_shapes_that_are_described() {
    let place = Place::with_seeds();
    let description = description(&place);
    let id = get(&place, "/api/search?q=CNN").json()["hits"][0]["id"].clone();
    let document = format!("/api/documents/{}", id.as_str().unwrap());
    let similar = format!("{document}/similar?facets=agency");
    let mut checked = 0;
    for (path, address) in [
        ("/api/search", "/api/search?q=Kursk+Verluste"),
        (
            "/api/search",
            "/api/search?q=Kursk&explain&copies&collapse&histogram=month&limit=2",
        ),
        (
            "/api/search",
            "/api/search?q=Nordkorea+Soldaten&agency=-kcna&country=KP&facet_limit=1",
        ),
        ("/api/search", "/api/search?q=Kursl"),
        ("/api/search", "/api/search?q=%22Kursk&strict"),
        ("/api/search", "/api/search?limit=5000"),
        (
            "/api/facets/{facet}",
            "/api/facets/agency?q=Kursk&copies&histogram=auto",
        ),
        ("/api/suggest", "/api/suggest?q=nord"),
        ("/api/export", "/api/export?q=Kursk&format=pdf"),
        ("/api/documents/{id}", &document),
        ("/api/documents/{id}", "/api/documents/none"),
        ("/api/documents/{id}/similar", &similar),
        ("/health", "/health"),
        ("/version", "/version"),
        ("/api/schema", "/api/schema"),
    ] {
        let answer = get(&place, address);
        let validator = validator(&description, path, "get", answer.status.as_str());
        let answer = answer.json();
        let errors: Vec<String> = (validator.iter_errors(&answer))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{address}: {}", errors.join("\n"));
        checked += 1;
    }
    let questions =
        json!({"searches": [{"q": "Kursk"}, {"limit": 5000}, {"q": "\"a", "strict": true}]});
    let answer = post(&place, "/api/multi-search", &questions).json();
    let validator = validator(&description, "/api/multi-search", "post", "200");
    validator
        .validate(&answer)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(checked > 12);
}

#[test]
fn every_route_answers_the_methods_that_are_described_and_no_others() {
    let place = Place::with_seeds();
    for (path, operations) in description(&place)["paths"].as_object().unwrap() {
        let address = path.replace("{facet}", "agency").replace(['{', '}'], "");
        let asked = request("PATCH", &address).body(Body::empty()).unwrap();
        let answer = send(&place, asked);
        assert_eq!(answer.status, 405, "{path}");
        let mut allowed: Vec<String> = (answer.header("allow").split(','))
            .filter(|method| *method != "HEAD")
            .map(str::to_lowercase)
            .collect();
        let mut described: Vec<&String> = operations.as_object().unwrap().keys().collect();
        allowed.sort_unstable();
        described.sort_unstable();
        assert_eq!(allowed.iter().collect::<Vec<_>>(), described, "{path}");
    }
}

#[test]
fn questions_of_the_description_have_the_facets_of_the_index() {
    let place = Place::with_seeds();
    let description = description(&place);
    let parameters = description["paths"]["/api/search"]["get"]["parameters"].clone();
    let names: Vec<&str> = (parameters.as_array().unwrap().iter())
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    for name in [
        "q",
        "limit",
        "agency",
        "country",
        "publisher",
        "date",
        "copy",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    let question = &description["components"]["schemas"]["SearchQuestion"]["properties"];
    assert!(question["filters"]["properties"]["agency"].is_object());
    assert_eq!(question["limit"]["maximum"], 1000);
}

#[test]
fn the_page_of_the_api_says_the_same_and_loads_nothing_from_elsewhere() {
    let place = Place::with_seeds();
    let page = get(&place, "/api");
    assert!(page.kind().starts_with("text/html"));
    for part in ["/api/multi-search", "facet_limit", "up to 1000", "POST"] {
        assert!(page.text.contains(part), "{part}");
    }
    assert!(!page.text.contains("http://") && !page.text.contains("<script"));
}
