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
