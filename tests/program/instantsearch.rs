//! The door for ready-made widgets, as far as no widget is needed to see it; the widgets
//! themselves are in `tests/instantsearch`.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use super::http::send;
use super::run::Place;

fn post(place: &Place, path: &str, body: &Value) -> (u16, Value) {
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()));
    let answer = send(place, request.unwrap());
    (answer.status.as_u16(), answer.json())
}

fn search(place: &Place, query: Value) -> Value {
    let (status, answer) = post(place, "/indexes/articles/search", &query);
    assert_eq!(status, 200, "{answer}");
    answer
}

#[test]
fn what_may_not_be_shown_is_not_shown_to_widgets_either() {
    let place = Place::new();
    place.write(
        "in.jsonl",
        [
            json!({"id": "free", "title": "Hafen offen", "body": "Der Hafen ist offen.", "publisher": "Bote"}),
            json!({"id": "soon", "title": "Hafen zu", "body": "Der Hafen schließt.", "publisher": "Kurier", "embargo": "2999-01-01"}),
            json!({"id": "held", "title": "Hafen neu", "body": "Der Hafen wird neu.", "publisher": "Bote", "access": "metadata"}),
        ]
        .map(|line| format!("{line}\n"))
        .concat(),
    );
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    let asked = json!({
        "q": "Hafen", "facets": ["*"], "attributesToHighlight": ["*"], "showMatchesPosition": true,
        "page": 1, "hitsPerPage": 10,
    });
    let answer = search(&place, asked);
    assert_eq!(
        (&answer["totalHits"], &answer["totalPages"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(answer["facetDistribution"]["publisher"], json!({"Bote": 2}));
    let text = answer.to_string();
    assert!(
        !text.contains("Kurier") && !text.contains("schließt"),
        "{text}"
    );
    let held = answer["hits"].as_array().unwrap();
    let held = held.iter().find(|hit| hit["id"] == "held").unwrap();
    assert_eq!(
        (&held["body"], &held["_formatted"]["body"]),
        (&json!(""), &json!(""))
    );
    assert_eq!(held["_formatted"]["title"], "Hafen neu");
    assert_eq!(held["_matchesPosition"], json!({}));
    let facet = json!({"facetName": "publisher", "facetQuery": "kur", "q": ""});
    let (_, values) = post(&place, "/indexes/articles/facet-search", &facet);
    assert_eq!(values["facetHits"], json!([]));
}

#[test]
fn filters_narrow_hits_and_all_counts_exactly() {
    let place = Place::with_seeds();
    let total = |filter: Value| {
        let answer = search(&place, json!({"filter": filter, "page": 1}));
        answer["totalHits"].as_u64().unwrap()
    };
    let all = search(
        &place,
        json!({"facets": ["*", "agency.lvl1", "date.lvl2", "date.year"], "limit": 0}),
    );
    let distribution = all["facetDistribution"].as_object().unwrap();
    let mut tried = 0;
    for (attribute, values) in distribution {
        for (value, count) in values.as_object().unwrap() {
            let count = count.as_u64().unwrap();
            let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
            let filter = format!("\"{attribute}\"=\"{quoted}\"");
            assert_eq!(total(json!([filter])), count, "{filter}");
            assert_eq!(total(json!(format!("NOT {filter}"))), 5 - count, "{filter}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    assert_eq!(total(json!("publisher NOT EXISTS")), 3);
    assert_eq!(total(json!("date IS NULL OR date EXISTS")), 5);
    assert_eq!(total(json!("date 2025-04 TO 2025-07")), 3);
    assert_eq!(total(json!([["agency=kr-nis", "agency=kcna"]])), 4);
}

#[test]
fn errors_have_the_shape_that_clients_read() {
    let place = Place::with_seeds();
    let many = json!({"queries": vec![json!({"indexUid": "articles"}); 51]});
    let long = json!({"queries": [{"indexUid": "articles", "highlightPreTag": "x".repeat(201)}]});
    let wrong =
        json!({"queries": [{"indexUid": "articles"}, {"indexUid": "articles", "colour": 1}]});
    for (path, body, status, code, part) in [
        (
            "/multi-search",
            json!({}),
            400,
            "bad_request",
            "no list \"queries\"",
        ),
        ("/multi-search", many, 400, "bad_request", "at most 50"),
        (
            "/multi-search",
            long,
            400,
            "bad_request",
            "at most 200 bytes",
        ),
        (
            "/multi-search",
            wrong,
            400,
            "bad_request",
            "inside queries[1]: unknown field `colour`",
        ),
        (
            "/indexes/x/search",
            json!({}),
            404,
            "index_not_found",
            "the only one is \"articles\"",
        ),
        (
            "/indexes/articles/search",
            json!({"facets": ["colour"]}),
            400,
            "invalid_search_facets",
            "known are",
        ),
        (
            "/indexes/articles/search",
            json!({"limit": 1001}),
            400,
            "too_large",
            "at most 1000",
        ),
        (
            "/indexes/articles/search",
            json!({"hybrid": {}}),
            400,
            "bad_request",
            "hybrid is not known",
        ),
        (
            "/indexes/articles/facet-search",
            json!({}),
            400,
            "bad_request",
            "facetName is missing",
        ),
    ] {
        let (got, answer) = post(&place, path, &body);
        assert_eq!(
            (got, &answer["code"]),
            (status, &json!(code)),
            "{path}: {answer}"
        );
        assert!(
            answer["message"].as_str().unwrap().contains(part),
            "{path}: {answer}"
        );
        assert_eq!(
            (&answer["type"], &answer["link"]),
            (&json!("invalid_request"), &json!(""))
        );
    }
}
