//! What may be shown, in every output; and corrections that last.

use serde_json::{Value, json};

use super::http;
use super::run::{Place, Ran};

/// A word that only stands in the bodies of the archive.
const WORD: &str = "Feuerwehrhaus";
const BODIES: [(&str, &str); 4] = [
    (
        "frei",
        "Das alte Feuerwehrhaus in Lyon wird laut Reuters verkauft. Es war lange leer.",
    ),
    (
        "schnipsel",
        "Das neue Feuerwehrhaus in Oslo ist laut AFP fertig. Die Stadt freut sich darüber.",
    ),
    (
        "karg",
        "Das kleine Feuerwehrhaus in Turin brennt laut dpa nicht mehr. Niemand wurde verletzt.",
    ),
    (
        "gesperrt",
        "Das große Feuerwehrhaus in Porto schließt laut KCNA bald. Die Gründe sind geheim.",
    ),
];

fn line(record: &Value) -> String {
    format!("{record}\n")
}

/// One article of each kind, limited in the input and by a file of rights.
fn archive() -> Place {
    let place = Place::new();
    let mut lines = String::new();
    for (id, body) in BODIES {
        let mut record = json!({"id": id, "title": format!("Nachricht {id}"), "body": body,
            "publisher": format!("Blatt {id}"), "date": "2024-05-12", "section": "Lokales"});
        match id {
            "schnipsel" => record["access"] = json!("snippet"),
            "gesperrt" => record["embargo"] = json!("2099-05-12T18:00"),
            _ => {}
        }
        lines += &line(&record);
    }
    place.write("in/articles.jsonl", lines);
    place.write(
        "in/rights.jsonl",
        line(&json!({"publisher": "Blatt karg", "access": "metadata", "note": "Vertrag 12"})),
    );
    let ran = place.run(&["index", "in"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(
        ran.out.starts_with("4 articles from 1 file: 4 added"),
        "{}",
        ran.out
    );
    place
}

/// Everything that an output of any kind says.
fn outputs(place: &Place) -> Vec<(String, String)> {
    let mut outputs = Vec::new();
    let mut add = |name: String, ran: Ran| outputs.push((name, ran.out + &ran.err));
    for query in [
        WORD,
        "",
        "Gründe",
        "title:Nachricht",
        "Feuerwehr*",
        "\"Feuerwehrhaus in\"",
    ] {
        for format in ["text", "json", "ndjson", "csv"] {
            for sort in ["relevance", "newest"] {
                let arguments = ["search", "--format", format, "--sort", sort, "--", query];
                add(arguments.join(" "), place.run(&arguments));
            }
        }
        for format in super::export::FORMATS {
            let arguments = ["export", "--format", format, "--", query];
            add(arguments.join(" "), place.run(&arguments));
        }
        place.write("queries.csv", format!("query\n{query}\n"));
        add(
            format!("batch {query}"),
            place.run(&["batch", "queries.csv"]),
        );
        for format in ["text", "json"] {
            let arguments = ["facets", "--format", format, "--", query];
            add(arguments.join(" "), place.run(&arguments));
        }
    }
    // Beginnings and misspellings of what may not be shown.
    for typed in [
        "Por", "kcn", "gehei", "klei", "Verl", "Nachr", "Feuer", "Blatt g",
    ] {
        let arguments = ["suggest", "--format", "json", typed];
        add(arguments.join(" "), place.run(&arguments));
    }
    for query in ["Portp", "Gehemi", "Prtugal", "kleiine"] {
        let arguments = ["search", "--format", "json", query];
        add(arguments.join(" "), place.run(&arguments));
    }
    for id in ["frei", "schnipsel", "karg", "gesperrt"] {
        let arguments = ["similar", id, "--format", "json"];
        add(arguments.join(" "), place.run(&arguments));
    }
    for id in ["schnipsel", "karg", "gesperrt"] {
        for format in ["text", "json"] {
            let arguments = ["show", id, "--format", format];
            add(arguments.join(" "), place.run(&arguments));
        }
    }
    for path in [
        "/api/search?q=Feuerwehrhaus",
        "/api/search?q=",
        "/api/search?publisher=Blatt+gesperrt",
        "/api/export?q=Feuerwehrhaus",
        "/api/export?q=Feuerwehrhaus&format=csv",
        "/feed.atom?q=",
        "/api/facets/publisher?q=Feuerwehrhaus",
        "/api/facets/publisher?contains=gesperrt",
        "/api/facets/agency?q=Feuerwehrhaus",
        "/api/documents/schnipsel",
        "/api/documents/karg",
        "/api/documents/gesperrt",
        "/api/suggest?q=Por",
        "/api/suggest?q=Blatt+g",
        "/api/documents/frei/similar",
        "/api/documents/karg/similar",
        "/api/documents/gesperrt/similar",
        "/api/documents/schnipsel?q=Feuerwehrhaus",
        "/api/documents/karg?q=Feuerwehrhaus",
        "/api/documents/gesperrt?q=Feuerwehrhaus",
        "/api/documents/karg/cite",
        "/api/documents/gesperrt/cite?format=bibtex",
        "/api/search?sort=added",
        "/?q=Feuerwehrhaus",
        "/articles/schnipsel?q=Feuerwehrhaus&evidence=1",
        "/articles/karg?q=Feuerwehrhaus&evidence=1",
        "/articles/gesperrt?q=Feuerwehrhaus",
        "/overview",
    ] {
        outputs.push((path.to_owned(), http::text(place, path)));
    }
    outputs
}

#[test]
fn no_output_shows_more_than_may_be_shown() {
    let place = archive();
    for (name, text) in outputs(&place) {
        // Names in the question itself are echoed.
        let asked = name.contains("gesperrt");
        assert!(asked || !text.contains("gesperrt"), "{name}: {text}");
        for secret in ["Porto", "kcna", "KCNA", "geheim", "Portugal"] {
            assert!(!text.contains(secret), "{name}: {secret}: {text}");
        }
        for withheld in ["Turin brennt", "Niemand wurde", "kleine"] {
            assert!(!text.contains(withheld), "{name}: {withheld}: {text}");
        }
        let is_article = (name.starts_with("show") || name.starts_with("/api/documents"))
            && !name.ends_with("/similar");
        assert!(
            !is_article || !text.contains("freut sich"),
            "{name}: {text}"
        );
        assert!(!is_article || !text.contains("laut AFP"), "{name}: {text}");
    }
}

#[test]
fn totals_and_counts_leave_out_what_is_under_embargo() {
    let place = archive();
    let answer = place.json(&["search", WORD, "--format", "json"]);
    assert_eq!(answer["total_hits"], 3);
    for (facet, missing) in [("publisher", 0), ("date", 0)] {
        let values = answer["facets"][facet]["values"].as_array().unwrap();
        let sum: u64 = values
            .iter()
            .map(|value| value["count"].as_u64().unwrap())
            .sum();
        assert_eq!(
            (sum, &answer["facets"][facet]["missing"]),
            (3, &json!(missing))
        );
    }
    let by_filter = [
        "search",
        "--filter",
        "publisher=Blatt gesperrt",
        "--format",
        "json",
    ];
    assert_eq!(place.json(&by_filter)["total_hits"], 0);
    // Not even that nothing has all the words may depend on it.
    let answer = place.json(&["search", "Feuerwehrhaus Gründe", "--format", "json"]);
    assert_eq!(answer["query"]["notices"][0]["code"], "relaxed");
    assert_eq!(http::json(&place, "/health")["documents"], 3);
    let stats = place.json(&["stats", "--format", "json"]);
    assert_eq!(
        (&stats["documents"], &stats["embargoed"]),
        (&json!(4), &json!(1))
    );
}

#[test]
fn limited_articles_are_found_and_say_what_is_free() {
    let place = archive();
    let answer = place.json(&["search", WORD, "--format", "json"]);
    let hit = |id: &str| {
        let hits = answer["hits"].as_array().unwrap();
        hits.iter().find(|hit| hit["id"] == id).unwrap().clone()
    };
    assert!(hit("frei").get("access").is_none());
    assert_eq!(hit("schnipsel")["access"], "snippet");
    assert!(!hit("schnipsel")["snippets"].as_array().unwrap().is_empty());
    assert_eq!(hit("karg")["access"], "metadata");
    assert_eq!(hit("karg")["snippets"], json!([]));
    let document = place.json(&["show", "karg", "--format", "json"]);
    assert_eq!(
        (&document["body"], &document["access"]),
        (&json!(""), &json!("metadata"))
    );
    let reason = &document["evidence"]["access"][0];
    assert_eq!(
        (&reason["rule"], &reason["text"]),
        (&json!("rights"), &json!("Vertrag 12"))
    );
}

#[test]
fn an_article_under_embargo_is_not_available_and_says_until_when() {
    let place = archive();
    place
        .run(&["show", "gesperrt"])
        .fails_with(&["gesperrt: not available, under embargo until 2099-05-12T18:00"]);
    let problem = http::json(&place, "/api/documents/gesperrt");
    assert_eq!(
        (&problem["status"], &problem["code"]),
        (&json!(403), &json!("embargo"))
    );
    // Its time has come.
    place.write(
        "in/overrides.jsonl",
        line(&json!({"id": "gesperrt", "field": "embargo", "value": "2020"})),
    );
    assert!(
        place
            .run(&["index", "in"])
            .out
            .contains("1 updated, 3 unchanged")
    );
    assert_eq!(place.run(&["show", "gesperrt"]).code, 0);
    assert_eq!(
        place.json(&["search", WORD, "--format", "json"])["total_hits"],
        4
    );
}

#[test]
fn an_embargo_is_recognised_in_the_text_and_is_no_part_of_it() {
    let place = Place::new();
    let article = "Neues Gesetz für den Hafen\n\nAchtung Redaktionen: Sperrfrist 12. Mai 2099, 18 Uhr!\n\n\
        Die Regierung hat am Montag in Berlin ein neues Gesetz beschlossen, das vieles ändert.\n";
    place.write("in/a.txt", article);
    place.write("in/b.txt", article.replace("2099", "2024"));
    place.write(
        "in/c.html",
        "<html><head><title>Hafen</title></head><body><article><h1>Neues Gesetz für den Hafen</h1>\
         <p>Sperrfrist: 12.05.2024, 18 Uhr</p><p>Die Regierung hat am Montag in Berlin ein neues Gesetz \
         beschlossen, das vieles ändert. Die Opposition übt Kritik an den Plänen und kündigt eine Klage an.</p>\
         </article></body></html>",
    );
    assert_eq!(place.run(&["index", "in"]).code, 0);
    assert_eq!(
        place.json(&["search", "Gesetz", "--format", "json"])["total_hits"],
        2
    );
    for file in ["in/a.txt", "in/b.txt", "in/c.html"] {
        let document = place.json(&["extract", file]);
        let embargo = document["embargo"].as_str().unwrap();
        assert!(embargo.ends_with("-05-12T18:00"), "{file}: {embargo}");
        assert!(
            !document["body"].as_str().unwrap().contains("Sperrfrist"),
            "{file}"
        );
        assert_eq!(document["date"], Value::Null, "{file}");
        assert_eq!(document["evidence"]["embargo"][0]["rule"], "embargo");
    }
}

#[test]
fn takedowns_hold_for_every_later_run() {
    let place = archive();
    place
        .run(&["delete", "frei", "--takedown", "--note", "Gericht"])
        .err
        .contains("1 deleted");
    let gone = |place: &Place| {
        place
            .run(&["show", "frei"])
            .fails_with(&["there is no document with this id"]);
        assert_eq!(
            place.json(&["search", WORD, "--format", "json"])["total_hits"],
            2
        );
    };
    gone(&place);
    let ran = place.run(&["index", "in"]);
    assert_eq!(
        (ran.code, ran.out.contains("1 taken down")),
        (0, true),
        "{}",
        ran.out
    );
    gone(&place);
    // A new index, the same text under another id, and a part of the archive.
    std::fs::remove_dir_all(place.path().join("index")).unwrap();
    let copy = json!({"id": "anders", "title": "Nachricht frei", "body": BODIES[0].1});
    place.write("in/neu/copy.jsonl", line(&copy));
    assert!(place.run(&["index", "in"]).out.contains("2 taken down"));
    gone(&place);
    assert!(place.run(&["index", "in/neu"]).out.contains("1 taken down"));
    gone(&place);
}

#[test]
fn rights_reach_articles_whose_source_is_gone() {
    let place = archive();
    place.write(
        "in/articles.jsonl",
        line(&json!({"id": "neu", "body": "Ein anderer Text."})),
    );
    place.write(
        "in/rights.jsonl",
        line(&json!({"publisher": "Blatt frei", "access": "metadata"}))
            + &line(&json!({"content_hash": place.json(&["show", "karg", "--format", "json"])["content_hash"], "takedown": true})),
    );
    let ran = place.run(&["index", "in"]);
    assert!(
        ran.out
            .contains("1 added, 1 updated, 0 unchanged, 1 taken down"),
        "{}",
        ran.out
    );
    assert_eq!(
        place.json(&["show", "frei", "--format", "json"])["body"],
        ""
    );
    assert_eq!(place.run(&["show", "karg"]).code, 2);
    // And the next run changes nothing.
    let ran = place.run(&["index", "in"]);
    assert!(
        ran.out.contains("0 added, 0 updated, 1 unchanged ("),
        "{}",
        ran.out
    );
}

#[test]
fn an_index_keeps_to_the_files_that_it_was_built_with() {
    let place = archive();
    let body =
        |place: &Place, id: &str| place.json(&["show", id, "--format", "json"])["body"].clone();
    place.write(
        "else/limits.jsonl",
        line(&json!({"publisher": "Blatt frei", "access": "snippet"})),
    );
    assert_eq!(
        place
            .run(&["index", "in", "--rights", "else/limits.jsonl"])
            .code,
        0
    );
    assert_eq!(body(&place, "frei"), "");
    // Neither a run without the option nor one over another folder lifts any of it.
    let again =
        json!({"id": "frei", "title": "Nachricht", "body": BODIES[0].1, "publisher": "Blatt frei"});
    place.write("other/a.jsonl", line(&again));
    for path in ["in", "other"] {
        assert_eq!(place.run(&["index", path]).code, 0);
        assert_eq!(
            (body(&place, "frei"), body(&place, "karg")),
            (json!(""), json!(""))
        );
    }
    std::fs::remove_file(place.path().join("else/limits.jsonl")).unwrap();
    assert_eq!(place.run(&["index", "other"]).code, 0);
    assert_ne!(body(&place, "frei"), "");
    std::fs::remove_dir_all(place.path().join("in")).unwrap();
    place
        .run(&["index", "other"])
        .fails_with(&["in/rights.jsonl, which cannot be reached"]);
}

#[test]
fn rights_that_cannot_be_read_stop_the_run() {
    let place = archive();
    place.write(
        "in/rights.jsonl",
        "{\"publisher\":\"Blatt karg\",\"acces\":\"metadata\"}\n",
    );
    place.run(&["index", "in"]).fails_with(&[
        "in/rights.jsonl:1: unknown key \"acces\"",
        "nothing was read",
    ]);
    let stated = json!({"id": "a", "body": "Ein Text.", "access": "halb"});
    place.write(
        "b/b.jsonl",
        line(&stated) + &line(&json!({"body": "Ein Text.", "embargo": "bald"})),
    );
    let ran = place.run(&["extract", "b", "--format", "ndjson"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1));
    assert!(
        ran.out.contains("\"access\":\"metadata\"") && ran.err.contains("passed over"),
        "{}",
        ran.err
    );
}

#[test]
fn corrections_beat_statements_and_derivations_and_say_so() {
    let place = archive();
    let mut lines = String::new();
    for (field, value) in [
        ("title", json!("Ein besserer Titel")),
        ("date", json!("2023-01")),
        ("publisher", json!("ntv.de")),
        ("agencies", json!([{"id": "Mossad", "role": "mentioned"}])),
        ("country", json!(["Norwegen"])),
        (
            "body",
            json!("Ein ganz anderer Text über ein Spritzenhaus."),
        ),
    ] {
        lines += &line(
            &json!({"id": "frei", "field": field, "value": value, "note": "siehe Heft 3", "by": "kb"}),
        );
    }
    place.write("in/overrides.jsonl", &lines);
    let ran = place.run(&["index", "in"]);
    assert!(
        ran.code == 0 && ran.out.contains("0 added, 1 updated, 3 unchanged"),
        "{}{}",
        ran.out,
        ran.err
    );
    let document = place.json(&["show", "frei", "--format", "json"]);
    assert_eq!(document["title"], "Ein besserer Titel");
    assert_eq!(
        (&document["date"], &document["date_precision"]),
        (&json!("2023-01"), &json!("month"))
    );
    assert_eq!(document["publisher"]["id"], "n-tv");
    assert_eq!(document["agencies"].as_array().unwrap().len(), 1);
    assert_eq!(document["agencies"][0]["id"], "il-mossad");
    assert_eq!(document["countries"][0]["id"], "NO");
    let evidence = &document["evidence"]["date"][0];
    assert_eq!(
        (
            &evidence["rule"],
            &evidence["confidence"],
            &evidence["text"]
        ),
        (&json!("override"), &json!(1.0), &json!("siehe Heft 3 (kb)"))
    );
    assert!(
        place
            .run(&["show", "frei"])
            .out
            .contains("»siehe Heft 3 (kb)« · override · 1.00")
    );
    assert_eq!(place.run(&["search", "Spritzenhaus"]).code, 0);
    let extracted = place.run(&["extract", "in", "--format", "ndjson"]).out;
    assert!(extracted.contains("\"title\":\"Ein besserer Titel\""));
    // Once more changes nothing; without the file all is as it was read.
    assert!(
        place
            .run(&["index", "in"])
            .out
            .contains("0 updated, 4 unchanged")
    );
    std::fs::remove_file(place.path().join("in/overrides.jsonl")).unwrap();
    assert!(
        place
            .run(&["index", "in"])
            .out
            .contains("1 updated, 3 unchanged")
    );
    assert_eq!(
        place.json(&["show", "frei", "--format", "json"])["title"],
        "Nachricht frei"
    );
}

#[test]
fn corrections_that_cannot_be_used_are_told_and_the_rest_counts() {
    let place = archive();
    let good = json!({"id": "frei", "field": "section", "value": "Politik"});
    let lines = [
        "kein JSON\n".to_owned(),
        line(&json!({"id": "frei", "field": "farbe", "value": "rot"})),
        line(&json!({"id": "frei", "field": "date", "value": "bald"})),
        line(&json!({"id": "niemand", "field": "title", "value": "Neu"})),
        line(&good),
    ];
    let mut schema: Value = serde_json::from_str(include_str!("../../schema.json")).unwrap();
    let fields = schema["fields"].as_array_mut().unwrap();
    fields.push(json!({"name": "section", "type": "keyword"}));
    place.write("schema.json", schema.to_string());
    std::fs::remove_dir_all(place.path().join("index")).unwrap();
    place.write("decided.jsonl", lines.concat());
    let ran = place.run(&["index", "in", "--overrides", "decided.jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for part in [
        "decided.jsonl:1: no JSON object",
        "decided.jsonl:2: field \"farbe\" cannot be corrected, known are: title,",
        "decided.jsonl:3: \"date\" is not a date",
        "decided.jsonl:4: no document has the id \"niemand\"",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(
        ran.out.contains("4 added") && ran.out.contains("4 skipped"),
        "{}",
        ran.out
    );
    let document = place.json(&["show", "frei", "--format", "json"]);
    assert_eq!(document["extra"]["section"], json!(["Politik"]));
}

#[test]
fn a_copy_under_embargo_is_told_of_nowhere() {
    let place = Place::new();
    let copy = |id: &str| json!({"id": id, "title": "Turm verkauft", "body": BODIES[0].1});
    let mut hidden = copy("anderswo");
    hidden["embargo"] = json!("2099");
    place.write("in/a.jsonl", line(&copy("hier")) + &line(&hidden));
    assert_eq!(place.run(&["index", "in"]).code, 0);
    for arguments in [
        ["search", WORD, "--collapse", "--format", "json"],
        ["search", WORD, "--copies", "--format", "json"],
    ] {
        let answer = place.json(&arguments);
        assert_eq!(
            (&answer["total_hits"], &answer["total_copies"]),
            (&json!(1), &json!(1))
        );
        let copy = &answer["hits"][0]["copy"];
        assert_eq!(
            (&copy["id"], &copy["size"], &copy["also_in"]),
            (&json!("hier"), &json!(1), &json!([]))
        );
    }
    for text in [
        place.run(&["show", "hier"]).out,
        place.run(&["show", "hier", "--format", "json"]).out,
        place.run(&["search", WORD]).out,
        http::text(&place, "/api/documents/hier"),
        http::text(&place, "/api/search?q=Feuerwehrhaus&collapse=true"),
    ] {
        assert!(!text.contains("anderswo"), "{text}");
    }
    // Limited afterwards, without its source being read, it stays the same group.
    let free = json!({"id": "anderswo", "field": "embargo", "value": null});
    place.write("in/overrides.jsonl", line(&free));
    assert_eq!(place.run(&["index", "in"]).code, 0);
    std::fs::remove_file(place.path().join("in/a.jsonl")).unwrap();
    place.write(
        "in/rights.jsonl",
        line(&json!({"id": "hier", "access": "metadata"})),
    );
    assert_eq!(place.run(&["index", "in"]).code, 0);
    let shown = place.json(&["show", "hier", "--format", "json"]);
    assert_eq!(
        (&shown["body"], &shown["copy"]["size"]),
        (&json!(""), &json!(2))
    );
}
