//! How hits are spread over time.

use serde_json::{Value, json};

use super::http::Server;
use super::run::Place;

/// Bars as `start end count`, then what has no bar.
fn told(histogram: &Value) -> (Vec<String>, u64, u64) {
    let bars = histogram["bars"].as_array().unwrap().iter().map(|bar| {
        let text = |key: &str| bar[key].as_str().unwrap().to_owned();
        format!("{} {} {}", text("start"), text("end"), bar["count"])
    });
    let number = |key: &str| histogram[key].as_u64().unwrap();
    (bars.collect(), number("coarser"), number("missing"))
}

#[test]
fn bars_reach_from_the_first_to_the_last_hit_without_gaps() {
    let place = Place::with_seeds();
    let answer = place.json(&["search", "--histogram", "month", "--format", "json"]);
    let (bars, coarser, missing) = told(&answer["histogram"]);
    assert_eq!(
        bars,
        [
            "2025-02-01 2025-02-28 1",
            "2025-03-01 2025-03-31 0",
            "2025-04-01 2025-04-30 2",
            "2025-05-01 2025-05-31 0",
            "2025-06-01 2025-06-30 0",
            "2025-07-01 2025-07-31 1",
            "2025-08-01 2025-08-31 0",
            "2025-09-01 2025-09-30 1",
        ]
    );
    assert_eq!((coarser, missing), (0, 0));
    assert_eq!(answer["histogram"]["total"], answer["total_hits"]);
}

#[test]
fn what_is_only_known_to_the_month_lies_in_no_week() {
    let place = Place::with_seeds();
    let answer = place.json(&["facets", "--histogram", "week", "--format", "json"]);
    let (bars, coarser, _) = told(&answer["histogram"]);
    assert_eq!(bars[0], "2025-02-24 2025-03-02 1");
    assert_eq!(coarser, 2);
    let ran = place.run(&["facets", "--histogram", "week", "--facet", "date"]);
    assert!(ran.out.contains("Verlauf nach Wochen"), "{}", ran.out);
    assert!(ran.out.contains("(nicht so genau bekannt)"), "{}", ran.out);
}

#[test]
fn a_histogram_of_all_time_shows_what_the_range_leaves_out() {
    let place = Place::with_seeds();
    let server = Server::start(&place);
    let of = |path: &str| told(&server.get(path)["histogram"]).0;
    let ranged = "/api/search?from=2025-04&to=2025-07&histogram=year";
    assert_eq!(of(ranged), ["2025-01-01 2025-12-31 3"]);
    let all_time = format!("{ranged}&histogram_all_time=true");
    assert_eq!(of(&all_time), ["2025-01-01 2025-12-31 5"]);
    let selected = "/api/facets/country?date=2025-04&histogram=year&histogram_all_time=true";
    assert_eq!(of(selected), ["2025-01-01 2025-12-31 5"]);
    let refused = server.get("/api/search?histogram=decade");
    assert_eq!(refused["code"], "bad_parameter");
}

#[test]
fn days_of_a_century_become_longer_bars_with_a_notice() {
    let place = Place::new();
    let line = |id: &str, date: &str| {
        json!({ "id": id, "date": date, "title": "Hafen", "body": "Der Hafen ist offen." })
            .to_string()
    };
    place.write(
        "in.jsonl",
        [line("a", "1925-05-01"), line("b", "2025-05-01")].join("\n"),
    );
    place.run(&["index", "in.jsonl"]);
    let answer = place.json(&["search", "--histogram", "day", "--format", "json"]);
    assert_eq!(answer["histogram"]["interval"], "month");
    assert_eq!(answer["histogram"]["bars"].as_array().unwrap().len(), 1201);
    assert_eq!(answer["query"]["notices"][0]["code"], "longer_interval");
}
