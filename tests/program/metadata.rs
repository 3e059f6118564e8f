//! Measuring metadata on labelled pages.

use serde_json::Value;

use super::run::Place;

#[test]
fn labelled_pages_are_measured_and_misses_are_named() {
    let place = Place::new();
    let pages = place.path().join("pages");
    std::fs::create_dir(&pages).unwrap();
    let page = "<!doctype html><html lang=\"de\"><head><title>Rat tagt - taz.de</title>\
        <meta name=\"date\" content=\"2025-04-28T08:45:00+02:00\"></head><body><article><h1>Rat tagt</h1>\
        <p>Der Rat der Stadt tagt heute, und alle Fraktionen in Deutschland sehen zu, sagte er der dpa.</p>\
        </article></body></html>";
    std::fs::write(pages.join("a.html"), page).unwrap();
    let label = r#"{"file":"a.html","date":"2025-04-28","title":"Rat tagt","publisher":"taz","authors":[],
        "body":"Der Rat der Stadt tagt heute, und alle Fraktionen in Deutschland sehen zu, sagte er der dpa.",
        "agencies":[{"id":"dpa","kind":"news","role":"cited","where":"body"},
            {"id":"afp","kind":"news","role":"credited","scope":"photo"},
            {"id":"de-bnd","kind":"intelligence","role":"cited","optional":true}],
        "countries":[{"iso":"DE","role":"about","implicit":true}]}"#;
    let label = label.replace('\n', " ");
    std::fs::write(place.path().join("labels.jsonl"), label).unwrap();
    let rows = place.json(&[
        "evaluate-metadata",
        "labels.jsonl",
        "pages",
        "--misses",
        "--format",
        "json",
    ]);
    let row = |what: &str| -> &Value {
        let rows = rows.as_array().unwrap();
        rows.iter().find(|row| row["what"] == what).unwrap()
    };
    assert_eq!(row("date")["right"], 1);
    assert_eq!(row("title, exact")["share"], 1.0);
    assert_eq!(row("publisher, without addresses")["right"], 1);
    assert_eq!(row("news agency cited")["tp"], 1);
    let photo = row("news agency credited, photo");
    assert_eq!((&photo["tp"], &photo["fn"]), (&0.into(), &1.into()));
    assert_eq!(photo["misses"][0], "a.html: no afp");
    assert_eq!(row("service cited")["fn"], 0);
    assert_eq!(row("country about")["fp"], 0);
}

#[test]
fn a_broken_label_is_named_with_its_line() {
    let place = Place::new();
    std::fs::write(place.path().join("labels.jsonl"), "{\"file\":\"a.html\"}\n").unwrap();
    let ran = place.run(&["evaluate-metadata", "labels.jsonl", "."]);
    ran.fails_with(&["labels.jsonl:1: missing field"]);
}
