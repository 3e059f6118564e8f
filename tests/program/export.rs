//! Results are taken away whole, in every format, and only as far as they may be shown.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::http;
use super::run::Place;

/// The names of all formats.
pub const FORMATS: [&str; 8] = [
    "json", "ndjson", "csv", "plain", "bibtex", "ris", "csl-json", "atom",
];
/// More than one page of a search could hold.
const MANY: usize = 1_234;

/// Articles of which one is free, one has no passages, and one is under embargo.
fn limited() -> Place {
    let place = Place::new();
    let records = [
        json!({"id": "frei", "title": "=Rettung am Kai", "date": "2024-05", "publisher": "Kaiblatt",
            "body": "Das rote Rettungsboot liegt laut dpa am Kai. Es wird bald gestrichen.",
            "authors": ["Jo \"Mast\" Brücke"], "url": "https://example.org/kai?a=1&b=2"}),
        json!({"id": "karg", "title": "Boot im Nebel", "date": "2024-05-13", "access": "metadata",
            "body": "Ein Rettungsboot sucht zwei Fischer. Niemand kennt ihre geheimen Plätze."}),
        json!({"id": "gesperrt", "title": "Boot unter Verschluss", "embargo": "2099-05-12T18:00",
            "body": "Das neue Rettungsboot heißt Porpoise. Die Taufe ist im Mai."}),
        json!({"id": "undatiert", "title": "Boot ohne Tag", "access": "snippet",
            "body": "Ein altes Rettungsboot steht im Garten. Kinder spielen gern darin."}),
    ];
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    place.write("in/articles.jsonl", lines.join("\n"));
    let ran = place.run(&["index", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    place
}

/// Many short articles, indexed in several steps so that there are several segments.
fn many() -> Place {
    let place = Place::new();
    for part in 0..3 {
        let mut lines = String::new();
        for number in (part..MANY).step_by(3) {
            let times = 1 + number % 7;
            let body = format!("{} Der Kutter {number} läuft aus.", "Hering ".repeat(times));
            let date = format!("2024-{:02}", 1 + number % 12);
            let id = format!("n{:05}", number * 7919 % 100_000);
            lines += &format!(
                "{}\n",
                json!({"id": id, "title": "Fang", "body": body, "date": date})
            );
        }
        place.write(&format!("in/{part}.jsonl"), lines);
        let ran = place.run(&["index", "in"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    place
}

fn ids(ndjson: &str) -> Vec<String> {
    let hits = ndjson
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    hits.map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn an_export_is_the_search_read_to_its_last_page() {
    let place = many();
    for sort in ["relevance", "newest", "oldest"] {
        let mut paged = String::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut arguments = vec!["search", "Hering", "--sort", sort, "-n", "500"];
            arguments.extend(["--format", "json"]);
            if let Some(cursor) = &cursor {
                arguments.extend(["--cursor", cursor]);
            }
            let page = place.json(&arguments);
            for hit in page["hits"].as_array().unwrap() {
                paged += &format!("{hit}\n");
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        let exported = place.run(&["export", "Hering", "--sort", sort]);
        assert_eq!(ids(&exported.out).len(), MANY);
        assert_eq!(exported.out, paged, "{sort}");
    }
    let over_http = http::text(&place, "/api/export?q=Hering&format=ndjson");
    assert_eq!(over_http, place.run(&["export", "Hering"]).out);
    let bare = place.run(&["export", "Hering", "--no-snippets"]).out;
    assert!(bare.contains("\"snippets\":[]") && !bare.contains("<mark>"));
    let path = "/api/export?q=Hering&format=ndjson&snippets=false";
    assert_eq!(http::text(&place, path), bare);
    assert_eq!(
        ids(&http::text(
            &place,
            "/api/export?q=Hering&format=ndjson&limit=7"
        ))
        .len(),
        7
    );
}

#[test]
fn nothing_that_is_withheld_is_taken_away() {
    let place = limited();
    for format in FORMATS {
        let path = format!("/api/export?q=Rettungsboot&format={format}");
        let outputs = [
            place
                .run(&["export", "Rettungsboot", "--format", format])
                .out,
            http::text(&place, &path),
        ];
        for text in outputs {
            assert!(
                text.contains("karg") || format == "atom",
                "{format}: {text}"
            );
            assert!(text.contains("Boot im Nebel"), "{format}: {text}");
            for secret in ["gesperrt", "Verschluss", "Porpoise", "Fischer", "geheimen"] {
                assert!(!text.contains(secret), "{format}: {secret}: {text}");
            }
        }
    }
    let feed = http::text(&place, "/feed.atom?q=Rettungsboot");
    assert!(feed.contains("Boot im Nebel") && !feed.contains("Verschluss"));
    assert!(!feed.contains("Fischer"), "{feed}");
}

#[test]
fn cells_that_would_be_calculated_are_text() {
    let place = limited();
    let csv = place.run(&["export", "--format", "csv"]).out;
    assert!(csv.contains(",'=Rettung am Kai,"), "{csv}");
    let csv = place.run(&["search", "--format", "csv"]).out;
    assert!(csv.contains(",'=Rettung am Kai,"), "{csv}");
}

#[test]
fn a_feed_begins_with_the_newest_and_is_short() {
    let place = many();
    let feed = http::text(&place, "/feed.atom?q=Hering");
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), 50);
    assert!(
        entries.iter().all(|entry| entry.contains("2024-12")),
        "{feed}"
    );
    assert!(!feed.contains("<published>"), "only the month is known");
    let again = http::text(&place, "/feed.atom?q=Hering");
    let id = |feed: &str| feed.split("<id>").nth(1).unwrap()[..45].to_owned();
    assert_eq!(id(&feed), id(&again));
    assert_ne!(id(&feed), id(&http::text(&place, "/feed.atom?q=Kutter")));
    let problem = http::json(&place, "/feed.atom?q=Hering&sort=oldest");
    assert_eq!(problem["code"], "bad_parameter");
}

#[test]
fn the_type_is_that_of_the_format_or_of_what_is_accepted() {
    let place = limited();
    for (path, accept, status, kind) in [
        (
            "format=bibtex",
            "",
            200,
            "application/x-bibtex; charset=utf-8",
        ),
        (
            "format=csv",
            "application/json",
            200,
            "text/csv; charset=utf-8",
        ),
        ("", "", 200, "application/json"),
        ("", "text/html, */*;q=0.1", 200, "application/json"),
        (
            "",
            "application/json;q=0.2, application/x-ndjson",
            200,
            "application/x-ndjson",
        ),
        (
            "",
            "application/atom+xml",
            200,
            "application/atom+xml; charset=utf-8",
        ),
        ("", "image/png", 406, "application/problem+json"),
        ("format=pdf", "", 400, "application/problem+json"),
        ("cursor=1-a2-61", "", 400, "application/problem+json"),
        (
            "q=%22offen&strict=true",
            "",
            400,
            "application/problem+json",
        ),
        ("agency=dpa&nonsense=1", "", 400, "application/problem+json"),
    ] {
        let answer = http::accepting(&place, &format!("/api/export?{path}"), accept);
        assert_eq!(
            (answer.0, answer.1.as_str()),
            (status, kind),
            "{path} {accept}"
        );
    }
}

#[test]
fn a_file_appears_only_when_it_is_complete() {
    let place = limited();
    place.write("out.csv", "the one before");
    let failed = place.run(&["export", "--strict", "\"offen", "-o", "out.csv"]);
    assert_eq!(failed.code, 2);
    let content = || std::fs::read_to_string(place.path().join("out.csv")).unwrap();
    assert_eq!(content(), "the one before");
    let ran = place.run(&["export", "Rettungsboot", "--format", "csv", "-o", "out.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "3 hits written to out.csv\n");
    assert_eq!(content().lines().count(), 4);
    let names = std::fs::read_dir(place.path()).unwrap().flatten();
    let names: BTreeSet<String> = names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["in", "index", "out.csv"].map(str::to_owned).into());
    assert_eq!(place.run(&["export", "--all", "Walfang"]).code, 1);
    let nowhere = place.run(&["export", "-o", "no/where.csv"]);
    nowhere.fails_with(&["no", "cannot write"]);
}

/// The rows of a table of counts as line, query, facet, value and count.
fn rows(table: &str) -> Vec<(String, String, String, String, u64)> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let text = |at: usize| row[at].to_owned();
        (text(0), text(1), text(2), text(4), row[6].parse().unwrap())
    });
    rows.collect()
}

#[test]
fn a_list_of_queries_becomes_a_table_of_the_counts_that_facets_shows() {
    let place = Place::with_seeds();
    place.write(
        "queries.csv",
        "\u{feff}query;from;agency\nKursk;;\n\"Kursk; Verluste\";2025-04;\nKursk;;-kr-nis\nKursk;gestern;\n",
    );
    let ran = place.run(&["batch", "queries.csv", "--facet", "country"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("queries.csv:5: \"gestern\" is no date"),
        "{}",
        ran.err
    );
    let rows = rows(&ran.out);
    for (line, query, arguments) in [
        ("2", "Kursk", vec!["Kursk"]),
        (
            "3",
            "Kursk; Verluste",
            vec!["Kursk; Verluste", "--from", "2025-04"],
        ),
        ("4", "Kursk", vec!["Kursk", "--filter", "agency=-kr-nis"]),
    ] {
        let mut command = vec!["facets", "--format", "json", "--facet", "country"];
        command.extend(arguments);
        command.extend(["--facet-limit", "10000"]);
        let answer = place.json(&command);
        let own: Vec<_> = rows.iter().filter(|row| row.0 == line).collect();
        assert!(own.iter().all(|row| row.1 == query));
        let total = answer["total_hits"].as_u64().unwrap();
        assert_eq!((own[0].2.as_str(), own[0].4), ("", total));
        let mut expected: Vec<(&str, u64)> = Vec::new();
        let counts = &answer["facets"]["country"];
        for value in counts["values"].as_array().unwrap() {
            expected.push((
                value["id"].as_str().unwrap(),
                value["count"].as_u64().unwrap(),
            ));
        }
        expected.retain(|(_, count)| *count > 0);
        match counts["missing"].as_u64().unwrap() {
            0 => {}
            missing => expected.push(("_missing", missing)),
        }
        let found: Vec<_> = own[1..].iter().map(|row| (row.3.as_str(), row.4)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_list_without_a_head_is_a_query_a_line() {
    let place = Place::with_seeds();
    place.write("queries.txt", "Kursk, Verluste\n\nSeoul\n");
    let ran = place.run(&["batch", "queries.txt", "--facet", "country"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = rows(&ran.out);
    let totals: Vec<_> = (rows.iter().filter(|row| row.2.is_empty()))
        .map(|row| (row.0.as_str(), row.1.as_str()))
        .collect();
    assert_eq!(totals, [("1", "Kursk, Verluste"), ("3", "Seoul")]);
    place.write("bad.csv", "query,ressort\nKursk,Lokales\n");
    place
        .run(&["batch", "bad.csv"])
        .fails_with(&["bad.csv", "ressort", "known are: query"]);
    place
        .run(&["batch", "none.csv"])
        .fails_with(&["none.csv: cannot be read"]);
}
