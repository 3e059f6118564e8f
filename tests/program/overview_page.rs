//! The page that shows what is in the archive: its numbers are those of the searches behind them.

use serde_json::json;

use super::http;
use super::page::{browse, values};
use super::run::Place;

#[test]
fn every_number_is_that_of_the_search_behind_it() {
    let place = Place::with_seeds();
    let page = browse(&place, "/overview", "de").answer.text;
    assert!(page.contains("5 Artikel"));
    let mut checked = 0;
    for row in page.split("class=\"share-row\"").skip(1) {
        let address = values(row, "href")[0].replace("&#38;", "&");
        let number = row.split("share-number number\">").nth(1).unwrap();
        let number: u64 = number.split('<').next().unwrap().parse().unwrap();
        let query = address.strip_prefix("/?").unwrap();
        let found = http::json(&place, &format!("/api/search?{query}"));
        assert_eq!(found["total_hits"], number, "{address}");
        checked += 1;
    }
    assert!(checked > 10, "{checked}");
    let missing = page.split("ohne Angabe").next().unwrap();
    let address = values(missing, "href").pop().unwrap().replace("&#38;", "&");
    let number: u64 = missing.rsplit('>').next().unwrap().trim().parse().unwrap();
    let found = http::json(
        &place,
        &format!("/api/search{}", address.trim_start_matches('/')),
    );
    assert_eq!(found["total_hits"], number, "{address}");
}

#[test]
fn what_is_under_embargo_is_not_in_the_overview() {
    let place = Place::new();
    let lines = [
        json!({ "id": "a", "title": "Deich", "body": "Laut dpa hält er.", "publisher": "Blatt A" }),
        json!({ "id": "b", "title": "Geheim", "body": "Laut AFP bricht er.", "date": "1999",
            "publisher": "Blatt B", "embargo": "2099-01-01" }),
    ];
    place.write("in.jsonl", format!("{}\n{}", lines[0], lines[1]));
    place.run(&["index", "in.jsonl"]);
    let page = browse(&place, "/overview?lang=en", "de").answer.text;
    assert!(page.contains("1 article") && page.contains("Deich") && page.contains("Blatt A"));
    for hidden in ["Geheim", "Blatt B", "France-Presse", "1999"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
}

#[test]
fn an_empty_archive_says_how_to_fill_it() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("in")).unwrap();
    place.run(&["index", "in"]);
    let page = browse(&place, "/overview", "de").answer;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("noch leer") && page.text.contains("fundstelle index ORDNER"));
    assert!(!page.text.contains("share-row"));
}
