//! The list of suggestions below the search box.

use axum::http::StatusCode;
use serde_json::json;

use super::http::Server;
use super::page::{browse, values};
use super::run::Place;

fn archive() -> Place {
    let place = Place::new();
    let line = |id: usize, publisher: &str, title: &str| {
        json!({
            "id": format!("a{id}"), "title": title, "publisher": publisher, "date": "2025-04-12",
            "body": "Im Hafen ist es ruhig, meldet Reuters. Der Kran steht.",
        })
        .to_string()
    };
    let lines = [
        line(0, "Hafenblatt", "Ruhe im Hafen"),
        line(1, "Hafenblatt", "<script>alert(1)</script> Ruhetag"),
        line(2, "Ruhige \"Zeitung\"", "Der Kran"),
    ];
    place.write("in.jsonl", lines.join("\n"));
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    place
}

#[test]
fn every_suggestion_leads_to_as_many_hits_as_it_says() {
    let place = archive();
    let server = Server::start(&place);
    let mut counted = 0;
    for state in [
        "q=ruh",
        "q=haf&publisher=Hafenblatt",
        "q=kran+ruh&publisher=Hafenblatt",
        "q=reu&from=2025&to=2025&any=true&sort=newest&collapse=true",
        "q=reu&agency=dpa&limit=20",
        "q=-reu",
    ] {
        let list = browse(&place, &format!("/suggestions?{state}"), "de")
            .answer
            .text;
        for choice in list.split("role=\"option\"").skip(1) {
            let address = values(choice, "data-href")[0].replace("&#38;", "&");
            let Some(hits) = choice.split("suggest-hits\">").nth(1) else {
                assert!(address.starts_with("/articles/"), "{address}");
                continue;
            };
            let hits: u64 = hits.split(' ').next().unwrap().parse().unwrap();
            let asked = format!("/api/search{}", address.trim_start_matches('/'));
            assert_eq!(server.get(&asked)["total_hits"], hits, "{state}: {address}");
            counted += 1;
        }
    }
    assert!(counted >= 6, "{counted}");
}

#[test]
fn suggestions_are_text_and_nothing_else() {
    let place = archive();
    let list = browse(&place, "/suggestions?q=ruh", "en").answer.text;
    assert!(
        list.contains("Articles") && list.contains("&#60;script&#62;"),
        "{list}"
    );
    assert!(
        !list.contains("<script") && !list.contains("\"Zeitung\""),
        "{list}"
    );
    assert!(list.contains("Publisher"), "{list}");
}

#[test]
fn nothing_typed_is_an_empty_list_and_too_much_is_refused() {
    let place = archive();
    let list = browse(&place, "/suggestions?publisher=Hafenblatt", "de")
        .answer
        .text;
    assert!(
        list.contains("0 Vorschläge") && !list.contains("option"),
        "{list}"
    );
    let long = format!("/suggestions?q={}", "a".repeat(501));
    assert_eq!(
        browse(&place, &long, "de").answer.status,
        StatusCode::BAD_REQUEST
    );
}
