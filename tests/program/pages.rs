//! Pages of hits while the index changes, and hits by age.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::Server;
use super::run::Place;

fn write(place: &Place, documents: std::ops::Range<usize>) {
    let line = |id: usize| {
        json!({
            "id": format!("a{id:02}"), "date": format!("2025-04-{:02}", 1 + id % 28),
            "title": format!("Meldung {id}"), "body": "Der Hafen ist wieder offen.",
        })
        .to_string()
    };
    let lines: Vec<String> = documents.map(line).collect();
    place.write("in.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

fn ids(answer: &Value) -> Vec<String> {
    let hits = answer["hits"].as_array().unwrap().iter();
    hits.map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_server_goes_on_in_the_state_of_the_first_page() {
    let place = Place::new();
    write(&place, 0..40);
    let server = Server::start(&place);
    let page = |cursor: &str| server.get(&format!("/api/search?sort=newest&limit=7{cursor}"));
    let mut answer = page("");
    write(&place, 30..60);
    let deadline = Instant::now() + Duration::from_secs(30);
    while server.get("/api/search?limit=0")["total_hits"] != 60 {
        assert!(Instant::now() < deadline, "the new commit is not seen");
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut found = ids(&answer);
    while let Some(cursor) = answer["next_cursor"].as_str() {
        answer = page(&format!("&cursor={cursor}"));
        assert_eq!(answer["total_hits"], 40);
        assert_eq!(answer["query"]["notices"], json!([]));
        found.extend(ids(&answer));
    }
    found.sort();
    let all: Vec<String> = (0..40).map(|id| format!("a{id:02}")).collect();
    assert_eq!(found, all);
}

#[test]
fn the_command_line_goes_on_in_the_newest_state_and_says_so() {
    let place = Place::new();
    write(&place, 0..20);
    let first = place.json(&["search", "--sort", "newest", "--format", "json"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = [
        "search", "--sort", "newest", "--format", "json", "--cursor", cursor,
    ];
    assert_eq!(place.json(&next)["query"]["notices"], json!([]));
    write(&place, 20..21);
    let notices = &place.json(&next)["query"]["notices"];
    assert_eq!(notices[0]["code"], "index_changed");
}

#[test]
fn newer_articles_come_first_if_age_counts() {
    let place = Place::new();
    let line = |id: &str, date: &str| {
        json!({ "id": id, "date": date, "title": "Hafen", "body": "Der Hafen ist wieder offen." })
            .to_string()
    };
    let lines = [
        line("a", "2021-04-01"),
        line("b", "2025-04-01"),
        line("c", "2024-04"),
    ];
    place.write("in.jsonl", lines.join("\n"));
    place.run(&["index", "in.jsonl"]);
    let plain = place.json(&["search", "Hafen", "--format", "json"]);
    assert_eq!(ids(&plain), ["a", "b", "c"]);
    let aged = [
        "search",
        "Hafen",
        "--recency",
        "1y",
        "--explain",
        "--format",
        "json",
    ];
    let aged = place.json(&aged);
    assert_eq!(ids(&aged), ["b", "c", "a"]);
    let explanation = &aged["hits"][0]["explanation"];
    assert_eq!(explanation["reason"], "recency");
    assert_eq!(explanation["factor"], 1.0);
    assert_eq!(explanation["origin"], "2025-04-01");
    let refused = place.run(&["search", "Hafen", "--recency", "soon"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("30d, 2w, 6m or 1y"), "{}", refused.err);
    let server = Server::start(&place);
    assert_eq!(
        ids(&server.get("/api/search?q=Hafen&recency=1y")),
        ["b", "c", "a"]
    );
    assert_eq!(server.get("/api/search?recency=soon")["code"], "bad_filter");
}
