//! A run that is killed at any moment leaves an index that opens and is completed by running again.

use std::time::Duration;

use super::run::Place;

/// So many documents that a run takes a while.
const DOCUMENTS: usize = 3000;

#[test]
fn a_killed_run_leaves_what_was_committed_and_is_completed_by_the_next() {
    let place = Place::new();
    let words = [
        "Kursk",
        "Verluste",
        "Soldaten",
        "Seoul",
        "Geheimdienst",
        "Angaben",
        "Reuters",
        "Truppen",
    ];
    let lines: String = (0..DOCUMENTS)
        .map(|n| {
            let text: Vec<&str> = (0..120)
                .map(|at| words[(n * 7 + at * at + at) % words.len()])
                .collect();
            format!(
                "{{\"id\":{n},\"title\":\"Meldung {n}\",\"body\":\"{}.\"}}\n",
                text.join(" ")
            )
        })
        .collect();
    place.write("first.jsonl", "{\"id\":\"first\",\"body\":\"Kursk\"}\n");
    place.write("many.jsonl", lines);
    assert_eq!(place.run(&["index", "first.jsonl"]).code, 0);
    for wait in [0, 5, 20, 60, 120, 250, 400, 700] {
        let mut child = place.command(&["index", "many.jsonl"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        let found = place.run(&["search", "id", "--any", "--format", "json"]);
        assert_ne!(found.code, 2, "{}", found.err);
        assert_eq!(place.run(&["show", "first"]).code, 0);
        assert_eq!(place.run(&["check"]).code, 0);
    }
    let ran = place.run(&["index", "many.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // The copies are grouped as if nothing had happened.
    let whole = Place::new();
    for name in ["first.jsonl", "many.jsonl"] {
        std::fs::copy(place.path().join(name), whole.path().join(name)).unwrap();
    }
    assert_eq!(whole.run(&["index", "first.jsonl", "many.jsonl"]).code, 0);
    let copies = |place: &Place| {
        place.json(&["search", "--collapse", "--limit", "0", "--format", "json"])["total_copies"]
            .clone()
    };
    assert_eq!(copies(&place), copies(&whole));
    let stats = place.json(&["stats", "--format", "json"]);
    assert_eq!(stats["documents"], DOCUMENTS + 1);
    let again = place.run(&["index", "many.jsonl"]).out;
    assert!(
        again.contains("0 added, 0 updated, 3000 unchanged"),
        "{again}"
    );
}
