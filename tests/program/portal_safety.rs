//! Pages are safe and light: hostile articles and addresses stay text, answers say what browsers
//! may do with them, and the first view is small.

use axum::body::Body;
use axum::http::header;
use serde_json::json;
use tower::ServiceExt;

use super::http::{archive, request, send};
use super::page::{Page, browse};
use super::run::Place;

/// What an article says that wants to be more than text.
const SCRIPT: &str = "<script>alert(1)</script>";
const PICTURE: &str = "\"><img src=x onerror=alert(2)>";
const ATTRIBUTE: &str = "\" onmouseover=\"alert(3)\" style=\"top:0";

/// A place with an article all parts of which are hostile.
fn hostile() -> Place {
    let place = Place::new();
    let article = json!({
        "id": format!("a/b {ATTRIBUTE}"),
        "title": format!("{SCRIPT} Hafen {PICTURE} {{{{ title }}}} {{% if %}}"),
        "body": format!("Der Hafen {SCRIPT} öffnet. Das <mark>Wort</mark> {PICTURE} steht da. {ATTRIBUTE}"),
        "publisher": format!("Blatt {SCRIPT}{ATTRIBUTE}"),
        "date": "2025-04-01",
        "authors": [SCRIPT],
        "url": "javascript:alert(4)",
        "agencies": [{ "name": format!("Dienst {PICTURE}"), "kind": "intelligence", "role": "cited" }, PICTURE],
        "countries": [format!("Land {SCRIPT}{ATTRIBUTE}")],
    });
    let twin = json!({
        "id": "twin",
        "title": "Zweiter Hafen",
        "body": article["body"],
        "publisher": format!("Anderes {PICTURE}"),
        "date": "2025-04-02",
    });
    place.write("in/hostile.jsonl", format!("{article}\n{twin}\n"));
    let ran = place.run(&["index", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

/// Checks that a page has no tag, attribute or address that a hostile text would like to have.
#[track_caller]
fn is_harmless(page: &Page, path: &str) {
    assert!(page.answer.kind().starts_with("text/html"), "{path}");
    for tag in &page.tags {
        let named = ["img", "iframe", "object", "embed", "style", "base"];
        assert!(!named.contains(&tag.name.as_str()), "{path}: {}", tag.name);
        if tag.name == "script" {
            let from = tag.get("src").unwrap_or_default();
            assert!(
                from.starts_with("/assets/") && tag.text.trim().is_empty(),
                "{path}"
            );
        }
        for (name, value) in tag.attributes() {
            assert!(
                !name.starts_with("on") && name != "style" && name != "srcdoc",
                "{path}: {name}"
            );
            if ["href", "src", "action", "formaction"].contains(&name) {
                let is_ours = value.starts_with('/') || value.starts_with('#');
                let is_page = value.starts_with("http://") || value.starts_with("https://");
                assert!(is_ours || is_page, "{path}: {name}={value}");
            }
        }
    }
}

#[test]
fn hostile_articles_and_addresses_stay_text_on_every_page() {
    let place = hostile();
    let escaped =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let mut paths = vec![
        "/".to_owned(),
        "/?q=Hafen&collapse=true".to_owned(),
        "/?q=Wort&lang=en".to_owned(),
        "/overview".to_owned(),
    ];
    for text in [SCRIPT, PICTURE, ATTRIBUTE] {
        let text = escaped(text);
        for path in [
            "/?q=",
            "/?agency=",
            "/?country=-",
            "/?from=",
            "/?lang=",
            "/?cursor=",
            "/?x=",
            "/articles/",
            "/facets/agency?contains=",
            "/facets/",
            "/",
        ] {
            paths.push(format!("{path}{text}"));
        }
    }
    let shown = browse(&place, "/?q=Hafen", "de");
    assert_eq!(shown.hits(), 2);
    assert!(
        shown.answer.text.contains("&#60;script&#62;"),
        "{}",
        shown.answer.text
    );
    // Every page that the search leads to.
    let links = shown.named("a").chain(shown.named("input"));
    let links = links.filter_map(|tag| tag.get("href").or(tag.get("data-href")));
    let pages = links.filter(|href| {
        !href.starts_with("/api") && !href.starts_with("/feed") && href.starts_with('/')
    });
    paths.extend(pages.map(str::to_owned));
    assert!(paths.len() > 50, "{}", paths.len());
    for path in &paths {
        is_harmless(&browse(&place, path, "de"), path);
    }
}

#[test]
fn pages_keep_to_rights() {
    let place = Place::new();
    let text = "Am Kai wurde gestern gefeiert, weil der neue Kran nach langer Bauzeit endlich steht \
                und die ersten Schiffe am Morgen schon gewartet hatten, bis alle Reden gehalten \
                waren und der Regen nachließ.";
    let articles = [
        json!({ "id": "free", "title": "Kranfest", "body": text, "publisher": "Kurier", "date": "2025-03-01" }),
        json!({ "id": "cut", "title": "Kranfeier", "body": text, "publisher": "Bote", "access": "snippet" }),
        json!({ "id": "bare", "title": "Krantaufe", "body": format!("{text} Alle blieben."), "publisher": "Echo", "access": "metadata" }),
        json!({ "id": "later", "title": "Krangeheimnis", "body": text, "publisher": "Spion", "embargo": "2999-01-01T00:00" }),
    ];
    let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
    place.write("in/articles.jsonl", lines.join("\n"));
    assert_eq!(place.run(&["index", "in"]).code, 0);
    for path in ["/", "/?q=Kai", "/?q=Kai&collapse=true", "/?publisher=Spion"] {
        let page = browse(&place, path, "de").answer.text;
        assert!(!page.contains("Krangeheimnis"), "{path}");
        assert!(!page.contains("later"), "{path}");
        assert!(page.contains("3 Artikel im Archiv"), "{path}");
    }
    assert_eq!(browse(&place, "/?q=Krangeheimnis", "de").hits(), 0);
    let page = browse(&place, "/?q=Kai", "de");
    assert_eq!(page.hits(), 3);
    assert!(page.answer.text.contains("nur Auszüge") && page.answer.text.contains("ohne Text"));
    // Two articles show passages, the third none.
    let passages = page
        .tags
        .iter()
        .filter(|tag| tag.get("class") == Some("snippet"));
    assert_eq!(passages.count(), 2);
    // The copies are named with each other; that under embargo is none of them.
    let collapsed = browse(&place, "/?q=Kai&collapse=true", "de");
    assert!(collapsed.answer.text.contains("auch erschienen in"));
    assert!(collapsed.answer.text.contains("alle 3 zeigen"));
    assert_eq!(browse(&place, "/?copy=free", "de").hits(), 3);
}

#[test]
fn every_answer_says_what_browsers_may_do_with_it() {
    let place = Place::with_seeds();
    let elsewhere = (axum::http::Request::builder().uri("/"))
        .header(header::HOST, "example.org")
        .body(Body::empty());
    let answers = [
        "/",
        "/nothing",
        "/?x=1",
        "/api/search",
        "/api/nothing",
        "/assets/0/navigate.js",
        "/metrics",
    ]
    .map(|path| request("GET", path).body(Body::empty()));
    for asked in answers.into_iter().chain([elsewhere]) {
        let answer = send(&place, asked.unwrap());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("geolocation=()")
        );
    }
}

/// Size of an answer as it is sent to browsers, in bytes.
fn size(place: &Place, path: &str) -> usize {
    let config = fundstelle::http::Config::new("127.0.0.1:0".parse().unwrap());
    let router = fundstelle::http::router(archive(place), &config);
    let request = (request("GET", path).header(header::ACCEPT_ENCODING, "br"))
        .header(header::ACCEPT, "text/html")
        .body(Body::empty());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let response = router.oneshot(request.unwrap()).await.unwrap();
        let sent = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        sent.unwrap().len()
    })
}

#[test]
fn the_first_view_is_small() {
    const MOST: usize = 50 * 1024;
    let place = Place::with_seeds();
    for path in ["/", "/?q=Kursk+Verluste", "/?q=Soldaten&lang=en"] {
        let files = browse(&place, path, "de").files();
        let size: usize = (files.iter().map(String::as_str))
            .chain([path])
            .map(|path| size(&place, path))
            .sum();
        assert!(size < MOST, "{path}: {size} bytes");
    }
}
