//! Who published the text?
//!
//! What the page says of itself, its domain, a source line, a copyright line; never a guess from
//! the layout or the agency whose material it is.

use std::sync::LazyLock;

use regex::Regex;

use super::Enricher;
use super::publishers::{Row, TABLE};
use crate::document::{Document, Evidence, Line, LineKind, Publisher};

/// Sets the publisher, or gives a stated one its id.
pub(super) struct PublisherEnricher;

/// What a rule found.
struct Found {
    publisher: Publisher,
    evidence: Evidence,
}

impl Enricher for PublisherEnricher {
    fn name(&self) -> &'static str {
        "publisher"
    }

    fn enrich(&self, document: &mut Document) {
        if let Some(stated) = &document.publisher {
            let row = TABLE.find(&stated.id).or_else(|| TABLE.find(&stated.name));
            if let Some(row) = row {
                document.publisher = Some(row.publisher());
            }
            return;
        }
        if document.is_stated("publisher") {
            return;
        }
        let found = by_metadata(document).or_else(|| by_lines(document));
        if let Some(found) = found {
            document.publisher = Some(found.publisher);
            document.add_evidence("publisher", found.evidence);
        }
    }
}

/// Names that pages give themselves, best first.
const NAME_KEYS: [&str; 8] = [
    "publisher",
    "og:site_name",
    "application-name",
    "dc.publisher",
    "copyright",
    "dc.rights",
    "dcterms.rightsholder",
    "apple-mobile-web-app-title",
];

/// Addresses that pages give themselves, best first.
const ADDRESS_KEYS: [&str; 4] = ["canonical", "og:url", "publisher.url", "url"];

fn by_metadata(document: &Document) -> Option<Found> {
    let metadata: Vec<(&str, &str, &Line)> = (document.lines.iter())
        .filter(|line| line.kind == LineKind::Metadata)
        .filter_map(|line| {
            let (key, value) = line.text.split_once(": ")?;
            Some((key, value, line))
        })
        .collect();
    let values = |wanted: &'static str| {
        let of_key = metadata
            .iter()
            .filter(move |(key, ..)| key.eq_ignore_ascii_case(wanted));
        of_key.map(|(_, value, line)| (*value, *line))
    };
    // A page that a paper took over from another names that one as its first address.
    for key in NAME_KEYS {
        for (value, line) in values(key) {
            if let Some(row) = TABLE.find(value) {
                return Some(found(row.publisher(), line, "site-name", 0.9));
            }
        }
    }
    for key in ADDRESS_KEYS {
        for (value, line) in values(key) {
            if let Some(row) = TABLE.by_domain(value) {
                return Some(found(row.publisher(), line, "domain", 0.95));
            }
        }
    }
    if let Some(row) = document.url.as_deref().and_then(|url| TABLE.by_domain(url)) {
        let url = document.url.clone().unwrap_or_default();
        return Some(Found {
            publisher: row.publisher(),
            evidence: Evidence {
                field: "url".into(),
                start: 0,
                end: url.len(),
                text: url,
                rule: "domain".into(),
                confidence: 0.95,
            },
        });
    }
    // `Ein Titel - Blatt.de`
    for (value, line) in values("title-element") {
        let signs = [" - ", " – ", " | ", " • ", " — "];
        let parts = signs.iter().filter_map(|sign| value.rsplit_once(sign));
        let last = parts.map(|(_, last)| last).min_by_key(|last| last.len());
        if let Some(row) = last.and_then(|last| publisher_only(TABLE.find(last))) {
            return Some(found(row.publisher(), line, "site-in-title", 0.8));
        }
    }
    // A name that the page gives itself is taken as it is, though no one knows it.
    for key in &NAME_KEYS[..2] {
        for (value, line) in values(key) {
            let plain = value.len() <= 60 && value.chars().any(char::is_alphabetic);
            if plain && !value.contains("://") {
                let publisher = Publisher {
                    id: value.to_owned(),
                    name: value.to_owned(),
                };
                return Some(found(publisher, line, "site-name", 0.6));
            }
        }
    }
    None
}

static FIRST_IN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)erschien(?:en)? zuerst (?:bei|in|auf|im) (?:der |dem )?[„\x22]?([\p{L}\d .:-]{2,40}?)[“\x22]?\.?$")
        .unwrap()
});

static TAKEN_OVER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Hinweis: |\* ?)?([\p{L}\d .:-]{2,40}?) hat (?:diese|die) Meldung .{0,30}nicht .{0,20}bearbeitet").unwrap()
});

static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\(c\)|©|\bcopyright\b)[\s:]*(?:copyright\s+)?(?:\d{4}\s+)?(?:by\s+)?([\p{L}][\p{L}\d .&-]{1,40}?)(?:\s+\d{4}|[.,]|\s*$)").unwrap()
});

fn by_lines(document: &Document) -> Option<Found> {
    for line in &document.lines {
        if line.text.len() > 400 {
            continue;
        }
        let found = match line.kind {
            LineKind::Source => by_source_line(line),
            LineKind::Byline => by_signature(line),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn by_source_line(line: &Line) -> Option<Found> {
    let text = line.text.as_str();
    for (rule, regex) in [
        ("taken-over", &*TAKEN_OVER),
        ("first-published-in", &*FIRST_IN),
    ] {
        let name = regex.captures(text).and_then(|captures| captures.get(1));
        if let Some(row) = name.and_then(|name| TABLE.find(name.as_str())) {
            return Some(found(row.publisher(), line, rule, 0.85));
        }
    }
    if let Some(name) = COPYRIGHT
        .captures(text)
        .and_then(|captures| captures.get(1))
    {
        let row = TABLE.find(name.as_str());
        let written_out = text.to_lowercase().contains("copyright");
        if let Some(row) = row.filter(|row| written_out || !row.is_agency()) {
            return Some(found(row.publisher(), line, "copyright", 0.85));
        }
    }
    let after = text
        .trim_start_matches(['(', '-', '–', '•', ' '])
        .strip_prefix("Quelle:")
        .or_else(|| text.strip_prefix("Quellen:"))?;
    let name = after.split([',', ';', '/', '|', ')']).next()?.trim();
    let row = publisher_only(TABLE.find(name))?;
    Some(found(row.publisher(), line, "source-line", 0.9))
}

/// `(dpa/jW)`: the last part of a chain of signs is the house.
fn by_signature(line: &Line) -> Option<Found> {
    let inner = line.text.trim_matches(['(', ')', ' ']);
    let (before, last) = inner.rsplit_once('/')?;
    // Three letters in lower case are an editor's sign; a house has a capital in its own.
    let is_sign = before.is_empty() || !last.chars().any(char::is_uppercase);
    if is_sign || line.text.contains(' ') || last.len() > 20 {
        return None;
    }
    let row = publisher_only(TABLE.find(last))?;
    Some(found(row.publisher(), line, "signature", 0.6))
}

fn publisher_only(row: Option<&Row>) -> Option<&Row> {
    row.filter(|row| !row.is_agency())
}

fn found(publisher: Publisher, line: &Line, rule: &str, confidence: f32) -> Found {
    Found {
        publisher,
        evidence: Evidence {
            field: "source".into(),
            start: line.start,
            end: line.end,
            text: line.text.clone(),
            rule: rule.into(),
            confidence,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_line(kind: LineKind, text: &str) -> Option<String> {
        let mut document = Document {
            lines: vec![Line {
                kind,
                text: text.into(),
                start: 0,
                end: text.len(),
            }],
            ..Document::default()
        };
        PublisherEnricher.enrich(&mut document);
        document.publisher.map(|publisher| publisher.name)
    }

    #[test]
    fn source_and_copyright_lines_name_the_publisher() {
        let source = |text| of_line(LineKind::Source, text);
        assert_eq!(
            source("Quelle: ntv.de, abc/AFP/rts").as_deref(),
            Some("n-tv")
        );
        assert_eq!(
            source("Quelle: (c) Copyright Thomson Reuters 2025.").as_deref(),
            Some("Reuters")
        );
        assert_eq!(
            source("ZEIT ONLINE hat diese Meldung redaktionell nicht bearbeitet.").as_deref(),
            Some("Die Zeit")
        );
        assert_eq!(
            of_line(LineKind::Byline, "(dpa/jW)").as_deref(),
            Some("Junge Welt")
        );
    }

    #[test]
    fn a_credited_agency_is_no_publisher() {
        for text in [
            "Quelle: dpa",
            "© dpa-infocom, dpa:250428-930-477465/1",
            "Verwendete Quellen",
        ] {
            assert_eq!(of_line(LineKind::Source, text), None, "{text}");
        }
        for text in ["Von afp", "SDA/sep", "(dpa/lnw)", "mrc/Reuters"] {
            assert_eq!(of_line(LineKind::Byline, text), None, "{text}");
        }
    }

    #[test]
    fn a_page_names_itself_by_domain_then_by_name() {
        let page = |text| of_line(LineKind::Metadata, text);
        assert_eq!(
            page("canonical: https://www.taz.de/x").as_deref(),
            Some("Die Tageszeitung (taz)")
        );
        assert_eq!(
            page("og:site_name: FAZ.NET").as_deref(),
            Some("Frankfurter Allgemeine Zeitung")
        );
        assert_eq!(
            page("og:site_name: Dorfblatt Hintertal").as_deref(),
            Some("Dorfblatt Hintertal")
        );
        assert_eq!(page("canonical: https://example.org/x"), None);
    }

    #[test]
    fn a_stated_publisher_gets_its_id_and_an_unknown_one_is_kept() {
        let stated = |name: &str| {
            let mut document = Document {
                publisher: Some(Publisher {
                    id: name.into(),
                    name: name.into(),
                }),
                stated: vec!["publisher".into()],
                ..Document::default()
            };
            PublisherEnricher.enrich(&mut document);
            document.publisher.unwrap()
        };
        assert_eq!(stated("ntv.de").id, "n-tv");
        assert_eq!(stated("Dorfblatt").name, "Dorfblatt");
    }
}
