//! The page with all values of a facet, as a browser without scripts uses it.

use axum::http::StatusCode;
use serde_json::json;

use super::http::Server;
use super::page::{Page, browse};
use super::run::Place;

/// As many papers as said, each with an article, the first with two; and agencies of two kinds.
fn archive(papers: usize) -> Place {
    let place = Place::new();
    let line = |id: usize, paper: usize| {
        json!({
            "id": format!("a{id}"), "title": "Lage", "publisher": format!("Blatt <b>{paper:05}</b>"),
            "date": format!("{}-0{}-1{}", 2000 + id % 20, 1 + id % 9, id % 7),
            "body": "Die Lage ist ruhig, meldet Reuters. Laut dpa bleibt das so.",
        })
        .to_string()
    };
    let lines = (0..papers).map(|id| line(id, id)).chain([line(papers, 0)]);
    place.write("in.jsonl", lines.collect::<Vec<_>>().join("\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

/// What the boxes of a page send that are for selecting.
fn boxes(page: &Page) -> Vec<String> {
    let boxes = (page.tags.iter()).filter(|tag| {
        tag.get("type") == Some("checkbox") && tag.get("id").is_some_and(|id| id.starts_with("m."))
    });
    boxes
        .map(|tag| tag.get("value").unwrap().to_owned())
        .collect()
}

/// Where the form leads with this button, and some boxes ticked.
fn sent(page: &Page, button: (&str, &str), ticked: &[(&str, &str)]) -> String {
    let form = page
        .tags
        .iter()
        .position(|tag| tag.get("id") == Some("values"))
        .unwrap();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for tag in &page.tags[form..] {
        let name = tag.get("name").unwrap_or_default();
        let is_sent = match (tag.name.as_str(), tag.get("type")) {
            ("input", Some("checkbox")) => tag.get("checked").is_some(),
            ("input", _) => true,
            _ => false,
        };
        if is_sent {
            query.append_pair(name, tag.get("value").unwrap_or_default());
        }
    }
    query.extend_pairs(ticked).append_pair(button.0, button.1);
    format!(
        "{}?{}",
        page.tags[form].get("action").unwrap(),
        query.finish()
    )
}

fn has_button(page: &Page, name: &str, value: &str) -> bool {
    let mut tags = page.tags.iter();
    tags.any(|tag| {
        tag.name == "button" && tag.get("name") == Some(name) && tag.get("value") == Some(value)
    })
}

#[test]
fn all_values_are_reached_page_by_page_and_nothing_ticked_is_lost() {
    let place = archive(130);
    let first = browse(&place, "/facets/publisher?q=Lage&sort=newest", "de");
    assert_eq!(first.answer.status, StatusCode::OK);
    assert!(
        first.answer.text.contains("1 bis 60 von 130"),
        "{}",
        first.answer.text
    );
    let mut all = boxes(&first);
    assert_eq!(all.len(), 60);
    let chosen = all[3].clone();
    assert!(has_button(&first, "facet_offset", "60"));
    let next = sent(&first, ("facet_offset", "60"), &[("publisher", &chosen)]);
    let second = browse(&place, &next, "de");
    assert!(
        second.answer.text.contains("61 bis 120 von 130"),
        "{}",
        second.answer.text
    );
    assert!(boxes(&second).contains(&chosen));
    all.extend(boxes(&second));
    let last = sent(
        &second,
        ("facet_offset", "120"),
        &[("publisher", "-Blatt <b>00007</b>")],
    );
    let third = browse(&place, &last, "de");
    assert!(!has_button(&third, "facet_offset", "180"));
    all.extend(boxes(&third));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 130);
    let done = browse(&place, &sent(&third, ("apply", "true"), &[]), "de").answer;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let address = done.header("location");
    assert!(address.starts_with("/?q=Lage&sort=newest"), "{address}");
    assert!(
        !address.contains("facet_") && !address.contains("apply"),
        "{address}"
    );
    let page = browse(&place, address, "de").answer.text;
    assert!(page.contains("1 Treffer"), "{page}");
}

#[test]
fn a_count_is_the_number_of_hits_of_its_value() {
    let place = archive(5);
    let server = Server::start(&place);
    for facet in ["publisher", "agency", "date"] {
        let page = browse(&place, &format!("/facets/{facet}?q=Lage&agency=-afp"), "en");
        let mut counted = 0;
        for (at, tag) in page.tags.iter().enumerate() {
            let Some(id) = tag.get("id").filter(|id| id.starts_with("m.")) else {
                continue;
            };
            let value = tag.get("value").unwrap();
            let count = page.tags[at..]
                .iter()
                .find(|tag| tag.get("class") == Some("count"))
                .unwrap();
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let found = server.get(&format!("/api/search?q=Lage&agency=-afp&{facet}={value}"));
            assert_eq!(found["total_hits"].to_string(), count.text, "{id}");
            counted += 1;
        }
        assert!(counted >= 3, "{facet}: {counted}");
    }
}

#[test]
fn values_are_looked_for_and_ordered() {
    let place = archive(70);
    let page = browse(&place, "/facets/publisher?q=Lage", "de");
    let found = browse(&place, &sent(&page, ("contains", "0004"), &[]), "de");
    assert_eq!(boxes(&found).len(), 11);
    assert!(found.answer.text.contains("1 bis 11 von 11"));
    let named = browse(&place, &sent(&page, ("facet_sort", "name"), &[]), "de");
    assert_eq!(boxes(&named)[0], "Blatt <b>00000</b>");
    assert!(!named.answer.text.contains("<b>0"), "{}", named.answer.text);
    let nothing = browse(&place, "/facets/publisher?contains=gibtesnicht", "de");
    assert!(nothing.answer.text.contains("Keine Werte"));
    assert_eq!(
        browse(&place, "/facets/nothing", "de").answer.status,
        StatusCode::BAD_REQUEST
    );
}

#[test]
fn a_level_below_can_be_listed_and_left() {
    let place = archive(400);
    let page = browse(&place, "/facets/date?q=Lage", "de");
    assert!(
        has_button(&page, "facet_under", "2019"),
        "{}",
        page.answer.text
    );
    let below = browse(
        &place,
        &sent(&page, ("facet_under", "2019"), &[("date", "2018")]),
        "de",
    );
    assert!(
        boxes(&below).iter().all(|value| value.starts_with("2019-")),
        "{:?}",
        boxes(&below)
    );
    let up = browse(&place, &sent(&below, ("up", "true"), &[]), "de").answer;
    assert_eq!(up.status, StatusCode::SEE_OTHER);
    assert_eq!(up.header("location"), "/facets/date?q=Lage&date=2018");
}
