//! What clients, browsers and watchers need of a server beside answers.

use axum::body::Body;
use fundstelle::http::{Config, router};

use super::http::{Answer, archive, get, request, send, send_to};
use super::run::Place;

fn config() -> Config {
    Config::new("127.0.0.1:0".parse().unwrap())
}

/// Asks one server several times: tags are those of a server.
fn ask_again(router: &axum::Router, path: &str, tag: &str) -> Answer {
    let asked = request("GET", path).header("if-none-match", tag);
    send_to(router.clone(), asked.body(Body::empty()).unwrap())
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let place = Place::with_seeds();
    let archive = archive(&place);
    let router = router(archive.clone(), &config());
    for path in [
        "/api/search?q=Kursk",
        "/api/schema",
        "/feed.atom?q=Kursk",
        "/api/openapi.json",
    ] {
        let first = ask_again(&router, path, "\"none\"");
        assert_eq!(first.status, 200, "{path}");
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}: {tag}");
        assert_eq!(first.header("cache-control"), "private, no-cache");
        let again = ask_again(&router, path, &tag);
        assert_eq!(
            (again.status.as_u16(), again.text.as_str()),
            (304, ""),
            "{path}"
        );
        assert_eq!(again.header("etag"), tag);
    }
    let tag = ask_again(&router, "/api/search?q=Kursk", "")
        .header("etag")
        .to_owned();
    assert_eq!(
        ask_again(&router, "/api/search?q=Soldaten", &tag).status,
        200
    );
    place.write(
        "new.jsonl",
        "{\"id\":\"new\",\"body\":\"Ein Kegelverein.\"}\n",
    );
    assert_eq!(place.run(&["index", "new.jsonl"]).code, 0);
    assert!(archive.reload().unwrap());
    let newer = ask_again(&router, "/api/search?q=Kursk", &tag);
    assert_eq!(newer.status, 200);
    assert_ne!(newer.header("etag"), tag);
}

#[test]
fn tags_change_when_an_embargo_ends() {
    let place = Place::with_seeds();
    let soon = "{\"id\":\"x\",\"body\":\"Ein Kegelverein.\",\"embargo\":\"2099-01-01\"}\n";
    place.write("soon.jsonl", soon);
    assert_eq!(place.run(&["index", "soon.jsonl"]).code, 0);
    let archive = archive(&place);
    let version = |moment: &str| archive.version(moment.parse().unwrap());
    assert_eq!(version("2098-12-31"), version("2098-12-30"));
    assert_ne!(version("2098-12-31"), version("2099-01-01"));
}

#[test]
fn problems_and_further_pages_have_no_tags() {
    let place = Place::with_seeds();
    let first = get(&place, "/api/search?q=Kursk&limit=1").json();
    let cursor = first["next_cursor"].as_str().unwrap();
    for path in [
        format!("/api/search?q=Kursk&limit=1&cursor={cursor}"),
        "/api/search?limit=5000".to_owned(),
        "/api/documents/none".to_owned(),
        "/health".to_owned(),
    ] {
        assert_eq!(get(&place, &path).header("etag"), "", "{path}");
    }
}

#[test]
fn pages_from_elsewhere_may_ask_if_they_are_named() {
    let place = Place::with_seeds();
    let mut config = config();
    config.origins = vec!["https://portal.example".parse().unwrap()];
    let router = router(archive(&place), &config);
    let allowed = |origin: &str| {
        let asked = request("GET", "/api/search?q=Kursk").header("origin", origin);
        let answer = send_to(router.clone(), asked.body(Body::empty()).unwrap());
        assert_eq!(answer.status, 200);
        answer.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed("https://portal.example"), "https://portal.example");
    assert_eq!(allowed("https://other.example"), "");
    let asked = request("OPTIONS", "/api/search")
        .header("origin", "https://portal.example")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "content-type,x-meilisearch-client",
        );
    let answer = send_to(router.clone(), asked.body(Body::empty()).unwrap());
    assert_eq!(answer.status, 200);
    let headers = answer.header("access-control-allow-headers");
    for name in ["content-type", "authorization", "x-meilisearch-client"] {
        assert!(headers.contains(name), "{headers}");
    }
    // Nobody is named unless somebody was.
    let asked = request("GET", "/api/search").header("origin", "https://portal.example");
    let answer = send(&place, asked.body(Body::empty()).unwrap());
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[test]
fn an_origin_that_is_none_is_refused_at_the_start() {
    let place = Place::with_seeds();
    let ran = place.run(&["serve", "--cors-origin", "portal.example"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is no origin"), "{}", ran.err);
}

#[test]
fn figures_are_by_route_and_never_say_what_was_asked() {
    let place = Place::with_seeds();
    let router = router(archive(&place), &config());
    let ask = |path: &str| {
        send_to(
            router.clone(),
            request("GET", path).body(Body::empty()).unwrap(),
        )
    };
    ask("/api/search?q=Geheimtreffen");
    ask("/api/documents/geheim");
    ask("/geheim");
    let metrics = ask("/metrics");
    assert_eq!(metrics.status, 200);
    for line in [
        "fundstelle_http_requests_total{method=\"GET\",route=\"/api/search\",status=\"200\"} 1",
        "fundstelle_http_requests_total{method=\"GET\",route=\"/api/documents/{id}\",status=\"404\"} 1",
        "fundstelle_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "fundstelle_http_request_duration_seconds_count{route=\"/api/search\"} 1",
        "fundstelle_index_documents 5",
        "fundstelle_searches_waiting 0",
    ] {
        assert!(
            metrics.text.contains(line),
            "{line} is not in {}",
            metrics.text
        );
    }
    assert!(!metrics.text.to_lowercase().contains("geheim"));
    assert!(metrics.text.ends_with("# EOF\n"));
}

#[test]
fn health_is_told_in_two_parts() {
    let place = Place::with_seeds();
    assert_eq!(get(&place, "/health/live").json()["status"], "live");
    let ready = get(&place, "/health/ready").json();
    assert_eq!(
        (&ready["status"], &ready["documents"]),
        (&"available".into(), &5.into())
    );
}

#[test]
fn browsers_can_search_here() {
    let place = Place::with_seeds();
    let description = get(&place, "/opensearch.xml");
    assert_eq!(description.kind(), "application/opensearchdescription+xml");
    let template = "template=\"http://localhost/?q={searchTerms}\"";
    assert!(description.text.contains(template), "{}", description.text);
    assert!(get(&place, "/").text.contains("href=\"/opensearch.xml\""));
}
