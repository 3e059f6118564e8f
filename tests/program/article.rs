//! One article over HTTP: what a question finds in it, and how it is cited.

use serde_json::{Value, json};

use super::http;
use super::run::Place;

fn place() -> Place {
    let place = Place::new();
    let body = "Der Deich hält. Die Deiche bei Emden sind laut dpa sicher.";
    let lines = [
        json!({ "id": "deich", "title": "Deich hält <stand>", "body": body, "date": "2025-04",
            "publisher": "Küstenblatt", "authors": ["Änne Maß"], "url": "https://example.org/d" }),
        json!({ "id": "karg", "title": "Deich bricht", "body": body, "access": "snippet" }),
        json!({ "id": "fern", "title": "Deich", "body": body, "embargo": "2099-01-01" }),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    place.write("in.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

#[test]
fn an_article_tells_what_a_query_finds_in_it() {
    let place = place();
    let found = http::json(&place, "/api/documents/deich?q=Deich+Emden");
    let spans = |field: &str| found["highlights"][field].clone();
    assert_eq!(spans("title"), json!([[0, 5]]));
    assert_eq!(spans("body"), json!([[4, 9], [21, 27], [32, 37]]));
    // Words that are not there do not matter, nor does whether the article is a hit.
    let found = http::json(&place, "/api/documents/deich?q=Emden+Ebbe+publisher:x");
    assert_eq!(found["highlights"], json!({ "body": [[32, 37]] }));
    assert!(http::json(&place, "/api/documents/deich")["highlights"].is_null());
    let refused = http::get(&place, "/api/documents/deich?q=%22Deich&strict=true");
    assert_eq!(refused.status, 400);
    http::get(&place, "/api/documents/deich?p=x").is_problem(400, "bad_parameter", "\"p\"");
}

#[test]
fn places_in_a_text_that_is_not_shown_are_not_told() {
    let place = place();
    let found = http::json(&place, "/api/documents/karg?q=Deich+Emden");
    assert_eq!(found["highlights"], json!({ "title": [[0, 5]] }));
    http::get(&place, "/api/documents/fern?q=Deich").is_problem(403, "embargo", "2099");
    http::get(&place, "/api/documents/none?q=Deich").is_problem(404, "no_document", "none");
}

#[test]
fn an_article_is_cited_in_the_formats_of_lists_of_sources() {
    let place = place();
    let plain = http::get(&place, "/api/documents/deich/cite");
    assert_eq!(plain.kind(), "text/plain; charset=utf-8");
    let expected = "Änne Maß: Deich hält <stand>. In: Küstenblatt, April 2025. \
                    https://example.org/d (abgerufen am ";
    assert!(plain.text.starts_with(expected), "{}", plain.text);
    let cite = |format: &str| http::get(&place, &format!("/api/documents/deich/cite?{format}"));
    assert!(cite("format=bibtex").text.starts_with("@article{fs-deich,"));
    assert!(cite("format=ris").text.starts_with("TY  - NEWS\r\n"));
    assert_eq!(cite("format=csl-json").json()[0]["id"], "deich");
    cite("format=csv").is_problem(400, "bad_parameter", "plain, bibtex, ris or csl-json");
    http::get(&place, "/api/documents/fern/cite").is_problem(403, "embargo", "2099");
    http::get(&place, "/api/documents/none/cite").is_problem(404, "no_document", "none");
}
