//! What each command promises.

use std::io::Read;
use std::process::Stdio;

use super::run::{Place, package};

#[test]
fn indexing_twice_changes_nothing_and_says_so() {
    let place = Place::with_seeds();
    let before = place.run(&["stats", "--format", "json"]).out;
    let ran = place.run(&["index", package().join("seeds").to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.out
            .starts_with("5 articles from 5 files: 0 added, 0 updated, 5 unchanged"),
        "{}",
        ran.out
    );
    let documents = |stats: &str| {
        serde_json::from_str::<serde_json::Value>(stats).unwrap()["documents"].clone()
    };
    let after = place.run(&["stats", "--format", "json"]).out;
    assert_eq!(documents(&before), documents(&after));
}

#[test]
fn changed_and_vanished_files_are_followed() {
    let place = Place::new();
    place.write(
        "in/a.txt",
        "Der erste Titel hier\n\nKursk ist eine Stadt. Sie liegt in Russland.\n",
    );
    place.write(
        "in/b.txt",
        "Der zweite Titel hier\n\nSeoul ist eine Stadt. Sie liegt in Südkorea.\n",
    );
    assert!(place.run(&["index", "in"]).out.contains("2 added"));
    place.write(
        "in/a.txt",
        "Der erste Titel hier\n\nMoskau ist eine Stadt. Sie liegt in Russland.\n",
    );
    std::fs::remove_file(place.path().join("in/b.txt")).unwrap();
    assert!(
        place
            .run(&["index", "in"])
            .out
            .contains("0 added, 1 updated, 0 unchanged")
    );
    assert_eq!(place.run(&["search", "--all", "Kursk"]).code, 1);
    assert_eq!(place.run(&["search", "Seoul"]).code, 0);
    assert!(
        place
            .run(&["index", "in", "--prune"])
            .out
            .contains("1 unchanged, 1 removed")
    );
    assert_eq!(place.run(&["search", "Seoul"]).code, 1);
}

#[test]
fn records_with_the_same_id_leave_the_last_one_each_time() {
    let place = Place::new();
    let lines: String = (0..20)
        .map(|n| format!("{{\"id\":\"same\",\"body\":\"Fassung nummer{n}\"}}\n"))
        .collect();
    place.write("in.jsonl", lines);
    for _ in 0..3 {
        assert_eq!(place.run(&["index", "in.jsonl"]).code, 1);
        assert_eq!(
            place.json(&["show", "same", "--format", "json"])["body"],
            "Fassung nummer19"
        );
        assert_eq!(place.json(&["stats", "--format", "json"])["documents"], 1);
    }
}

#[test]
fn a_second_writer_is_told_after_a_moment_and_readers_go_on() {
    let place = Place::with_seeds();
    let engine = fundstelle::engine::embedded::Embedded::open(&place.path().join("index")).unwrap();
    let writer = engine.writer(Default::default()).unwrap();
    let ran = place.run(&["index", package().join("seeds").to_str().unwrap()]);
    ran.fails_with(&["another process is writing"]);
    assert_eq!(place.run(&["search", "Kursk"]).code, 0);
    drop(writer);
    assert_eq!(
        place
            .run(&["index", package().join("seeds").to_str().unwrap()])
            .code,
        0
    );
}

#[test]
fn words_mean_all_then_any_with_a_notice_and_never_with_all() {
    let place = Place::with_seeds();
    let relaxed = place.json(&["search", "Kursk Kegelverein", "--format", "json"]);
    assert_eq!(relaxed["query"]["notices"][0]["code"], "relaxed");
    assert_eq!(relaxed["total_hits"], 5);
    assert_eq!(place.run(&["search", "Kursk Kegelverein", "--all"]).code, 1);
    let any = place.json(&["search", "Kursk Kegelverein", "--any", "--format", "json"]);
    assert_eq!(
        (&any["total_hits"], &any["query"]["notices"]),
        (&5.into(), &serde_json::json!([]))
    );
    // A filter that leaves nothing does not relax the query.
    let filtered = place.json(&[
        "search",
        "Kursk Verluste",
        "-f",
        "country=FR",
        "--format",
        "json",
    ]);
    assert_eq!(filtered["total_hits"], 0);
}

#[test]
fn operators_and_fields_narrow_the_answer() {
    let place = Place::with_seeds();
    let hits = |query: &str| {
        let answer = place.json(&["search", "--strict", "--format", "json", "--", query]);
        answer["total_hits"].as_u64().unwrap()
    };
    assert_eq!(hits("Kursk ODER Seoul"), hits("Kursk OR Seoul"));
    assert_eq!(hits("Kursk UND CNN"), 1);
    assert_eq!(hits("Kursk -CNN"), 4);
    assert_eq!(hits("Kursk NICHT CNN"), 4);
    assert_eq!(hits("-CNN"), 4);
    assert_eq!(hits("\"Region Kursk\""), 5);
    assert_eq!(hits("\"Kursk Region\""), 0);
    assert_eq!(hits("title:Geheimdienst"), 1);
    assert_eq!(hits("country:Großbritannien"), 1);
    assert_eq!(hits("cites:NIS"), 3);
    assert_eq!(hits("credits:AFP"), 2);
    assert_eq!(hits("date:2025-04"), 2);
    assert_eq!(hits("date:[2025-05 TO 2025-09]"), 2);
    assert_eq!(hits("Panzer*"), 2);
    assert_eq!(hits("Selensky~2"), 1);
    assert_eq!(hits("exists:publisher"), 2);
}

#[test]
fn a_partial_date_lies_in_a_range_only_as_a_whole() {
    let place = Place::with_seeds();
    let hits = |from: &str, to: &str| {
        place.json(&["search", "--from", from, "--to", to, "--format", "json"])["total_hits"]
            .clone()
    };
    assert_eq!(hits("2025-04", "2025-04"), 2);
    assert_eq!(hits("2025-04-15", "2025-04"), 1);
    assert_eq!(hits("2025", "2025"), 5);
    assert_eq!(hits("2025-04-28", "2025-04-28"), 1);
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let place = Place::with_seeds();
    for sort in ["relevance", "newest", "oldest"] {
        let whole = place.json(&["search", "Kursk", "--sort", sort, "--format", "json"]);
        let ids = |answer: &serde_json::Value| -> Vec<String> {
            let hits = answer["hits"].as_array().unwrap().iter();
            hits.map(|hit| hit["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let mut pages = Vec::new();
        let mut cursor = String::new();
        loop {
            let mut arguments = vec![
                "search", "Kursk", "--sort", sort, "-n", "2", "--format", "json",
            ];
            if !cursor.is_empty() {
                arguments.extend(["--cursor", &cursor]);
            }
            let page = place.json(&arguments);
            assert_eq!(page["total_hits"], 5);
            pages.extend(ids(&page));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(pages, ids(&whole), "{sort}");
        assert_eq!(pages.len(), 5);
    }
    place
        .run(&["search", "Kursk", "--cursor", "nonsense"])
        .fails_with(&["cursor"]);
}

#[test]
fn hits_are_sorted_by_the_beginning_of_their_date() {
    let place = Place::with_seeds();
    let answer = place.json(&["search", "--sort", "newest", "--format", "json"]);
    let dates: Vec<&str> = answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["date"].as_str().unwrap())
        .collect();
    assert_eq!(
        dates,
        [
            "2025-09-02",
            "2025-07",
            "2025-04-28",
            "2025-04",
            "2025-02-27"
        ]
    );
}

#[test]
fn an_answer_says_what_was_searched_for_beside_the_words() {
    let place = Place::with_seeds();
    let also = |query: &str| {
        let ran = place.run(&["search", query, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        answer["query"]["also_searched"].clone()
    };
    let found = also("Nordkorea Verluste");
    assert_eq!(found[0]["word"], "Nordkorea");
    assert_eq!(found[0]["span"], serde_json::json!([0, 9]));
    let forms = found[0]["forms"].as_array().unwrap();
    let adjective = serde_json::json!({ "text": "nordkoreanisch", "relation": "demonym" });
    assert!(forms.contains(&adjective), "{forms:?}");
    assert_eq!(found.as_array().unwrap().len(), 1);
    for exact in ["\"Nordkorea\"", "=Nordkorea"] {
        assert_eq!(also(exact), serde_json::json!([]), "{exact}");
    }
    let ran = place.run(&["search", "Nordkorea"]);
    let line = "also searched for Nordkorea: nordkoreanisch";
    assert!(ran.out.contains(line), "{}", ran.out);
}

#[test]
fn explain_says_why_a_hit_ranks() {
    let place = Place::with_seeds();
    let ran = place.run(&["search", "Kursk Verluste", "--explain", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for hit in answer["hits"].as_array().unwrap() {
        let explanation = &hit["explanation"];
        assert_eq!(explanation["score"], hit["score"]);
        assert_eq!(explanation["reason"], "sum");
        assert_eq!(explanation["details"].as_array().unwrap().len(), 2);
    }
    let ran = place.run(&["search", "Kursk", "--explain"]);
    assert!(ran.out.contains("surface:kursk in body"), "{}", ran.out);
    let ran = place.run(&["search", "Kursk", "--format", "json"]);
    assert!(!ran.out.contains("explanation"));
}

#[test]
fn formats_are_for_people_and_for_scripts() {
    let place = Place::with_seeds();
    let text = place.run(&["search", "Kursk"]).out;
    assert!(
        text.contains("5 hits for Kursk") && !text.contains('\x1b'),
        "{text}"
    );
    let ndjson = place.run(&["search", "Kursk", "--format", "ndjson"]).out;
    assert_eq!(ndjson.lines().count(), 5);
    let csv = place.run(&["search", "Kursk", "--format", "csv"]).out;
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(table.headers().unwrap().get(1), Some("id"));
    assert_eq!(table.records().map(Result::unwrap).count(), 5);
}

#[test]
fn a_keyword_facet_of_the_input_needs_one_entry_in_the_schema() {
    let place = Place::new();
    let entry = "\"fields\": [ { \"name\": \"section\", \"type\": \"keyword\", \"facet\": true },";
    place.write(
        "schema.json",
        include_str!("../../schema.json").replacen("\"fields\": [", entry, 1),
    );
    place.write(
        "in.jsonl",
        "{\"id\":\"a\",\"body\":\"Kursk\",\"section\":\"Politik\"}\n{\"id\":\"b\",\"body\":\"Kursk\",\"section\":[\"Politik\",\"Ausland\"]}\n",
    );
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    let answer = place.json(&[
        "search",
        "Kursk",
        "-f",
        "section=Ausland",
        "--format",
        "json",
    ]);
    assert_eq!(answer["total_hits"], 1);
    assert_eq!(answer["facets"]["section"]["values"][0]["count"], 2);
}

#[test]
fn stated_fields_are_kept_and_missing_ones_derived() {
    let place = Place::new();
    place.write(
        "in.jsonl",
        "{\"id\":7,\"title\":\"T\",\"body\":\"Laut Reuters steht es schlecht um Frankreich.\",\"date\":\"2024-03\",\"publisher\":\"ntv.de\",\"agencies\":[\"Mossad\",\"Unbekannt\"]}\n",
    );
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    let document = place.json(&["show", "7", "--format", "json"]);
    assert_eq!(
        (&document["date"], &document["date_precision"]),
        (&"2024-03".into(), &"month".into())
    );
    assert_eq!(document["publisher"]["name"], "n-tv");
    let ids: Vec<&str> = document["agencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|agency| agency["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["il-mossad", "Unbekannt"]);
    assert_eq!(document["countries"][0]["id"], "FR");
}

#[test]
fn show_delete_stats_and_check_say_what_they_did() {
    let place = Place::with_seeds();
    let id = place.json(&["search", "CNN", "--format", "json"])["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let shown = place.run(&["show", &id]).out;
    assert!(
        shown.contains("gb-generic") && shown.contains("Dem britischen Geheimdienst zufolge"),
        "{shown}"
    );
    assert_eq!(place.run(&["delete", &id]).code, 0);
    assert_eq!(place.run(&["delete", &id]).code, 1);
    place
        .run(&["show", &id])
        .fails_with(&["there is no document with this id"]);
    assert!(place.run(&["stats"]).out.contains("documents  4"));
    assert!(place.run(&["check"]).out.starts_with("4 documents"));
}

#[test]
fn analyze_prints_terms_by_class() {
    let place = Place::new();
    let trace = place.json(&["analyze", "--format", "json", "Verlusten"]);
    let token = &trace["tokens"][0];
    assert_eq!(
        (&token["text"], &token["end"]),
        (&"Verlusten".into(), &9.into())
    );
    let terms = token["terms"].as_array().unwrap();
    assert!(
        terms.contains(&serde_json::json!({"text": "verlusten", "class": "surface"})),
        "{terms:?}"
    );
    assert!(
        terms
            .iter()
            .any(|term| term["class"] == "lemma" && term["text"] != "verlusten")
    );
}

#[test]
fn completions_are_printed() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        let ran = place.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("fundstelle"));
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::with_seeds();
    let mut child = place
        .command(&["search", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut errors = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(errors, "");
}
