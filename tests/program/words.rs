//! The words of the archive: suggestions, corrections, similar articles, patterns.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::http;
use super::run::Place;

/// Articles about a harbour, a pass and other things.
const ARTICLES: [(&str, &str, &str); 8] = [
    (
        "h1",
        "Hafenkran kippt um",
        "Im Hafen von Trelleborg ist ein Hafenkran umgekippt. Der Kranführer Lindqvist blieb unverletzt.",
    ),
    (
        "h2",
        "Neuer Hafenkran",
        "Die Werft in Trelleborg liefert den Hafenkran im Mai, sagt Lindqvist. Der alte Kran wird verschrottet.",
    ),
    (
        "h3",
        "Streit um den Hafen",
        "Der Hafen bleibt zu. Lindqvist will mit der Werft reden, in Trelleborg ruht die Arbeit am Hafenkran.",
    ),
    (
        "h4",
        "Lindqvist geht",
        "Nach dem Streit im Hafen geht Lindqvist. Die Werft dankt ihm.",
    ),
    (
        "p1",
        "Schnee am Pass",
        "Am Pass liegt Schnee, die Straße nach Süden ist zu. Räumfahrzeuge sind unterwegs.",
    ),
    (
        "p2",
        "Pass wieder frei",
        "Die Straße über den Pass ist geräumt, der Schnee ist weg. Größere Schäden gibt es nicht.",
    ),
    (
        "w1",
        "Alte Geschütze",
        "Das Museum zeigt eine 170-mm-Panzerhaubitze und einen Rhein-Kahn.",
    ),
    (
        "m1",
        "Müllabfuhr",
        "Die Müllabfuhr kommt im Mai öfter, meldet Reuters aus Berlin. Ein Ausflug nach Südkorea ist verlost worden.",
    ),
];

fn archive() -> Place {
    let place = Place::new();
    let lines = ARTICLES.map(|(id, title, body)| {
        json!({"id": id, "title": title, "body": body, "date": "2024-05-12", "publisher": "Hafenblatt"})
            .to_string()
    });
    place.write("in.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

fn suggest(place: &Place, typed: &str) -> Vec<Value> {
    let answer = place.json(&["suggest", "--format", "json", "--", typed]);
    answer["suggestions"].as_array().unwrap().clone()
}

/// Text and number of hits of the suggestions of a kind.
fn of_kind(suggestions: &[Value], kind: &str) -> Vec<(String, u64)> {
    (suggestions.iter())
        .filter(|it| it["kind"] == kind)
        .map(|it| {
            (
                it["text"].as_str().unwrap().to_owned(),
                it["count"].as_u64().unwrap(),
            )
        })
        .collect()
}

fn term(text: &str, count: u64) -> (String, u64) {
    (text.to_owned(), count)
}

#[test]
fn words_names_and_titles_are_suggested_as_they_are_written() {
    let place = archive();
    let suggestions = suggest(&place, "haf");
    assert_eq!(of_kind(&suggestions, "publisher"), [term("Hafenblatt", 8)]);
    assert_eq!(
        of_kind(&suggestions, "term"),
        [term("Hafen", 4), term("Hafenkran", 3)]
    );
    let titles = of_kind(&suggestions, "title");
    assert!(titles.contains(&term("Neuer Hafenkran", 1)), "{titles:?}");
    assert_eq!(
        of_kind(&suggest(&place, "Muell"), "term"),
        [term("Müllabfuhr", 1)]
    );
    assert_eq!(
        of_kind(&suggest(&place, "GRÖSS"), "term"),
        [term("Größere", 1)]
    );
    let highlights = &suggest(&place, "stras")[0];
    assert_eq!(
        (&highlights["text"], &highlights["highlights"]),
        (&json!("Straße"), &json!([[0, 6]]))
    );
    let reuters = suggest(&place, "reut");
    assert_eq!(
        (&reuters[0]["id"], &reuters[0]["query"]),
        (&json!("reuters"), &json!("agency:reuters"))
    );
}

#[test]
fn one_letter_may_be_wrong() {
    let place = archive();
    for typed in ["Treleb", "Terll", "Trelleboor", "Tellebor"] {
        let terms = of_kind(&suggest(&place, typed), "term");
        assert_eq!(terms, [term("Trelleborg", 3)], "{typed}");
    }
    assert_eq!(
        of_kind(&suggest(&place, "Ruet"), "agency"),
        [term("Reuters", 1)]
    );
    assert!(suggest(&place, "Tr\u{308}xyz").is_empty());
}

#[test]
fn what_is_suggested_is_found_together_with_what_was_typed() {
    let place = archive();
    for typed in [
        "Hafen S",
        "Schnee S",
        "Kran l",
        "Hafen -Werft Tre",
        "title:Haf",
        "agency:r",
        "\"Hafen v",
    ] {
        let suggestions = suggest(&place, typed);
        for it in &suggestions {
            let query = it["query"].as_str().unwrap();
            let answer = place.json(&["search", "--all", "--format", "json", "--", query]);
            assert_eq!(answer["total_hits"], it["count"], "{typed}: {it}");
            assert_ne!(it["count"], 0);
        }
        assert!(!suggestions.is_empty() || typed.starts_with('"'), "{typed}");
    }
    assert!(suggest(&place, "Schnee Trell").is_empty());
}

#[test]
fn what_is_deleted_is_not_suggested() {
    let place = archive();
    assert_eq!(
        of_kind(&suggest(&place, "Lindq"), "term"),
        [term("Lindqvist", 4)]
    );
    assert_eq!(place.run(&["delete", "h4", "p1"]).code, 0);
    assert_eq!(
        of_kind(&suggest(&place, "Lindq"), "term"),
        [term("Lindqvist", 3)]
    );
    assert!(suggest(&place, "Räumf").is_empty());
    assert!(of_kind(&suggest(&place, "Schn"), "title").is_empty());
}

#[test]
fn suggestions_over_http_are_bounded_and_take_no_other_parameters() {
    let place = archive();
    let answer = http::json(&place, "/api/suggest?q=haf&limit=2");
    assert_eq!(answer["query"], "haf");
    assert_eq!(answer["suggestions"].as_array().unwrap().len(), 2);
    assert_eq!(http::json(&place, "/api/suggest")["suggestions"], json!([]));
    for path in [
        format!("/api/suggest?q={}", "a".repeat(501)),
        "/api/suggest?q=a&limit=51".to_owned(),
        "/api/suggest?q=a&sort=newest".to_owned(),
    ] {
        let answer = http::get(&place, &path);
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{path}: {}",
            answer.text
        );
    }
}

/// The first correction of a query: its text and number of hits.
fn corrected(place: &Place, query: &str) -> Option<(String, u64)> {
    let answer = place.json(&["search", "--format", "json", "--", query]);
    let first = answer["query"]["did_you_mean"].get(0)?.clone();
    let text = first["text"].as_str().unwrap().to_owned();
    let again = place.json(&["search", "--all", "--format", "json", "--", &text]);
    assert_eq!(again["total_hits"], first["total_hits"], "{query}: {first}");
    Some((text, first["total_hits"].as_u64().unwrap()))
}

#[test]
fn misspelt_words_are_corrected_from_the_archive() {
    let place = archive();
    for (query, meant, hits) in [
        ("Treleborg", "Trelleborg", 3),
        ("Lindkwist", "Lindqvist", 4),
        ("Hafenkrna", "Hafenkran", 3),
        ("Werft Lindqivst", "Werft Lindqvist", 3),
        ("title:Lindqvits", "title:Lindqvist", 1),
        (
            "(Treleborg OR Lidnqvist) Werft",
            "(Trelleborg OR Lindqvist) Werft",
            3,
        ),
        ("\"alte Kramn\"", "\"alte Kran\"", 1),
        ("Trelle borg", "Trelleborg", 3),
        ("Schneestraßepass Räumfahrzeugesind", "", 0),
    ] {
        let expected = (hits > 0).then(|| (meant.to_owned(), hits));
        assert_eq!(corrected(&place, query), expected, "{query}");
    }
    let ran = place.run(&["search", "Treleborg"]);
    assert!(
        ran.out.contains("did you mean: Trelleborg (3 hits)"),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_right_or_exact_or_excluded_is_not_corrected() {
    let place = archive();
    for query in [
        "Kahn",
        "Müllabfuhr",
        "=Treleborg",
        "Hafen -Treleborg",
        "Trele*",
        "publisher:Hafenblat",
        "2023",
        "Schnee Trelleborg",
    ] {
        assert_eq!(corrected(&place, query), None, "{query}");
    }
}

#[test]
fn similar_articles_share_the_telling_words() {
    let place = archive();
    let answer = place.json(&["similar", "h1", "--format", "json"]);
    let ids: Vec<&str> = (answer["hits"].as_array().unwrap().iter())
        .map(|hit| hit["id"].as_str().unwrap())
        .collect();
    assert_eq!(&ids[..2], ["h3", "h2"], "{answer}");
    assert!(!ids.contains(&"h1"));
    let because = answer["because"].as_array().unwrap();
    assert!(
        because.iter().any(|word| word["text"] == "Trelleborg"),
        "{because:?}"
    );
    assert!(!answer["hits"][0]["snippets"].as_array().unwrap().is_empty());
    let filtered = http::json(&place, "/api/documents/h1/similar?limit=1&facets=publisher");
    assert_eq!(filtered["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        filtered["facets"]["publisher"]["values"][0]["count"],
        filtered["total_hits"]
    );
    let none = http::get(&place, "/api/documents/h9/similar");
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    place
        .run(&["similar", "h9"])
        .fails_with(&["h9", "no document"]);
}

#[test]
fn copies_are_similar_only_if_they_are_asked_for() {
    let place = Place::new();
    let text = "Der Hafen von Trelleborg bleibt bis Montag geschlossen, weil am Kai ein Kran \
                umgefallen ist und die Werft erst Ersatz beschaffen muss, wie ein Sprecher der Stadt am frühen Abend vor Ort sagte.";
    let lines = [
        ("a", text),
        ("b", text),
        ("c", "Am Kai von Trelleborg steht wieder ein Kran."),
    ]
    .map(|(id, body)| json!({"id": id, "title": id, "body": body}).to_string());
    place.write("in.jsonl", lines.join("\n"));
    assert_eq!(place.run(&["index", "in.jsonl"]).code, 0);
    let ids = |path: &str| -> Vec<String> {
        let hits = http::json(&place, path)["hits"].clone();
        (hits.as_array().unwrap().iter())
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids("/api/documents/a/similar"), ["c"]);
    assert_eq!(ids("/api/documents/a/similar?with_copies=true"), ["b", "c"]);
    assert_eq!(ids("/api/documents/c/similar").len(), 1);
}

#[test]
fn patterns_look_at_the_pieces_between_hyphens() {
    let place = archive();
    for query in [
        "Panzer*",
        "*haubitze",
        "Panzerhaubizte~1",
        "/panzer.*/",
        "Kahn*",
        "\"170-mm-Panzerhaubitze\"",
    ] {
        let answer = place.json(&["search", "--format", "json", "--", query]);
        assert_eq!(answer["total_hits"], 1, "{query}");
        assert_eq!(answer["hits"][0]["id"], "w1", "{query}");
    }
    let answer = place.json(&["search", "--format", "json", "Panzer*"]);
    let html = answer["hits"][0]["snippets"][0]["html"].as_str().unwrap();
    assert!(
        html.contains("170-mm-<mark>Panzerhaubitze</mark>"),
        "{html}"
    );
    // Exact words and phrases do not.
    let exact = place.json(&["search", "--format", "json", "=Panzerhaubitze"]);
    assert_eq!(exact["total_hits"], 0);
}

#[test]
fn suggestions_count_among_the_articles_that_are_left_by_filters() {
    let place = archive();
    let server = http::Server::start(&place);
    let total = |path: &str| server.get(path)["total_hits"].as_u64().unwrap();
    for (typed, filters) in [
        ("haf", "publisher=Hafenblatt"),
        ("mai", "country=KR"),
        ("reu", "agency=dpa"),
        ("mai", "agency=-reuters"),
        ("pass", "from=2024-05&to=2024-05"),
        ("mai+süd", "publisher=Hafenblatt"),
    ] {
        let path = format!("/api/suggest?q={}&{filters}", typed.replace('ü', "%C3%BC"));
        let suggestions = server.get(&path);
        let suggestions = suggestions["suggestions"].as_array().unwrap();
        assert!(!suggestions.is_empty(), "{path}");
        for suggestion in suggestions {
            let text = |key: &str| suggestion[key].as_str().unwrap();
            let encode =
                |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let hits = match suggestion["rest"].as_str() {
                // The value becomes the only selected one of its facet.
                Some(rest) => {
                    let (kind, id) = (text("kind"), text("id"));
                    let others = filters
                        .split('&')
                        .filter(|it| !it.starts_with(kind) || it.contains("=-"));
                    let others: Vec<&str> = others.collect();
                    let (rest, id) = (encode(rest), encode(id));
                    total(&format!(
                        "/api/search?q={rest}&{kind}={id}&{}",
                        others.join("&")
                    ))
                }
                None => total(&format!(
                    "/api/search?q={}&{filters}&all=true",
                    encode(text("query"))
                )),
            };
            assert_eq!(suggestion["count"], hits, "{path}: {suggestion}");
        }
    }
}
