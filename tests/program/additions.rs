//! What was added last, and when the index was written.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::http;
use super::run::Place;

fn record(id: &str, body: &str, date: &str) -> String {
    json!({ "id": id, "title": "Fähre", "body": body, "date": date }).to_string()
}

fn index(place: &Place, lines: &[String]) {
    place.write("in/a.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

fn moment(place: &Place, id: &str) -> String {
    let document = http::json(place, &format!("/api/documents/{id}"));
    document["indexed_at"].as_str().unwrap().to_owned()
}

#[test]
fn what_was_added_or_rewritten_last_comes_first_and_the_rest_keeps_its_moment() {
    let place = Place::new();
    let old = "Die Fähre nach Wyk fährt wieder.";
    index(
        &place,
        &[
            record("a", "Die Fähre nach Amrum fällt aus.", "2025-01-01"),
            record("b", old, "2025-01-02"),
        ],
    );
    let before = moment(&place, "b");
    // Moments count in seconds.
    std::thread::sleep(Duration::from_millis(1_100));
    let mut embargoed: Value = json!({ "id": "d", "title": "Fähre", "body": "Noch geheim." });
    embargoed["embargo"] = json!("2099-01-01");
    index(
        &place,
        &[
            record("a", "Die Fähre nach Amrum fährt wieder.", "2025-01-01"),
            record("b", old, "2024-12"),
            record("c", "Eine neue Fähre für Föhr.", "2023"),
            embargoed.to_string(),
        ],
    );
    let listed = http::json(&place, "/api/search?sort=added&q=F%C3%A4hre");
    assert_eq!(listed["total_hits"], 3);
    let hits = listed["hits"].as_array().unwrap();
    let ids: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(BTreeSet::from_iter(&ids[..2]), BTreeSet::from([&"a", &"c"]));
    assert_eq!(ids[2], "b");
    assert_eq!(hits[2]["indexed_at"], json!(before));
    assert_eq!(moment(&place, "b"), before);
    assert!(moment(&place, "a") > before);
    let printed = place.json(&["search", "Fähre", "--sort", "added", "--format", "json"]);
    assert_eq!(printed["hits"][2]["id"], "b");
}

#[test]
fn the_index_says_when_it_was_written() {
    let place = Place::new();
    index(&place, &[record("a", "Die Fähre liegt im Hafen.", "2025")]);
    let stats = place.json(&["stats", "--format", "json"]);
    assert_eq!(stats["documents"], 1);
    let committed = stats["committed_at"].as_str().unwrap();
    assert!(committed >= moment(&place, "a").as_str(), "{committed}");
    let text = place.run(&["stats"]).out;
    assert!(text.contains(&format!("committed  {committed}")), "{text}");
}
