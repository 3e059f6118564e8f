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

/// Articles whose dates are known to the day, the month, the year and not at all.
pub fn partly_dated() -> Place {
    let place = Place::new();
    let dates = [
        "2025-04-01",
        "2025-04-02",
        "2025-04-15T08:30",
        "2025-04-30",
        "2025-04",
        "2025-04",
        "2025-05",
        "2025-05-31",
        "2025-12",
        "2025",
        "2025",
        "2025",
        "2024-02-29",
        "2024-02",
    ];
    let lines = dates.iter().enumerate().map(|(number, date)| {
        let text = format!("Nachricht {number} aus dem Hafen.");
        json!({ "id": format!("a{number}"), "date": date, "title": "Hafen", "body": text })
            .to_string()
    });
    let undated = json!({ "id": "u", "title": "Hafen", "body": "Ein Hafen ohne Tag." });
    let lines: Vec<String> = lines.chain([undated.to_string()]).collect();
    place.write("in.jsonl", lines.join("\n"));
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    place
}

#[test]
fn what_has_no_bar_is_told_by_period_and_can_be_listed() {
    let place = partly_dated();
    let server = Server::start(&place);
    for interval in ["day", "week", "month", "year"] {
        let answer = server.get(&format!("/api/search?q=Hafen&histogram={interval}"));
        let histogram = &answer["histogram"];
        let mut sum = 0;
        for coarser in histogram["coarser_periods"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let period = coarser["period"].as_str().unwrap();
            let listed = server.get(&format!("/api/search?q=Hafen&known_to={period}"));
            assert_eq!(listed["total_hits"], coarser["count"], "{period}");
            for hit in listed["hits"].as_array().unwrap() {
                assert_eq!(hit["date"], period);
            }
            sum += coarser["count"].as_u64().unwrap();
        }
        assert_eq!(histogram["coarser"], sum);
    }
    let all = server.get("/api/search?histogram=day&limit=0");
    let told: Vec<String> = (all["histogram"]["coarser_periods"]
        .as_array()
        .unwrap()
        .iter())
    .map(|coarser| {
        format!(
            "{} {}",
            coarser["period"].as_str().unwrap(),
            coarser["count"]
        )
    })
    .collect();
    assert_eq!(
        told,
        ["2024-02 1", "2025 3", "2025-04 2", "2025-05 1", "2025-12 1"]
    );
}

#[test]
fn a_day_is_no_period_that_less_is_known_than() {
    let place = partly_dated();
    let server = Server::start(&place);
    let refused = server.get("/api/search?known_to=2025-04-01");
    assert_eq!(refused["code"], "bad_filter");
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("write a year or a month"), "{detail}");
}
