//! The state of a search is its address: links and forms lead from state to state, and what a
//! value promises is what comes.

use super::page::{Page, browse};
use super::run::Place;

/// States with something of everything.
const STATES: [&str; 8] = [
    "/",
    "/?q=Kursk+Verluste",
    "/?q=Kursk&agency=kr-nis&country=-US&collapse=true&sort=newest&limit=20",
    "/?q=Soldaten&agency=intelligence&agency=-kr-nis&from=2025-01&to=2025-06&lang=en",
    "/?publisher=_missing&date=2025-04&any=true&recency=1y",
    "/?q=Kursk&facets=country&agency=kcna",
    "/?q=%22%3Cb%3E%22+%26+%2B+%C3%A4&country=%3Cscript%3E",
    "/?q=Kursk+Rhabarber&agency=kcna&from=2031",
];

fn page(place: &Place, path: &str) -> Page {
    let page = browse(place, path, "de");
    assert_eq!(page.answer.status, 200, "{path}: {}", page.answer.text);
    page
}

/// The parameters of an address, sorted.
fn parameters(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let mut pairs: Vec<_> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    pairs.sort();
    pairs
}

#[test]
fn the_form_as_it_stands_leads_to_where_it_is() {
    let place = Place::with_seeds();
    for state in STATES {
        let shown = page(&place, state);
        let sent = page(&place, &shown.sent());
        assert_eq!(parameters(sent.here()), parameters(shown.here()), "{state}");
        assert_eq!(parameters(state), parameters(shown.here()));
    }
}

#[test]
fn every_link_to_a_state_leads_there() {
    let place = Place::with_seeds();
    let mut visited = 0;
    for state in [STATES[2], STATES[3], STATES[7]] {
        for link in page(&place, state).states() {
            assert_eq!(page(&place, &link).here(), link, "from {state}");
            visited += 1;
        }
    }
    assert!(visited > 50, "{visited}");
}

#[test]
fn names_of_values_in_an_address_become_ids() {
    let place = Place::with_seeds();
    let named = page(&place, "/?agency=NIS&agency=kr-nis&country=-Nordkorea");
    assert_eq!(named.here(), "/?agency=kr-nis&country=-KP");
    let chips = named.tags.iter().filter(|tag| {
        tag.get("class")
            .is_some_and(|c| c.starts_with("chip ") || c == "chip")
    });
    assert_eq!(chips.count(), 2);
}

#[test]
fn the_count_of_a_value_is_the_number_of_hits_after_a_click() {
    let place = Place::with_seeds();
    let shown = page(&place, "/?q=Kursk");
    let total = shown.hits();
    let mut checked = 0;
    for (at, tag) in shown.tags.iter().enumerate() {
        let (Some(toggle), Some("checkbox")) = (tag.get("data-href"), tag.get("type")) else {
            continue;
        };
        // The count and the control to exclude the value follow the checkbox.
        let mut behind = shown.tags[at..].iter();
        let count = behind
            .find(|tag| tag.get("class") == Some("count"))
            .unwrap();
        let exclude = behind
            .find(|tag| tag.get("class") == Some("exclude"))
            .unwrap();
        let count: u64 = count.text.parse().unwrap();
        let selected = page(&place, toggle);
        assert_eq!(selected.hits(), count, "{toggle}");
        assert!(
            selected
                .with("id", tag.get("id").unwrap())
                .unwrap()
                .get("checked")
                .is_some()
        );
        let excluded = page(&place, exclude.get("href").unwrap());
        assert_eq!(excluded.hits(), total - count, "{:?}", exclude.get("href"));
        checked += 1;
    }
    assert!(checked > 15, "{checked}");
}

#[test]
fn a_value_below_a_selected_one_narrows_the_selection() {
    let place = Place::with_seeds();
    let shown = page(&place, "/?agency=intelligence");
    let below = shown.with("id", "v.agency.kr-nis").unwrap();
    assert_eq!(below.get("data-href"), Some("/?agency=kr-nis"));
    let narrowed = page(&place, "/?agency=kr-nis");
    let above = narrowed.with("id", "v.agency.intelligence").unwrap();
    assert_eq!(above.get("data-href"), Some("/?agency=intelligence"));
    let opened = narrowed.with("id", "b.agency.intelligence").unwrap();
    assert!(opened.get("open").is_some());
}

#[test]
fn without_hits_there_are_ways_out_that_find_what_they_say() {
    let place = Place::with_seeds();
    let shown = page(
        &place,
        "/?q=Kursk+Verluste&agency=kcna&country=-RU&from=2020",
    );
    assert_eq!(shown.hits(), 0);
    let at = (shown.tags.iter()).position(|tag| tag.get("class") == Some("nothing"));
    let ways = shown.tags[at.unwrap()..].iter();
    let ways: Vec<_> = ways
        .filter(|tag| ["a", "small"].contains(&tag.name.as_str()))
        .collect();
    let mut tried = 0;
    for pair in ways.windows(2) {
        if pair[0].name == "a" && pair[1].name == "small" {
            let hits = page(&place, pair[0].get("href").unwrap()).hits();
            assert_eq!(pair[1].text, format!("{hits} Treffer"));
            assert!(hits > 0);
            tried += 1;
        }
    }
    assert!(tried > 0, "{}", shown.answer.text);
}

#[test]
fn pages_of_hits_lead_through_all_of_them_and_back() {
    let place = Place::with_seeds();
    let mut titles = Vec::new();
    let mut address = Some("/?q=Kursk&limit=2".to_owned());
    let mut pages = 0;
    while let Some(next) = address {
        let shown = browse(&place, &next, "de");
        // Each request is to a server of its own here, which goes on from the cursor alone.
        let hits = shown.tags.iter().filter(|tag| {
            tag.name == "a"
                && tag
                    .get("href")
                    .is_some_and(|href| href.starts_with("/articles/"))
        });
        titles.extend(hits.map(|hit| hit.get("href").unwrap().to_owned()));
        assert_eq!(shown.with("data-top", "").is_some(), pages > 0);
        address = shown
            .with("rel", "next")
            .and_then(|link| link.get("href"))
            .map(str::to_owned);
        pages += 1;
    }
    titles.sort();
    titles.dedup();
    assert_eq!((titles.len(), pages), (5, 3));
}

#[test]
fn the_whole_result_can_be_taken_away() {
    let place = Place::with_seeds();
    let shown = page(
        &place,
        "/?q=Kursk&agency=kr-nis&sort=newest&limit=1&cursor=",
    );
    let exports: Vec<&str> = (shown.named("a"))
        .filter_map(|link| link.get("href"))
        .filter(|href| href.starts_with("/api/export?"))
        .collect();
    assert_eq!(exports.len(), fundstelle::export::names().len());
    let csv = exports
        .iter()
        .find(|href| href.ends_with("format=csv"))
        .unwrap();
    let lines = browse(&place, csv, "de").answer.text;
    assert_eq!(lines.lines().count() as u64, shown.hits() + 1, "{lines}");
    let feed = (shown.named("link")).find(|link| link.get("type") == Some("application/atom+xml"));
    let feed = feed.unwrap().get("href").unwrap();
    assert_eq!(feed, "/feed.atom?q=Kursk&agency=kr-nis");
    assert_eq!(browse(&place, feed, "de").answer.status, 200);
}
