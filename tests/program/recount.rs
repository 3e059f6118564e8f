//! Counting again: right counts are confirmed, wrong ones are found.

use serde_json::json;

use super::run::Place;

/// Articles of which every second is in another section.
fn archive() -> Place {
    let place = Place::new();
    let lines: Vec<String> = (0..61)
        .map(|id| {
            let section = ["Politik", "Kultur"][id % 2];
            let body = if id % 5 == 0 {
                "Der Hafen von Emden ist nach dem Sturm wieder offen, sagte der Hafenmeister."
                    .into()
            } else {
                format!(
                    "Im Bezirk {id} wurde laut dpa eine Brücke gesperrt, der Verkehr staut sich."
                )
            };
            let mut line = json!({
                "id": format!("a{id:02}"), "title": "Verkehr", "body": body, "section": section,
            });
            if id % 7 != 0 {
                line["date"] = json!(["2025-03", "2025-04-02", "2024"][id % 3]);
            }
            line.to_string()
        })
        .collect();
    place.write("in.jsonl", lines.join("\n"));
    place.write(
        "schema.json",
        r#"{ "version": 1, "fields": [
            { "name": "title", "type": "text", "analyzer": "german" },
            { "name": "body", "type": "text", "analyzer": "german", "snippets": true },
            { "name": "date", "type": "date", "facet": true },
            { "name": "agency", "type": "keyword", "facet": true, "source": "agencies" },
            { "name": "section", "type": "keyword", "facet": true }
        ] }"#,
    );
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

/// Writes another value of the same length into the facet records, as a broken disk might.
fn damage(place: &Place, value: &str, other: &str) {
    for file in std::fs::read_dir(place.path().join("index/segments")).unwrap() {
        let path = file.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "facets")
        {
            let mut bytes = std::fs::read(&path).unwrap();
            for at in 0..bytes.len() {
                if bytes[at..].starts_with(value.as_bytes()) {
                    bytes[at..][..other.len()].copy_from_slice(other.as_bytes());
                }
            }
            std::fs::remove_file(&path).unwrap();
            std::fs::write(&path, bytes).unwrap();
        }
    }
}

#[test]
fn right_counts_are_confirmed_with_every_seed() {
    let place = archive();
    for seed in ["1", "2", "3"] {
        let ran = place.run(&["check", "--facets", "--seed", seed, "--questions", "30"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let told = format!("of 31 questions (--seed {seed}) compared with 61 documents: 0 differ");
        assert!(ran.out.contains(&told), "{}", ran.out);
    }
    let seeds = Place::with_seeds();
    let ran = seeds.run(&["check", "--facets"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_record_that_says_something_else_than_the_documents_is_found() {
    let place = archive();
    damage(&place, "Politik", "Politur");
    let ran = place.run(&["check", "--facets", "--seed", "7"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    for what in [
        "section=Politik: 0 in the index, 31 in the documents;",
        "section=Politur: 31 in the index, 0 in the documents;",
    ] {
        assert!(ran.out.contains(what), "{what} is not in {}", ran.out);
    }
    assert!(
        ran.err
            .contains("counts differ from what the documents say")
    );
}

#[test]
fn an_empty_archive_has_nothing_to_count() {
    let place = Place::new();
    place.write("in.jsonl", "");
    place.run(&["index", "in.jsonl"]);
    let ran = place.run(&["check", "--facets"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
