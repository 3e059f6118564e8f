//! Lists of facet values: orders, pages, pieces of names.

use serde_json::{Value, json};

use super::http::Server;
use super::run::Place;

/// Three papers, five sections, seven countries.
fn archive() -> Place {
    let place = Place::new();
    let line = |id: usize, section: &str, countries: &[&str]| {
        json!({
            "id": format!("a{id}"), "title": "Lage", "body": "Die Lage ist ruhig.",
            "date": format!("2025-{:02}-10", 1 + id % 3), "publisher": "Blatt",
            "countries": countries, "section": section,
        })
        .to_string()
    };
    let lines = [
        line(0, "Überregionales", &["Österreich", "Ägypten"]),
        line(1, "Umwelt", &["Südkorea"]),
        line(2, "Uhren", &["Nordkorea", "Oman"]),
        line(3, "Umwelt", &["Albanien", "Österreich"]),
        line(4, "Ungarn", &["Zypern", "Österreich"]),
    ];
    place.write("in.jsonl", lines.join("\n"));
    place.write(
        "schema.json",
        r#"{ "version": 1, "fields": [
            { "name": "title", "type": "text", "analyzer": "german" },
            { "name": "body", "type": "text", "analyzer": "german", "snippets": true },
            { "name": "date", "type": "date", "facet": true },
            { "name": "country", "type": "keyword", "facet": true, "source": "countries",
              "values": { "OM": { "de": "Sultanat Oman" } } },
            { "name": "section", "type": "keyword", "facet": true }
        ] }"#,
    );
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

fn names(facet: &Value) -> Vec<&str> {
    let values = facet["values"].as_array().unwrap().iter();
    values
        .map(|value| value["name"].as_str().unwrap())
        .collect()
}

#[test]
fn values_are_listed_in_the_order_that_is_asked_for() {
    let place = archive();
    let server = Server::start(&place);
    let sections = |order: &str| {
        let facet = server.get(&format!("/api/facets/section?facet_sort={order}"));
        names(&facet).join(" ")
    };
    assert_eq!(sections("name"), "Überregionales Uhren Umwelt Ungarn");
    assert_eq!(sections("count"), "Umwelt Uhren Ungarn Überregionales");
    assert_eq!(
        sections("count_ascending"),
        "Uhren Ungarn Überregionales Umwelt"
    );
    assert_eq!(
        sections("country:id,section:id_descending"),
        "Überregionales Ungarn Umwelt Uhren"
    );
    let countries = server.get("/api/facets/country?facet_sort=name");
    assert_eq!(
        names(&countries),
        [
            "Ägypten",
            "Albanien",
            "Nordkorea",
            "Österreich",
            "Südkorea",
            "Sultanat Oman",
            "Zypern"
        ]
    );
    let months = server.get("/api/facets/date?facet_under=2025&facet_sort=id");
    assert_eq!(names(&months), ["2025-01", "2025-02", "2025-03"]);
    let refused = server.get("/api/facets/section?facet_sort=size");
    assert_eq!(refused["code"], "bad_filter");
}

#[test]
fn pages_go_through_all_values_and_keep_the_chosen_ones() {
    let place = archive();
    let page = |offset: &str| {
        place.json(&[
            "facets",
            "--facet",
            "country",
            "--facet-sort",
            "name",
            "--facet-limit",
            "3",
            "--facet-offset",
            offset,
            "--filter",
            "country=Zypern",
            "--filter",
            "country=-Peru",
            "--format",
            "json",
        ])["facets"]["country"]
            .clone()
    };
    assert_eq!(
        names(&page("0")),
        ["Ägypten", "Albanien", "Nordkorea", "Peru", "Zypern"]
    );
    assert_eq!(
        names(&page("3")),
        ["Österreich", "Peru", "Südkorea", "Zypern"]
    );
    assert_eq!(names(&page("6")), ["Peru", "Sultanat Oman", "Zypern"]);
    assert_eq!(page("0")["total_values"], 8);
    assert_eq!(page("3")["other"], 4);
}

#[test]
fn values_are_found_by_a_piece_of_the_name_that_is_shown() {
    let place = archive();
    let found = |piece: &str| {
        let args = [
            "facets",
            "--facet",
            "country",
            "--contains",
            piece,
            "--format",
            "json",
        ];
        let answer = place.json(&args);
        names(&answer["facets"]["country"]).join(" ")
    };
    assert_eq!(found("SUED"), "Südkorea");
    assert_eq!(found("oster"), "Österreich");
    assert_eq!(found("korea"), "Nordkorea Südkorea");
    assert_eq!(found("sultan"), "Sultanat Oman");
    assert_eq!(found("xyz"), "");
}

#[test]
fn the_values_below_one_belong_to_one_facet() {
    let place = archive();
    place
        .run(&["facets", "--under", "2025"])
        .fails_with(&["2025", "one facet"]);
}
