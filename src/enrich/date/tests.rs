//! The forms in which German papers date their texts.

use super::*;
use crate::document::{Line, LineKind};

/// A document with these lines around its body.
fn with_lines(lines: &[(LineKind, &str)]) -> Document {
    let mut at = 0;
    let lines = lines.iter().map(|(kind, text)| {
        let start = at;
        at += text.len() + 1;
        Line {
            kind: *kind,
            text: (*text).into(),
            start,
            end: start + text.len(),
        }
    });
    Document {
        lines: lines.collect(),
        ..Document::default()
    }
}

/// Date and kind, as `2025-04-28 published`.
fn dated(mut document: Document) -> String {
    DateEnricher.enrich(&mut document);
    match document.date {
        None => "none".into(),
        Some(date) => {
            let kind = match date.kind {
                DateKind::Published => "published",
                DateKind::Updated => "updated",
                DateKind::Header => "header",
            };
            format!("{} {kind}", date.value)
        }
    }
}

fn of_lines(texts: &[&str]) -> String {
    let lines: Vec<_> = texts.iter().map(|text| (LineKind::Date, *text)).collect();
    dated(with_lines(&lines))
}

#[test]
fn labels_say_what_a_date_is_of() {
    assert_eq!(
        of_lines(&["Stand: 28.04.2025, 10:12 Uhr"]),
        "2025-04-28T10:12 updated"
    );
    assert_eq!(
        of_lines(&["- Aktualisiert: 28.04.2025", "- 08:45 Uhr"]),
        "2025-04-28T08:45 updated"
    );
    assert_eq!(
        of_lines(&["Letzte Änderung: 28. April 2025 um 9:02 Uhr"]),
        "2025-04-28T09:02 updated"
    );
    assert_eq!(
        of_lines(&["Veröffentlicht am 13. Mai 2026 um 15:44"]),
        "2026-05-13T15:44 published"
    );
    assert_eq!(of_lines(&["date 2025-04"]), "2025-04 header");
    assert_eq!(of_lines(&["April 2025"]), "2025-04 published");
    assert_eq!(of_lines(&["27 Februar 2025"]), "2025-02-27 published");
    assert_eq!(
        of_lines(&["Sonntag", "6 Dezember 2020", "15:30:27"]),
        "2020-12-06T15:30 published"
    );
    assert_eq!(of_lines(&["vor 3 Stunden"]), "none");
    assert_eq!(
        of_lines(&["Sendung: Nachrichten, 24.10.2024 02:00 Uhr"]),
        "2024-10-24T02:00 published"
    );
}

#[test]
fn publication_comes_before_update() {
    let both = ["Erstellt: 28.04.2025, 08:00 Uhr | Aktualisiert: 29.04.2025, 10:00 Uhr"];
    assert_eq!(of_lines(&both), "2025-04-28T08:00 published");
    let both = ["Aktualisiert: 29.04.2025, 10:00 Uhr | Erstellt: 28.04.2025, 08:00 Uhr"];
    assert_eq!(of_lines(&both), "2025-04-28T08:00 published");
    let mut document = with_lines(&[
        (LineKind::Date, "28.04.2025"),
        (LineKind::Date, "Stand: 30.04.2025"),
    ]);
    DateEnricher.enrich(&mut document);
    assert_eq!(document.date.unwrap().value.to_string(), "2025-04-28");
    assert_eq!(document.updated.unwrap().to_string(), "2025-04-30");
}

#[test]
fn what_the_page_says_of_itself_is_local_time() {
    let page = [
        (
            LineKind::Metadata,
            "article:modified_time: 2024-08-28T10:00:00Z",
        ),
        (LineKind::Metadata, "datePublished: 2024-08-26T23:27:57Z"),
    ];
    assert_eq!(dated(with_lines(&page)), "2024-08-27T01:27 published");
}

#[test]
fn the_number_of_a_dpa_report_is_a_date() {
    let lines = [(LineKind::Source, "© dpa-infocom, dpa:250428-930-477465/1")];
    assert_eq!(dated(with_lines(&lines)), "2025-04-28 published");
}

#[test]
fn datelines_and_signatures_carry_days() {
    let body = |body: &str| {
        let lines = [(LineKind::Source, "Copyright Thomson Reuters 2025")];
        dated(Document {
            body: body.into(),
            ..with_lines(&lines)
        })
    };
    assert_eq!(
        body("MUSTERSTADT, 02.05.2018 (XY) – Es geschah."),
        "2018-05-02 published"
    );
    assert_eq!(
        body("Berlin, 3. Mai (Reuters) - Es geschah."),
        "2025-05-03 published"
    );
    assert_eq!(
        body("Auch hatte er am Samstag (26. April 2025) erstmals geredet."),
        "none"
    );
    let lines = [(LineKind::Byline, "(Eva Muster, 3.5.2024)")];
    assert_eq!(dated(with_lines(&lines)), "2024-05-03 published");
}

#[test]
fn addresses_carry_days_and_months() {
    let url = |url: &str| {
        dated(Document {
            url: Some(url.into()),
            ..Document::default()
        })
    };
    assert_eq!(url("https://x.de/2025/06/15/titel"), "2025-06-15 published");
    assert_eq!(
        url("https://x.de/titel-20250428-12.html"),
        "2025-04-28 published"
    );
    assert_eq!(
        url("https://x.de/news/2017-05/14/titel"),
        "2017-05-14 published"
    );
    assert_eq!(url("https://x.de/2017/05/titel"), "2017-05 published");
    assert_eq!(url("https://x.de/artikel-123456789.html"), "none");
}

#[test]
fn a_stated_date_stays_and_impossible_ones_are_refused() {
    assert_eq!(of_lines(&["28.04.1889"]), "none");
    assert_eq!(of_lines(&["28.04.2999"]), "none");
    assert_eq!(of_lines(&["© 2025"]), "none");
}

#[test]
fn evidence_of_a_date_is_a_slice_of_the_source() {
    let mut document = with_lines(&[(LineKind::Date, "Stand: 28.04.2025, 10:12 Uhr")]);
    DateEnricher.enrich(&mut document);
    let evidence = &document.evidence["date"][0];
    assert_eq!((evidence.start, evidence.end), (7, 28));
    assert_eq!(evidence.text, "28.04.2025, 10:12 Uhr");
}
