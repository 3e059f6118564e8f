//! Writing over HTTP: who may, what becomes of each line, and that nothing is lost.

use std::time::Duration;

use fundstelle::engine::embedded::{Embedded, WriterOptions};
use serde_json::{Value, json};

use super::http::Server;
use super::run::Place;

const TOKEN: &str = "a-token-for-tests-only";
const BEARER: &str = "Authorization: Bearer a-token-for-tests-only";

fn writable(place: &Place) -> Server {
    Server::start_with(place, &["--create"], &[("FUNDSTELLE_TOKEN", TOKEN)])
}

impl Server {
    fn post(&self, lines: &[Value]) -> Value {
        let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let (status, _, answer) = self.ask("POST", "/api/documents", &[BEARER], body.as_bytes());
        assert_eq!(status, 200, "{answer}");
        serde_json::from_str(&answer).unwrap()
    }

    fn total(&self, query: &str) -> u64 {
        self.get(&format!("/api/search?q={query}&all=true&limit=0"))["total_hits"]
            .as_u64()
            .unwrap()
    }

    #[track_caller]
    fn refuses(&self, request: (&str, &str, &[&str], &[u8]), status: u16, code: &str) -> String {
        let (method, path, head, body) = request;
        let (got, head, answer) = self.ask(method, path, head, body);
        assert_eq!(got, status, "{head}\n{answer}");
        let problem: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(problem["code"], code, "{answer}");
        assert!(
            head.contains("content-type: application/problem+json"),
            "{head}"
        );
        assert!(!head.contains("access-control-allow"), "{head}");
        assert!(!answer.contains(TOKEN));
        format!("{head}\n{answer}")
    }
}

#[test]
fn what_is_sent_is_found_at_once_and_each_line_has_its_fate() {
    let place = Place::new();
    let server = writable(&place);
    let first = server.post(&[
        json!({"id": "a", "title": "Deichbruch", "body": "Der Deich bei Emden brach laut dpa."}),
        json!({"title": "Ohne Nummer", "body": "Ein Schwanenteich in Ulm."}),
        json!({"id": "b"}),
        json!({"id": "c", "body": "Kraniche ziehen.", "date": "gestern"}),
    ]);
    assert_eq!(
        (&first["added"], &first["refused"]),
        (&json!(3), &json!(1)),
        "{first}"
    );
    let lines = &first["lines"];
    assert_eq!(lines[0], json!({"line": 1, "id": "a", "status": "added"}));
    assert_eq!(lines[1]["id"].as_str().unwrap().len(), 16);
    assert_eq!(
        (&lines[2]["line"], &lines[2]["status"]),
        (&json!(3), &json!("refused"))
    );
    assert!(lines[2]["reasons"][0].as_str().unwrap().contains("neither"));
    assert_eq!(lines[3]["status"], "added");
    assert!(
        lines[3]["reasons"][0]
            .as_str()
            .unwrap()
            .contains("\"date\" is not a date")
    );
    // Visible now, not a moment later; enriched like everything else.
    assert_eq!(server.total("Deiche"), 1);
    let found = server.get("/api/search?q=Deich&agency=dpa");
    assert_eq!(found["hits"][0]["source_path"], "http:");

    let commit = first["commit"].clone();
    let again = server.post(&[
        json!({"title": "Ohne Nummer", "body": "Ein Schwanenteich in Ulm."}),
        json!({"id": "a", "title": "Deichbruch", "body": "Der Deich bei Emden brach laut dpa."}),
    ]);
    assert_eq!(
        (&again["unchanged"], &again["commit"]),
        (&json!(2), &commit),
        "{again}"
    );
    let changed = server.post(&[
        json!({"id": "a", "body": "Eine alte Fassung."}),
        json!({"id": "a", "body": "Der Deich hielt stand."}),
    ]);
    assert_eq!(changed["lines"][0]["status"], "superseded");
    assert_eq!(changed["lines"][1]["status"], "updated");
    assert_eq!((server.total("Fassung"), server.total("stand")), (0, 1));
    assert_eq!(server.get("/health")["documents"], 3);
}

#[test]
fn all_or_nothing_if_that_is_asked_for() {
    let place = Place::new();
    let server = writable(&place);
    let body = b"{\"id\":\"a\",\"body\":\"Ein Fest.\"}\n\nkein JSON\n";
    let path = "/api/documents?strict=true";
    let answer = server.refuses(("POST", path, &[BEARER], body), 422, "refused");
    assert!(answer.contains("\"line\":3"), "{answer}");
    assert_eq!(server.get("/health")["documents"], 0);
    let (status, ..) = server.ask("POST", "/api/documents", &[BEARER], body);
    assert_eq!(status, 200);
    assert_eq!(server.get("/health")["documents"], 1);
}

#[test]
fn nobody_writes_without_the_token() {
    let place = Place::with_seeds();
    let body = b"{\"id\":\"a\",\"body\":\"Ein Fest.\"}";
    let reading = Server::start(&place);
    let off = reading.refuses(
        ("POST", "/api/documents", &[BEARER], body),
        403,
        "writing_off",
    );
    assert!(off.contains("--token-file"), "{off}");
    reading.refuses(
        ("DELETE", "/api/documents/a", &[BEARER], b""),
        403,
        "writing_off",
    );
    drop(reading);

    let server = writable(&place);
    let id = server.get("/api/search?q=Kursk&limit=1")["hits"][0]["id"].clone();
    let document = format!("/api/documents/{}", id.as_str().unwrap());
    for head in [
        &[][..],
        &["Authorization: Bearer"],
        &["Authorization: Bearer a-token-for-tests-onlx"],
        &["Authorization: Basic YS10b2tlbi1mb3ItdGVzdHMtb25seQ=="],
        &["Cookie: token=a-token-for-tests-only"],
        &["Authorization: Bearer wrong-wrong-wrong", BEARER],
    ] {
        let answer = server.refuses(("POST", "/api/documents", head, body), 401, "unauthorised");
        assert!(answer.contains("www-authenticate: bearer"), "{answer}");
        server.refuses(("DELETE", &document, head, b""), 401, "unauthorised");
    }
    let path = format!("/api/documents?token={TOKEN}");
    let (status, ..) = server.ask("POST", &path, &[], body);
    assert_eq!(status, 401);
    assert_eq!(server.get("/health")["documents"], 5);
}

#[test]
fn other_sites_and_other_names_do_not_write() {
    let place = Place::new();
    let server = writable(&place);
    let body = b"{\"id\":\"a\",\"body\":\"Ein Fest.\"}";
    let head = ["Host: evil.example", BEARER];
    server.refuses(("POST", "/api/documents", &head, body), 421, "wrong_host");
    // The question that a browser asks before it lets another site send a token.
    let head = [
        "Origin: https://evil.example",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization",
    ];
    let (_, head, _) = server.ask("OPTIONS", "/api/documents", &head, b"");
    assert!(!head.contains("access-control-allow"), "{head}");
    assert_eq!(server.get("/health")["documents"], 0);
}

#[test]
fn what_cannot_be_taken_is_refused_whole() {
    let place = Place::new();
    let server = Server::start_with(
        &place,
        &["--create", "--max-body", "1"],
        &[("FUNDSTELLE_TOKEN", TOKEN)],
    );
    let path = "/api/documents";
    let long = vec![b' '; (1 << 20) + 1];
    server.refuses(("POST", path, &[BEARER], &long), 413, "too_large");
    let lying = [BEARER, "Content-Length: 99999999999"];
    server.refuses(("POST", path, &lying, b"{}"), 413, "too_large");
    let chunked = [BEARER, "Transfer-Encoding: chunked", "Connection: close"];
    let mut chunks = format!("{:x}\r\n", long.len()).into_bytes();
    chunks.extend(&long);
    chunks.extend(b"\r\n0\r\n\r\n");
    let (status, ..) = server.ask("POST", path, &chunked, &chunks);
    assert!([0, 400, 413].contains(&status), "{status}");
    server.refuses(("POST", path, &[BEARER], b""), 400, "empty");
    server.refuses(("POST", path, &[BEARER], b" \n\n"), 400, "empty");
    let many = "{}\n".repeat(10_001);
    server.refuses(("POST", path, &[BEARER], many.as_bytes()), 413, "too_large");
    let packed = [BEARER, "Content-Encoding: gzip"];
    server.refuses(("POST", path, &packed, b"{}"), 415, "compressed");
    server.refuses(
        ("POST", "/api/documents?x=1", &[BEARER], b"{}"),
        400,
        "bad_parameter",
    );
    server.refuses(("PUT", path, &[BEARER], b"{}"), 405, "wrong_method");
    let broken = [
        &b"\xff\xfe{\n"[..],
        b"{\"id\":[1],\"body\":\"x\"}\n",
        b"\0\n[[[[",
    ]
    .concat();
    let (status, _, answer) = server.ask("POST", path, &[BEARER], &broken);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &answer["refused"]), (200, &json!(4)), "{answer}");
    assert_eq!(server.get("/health")["documents"], 0);
}

#[test]
fn a_document_is_deleted_by_its_id() {
    let place = Place::new();
    let server = writable(&place);
    server.post(&[
        json!({"id": "a/b c", "body": "Ein Storch."}),
        json!({"id": "2", "body": "Ein Reiher."}),
    ]);
    let path = "/api/documents/a%2Fb%20c";
    let (status, _, body) = server.ask("DELETE", path, &[BEARER], b"");
    assert_eq!((status, body.as_str()), (204, ""));
    assert_eq!((server.total("Storch"), server.total("Reiher")), (0, 1));
    server.refuses(("DELETE", path, &[BEARER], b""), 404, "no_document");
}

#[test]
fn decisions_hold_for_what_is_sent_also_those_of_a_moment_ago() {
    let place = Place::new();
    place.write("rights.jsonl", "{\"id\":\"gone\",\"takedown\":true}\n");
    let server = Server::start_with(
        &place,
        &["--create", "--rights", "rights.jsonl"],
        &[("FUNDSTELLE_TOKEN", TOKEN)],
    );
    let both = [
        json!({"id": "gone", "body": "Ein Gerücht."}),
        json!({"id": "soon", "body": "Eine Rede."}),
        json!({"id": "later", "body": "Ein Bericht.", "embargo": "2999-01-01"}),
    ];
    let answer = server.post(&both);
    assert_eq!(answer["lines"][0]["status"], "taken_down");
    assert_eq!(
        (&answer["added"], &answer["taken_down"]),
        (&json!(2), &json!(1))
    );
    assert_eq!((server.total("Rede"), server.total("Bericht")), (1, 0));
    place.write("rights.jsonl", "{\"id\":\"soon\",\"takedown\":true}\n");
    assert_eq!(server.post(&both)["lines"][1]["status"], "taken_down");
    assert_eq!((server.total("Rede"), server.total("Gerücht")), (0, 1));
    // A line that cannot be understood stops all writing, since it may forbid what is sent.
    place.write("rights.jsonl", "{\"id\":\n");
    let body = b"{\"id\":\"x\",\"body\":\"Ein Fest.\"}";
    server.refuses(("POST", "/api/documents", &[BEARER], body), 500, "rights");
    // The index keeps to the file when others write to it, too.
    drop(server);
    place.write("more.jsonl", "{\"id\":\"y\",\"body\":\"Noch ein Fest.\"}\n");
    place
        .run(&["index", "more.jsonl"])
        .fails_with(&["rights.jsonl:1"]);
}

#[test]
fn files_and_senders_share_an_index() {
    let place = Place::new();
    place.write(
        "in/one.jsonl",
        "{\"id\":\"file\",\"body\":\"Ein Hafen.\"}\n",
    );
    assert_eq!(place.run(&["index", "in"]).code, 0);
    let server = writable(&place);
    server.post(&[json!({"id": "sent", "body": "Ein Leuchtturm."})]);
    // Whoever prunes takes away what lost its file, not what never had one.
    place.write(
        "in/one.jsonl",
        "{\"id\":\"other\",\"body\":\"Eine Mole.\"}\n",
    );
    for path in ["in", ".", "/"] {
        let ran = match path {
            "/" => place.run(&[
                "index",
                place.path().join("in").to_str().unwrap(),
                "--prune",
            ]),
            path => place.run(&["index", path, "--prune"]),
        };
        // Below "." there is the index, too, which is no article.
        assert_eq!(ran.code, i32::from(path == "."), "{}", ran.err);
    }
    // This server has not looked yet, but what it takes in comes to what the others wrote.
    let answer = server.post(&[json!({"id": "other", "body": "Eine Mole."})]);
    assert_eq!(answer["updated"], 1, "{answer}");
    assert_eq!((server.total("Leuchtturm"), server.total("Hafen")), (1, 0));
}

#[test]
fn while_another_program_writes_senders_are_told_to_come_again() {
    let place = Place::new();
    let server = writable(&place);
    let other = Embedded::open(&place.path().join("index")).unwrap();
    let writer = other.writer(WriterOptions::default()).unwrap();
    let body = b"{\"id\":\"sent\",\"body\":\"Ein Leuchtturm.\"}";
    let answer = server.refuses(("POST", "/api/documents", &[BEARER], body), 503, "busy");
    assert!(answer.contains("retry-after: 5"), "{answer}");
    server.refuses(("DELETE", "/api/documents/x", &[BEARER], b""), 503, "busy");
    assert_eq!(server.total("Leuchtturm"), 0);
    drop(writer);
    server.post(&[json!({"id": "sent", "body": "Ein Leuchtturm."})]);
    assert_eq!(server.total("Leuchtturm"), 1);
}

#[test]
fn what_was_sent_and_taken_down_does_not_come_back() {
    let place = Place::new();
    let server = writable(&place);
    let lines = [json!({"id": "a", "body": "Ein Gerücht über einen Pegel."})];
    server.post(&lines);
    let delete = ["delete", "a", "--takedown"];
    place.run(&delete).fails_with(&["http:", "--rights FILE"]);
    let ran = place.run(&[&delete[..], &["--rights", "down.jsonl"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(server.post(&lines)["lines"][0]["status"], "taken_down");
    assert_eq!(server.total("Pegel"), 0);
}

#[test]
fn many_senders_at_once_lose_nothing() {
    let place = Place::new();
    let server = writable(&place);
    std::thread::scope(|scope| {
        for sender in 0..4 {
            let server = &server;
            scope.spawn(move || {
                for n in 0..3 {
                    let id = format!("{sender}-{n}");
                    server.post(&[json!({"id": id, "body": format!("Ein Kranich {sender}{n}.")})]);
                    assert_eq!(server.total(&format!("Kranich+{sender}{n}")), 1);
                }
            });
        }
    });
    assert_eq!(server.total("Kranich"), 12);
    drop(server);
    assert_eq!(place.json(&["stats", "--format", "json"])["documents"], 12);
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn a_server_that_is_killed_while_it_writes_leaves_the_last_commit() {
    let place = Place::new();
    let many: String = (0..2000)
        .map(|n| {
            format!("{{\"id\":\"n{n}\",\"body\":\"Kraniche Nummer {n} ziehen über die Elbe.\"}}\n")
        })
        .collect();
    let mut whole = 0;
    for wait in [0, 10, 40, 100, 200, 400] {
        let server = writable(&place);
        server.post(&[json!({"id": "first", "body": "Ein Storch."})]);
        let address = server.address().to_owned();
        let body = many.clone();
        let sending = std::thread::spawn(move || {
            super::http::send_raw(
                &address,
                "POST",
                "/api/documents",
                &[BEARER],
                body.as_bytes(),
            )
            .0
        });
        std::thread::sleep(Duration::from_millis(wait));
        server.kill();
        // Whoever could not even connect any more was not answered.
        let answered = sending.join().is_ok_and(|status| status == 200);
        assert_eq!(place.run(&["check"]).code, 0);
        let documents = place.json(&["stats", "--format", "json"])["documents"]
            .as_u64()
            .unwrap();
        // All of a request or nothing of it; all of it for sure if that was answered.
        assert!(documents == 1 || documents == 2001, "{documents}");
        assert!(!answered || documents == 2001);
        whole += u64::from(documents == 2001);
    }
    let server = writable(&place);
    let (status, _, answer) = server.ask("POST", "/api/documents", &[BEARER], many.as_bytes());
    assert_eq!(status, 200, "{answer}");
    assert_eq!(server.total("Kraniche"), 2000, "{whole}");
}

#[test]
fn a_token_that_is_none_is_told_at_the_start_and_never_shown() {
    let place = Place::with_seeds();
    place.write("short", "geheim\n");
    let ran = place.run(&["serve", "--token-file", "short"]);
    ran.fails_with(&["short: a token has 16 to 1024 characters, this has 6"]);
    assert!(!ran.err.contains("geheim"));
    place
        .run(&["serve", "--token-file", "none"])
        .fails_with(&["none: cannot be read"]);
    let ran = place.run(&["serve", "--token", TOKEN]);
    assert_eq!(ran.code, 2);
    place
        .run(&["serve", "--index", "nowhere"])
        .fails_with(&["there is no index here"]);
}
