//! The way from a file to its documents, with the troubles of real files.

use std::fs;
use std::path::Path;

use super::*;

/// What `read` gave for a file with this name and content.
fn read_bytes(name: &str, content: &[u8]) -> Vec<Result<Document, Skipped>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, content).unwrap();
    read_file(&path, &ReadOptions::default())
}

fn read_file(path: &Path, options: &ReadOptions) -> Vec<Result<Document, Skipped>> {
    let file = SourceFile {
        path: path.to_path_buf(),
        key: path.file_name().unwrap().to_string_lossy().into_owned(),
    };
    let mut all = Vec::new();
    let flow = read(&file, options, &mut |result| {
        all.push(result);
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    all
}

fn reasons(results: &[Result<Document, Skipped>]) -> Vec<String> {
    results
        .iter()
        .filter_map(|result| result.as_ref().err())
        .map(|skipped| match skipped.line {
            Some(line) => format!("{line}: {}", skipped.reason),
            None => skipped.reason.clone(),
        })
        .collect()
}

#[test]
fn the_format_is_told_by_content_not_by_name() {
    let read = read_bytes("a.txt", b"\n\n{\"id\": 1, \"body\": \"Text.\"}\n");
    assert_eq!(read[0].as_ref().unwrap().id, "1");
    let read = read_bytes(
        "a.jsonl",
        "Eine Überschrift\n\nDer Text ist kurz und gut.".as_bytes(),
    );
    assert_eq!(
        read[0].as_ref().unwrap().title.as_deref(),
        Some("Eine Überschrift")
    );
}

#[test]
fn an_invalid_line_is_named_and_the_rest_is_read() {
    let content = b"{\"id\": 1, \"body\": \"a\"}\n{\"id\": 2, \"body\": \"b\"}\n{\"id\": 3, oh\n{\"id\": 4, \"body\": \"d\"}";
    let read = read_bytes("a.jsonl", content);
    let ids: Vec<&str> = read.iter().flatten().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "4"]);
    assert_eq!(
        reasons(&read),
        ["3: no JSON object (key must be a string, column 11), line passed over"]
    );
    assert!(
        read[2]
            .as_ref()
            .unwrap_err()
            .to_string()
            .contains("a.jsonl:3: no JSON")
    );
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let said = |content: &[u8]| reasons(&read_bytes("x", content)).join("; ");
    assert_eq!(said(b""), "empty, nothing to read");
    assert_eq!(said(b" \n\n "), "empty, nothing to read");
    assert!(said(b"\x7fELF\x00\x01").starts_with("a binary file"));
    assert!(said(b"%PDF-1.7 ...").starts_with("a PDF"));
    assert!(said(b"[\n{\"id\": 1}\n]").starts_with("JSON over several lines"));
    assert!(said(b"{\n \"id\": 1\n}").starts_with("JSON over several lines"));
    let missing = read_file(Path::new("/no/such/file"), &ReadOptions::default());
    assert_eq!(
        reasons(&missing),
        ["no such file or folder, check the path"]
    );
}

#[test]
fn a_text_or_record_that_is_too_long_is_skipped() {
    let dir = tempfile::tempdir().unwrap();
    let options = ReadOptions {
        max_document_bytes: 1000,
        ..ReadOptions::default()
    };
    let path = dir.path().join("a.txt");
    fs::write(&path, "Wort ".repeat(300)).unwrap();
    let read = read_file(&path, &options);
    assert_eq!(
        reasons(&read),
        ["longer than 1000 bytes, split it into documents"]
    );
    let long = format!(
        "{{\"body\": \"{}\"}}\n{{\"id\": 2, \"body\": \"b\"}}\n",
        "x".repeat(2000)
    );
    fs::write(&path, long).unwrap();
    let read = read_file(&path, &options);
    assert!(reasons(&read)[0].starts_with("1: record longer than 1000 bytes"));
    assert_eq!(read[1].as_ref().unwrap().id, "2");
}

#[test]
fn reading_ends_when_the_receiver_has_had_enough() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jsonl");
    fs::write(&path, "{\"body\": \"a\"}\n".repeat(10)).unwrap();
    let file = SourceFile {
        path,
        key: "a.jsonl".into(),
    };
    let mut count = 0;
    let flow = read(&file, &ReadOptions::default(), &mut |_| {
        count += 1;
        if count == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(flow.is_break());
    assert_eq!(count, 3);
}

#[test]
fn derived_ids_depend_on_key_and_place_alone() {
    let file = |path: &str| SourceFile {
        path: path.into(),
        key: "k/a.txt".into(),
    };
    assert_eq!(
        derived_id(&file("x/k/a.txt"), 3),
        derived_id(&file("/y/k/a.txt"), 3)
    );
    assert_ne!(derived_id(&file("x"), 3), derived_id(&file("x"), 4));
}

#[test]
fn tables_and_markdown_are_read_by_content() {
    let table = "id;titel;text;datum;autoren\n7;T;\"Zeile eins\nZeile zwei\";28.04.2025;Eva Muster|Max Beispiel\n8;zu wenig\n9;U;Text;;\n";
    let read = read_bytes("x.dat", table.as_bytes());
    let first = read[0].as_ref().unwrap();
    assert_eq!(
        (first.id.as_str(), first.title.as_deref()),
        ("7", Some("T"))
    );
    assert_eq!(first.body, "Zeile eins\nZeile zwei");
    assert_eq!(first.authors, ["Eva Muster", "Max Beispiel"]);
    assert_eq!(first.date.unwrap().value.to_string(), "2025-04-28");
    assert!(
        reasons(&read)[0].starts_with("4: 2 values where the header has 5"),
        "{:?}",
        reasons(&read)
    );
    assert_eq!(read[2].as_ref().unwrap().id, "9");

    let markdown = "---\ntitle: Ein Titel\ndate: 2025-04\n---\n# Anderes\n\nDas **ist** ein [Satz](http://x), der lang genug ist.\n";
    let read = read_bytes("x.dat", markdown.as_bytes());
    let document = read[0].as_ref().unwrap();
    assert_eq!(document.title.as_deref(), Some("Ein Titel"));
    assert_eq!(document.body, "Das ist ein Satz, der lang genug ist.");
    assert_eq!(document.date.unwrap().value.to_string(), "2025-04");
}

#[test]
fn compressed_files_are_read_as_what_they_hold() {
    use std::io::Write;
    let text = b"{\"id\": 1, \"body\": \"Text.\"}\n{\"id\": 2, \"body\": \"Mehr.\"}\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text).unwrap();
    let packed = gzip.finish().unwrap();
    assert_eq!(read_bytes("x", &packed).iter().flatten().count(), 2);
    assert_eq!(
        reasons(&read_bytes("x", &packed[..packed.len() / 2])).len(),
        1
    );
    let mut twice =
        ruzstd::encoding::compress_to_vec(&text[..], ruzstd::encoding::CompressionLevel::Fastest);
    let frame = twice.clone();
    twice.extend(frame);
    assert_eq!(read_bytes("x", &twice).iter().flatten().count(), 4);
}

#[test]
fn a_page_gives_its_article_and_what_it_says_of_itself() {
    let page = r#"<!doctype html><html lang="de"><head><meta charset="iso-8859-1">
        <title>Der Titel der Geschichte | Dorfblatt</title>
        <meta property="og:site_name" content="Dorfblatt"><meta property="og:title" content="Der Titel der Geschichte">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Der Titel der Geschichte",
        "datePublished": "2024-08-26T23:27:57Z", "author": {"name": "Eva Muster"}}</script></head>
        <body><nav><a href="/">Startseite</a></nav><article><h1>Der Titel der Geschichte</h1>
        <span class="author">Von Eva Muster</span>
        <p>Der erste Absatz der Geschichte ist lang genug, um einer zu sein, und hat mehrere S&auml;tze. Das ist der zweite.</p>
        <figure><img src=x><figcaption>Ein Bild. Foto: Max Beispiel/dpa</figcaption></figure>
        <p>Der zweite Absatz der Geschichte, der auch von Dingen handelt, die niemand wissen will, endet hier.</p>
        <div class="related-teaser"><a href="x">Noch eine Geschichte, die ganz anders ist als diese hier</a></div>
        <p>Der dritte Absatz ist der letzte, und danach kommt, was mit dem Text nichts zu tun hat. (dpa/lnw)</p>
        </article><footer>Impressum</footer></body></html>"#;
    let mut document = read_bytes("x", page.as_bytes()).remove(0).unwrap();
    crate::enrich::Enrichment::standard().run(&mut document);
    assert_eq!(document.title.as_deref(), Some("Der Titel der Geschichte"));
    assert!(
        document.body.starts_with("Der erste Absatz") && document.body.ends_with("zu tun hat."),
        "{}",
        document.body
    );
    assert_eq!(document.body.matches("\n\n").count(), 2);
    assert_eq!(document.date.unwrap().value.to_string(), "2024-08-27T01:27");
    assert_eq!(document.authors, ["Eva Muster"]);
    assert_eq!(document.publisher.unwrap().name, "Dorfblatt");
    let has = |kind, text: &str| {
        document
            .lines
            .iter()
            .any(|line| line.kind == kind && line.text == text)
    };
    assert!(has(
        crate::document::LineKind::Caption,
        "Ein Bild. Foto: Max Beispiel/dpa"
    ));
    assert!(has(crate::document::LineKind::Byline, "(dpa/lnw)"));
}

#[test]
fn hostile_pages_take_no_time() {
    let begun = std::time::Instant::now();
    for middle in [
        "<div>".repeat(50_000),
        "<a href=x>Ein Verweis</a> ".repeat(30_000),
        format!("<p>{}</p>", "Wort ".repeat(200_000)),
        "<p>Ein Satz, der lang genug ist, um gezählt zu werden, endet mit einem Punkt.</p>"
            .repeat(5_000),
        "<time datetime=2025-01-01>".repeat(20_000),
        "<span class=author>Eva Muster</span>".repeat(20_000),
        format!(
            "<script type=application/ld+json>{}</script>",
            "[".repeat(100_000)
        ),
    ] {
        read_bytes("x", format!("<html><body><h1>T</h1>{middle}").as_bytes());
    }
    assert!(begun.elapsed().as_secs() < 60);
}

/// The five articles of the sample archive.
mod seeds {
    use super::*;
    use crate::document::LineKind;

    fn seed(number: usize) -> Document {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let paths = walk(&[dir]).map(|file| file.unwrap()).collect::<Vec<_>>();
        let mut found = read_file(&paths[number].path, &ReadOptions::default());
        found.remove(0).unwrap()
    }

    fn lines(document: &Document, kind: LineKind) -> Vec<&str> {
        let lines = document.lines.iter().filter(|line| line.kind == kind);
        lines.map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn titles_and_kickers_are_found_where_there_are_any() {
        let titles: Vec<_> = (0..5).map(|n| (seed(n).kicker, seed(n).title)).collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            titles,
            [
                (
                    some("Ukraine-Krieg"),
                    some("Nordkorea bestätigt: Kim Jong Un hat Russland mit Soldaten unterstützt")
                ),
                (None, None),
                (
                    None,
                    some("Kim soll weitere Soldaten nach Russland geschickt haben")
                ),
                (None, None),
                (
                    some("Bei Einsatz in Kursk"),
                    some("Geheimdienst nennt Zahlen zu toten nordkoreanischen Soldaten")
                ),
            ]
        );
    }

    #[test]
    fn bodies_begin_and_end_with_running_text() {
        let ends = [
            ("Bislang hat Pjöngjang", "und Raketenwerfer."),
            (
                "Seoul (Reuters) - Nach monatelangen",
                "mehr als 90 verletzt.",
            ),
            ("Vor Monaten schickt", "Integrität zu verteidigen\"."),
            (
                "Bereits jetzt kämpfen",
                "Sanktionen deutlich verschärfen.\"",
            ),
            (
                "Dass nordkoreanische Soldaten",
                "als Präsident Wladimir Putin Pjöngjang besuchte.",
            ),
        ];
        for (number, (start, end)) in ends.iter().enumerate() {
            let body = seed(number).body;
            assert!(body.starts_with(start), "{number}: {}", &body[..80]);
            assert!(body.ends_with(end), "{number}: {body}");
        }
        assert!(
            seed(0)
                .body
                .contains("\n\nRund 11.000 Nordkoreaner im Ukraine-Krieg\n\n")
        );
        assert!(seed(1).body.contains("\n\nPUTIN DANKT KIM\n\n"));
        assert!(seed(3).body.contains("\n\nSehr hohe Verluste unter"));
    }

    #[test]
    fn no_furniture_is_left_in_a_body() {
        let furniture = [
            "Auch spannend",
            "Click For",
            "Gelesen",
            "Tags",
            "Newsticker",
            "Anzeige",
            "Lesedauer",
            "Vergrößern des",
            "Transparenz",
            "KurskNord",
            "Copyright",
            "Quelle",
            "Von afp",
        ];
        for number in 0..5 {
            let body = seed(number).body;
            for piece in furniture {
                assert!(!body.contains(piece), "{number}: {piece}");
            }
        }
    }

    #[test]
    fn lines_around_the_body_are_kept_for_the_enrichers() {
        assert_eq!(
            lines(&seed(0), LineKind::Date),
            ["- Aktualisiert: 28.04.2025", "- 08:45 Uhr"]
        );
        assert_eq!(lines(&seed(0), LineKind::Byline), ["- dpa"]);
        assert_eq!(lines(&seed(1), LineKind::Date), ["date 2025-04"]);
        assert_eq!(
            lines(&seed(1), LineKind::Source),
            ["Quelle: (c) Copyright Thomson Reuters 2025."]
        );
        assert_eq!(lines(&seed(2), LineKind::Date), ["27 Februar 2025"]);
        assert_eq!(
            lines(&seed(2), LineKind::Source),
            ["Quelle: ntv.de, gut/AFP/rts"]
        );
        assert_eq!(lines(&seed(3), LineKind::Date), ["date 2025-07"]);
        assert_eq!(lines(&seed(4), LineKind::Byline), ["Von afp"]);
        assert_eq!(lines(&seed(4), LineKind::Date), ["02.09.2025 - 11:33 Uhr"]);
        let document = seed(4);
        let caption = lines(&document, LineKind::Caption);
        assert!(caption.len() == 1 && caption[0].ends_with("(Quelle: Tass/dpa)"));
        assert_eq!(
            lines(&seed(4), LineKind::Source),
            ["Verwendete Quellen", "• Nachrichtenagentur AFP"]
        );
    }

    #[test]
    fn dates_publishers_and_language_are_right() {
        let facts: Vec<_> = (0..5)
            .map(|number| {
                let mut document = seed(number);
                crate::enrich::Enrichment::standard().run(&mut document);
                let date = document.date.unwrap();
                let publisher = document.publisher.map(|publisher| publisher.name);
                assert_eq!(document.language.as_deref(), Some("de"));
                (date.value.to_string(), date.kind, publisher)
            })
            .collect();
        use crate::document::DateKind::{Header, Published, Updated};
        let expected = [
            ("2025-04-28T08:45", Updated, None),
            ("2025-04", Header, Some("Reuters")),
            ("2025-02-27", Published, Some("n-tv")),
            ("2025-07", Header, None),
            ("2025-09-02T11:33", Published, None),
        ];
        for (found, (date, kind, publisher)) in facts.iter().zip(expected) {
            assert_eq!(
                *found,
                (date.to_owned(), kind, publisher.map(str::to_owned))
            );
        }
    }

    #[test]
    fn lines_are_slices_of_the_source() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        for file in walk(&[dir]) {
            let file = file.unwrap();
            let source = fs::read_to_string(&file.path).unwrap();
            for document in read_file(&file.path, &ReadOptions::default()) {
                for line in document.unwrap().lines {
                    assert_eq!(source[line.start..line.end], line.text);
                }
            }
        }
    }
}
