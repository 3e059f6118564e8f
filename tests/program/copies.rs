//! The same text in several papers.

use serde_json::{Value, json};

use super::http::Server;
use super::run::Place;

/// Sentences `from..to` of a long text.
fn text(sentences: std::ops::Range<usize>) -> String {
    let subjects = [
        "Der Rat",
        "Die Ministerin",
        "Ein Sprecher",
        "Das Amt",
        "Die Polizei",
    ];
    let verbs = [
        "lobte",
        "verwarf",
        "prüfte",
        "vertagte",
        "begrüßte",
        "forderte",
        "senkte",
    ];
    let objects = [
        "den Haushalt",
        "die Gebühren",
        "das Gesetz",
        "den Bericht",
        "die Pläne",
        "eine Brücke",
        "den Zoll",
        "das Urteil",
        "die Löhne",
        "den Hafen",
        "die Ernte",
    ];
    let places = [
        "in Köln",
        "vor Gericht",
        "am Rhein",
        "in Wien",
        "auf Rügen",
        "bei Ulm",
        "im Landtag",
        "in Basel",
        "an der Börse",
        "im Hafen",
        "am Abend",
        "im Mai",
        "in Graz",
    ];
    let sentence = |n: usize| {
        format!(
            "{} {} {} {}.",
            subjects[n % 5],
            verbs[n % 7],
            objects[n % 11],
            places[n % 13]
        )
    };
    sentences.map(sentence).collect::<Vec<_>>().join(" ")
}

fn line(id: &str, publisher: &str, date: &str, body: &str) -> Value {
    let title = format!("Überschrift bei {publisher}");
    json!({ "id": id, "publisher": publisher, "date": date, "title": title, "body": body })
}

fn write(place: &Place, lines: &[Value]) {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    place.write("in/articles.jsonl", lines.join("\n"));
}

/// Indexes the lines and nothing else.
#[track_caller]
fn index(place: &Place, lines: &[Value]) -> String {
    write(place, lines);
    let ran = place.run(&["index", "in", "--prune"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

/// Three copies and an article of its own.
fn archive() -> Vec<Value> {
    let changed = text(0..20).replace("in Wien", "in Linz");
    vec![
        line("m3", "Blatt", "2025-04-29", &text(0..20)),
        line(
            "m1",
            "Kurier",
            "2025-04-28",
            &format!("KÖLN (abc) - {changed} (abc/kl)"),
        ),
        line("m2", "Anzeiger", "2025-04", &text(2..20)),
        line("other", "Blatt", "2025-04-29", &text(40..60)),
    ]
}

/// The groups of an index: for each document its group and the group's size.
fn groups(place: &Place) -> Vec<(String, String, u64)> {
    let answer = place.json(&["search", "--format", "json", "--limit", "100"]);
    let mut groups: Vec<(String, String, u64)> = answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (
                text(&hit["id"]),
                text(&hit["copy"]["id"]),
                hit["copy"]["size"].as_u64().unwrap(),
            )
        })
        .collect();
    groups.sort();
    groups
}

#[track_caller]
fn assert_groups(place: &Place, expected: &[(&str, &str, u64)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(id, group, size)| ((*id).to_owned(), (*group).to_owned(), *size))
        .collect();
    assert_eq!(groups(place), expected);
}

#[test]
fn copies_are_one_hit_when_collapsed_and_counted_once_when_asked() {
    let place = Place::new();
    index(&place, &archive());
    let answer = place.json(&["search", "Rat", "--format", "json", "--sort", "oldest"]);
    assert_eq!(answer["total_hits"], 4);
    assert_eq!(answer.get("total_copies"), None);
    let answer = place.json(&[
        "search",
        "Rat",
        "--collapse",
        "--copies",
        "--format",
        "json",
        "--sort",
        "oldest",
    ]);
    assert_eq!(
        (&answer["total_hits"], &answer["total_copies"]),
        (&json!(4), &json!(2))
    );
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 2);
    assert_eq!(
        (&hits[0]["id"], &hits[1]["id"]),
        (&json!("m2"), &json!("other"))
    );
    let copy = &hits[0]["copy"];
    assert_eq!((&copy["id"], &copy["size"]), (&json!("m1"), &json!(3)));
    assert_eq!(copy["also_in"][0]["id"], "m1");
    assert_eq!(copy["also_in"][0]["publisher"]["name"], "Kurier");
    assert_eq!(
        copy["also_in"][1],
        json!({
            "id": "m3", "publisher": { "id": "Blatt", "name": "Blatt" }, "date": "2025-04-29",
            "title": "Überschrift bei Blatt",
        })
    );
    let years = &answer["facets"]["date"]["values"];
    assert_eq!(
        (&years[0]["count"], &years[0]["copies"]),
        (&json!(4), &json!(2))
    );
    // Two days of April have the three copies with a day.
    let month = &years[0]["children"][0];
    assert_eq!((&month["count"], &month["copies"]), (&json!(4), &json!(2)));
    let first = &answer["facets"]["publisher"]["values"][0];
    assert_eq!(
        (&first["name"], &first["count"], &first["copies"]),
        (&json!("Blatt"), &json!(2), &json!(2))
    );
}

#[test]
fn pages_of_collapsed_hits_add_up() {
    let place = Place::new();
    let mut lines = archive();
    lines.extend((0..5).map(|n| {
        line(
            &format!("x{n}"),
            "Blatt",
            "2025",
            &text(60 + 20 * n..80 + 20 * n),
        )
    }));
    index(&place, &lines);
    let mut ids = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut arguments = vec!["search", "Rat", "--collapse", "--format", "json", "-n", "2"];
        arguments.extend(
            cursor
                .as_deref()
                .map(|cursor| ["--cursor", cursor])
                .into_iter()
                .flatten(),
        );
        let answer = place.json(&arguments);
        assert_eq!(answer["total_copies"], 7);
        ids.extend(
            answer["hits"]
                .as_array()
                .unwrap()
                .iter()
                .map(|hit| hit["copy"]["id"].to_string()),
        );
        cursor = answer["next_cursor"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 7);
}

#[test]
fn a_group_is_listed_one_by_one_by_the_id_of_any_of_its_articles() {
    let place = Place::new();
    index(&place, &archive());
    for group in ["m1", "m3"] {
        let filter = format!("copy={group}");
        let answer = place.json(&["search", "--filter", &filter, "--format", "json"]);
        assert_eq!(answer["total_hits"], 3);
        let answer = place.json(&[
            "search",
            &format!("copy:{group}"),
            "--strict",
            "--format",
            "json",
        ]);
        assert_eq!(answer["total_hits"], 3);
        let answer = place.json(&[
            "search",
            "--filter",
            &format!("copy=-{group}"),
            "--format",
            "json",
        ]);
        assert_eq!(answer["total_hits"], 1);
    }
    assert_eq!(
        place.json(&["search", "copy:other", "--format", "json"])["total_hits"],
        1
    );
    assert_eq!(place.run(&["search", "copy:unknown"]).code, 1);
}

#[test]
fn groups_do_not_depend_on_the_order_and_stay_when_nothing_changes() {
    let expected = [
        ("m1", "m1", 3),
        ("m2", "m1", 3),
        ("m3", "m1", 3),
        ("other", "other", 1),
    ];
    let mut lines = archive();
    for turn in 0..lines.len() {
        lines.rotate_left(1);
        let place = Place::new();
        // One run for all, or a run for each.
        if turn % 2 == 0 {
            index(&place, &lines);
        } else {
            for end in 1..=lines.len() {
                index(&place, &lines[..end]);
            }
        }
        assert_groups(&place, &expected);
        let again = index(&place, &lines);
        assert!(again.contains("0 added, 0 updated, 4 unchanged"), "{again}");
        assert_groups(&place, &expected);
    }
}

#[test]
fn members_that_change_or_go_leave_the_others_grouped() {
    let place = Place::new();
    let mut lines = archive();
    index(&place, &lines);
    // The article with the smallest id becomes another.
    lines[1] = line("m1", "Kurier", "2025-04-28", &text(70..90));
    index(&place, &lines);
    assert_groups(
        &place,
        &[
            ("m1", "m1", 1),
            ("m2", "m2", 2),
            ("m3", "m2", 2),
            ("other", "other", 1),
        ],
    );
    // And what it was before.
    index(&place, &archive());
    assert_groups(
        &place,
        &[
            ("m1", "m1", 3),
            ("m2", "m1", 3),
            ("m3", "m1", 3),
            ("other", "other", 1),
        ],
    );
    assert_eq!(place.run(&["delete", "m2"]).code, 0);
    assert_groups(
        &place,
        &[("m1", "m1", 2), ("m3", "m1", 2), ("other", "other", 1)],
    );
    // Gone from its file.
    let lines = archive();
    index(&place, &lines[2..]);
    assert_groups(&place, &[("m2", "m2", 1), ("other", "other", 1)]);
}

#[test]
fn an_article_joins_two_groups_as_long_as_it_is_there() {
    let place = Place::new();
    let apart = [
        line("a1", "Blatt", "2025", &text(0..20)),
        line("a2", "Kurier", "2025", &text(0..20)),
        line("b1", "Anzeiger", "2025", &text(10..30)),
        line("b2", "Bote", "2025", &text(10..30)),
    ];
    let two = [
        ("a1", "a1", 2),
        ("a2", "a1", 2),
        ("b1", "b1", 2),
        ("b2", "b1", 2),
    ];
    index(&place, &apart);
    assert_groups(&place, &two);
    let mut joined = apart.to_vec();
    joined.push(line("x", "Woche", "2025", &text(5..25)));
    index(&place, &joined);
    assert_groups(
        &place,
        &["a1", "a2", "b1", "b2", "x"].map(|id| (id, "a1", 5)),
    );
    index(&place, &apart);
    assert_groups(&place, &two);
    // The same if it was there first.
    let place = Place::new();
    joined.rotate_right(1);
    index(&place, &joined[..1]);
    index(&place, &joined);
    assert_groups(
        &place,
        &["a1", "a2", "b1", "b2", "x"].map(|id| (id, "a1", 5)),
    );
    index(&place, &apart);
    assert_groups(&place, &two);
}

#[test]
fn every_output_names_the_other_papers() {
    let place = Place::new();
    index(&place, &archive());
    let out = place
        .run(&["search", "Rat", "--sort", "newest", "--collapse"])
        .out;
    assert!(
        out.starts_with("4 hits, 2 distinct copies for Rat"),
        "{out}"
    );
    assert!(
        out.contains("auch erschienen in Anzeiger (2025-04), Kurier (2025-04-28) [copy:m1]"),
        "{out}"
    );
    let out = place
        .run(&["facets", "--copies", "--facet", "publisher"])
        .out;
    assert!(out.starts_with("4 hits, 2 distinct copies"), "{out}");
    let out = place
        .run(&["search", "Rat", "--format", "csv", "--sort", "newest"])
        .out;
    assert!(
        out.lines()
            .next()
            .unwrap()
            .contains(",copy,copies,also_in,"),
        "{out}"
    );
    assert!(
        out.lines().nth(1).unwrap().contains(",m1,3,m2 m1,"),
        "{out}"
    );
    assert!(
        place
            .run(&["show", "m2"])
            .out
            .contains("auch erschienen in Kurier")
    );
    assert_eq!(
        place.json(&["show", "m2", "--format", "json"])["copy"]["size"],
        3
    );

    let server = Server::start(&place);
    let answer = server.get("/api/search?q=Rat&collapse=true&copies=true&copy=m3");
    assert_eq!(
        (&answer["total_hits"], &answer["total_copies"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(answer["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        server.get("/api/documents/m1")["copy"]["also_in"][0]["id"],
        "m2"
    );
    let facet = server.get("/api/facets/publisher?copies=true");
    assert_eq!(
        (&facet["total_copies"], &facet["missing_copies"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(
        server.get("/api/search?collapse=perhaps")["code"],
        "bad_parameter"
    );
}
