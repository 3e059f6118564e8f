//! The hits over time on the page of a search: what its links say is what they lead to.

use axum::http::StatusCode;
use serde_json::json;

use super::http::Server;
use super::page::{browse, values};
use super::run::Place;
use super::time::partly_dated;

/// The links of a page with this class: address and text that is said of it.
fn links(page: &str, class: &str) -> Vec<(String, String)> {
    (page.split("<a class=\"").skip(1))
        .filter(|rest| rest.starts_with(class))
        .map(|rest| {
            let tag = &rest[..rest.find('>').unwrap()];
            let value = |name| values(tag, name)[0].replace("&#38;", "&");
            (value("href"), value("aria-label"))
        })
        .collect()
}

/// The number in a text as `Mai 2025: 12 Artikel`.
fn number(text: &str) -> u64 {
    let number = text.rsplit(": ").next().unwrap();
    number
        .split(' ')
        .next()
        .unwrap()
        .replace('.', "")
        .parse()
        .unwrap()
}

#[test]
fn every_column_leads_to_as_many_articles_as_it_says() {
    let place = partly_dated();
    let server = Server::start(&place);
    let mut columns = 0;
    for state in [
        "/",
        "/?q=Hafen",
        "/?q=Hafen&histogram=day",
        "/?histogram=week&from=2025",
        "/?histogram=month&from=2024-02&to=2025-04-15",
        "/?histogram=year",
        "/?from=2025-04-02&to=2025-05-30",
        "/?date=2025-04",
        "/?date=_missing",
        "/?known_to=2025-04",
        "/?from=1.4.2025&to=April+2025",
    ] {
        let page = browse(&place, state, "de").answer.text;
        let mut found = links(&page, "chart-bar");
        columns += found.len();
        found.extend(links(&page, "chart-band"));
        for (address, name) in found {
            let asked = format!("/api/search{}", address.trim_start_matches('/'));
            let total = &server.get(&format!("{asked}&limit=0"))["total_hits"];
            assert_eq!(*total, number(&name), "{state}: {address}: {name}");
        }
    }
    assert!(columns > 100, "{columns}");
}

#[test]
fn what_has_no_column_is_told_with_its_number() {
    let place = partly_dated();
    let page = browse(&place, "/?q=Hafen&histogram=day", "de").answer.text;
    for told in [
        "ohne Datum: 1 Artikel",
        "nur 2025 bekannt: 3 Artikel",
        "nur April 2025 bekannt: 2 Artikel",
        "href=\"/?q=Hafen&#38;histogram=day&#38;known_to=2025-04\"",
        "href=\"/?q=Hafen&#38;histogram=day&#38;date=_missing\"",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[test]
fn there_is_a_way_back_out_of_a_time() {
    let place = partly_dated();
    let path = |state: &str| {
        let page = browse(&place, state, "de").answer.text;
        let nav = page.split("timeline-path").nth(1).unwrap();
        let nav = nav.split("</nav>").next().unwrap().to_owned();
        let links = values(&nav, "href").join(" ").replace("&#38;", "&");
        let here = nav.split("<b>").nth(1).unwrap();
        (links, here.split("</b>").next().unwrap().to_owned())
    };
    assert_eq!(path("/?q=Hafen"), (String::new(), "Ganze Zeit".into()));
    assert_eq!(
        path("/?q=Hafen&from=2025-04-02&to=2025-04-02"),
        (
            "/?q=Hafen /?q=Hafen&from=2025&to=2025 /?q=Hafen&from=2025-04&to=2025-04".into(),
            "2. April 2025".into()
        )
    );
    assert_eq!(path("/?date=2025"), ("/".into(), "2025".into()));
    assert_eq!(
        path("/?known_to=2025"),
        ("/".into(), "nur 2025 bekannt".into())
    );
    assert_eq!(path("/?from=2025-05").1, "ab Mai 2025");
}

#[test]
fn a_wrong_date_is_told_beside_its_field_and_the_page_is_there() {
    let place = partly_dated();
    let page = browse(&place, "/?q=Hafen&from=%3Cgestern%3E&to=2025", "de").answer;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text
            .contains("„&#60;gestern&#62;“ ist keine Zeitangabe"),
        "{}",
        page.text
    );
    assert!(page.text.contains("aria-invalid=\"true\""));
    assert!(!page.text.contains("<gestern>"));
    // Ends in the wrong order are exchanged.
    let page = browse(&place, "/?from=2025-05&to=2025-04-15", "de")
        .answer
        .text;
    assert!(
        page.contains("data-here=\"/?from=2025-04-15&#38;to=2025-05\""),
        "{page}"
    );
}

#[test]
fn archives_of_any_extent_have_a_timeline() {
    let place = Place::new();
    let line = |id: usize, date: &str| {
        json!({ "id": format!("a{id}"), "date": date, "title": "Hafen", "body": "Der Hafen ist offen." })
            .to_string()
    };
    let dates = ["0001-01-01", "4095-12-31", "1999-12-31T23:59", "2000"];
    let lines: Vec<String> = dates
        .iter()
        .enumerate()
        .map(|(id, date)| line(id, date))
        .collect();
    place.write("in.jsonl", lines.join("\n"));
    place.run(&["index", "in.jsonl"]);
    for state in [
        "/",
        "/?histogram=day",
        "/?histogram=month&from=0001",
        "/?from=9999",
    ] {
        let page = browse(&place, state, "de").answer;
        assert_eq!(page.status, StatusCode::OK, "{state}");
        let columns = links(&page.text, "chart-bar").len();
        assert!(columns <= 2 * 200, "{state}: {columns}");
    }
    let page = browse(&place, "/?q=gibtesnicht", "de").answer.text;
    assert!(links(&page, "chart-bar").is_empty());
}
