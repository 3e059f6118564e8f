//! The pages for people: whole without scripts, escaped, in two languages.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use super::http::{Answer, get, request, send};
use super::run::Place;

/// What a browser is answered that speaks some languages.
pub fn browse(place: &Place, path: &str, languages: &str) -> Answer {
    let request: Request<Body> = request("GET", path)
        .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8")
        .header(header::ACCEPT_LANGUAGE, languages)
        .body(Body::empty())
        .unwrap();
    send(place, request)
}

/// The values of an attribute in a page.
pub fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    (page.split(mark.as_str()).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn a_search_is_a_page() {
    let place = Place::with_seeds();
    let page = browse(&place, "/?q=Kursk+Verluste", "de");
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.kind(), "text/html; charset=utf-8");
    assert!(page.text.contains("5 Treffer"), "{}", page.text);
    assert_eq!(page.text.matches("class=\"hit\"").count(), 5);
    assert!(page.text.contains("<mark>Verluste</mark>"));
}

#[test]
fn what_pages_load_is_there_and_may_be_kept_for_ever() {
    let place = Place::with_seeds();
    let page = browse(&place, "/", "de").text;
    let files = values(&page, "src").into_iter();
    let files: Vec<&str> = (files.chain(values(&page, "href")))
        .filter(|address| address.starts_with("/assets/"))
        .collect();
    assert!(files.len() >= 3, "{files:?}");
    for address in files {
        let file = get(&place, address);
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
        let page = browse(&place, path, languages);
        assert_eq!(
            values(&page.text, "lang")[0],
            page.header("content-language")
        );
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
    let tag = |languages| browse(&place, "/", languages).header("etag").to_owned();
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
    ] {
        let page = browse(&place, path, "de");
        assert_eq!(page.status.as_u16(), status, "{path}");
        assert!(page.kind().starts_with("text/html"), "{path}");
        assert!(page.text.contains(german), "{}", page.text);
    }
    get(&place, "/nothing/here").is_problem(404, "not_found", "nothing at this address");
}
