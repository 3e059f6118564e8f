//! Questions in JSON bodies.

use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};

use super::http::{Answer, get, post, request, send};
use super::run::Place;

/// Posts a text as a content type.
fn post_text(place: &Place, kind: &str, text: &str) -> Answer {
    let request = request("POST", "/api/search").header(header::CONTENT_TYPE, kind);
    send(place, request.body(Body::from(text.to_owned())).unwrap())
}

/// An answer without the time it took.
fn timeless(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut answer = answer.json();
    answer["took_ms"] = Value::Null;
    answer
}

#[test]
fn a_body_asks_what_an_address_asks() {
    let place = Place::with_seeds();
    let by_address = get(
        &place,
        "/api/search?q=Kursk+Verluste&agency=kr-nis&agency=-dpa&from=2025&limit=2&facets=country",
    );
    let question = json!({
        "q": "Kursk Verluste", "filters": {"agency": ["kr-nis", "-dpa"]},
        "from": "2025", "limit": 2, "facets": ["country"],
    });
    let by_body = post(&place, "/api/search", &question);
    assert_eq!(timeless(&by_body), timeless(&by_address));
    assert!(by_body.json()["total_hits"].as_u64() > Some(0));
}

#[test]
fn counts_and_exports_are_asked_by_body_too() {
    let place = Place::with_seeds();
    let counts = post(
        &place,
        "/api/facets/country",
        &json!({"q": "Kursk", "contains": "korea"}),
    );
    let by_address = get(&place, "/api/facets/country?q=Kursk&contains=korea");
    assert_eq!(counts.json(), by_address.json());
    let question = json!({"q": "Kursk", "format": "csv", "limit": 2});
    let rows = post(&place, "/api/export", &question);
    assert_eq!(rows.text.lines().count(), 3, "{}", rows.text);
}

#[test]
fn a_body_that_is_no_json_is_refused_with_its_place() {
    let place = Place::with_seeds();
    let answer = post_text(
        &place,
        "application/json",
        "{\"q\": \"Kursk\",\n \"limit\" 3}",
    );
    answer.is_problem(400, "bad_body", "the body is no JSON");
    let problem = answer.json();
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&2.into(), &10.into())
    );
    post_text(&place, "application/json", "").is_problem(400, "bad_body", "EOF");
    let deep = "[".repeat(10_000);
    post_text(&place, "application/json", &deep).is_problem(400, "bad_body", "recursion limit");
}

#[test]
fn a_body_of_another_type_or_size_is_refused() {
    let place = Place::with_seeds();
    let answer = post_text(&place, "text/plain", "{}");
    answer.is_problem(
        415,
        "unsupported_media_type",
        "content-type: application/json",
    );
    let long = json!({ "q": "x".repeat(64 << 10) }).to_string();
    let answer = post_text(&place, "application/json; charset=utf-8", &long);
    answer.is_problem(413, "body_too_large", "at most 65536 bytes");
}

#[test]
fn a_question_stands_in_one_place() {
    let place = Place::with_seeds();
    post(&place, "/api/search?q=Kursk", &json!({})).is_problem(
        400,
        "bad_parameter",
        "leave out one",
    );
    post(&place, "/api/search", &json!({"agency": ["dpa"]})).is_problem(
        400,
        "bad_parameter",
        "facets stand under filters",
    );
    post(&place, "/api/export", &json!({"cursor": "1-a2-61"})).is_problem(
        400,
        "bad_parameter",
        "unknown member \"cursor\" for an export",
    );
}

#[test]
fn several_questions_are_answered_in_order_each_for_itself() {
    let place = Place::with_seeds();
    let questions = [
        json!({"q": "Kursk", "limit": 1}),
        json!({"q": "Kursk", "limit": 1001}),
        json!({"q": "\"offen", "strict": true}),
        json!({"colour": "red"}),
        json!({"filters": {"agency": ["kr-nis"]}, "facets": ["country"]}),
    ];
    let answer = post(
        &place,
        "/api/multi-search",
        &json!({ "searches": questions }),
    );
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer = answer.json();
    assert!(answer["commit"].is_u64() && answer["took_ms"].is_number());
    let answers = answer["answers"].as_array().unwrap();
    assert_eq!(answers.len(), questions.len());
    for (question, several) in questions.iter().zip(answers) {
        let mut several = several.clone();
        let mut alone = post(&place, "/api/search", question).json();
        for answer in [&mut several, &mut alone] {
            answer.as_object_mut().unwrap().shift_remove("took_ms");
        }
        assert_eq!(several, alone);
    }
    let codes = answers
        .iter()
        .map(|answer| answer["code"].as_str().unwrap_or(""));
    let codes: Vec<&str> = codes.collect();
    assert_eq!(
        codes,
        ["", "too_large", "unclosed_quote", "bad_parameter", ""]
    );
}

#[test]
fn questions_in_one_request_are_bounded() {
    let place = Place::with_seeds();
    let many = json!({ "searches": vec![json!({"limit": 0}); 51] });
    let path = "/api/multi-search";
    post(&place, path, &many).is_problem(400, "bad_parameter", "at most 50");
    post(&place, path, &json!({"queries": []})).is_problem(400, "bad_parameter", "searches");
    post(&place, path, &json!({"searches": {}})).is_problem(400, "bad_parameter", "a list");
    post(&place, path, &json!([])).is_problem(400, "bad_parameter", "an object");
    let none = post(&place, path, &json!({"searches": []})).json();
    assert_eq!(none["answers"], json!([]));
}

/// The pieces of `text` that spans in units of UTF-16 stand for.
fn pieces(text: &Value, spans: &Value) -> Vec<String> {
    let units: Vec<u16> = text.as_str().unwrap().encode_utf16().collect();
    (spans.as_array().unwrap().iter())
        .map(|span| {
            let end = |at: usize| span[at].as_u64().unwrap() as usize;
            String::from_utf16(&units[end(0)..end(1)]).unwrap()
        })
        .collect()
}

#[test]
fn spans_count_in_units_of_a_browser_on_request() {
    let place = Place::with_seeds();
    let line = json!({
        "id": "ä", "title": "Größe 🙂 der Verluste",
        "body": "Über die Größe der Verluste schwieg man 🙂 in Köln. Die Verluste stiegen.",
    });
    let file = place.write("more/ä.jsonl", line.to_string());
    assert_eq!(place.run(&["index", file.to_str().unwrap()]).code, 0);
    let query = "q=%C3%BCber+Verluste+title:Gr%C3%B6%C3%9Fe";
    let in_bytes = get(&place, &format!("/api/search?{query}")).json();
    assert_eq!(in_bytes["offsets"], "bytes");
    let asked = get(&place, &format!("/api/search?{query}&offsets=utf16")).json();
    assert_eq!(asked["offsets"], "utf16");
    let hit = &asked["hits"][0];
    assert_eq!(
        pieces(&hit["title"], &hit["title_highlights"]),
        ["Größe", "Verluste"]
    );
    let snippet = &hit["snippets"][0];
    let found = pieces(&snippet["text"], &snippet["highlights"]);
    assert_eq!(found, ["Verluste", "Verluste"], "{snippet}");
    let html = snippet["html"].as_str().unwrap();
    assert_eq!(html.matches("<mark>").count(), found.len());
    assert_ne!(
        snippet["highlights"],
        in_bytes["hits"][0]["snippets"][0]["highlights"]
    );

    // The same on the command line, where results are taken away, and while typing.
    let arguments = ["--offsets", "utf16", "--format", "json"];
    let query = ["über", "Verluste", "title:Größe"];
    for command in ["search", "export"] {
        let printed = place.json(&[&[command], &query[..], &arguments[..]].concat());
        assert_eq!(
            printed["hits"][0]["snippets"][0]["highlights"], snippet["highlights"],
            "{command}"
        );
    }
    let text = place.run(&["search", "Verluste", "title:Größe", "--offsets", "utf16"]);
    assert!(text.out.contains("Größe 🙂 der Verluste"), "{}", text.out);
    let typed = get(&place, "/api/suggest?q=%C3%BCber+Gr%C3%B6&offsets=utf16").json();
    assert_eq!(typed["offsets"], "utf16");
    let suggestion = &typed["suggestions"][0];
    assert_eq!(
        pieces(&suggestion["text"], &suggestion["highlights"]),
        ["Grö"],
        "{typed}"
    );
}
