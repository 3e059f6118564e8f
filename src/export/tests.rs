//! Each format, read back by a small reader of its own.

use serde_json::{Value, json};

use super::*;
use crate::document::{Access, PartialDate, Precision, Publisher};
use crate::search::{CopyGroup, Snippet};

/// Text that means something to every format.
const ODD: &str = "Öl & \"Gas\" {teuer}: 50 % <script>alert('x')</script>\r\nER  - \\end_{a}";

fn hit(id: &str, date: Option<&str>) -> Hit {
    let date: Option<PartialDate> = date.map(|date| date.parse().unwrap());
    Hit {
        id: id.to_owned(),
        score: 1.5,
        explanation: None,
        title: Some(ODD.to_owned()),
        title_highlights: Vec::new(),
        publisher: Some(Publisher {
            id: "hafenbote".to_owned(),
            name: "Hafenbote & Söhne".to_owned(),
        }),
        date: date.map(|date| date.without_time().to_string()),
        date_precision: date.map(PartialDate::precision),
        datetime: date.filter(|date| date.precision() == Precision::Minute),
        authors: vec!["Änne Maß".to_owned(), "Groß, Otto and Partner".to_owned()],
        language: Some("de".to_owned()),
        agencies: vec![
            json!({"id": "nn", "name": "Nord, Nachrichten", "role": "cited", "scope": "text"}),
            json!({"id": "bb", "name": "Bildbüro", "role": "credited", "scope": "photo"}),
        ],
        countries: vec![
            json!({"id": "NO", "name": "Norwegen", "role": "about"}),
            json!({"id": "DK", "name": "Dänemark", "role": "mentioned"}),
        ],
        url: Some("https://example.org/a?b={c}&d=\"e\"".to_owned()),
        source_path: "in/a.txt".to_owned(),
        content_hash: "ab12".to_owned(),
        indexed_at: None,
        access: Access::Full,
        snippets: vec![Snippet {
            field: "body".to_owned(),
            text: "=SUMME(A1) & <b>".to_owned(),
            highlights: Vec::new(),
            html: String::new(),
            span: 0..0,
        }],
        copy: CopyGroup {
            id: id.to_owned(),
            size: 1,
            also_in: Vec::new(),
        },
    }
}

fn written(name: &str, hits: &[Hit]) -> String {
    let head = Head {
        query: QueryEcho {
            text: "Öl <Gas>".to_owned(),
            ..QueryEcho::default()
        },
        total_hits: hits.len() as u64,
        accessed: Moment::from_unix_seconds(1_795_505_445),
        question: "Öl".to_owned(),
        address: Some("/feed.atom?q=%C3%96l&from=2025".to_owned()),
    };
    let mut out = Vec::new();
    let hits = hits.iter().cloned().map(Ok);
    write::<io::Error>(by_name(name).unwrap(), &head, hits, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An entry of a BibTeX file: kind, key, and fields with the braces around them taken off.
type Entry = (String, String, Vec<(String, String)>);

/// The entries of a BibTeX file.
fn read_bibtex(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (kind, body) = rest[at + 1..].split_once('{').unwrap();
        let end = closing(body);
        let (key, mut fields) = body[..end].split_once(',').unwrap();
        let mut found = Vec::new();
        while let Some((name, value)) = fields.split_once('=') {
            let value = value.trim_start().strip_prefix('{').unwrap();
            let end = closing(value);
            let name = name.trim_matches([',', ' ', '\n']).to_owned();
            found.push((name, value[..end].to_owned()));
            fields = &value[end + 1..];
        }
        entries.push((kind.to_owned(), key.to_owned(), found));
        rest = &body[end + 1..];
    }
    entries
}

/// Where the brace closes that was opened before `text`, as BibTeX counts.
fn closing(text: &str) -> usize {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return at;
        }
    }
    panic!("braces are not balanced: {text}");
}

#[test]
fn every_format_has_a_name_and_writes_no_hits_too() {
    for format in FORMATS {
        assert_eq!(by_name(format.name()).unwrap().name(), format.name());
        let empty = written(format.name(), &[]);
        match format.name() {
            "json" | "csl-json" => drop(serde_json::from_str::<Value>(&empty).unwrap()),
            "csv" => assert_eq!(empty.lines().count(), 1),
            "atom" => assert!(empty.ends_with("</feed>\n")),
            _ => assert_eq!(empty, ""),
        }
    }
    assert!(by_name("xml").is_none());
}

#[test]
fn json_and_ndjson_hold_the_hits_as_they_are() {
    let hits = [hit("a", Some("2025-04")), hit("b", None)];
    let object: Value = serde_json::from_str(&written("json", &hits)).unwrap();
    assert_eq!(object["total_hits"], 2);
    assert_eq!(object["accessed"], "2026-11-24T07:30:45Z");
    assert_eq!(object["hits"], json!(hits));
    let lines = written("ndjson", &hits);
    let lines: Vec<Value> = (lines.lines().map(serde_json::from_str))
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(json!(lines), json!(hits));
}

#[test]
fn cells_of_csv_are_never_calculated() {
    let mut odd = hit("-1+1", Some("2025-04"));
    odd.title = Some("@Kommando\n\"zwei\"".to_owned());
    let text = written("csv", &[odd]);
    let mut table = ::csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().unwrap().clone();
    let row = table.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[head.iter().position(|column| column == name).unwrap()];
    assert_eq!(cell("id"), "'-1+1");
    assert_eq!(cell("title"), "'@Kommando\n\"zwei\"");
    assert_eq!(cell("snippet"), "'=SUMME(A1) & <b>");
    assert_eq!((cell("date"), cell("date_precision")), ("2025-04", "month"));
    assert_eq!(cell("content_hash"), "ab12");
    assert_eq!(cell("authors"), "Änne Maß; Groß, Otto and Partner");
}

#[test]
fn bibtex_keeps_any_text_in_its_field() {
    let hits = [hit("a b", Some("2025-04")), hit("a_b", None)];
    let entries = read_bibtex(&written("bibtex", &hits));
    assert_eq!(entries.len(), 2);
    let (kind, key, fields) = &entries[0];
    assert_eq!((kind.as_str(), key.as_str()), ("article", "fs-a_20b"));
    assert_eq!(entries[1].1, "fs-a_5fb");
    let field = |name: &str| (fields.iter()).find_map(|(n, v)| (n == name).then_some(v.as_str()));
    assert_eq!(
        field("title"),
        Some(
            "{Öl \\& \"Gas\" \\textbraceleft{}teuer\\textbraceright{}: 50 \\% \
             <script>alert('x')</script> ER - \\textbackslash{}end\\_\
             \\textbraceleft{}a\\textbraceright{}}"
        )
    );
    assert_eq!(
        field("author"),
        Some("Änne Maß and {Groß, Otto and Partner}")
    );
    assert_eq!(field("date"), Some("2025-04"));
    assert_eq!((field("year"), field("month")), (Some("2025"), Some("4")));
    assert_eq!(
        field("url"),
        Some("https://example.org/a?b=%7Bc%7D&d=\"e\"")
    );
    assert_eq!(field("urldate"), Some("2026-11-24"));
    assert_eq!(field("keywords"), Some("Nord Nachrichten, Norwegen"));
    assert!(field("note").unwrap().ends_with("SHA-256: ab12"));
    let undated = &entries[1].2;
    assert!(
        undated
            .iter()
            .all(|(name, _)| name != "date" && name != "year")
    );
}

#[test]
fn ris_keeps_a_text_in_its_line_and_says_only_what_is_known() {
    let hits = [
        hit("a", Some("2025")),
        hit("b", Some("2025-04")),
        hit("c", Some("2025-04-28T08:45")),
        hit("d", None),
    ];
    let text = written("ris", &hits);
    let mut records = vec![Vec::new()];
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        let (tag, value) = line.split_once("  - ").unwrap();
        assert_eq!(tag.len(), 2, "{line}");
        match tag {
            "ER" => records.push(Vec::new()),
            _ => records.last_mut().unwrap().push((tag, value)),
        }
    }
    assert_eq!(records.len(), 5);
    let values = |record: usize, tag: &str| -> Vec<&str> {
        let own = records[record].iter().filter(|(name, _)| *name == tag);
        own.map(|(_, value)| *value).collect()
    };
    assert_eq!(values(0, "TY"), ["NEWS"]);
    assert_eq!(values(0, "DA"), ["2025///"]);
    assert_eq!(values(1, "DA"), ["2025/04//"]);
    assert_eq!(values(2, "DA"), ["2025/04/28/"]);
    assert!(values(3, "DA").is_empty() && values(3, "PY").is_empty());
    assert_eq!(values(0, "AU"), ["Änne Maß", "Groß, Otto and Partner"]);
    assert_eq!(values(0, "KW"), ["Nord, Nachrichten", "Norwegen"]);
    assert_eq!(values(0, "Y2"), ["2026/11/24/"]);
    assert!(values(0, "TI")[0].ends_with("ER - \\end_{a}"));
}

#[test]
fn csl_dates_have_as_many_parts_as_are_known() {
    let dates = [
        Some("2025"),
        Some("2025-04"),
        Some("2025-04-28T08:45"),
        None,
    ];
    let hits: Vec<Hit> = dates.iter().map(|date| hit("a", *date)).collect();
    let items: Value = serde_json::from_str(&written("csl-json", &hits)).unwrap();
    let issued: Vec<&Value> = (0..4)
        .map(|at| &items[at]["issued"]["date-parts"])
        .collect();
    assert_eq!(
        issued,
        [
            &json!([[2025]]),
            &json!([[2025, 4]]),
            &json!([[2025, 4, 28]]),
            &Value::Null
        ]
    );
    assert_eq!(items[0]["title"], ODD);
    assert_eq!(items[0]["author"][1]["literal"], "Groß, Otto and Partner");
    assert_eq!(items[0]["accessed"]["date-parts"], json!([[2026, 11, 24]]));
    assert_eq!(items[0]["custom"]["content_hash"], "ab12");
    assert_eq!(items[0]["keyword"], "Nord, Nachrichten, Norwegen");
}

/// The texts of all elements of that name; panics at what is no XML that we write.
fn read_xml(text: &str, wanted: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut texts = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap();
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        if tag.ends_with('/') {
            continue;
        }
        open.push(tag.split(' ').next().unwrap());
        if open.last() == Some(&wanted) {
            let mut text = after.to_owned();
            for (entity, c) in [
                ("lt", "<"),
                ("gt", ">"),
                ("quot", "\""),
                ("#39", "'"),
                ("amp", "&"),
            ] {
                text = text.replace(&format!("&{entity};"), c);
            }
            texts.push(text);
        }
    }
    assert!(open.is_empty());
    texts
}

#[test]
fn atom_escapes_everything_and_publishes_only_known_days() {
    let mut bad = hit("b", Some("2025-04"));
    bad.url = Some("javascript:alert(1)".to_owned());
    bad.title = Some("Null\u{0}und\u{1b}".to_owned());
    let text = written(
        "atom",
        &[hit("a", Some("2025-04-28T08:45")), bad, hit("c", None)],
    );
    assert!(
        !text.contains("<script") && !text.contains("javascript"),
        "{text}"
    );
    let titles = read_xml(&text, "title");
    assert_eq!(titles[0], "Fundstelle: Öl <Gas>");
    assert_eq!(titles[1].replace(' ', ""), ODD.replace([' ', '\r'], ""));
    assert_eq!(titles[2], "Null und ");
    assert_eq!(read_xml(&text, "published"), ["2025-04-28T06:45:00Z"]);
    assert_eq!(
        read_xml(&text, "updated")[1..],
        [
            "2025-04-28T06:45:00Z",
            "2025-03-31T22:00:00Z",
            "1970-01-01T00:00:00Z"
        ]
    );
    let ids = read_xml(&text, "id");
    assert_eq!(ids.len(), 4);
    assert!(
        ids.iter().all(|id| id.len() == "urn:uuid:".len() + 36),
        "{ids:?}"
    );
    assert_eq!(
        ids,
        read_xml(
            &written("atom", &[hit("a", None), hit("b", None), hit("c", None)]),
            "id"
        )
    );
    assert_eq!(text.matches("<link href=").count(), 2);
}

#[test]
fn plain_citations_say_what_is_known_and_nothing_else() {
    let accessed = "2026-11-24T07:30:45Z".parse().unwrap();
    let cite = |hit: &Hit| citation(PLAIN, hit, accessed);
    let mut one = hit("a", Some("2025-04-28T08:45"));
    one.title = Some("Wieder\noffen?".to_owned());
    assert_eq!(
        cite(&one),
        "Änne Maß, Groß, Otto and Partner: Wieder offen? In: Hafenbote & Söhne, 28. April 2025. \
         https://example.org/a?b={c}&d=\"e\" (abgerufen am 24. November 2026).\n"
    );
    one.authors.clear();
    one.url = None;
    one.date = Some("2025-04".to_owned());
    one.datetime = None;
    assert_eq!(
        cite(&one),
        "Wieder offen? In: Hafenbote & Söhne, April 2025. Fundstelle a (abgerufen am 24. November \
         2026).\n"
    );
    (one.publisher, one.date, one.title) = (None, None, None);
    let bare = "(ohne Titel). Fundstelle a (abgerufen am 24. November 2026).\n";
    assert_eq!(cite(&one), bare);
}
