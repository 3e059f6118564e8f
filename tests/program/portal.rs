//! The pages for people: whole without scripts, escaped, in two languages.

use axum::http::StatusCode;

use super::http::get;
use super::page::browse;
use super::run::Place;

#[test]
fn a_search_is_a_page() {
    let place = Place::with_seeds();
    let page = browse(&place, "/?q=Kursk+Verluste", "de").answer;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.kind(), "text/html; charset=utf-8");
    assert!(page.text.contains("5 Treffer"), "{}", page.text);
    assert_eq!(page.text.matches("class=\"hit\"").count(), 5);
    assert!(page.text.contains("<mark>Verluste</mark>"));
}

#[test]
fn what_pages_load_is_there_and_may_be_kept_for_ever() {
    let place = Place::with_seeds();
    let page = browse(&place, "/", "de");
    let files = page.files();
    assert!(files.len() >= 3, "{files:?}");
    for address in files {
        let file = get(&place, &address);
        assert_eq!(file.status, StatusCode::OK, "{address}");
        assert!(file.header("cache-control").contains("immutable"));
        let name = address.rsplit('/').next().unwrap();
        let old = get(&place, &format!("/assets/0/{name}"));
        assert_eq!(old.header("cache-control"), "no-cache");
    }
    get(&place, "/assets/0/none.js").is_problem(404, "not_found", "no such file");
}

#[test]
fn the_language_is_that_of_the_address_else_of_the_reader_else_german() {
    let place = Place::with_seeds();
    let language = |path, languages| {
        let page = browse(&place, path, languages).answer;
        let begin = format!("<html lang=\"{}\">", page.header("content-language"));
        assert!(page.text.contains(&begin), "{}", page.text);
        assert_eq!(
            page.headers.get_all("vary").iter().next().unwrap(),
            "accept-language"
        );
        page.header("content-language").to_owned()
    };
    assert_eq!(language("/?q=Kursk", "fr"), "de");
    assert_eq!(language("/?q=Kursk", "en-GB,de;q=0.5"), "en");
    assert_eq!(language("/?q=Kursk&lang=de", "en"), "de");
    // A tag is of one language: who changes the language gets another page.
    let tag = |languages| {
        browse(&place, "/", languages)
            .answer
            .header("etag")
            .to_owned()
    };
    assert_ne!(tag("en"), tag("de"));
}

#[test]
fn what_goes_wrong_is_a_page_for_people_and_a_description_for_programs() {
    let place = Place::with_seeds();
    for (path, status, german) in [
        ("/nothing/here", 404, "Hier ist nichts"),
        ("/?colour=red", 400, "Diese Adresse ist nicht zu verstehen"),
        (
            "/?cursor=x",
            400,
            "Diese Seite der Treffer gibt es nicht mehr",
        ),
        ("/?limit=5000", 400, "Das ist zu viel auf einmal"),
        (
            "/?q=%22Kursk&strict",
            400,
            "Diese Anfrage ist nicht zu verstehen",
        ),
    ] {
        let page = browse(&place, path, "de").answer;
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.kind().starts_with("text/html"), "{path}");
        assert!(page.text.contains(german), "{}", page.text);
    }
    get(&place, "/nothing/here").is_problem(404, "not_found", "nothing at this address");
}

#[test]
fn remarks_on_a_query_are_made_in_both_languages() {
    let place = Place::with_seeds();
    let mut codes = Vec::new();
    for query in [
        "\"Kursk",
        "(Kursk",
        "Kursk)",
        "UND Kursk",
        "fisch:Kursk",
        "title: Kursk",
        "Kursk -5",
        "date:gestern",
        "date:[gestern TO heute]",
        "date:[2025 TO 2024]",
        "k*",
        "/[a/ Kursk",
        "Kursk~9",
        "\"Kursk Verluste\"~500",
        "Kursk^900",
        "Kursk NEAR/3 title:Soldaten",
        "country:Atlantis",
        "Kursk Rhabarber",
        "...",
    ] {
        let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let answer = get(&place, &format!("/api/search?q={query}")).json();
        let page = |language| browse(&place, &format!("/?q={query}"), language);
        let (german, english) = (page("de"), page("en"));
        for notice in answer["query"]["notices"].as_array().unwrap() {
            let code = notice["code"].as_str().unwrap();
            // Where nothing is found, nothing is shown instead.
            if code == "relaxed" && answer["total_hits"] == 0 {
                continue;
            }
            let said = |page: &super::page::Page| {
                let tag = page.with("data-code", code);
                tag.unwrap_or_else(|| panic!("{query}: {code}"))
                    .text
                    .clone()
            };
            assert_ne!(said(&german), said(&english), "{code}");
            // What the API says is German: where there is no text for a code, it would be shown.
            assert_ne!(
                said(&english),
                notice["message"].as_str().unwrap(),
                "{code}"
            );
            codes.push(code.to_owned());
        }
    }
    codes.sort();
    codes.dedup();
    assert!(codes.len() > 14, "{codes:?}");
}
