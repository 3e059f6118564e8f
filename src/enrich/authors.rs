//! Who wrote the text?
//!
//! The names that the page states, else the names of its by-lines. Agencies are credits and not
//! authors; the house itself is one only if no person is named.

use std::sync::LazyLock;

use regex::Regex;

use super::Enricher;
use super::publishers::TABLE;
use crate::document::{Document, Evidence, Line, LineKind};

/// Cleans the stated names and adds those of by-lines.
pub(super) struct Authors;

/// So many names a text may have.
const MOST: usize = 20;

impl Enricher for Authors {
    fn name(&self) -> &'static str {
        "authors"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("authors") {
            return;
        }
        let mut people = Vec::new();
        let mut houses = Vec::new();
        for stated in std::mem::take(&mut document.authors) {
            sort(&stated, &mut people, &mut houses);
        }
        let mut evidence = None;
        if people.is_empty() {
            for line in document
                .lines
                .iter()
                .filter(|line| line.kind == LineKind::Byline)
            {
                let before = people.len();
                by_line(line, &mut people);
                if people.len() > before {
                    evidence.get_or_insert_with(|| found_in(line));
                }
            }
        }
        document.authors = if people.is_empty() { houses } else { people };
        document.authors.truncate(MOST);
        if let Some(evidence) = evidence {
            document.add_evidence("authors", evidence);
        }
    }
}

fn found_in(line: &Line) -> Evidence {
    Evidence {
        field: "source".into(),
        start: line.start,
        end: line.end,
        text: line.text.clone(),
        rule: "by-line".into(),
        confidence: 0.7,
    }
}

static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*(?:,|;|\||•|·| / )\s*|\s+(?:und|and|&|mit)\s+").unwrap());

/// Sorts the names of a stated author into people and houses.
fn sort(stated: &str, people: &mut Vec<String>, houses: &mut Vec<String>) {
    if stated.len() > 500 {
        return;
    }
    for name in SEPARATOR.split(stated) {
        let name = clean(name);
        if name.is_empty() || is_agency(&name) || name.contains('@') || name.contains("://") {
            continue;
        }
        let list = if is_person(&name) {
            &mut *people
        } else {
            &mut *houses
        };
        if !list.contains(&name) {
            list.push(name);
        }
    }
}

/// The people of a by-line: `Von Eva Muster und Max Beispiel, Berlin`.
fn by_line(line: &Line, people: &mut Vec<String>) {
    if line.text.len() > 200 {
        return;
    }
    let text = line.text.trim_start_matches(['-', '–', '•', '(', ' ']);
    let named = INTRODUCED
        .captures(text)
        .and_then(|captures| captures.get(1));
    let names = named.map_or(text, |names| names.as_str());
    let introduced = named.is_some();
    for name in SEPARATOR.split(names).take(MOST) {
        // `Eva Muster aus Berlin`
        let name = clean(name.split(" aus ").next().unwrap_or(name));
        if is_person(&name) && !is_agency(&name) && !people.contains(&name) {
            people.push(name);
        } else if !introduced {
            // Without `Von`, the line must begin with the name.
            return;
        }
    }
}

static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:von|by|text|autor|autorin|autoren|ein \p{L}+ von|eine \p{L}+ von|aufgezeichnet von|geschrieben von|protokoll|interview)(?-u:\b):?\s+(.+)$").unwrap()
});

/// The name without what stands around it: `Von`, a sign in brackets, a date.
fn clean(name: &str) -> String {
    static AROUND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?i:von|by|autor(?:in)?:?)\s+|\s*\([^)]{1,30}\)\s*$|\s+\d{1,2}\.\d{1,2}\..*$|^\(|\)$").unwrap()
    });
    let mut name = name.trim().to_owned();
    for _ in 0..3 {
        let cut = AROUND.replace(&name, "").trim().to_owned();
        if cut == name {
            break;
        }
        name = cut;
    }
    name
}

/// Two to five words that could be a name, none of which is of an organisation.
fn is_person(name: &str) -> bool {
    const PARTICLES: [&str; 16] = [
        "von", "van", "de", "der", "den", "zu", "del", "di", "da", "la", "le", "el", "al", "bin",
        "ter", "dos",
    ];
    const ORGANISATIONS: [&str; 30] = [
        "redaktion",
        "news",
        "nachrichten",
        "agentur",
        "presse",
        "zeitung",
        "online",
        "team",
        "verlag",
        "gmbh",
        "media",
        "rundfunk",
        "radio",
        "tv",
        "fernsehen",
        "welle",
        "spiegel",
        "stern",
        "focus",
        "magazin",
        "press",
        "agency",
        "magazine",
        "journal",
        "anzeiger",
        "tagblatt",
        "blatt",
        "desk",
        "postillon",
        "postillion",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let shaped = |word: &&str| {
        let is_name = word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
            && (word.chars().skip(1).any(char::is_lowercase)
                || word.ends_with('.')
                || word.len() > 3);
        is_name || PARTICLES.contains(&word.to_lowercase().as_str())
    };
    (2..=5).contains(&words.len())
        && words.iter().all(shaped)
        && words
            .first()
            .is_some_and(|first| first.starts_with(char::is_uppercase))
        && !words.iter().any(|word| {
            let word = word.to_lowercase();
            ORGANISATIONS
                .iter()
                .any(|part| word == *part || word.len() > 8 && word.ends_with(part))
        })
        && TABLE.find(name).is_none()
}

/// Whether the name is of a news agency: by the table, or by its form.
fn is_agency(name: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|\s)(?:presse-?agentur|nachrichtenagentur|news agency|press agency|agence france|associated press|agenturen?|afp|dpa|apa|sda|ap|reuters|epd|kna|sid|dts|ots|tass|ansa|efe|upi|ddp|dapd)(?:$|[\s/-])|[\p{L}]{2,}(?:presse|nachrichten)-?agentur").unwrap()
    });
    TABLE.find(name).is_some_and(|row| row.is_agency()) || name.len() < 80 && FORM.is_match(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(stated: &[&str], lines: &[&str]) -> Vec<String> {
        let mut document = Document {
            authors: stated.iter().map(|name| (*name).to_owned()).collect(),
            lines: lines
                .iter()
                .map(|text| Line {
                    kind: LineKind::Byline,
                    text: (*text).into(),
                    start: 0,
                    end: text.len(),
                })
                .collect(),
            ..Document::default()
        };
        Authors.enrich(&mut document);
        document.authors
    }

    #[test]
    fn agencies_are_no_authors() {
        assert!(authors(&["AFP"], &[]).is_empty());
        assert!(authors(&["Deutsche Presse-Agentur"], &["Von afp"]).is_empty());
        assert_eq!(authors(&["Reuters, Max Muster"], &[]), ["Max Muster"]);
    }

    #[test]
    fn people_come_before_the_house() {
        assert_eq!(
            authors(&["Blatt Redaktion"], &["Von Eva Muster"]),
            ["Eva Muster"]
        );
        assert_eq!(authors(&["Blatt Redaktion"], &[]), ["Blatt Redaktion"]);
        assert_eq!(authors(&["Eva Muster (mus)"], &[]), ["Eva Muster"]);
    }

    #[test]
    fn by_lines_name_several_people_and_their_place() {
        assert_eq!(
            authors(&[], &["Von Eva Muster und Max von Beispiel, Berlin"]),
            ["Eva Muster", "Max von Beispiel"]
        );
        assert!(authors(&[], &["- dpa", "SDA/sep", "(dpa/lnw)"]).is_empty());
    }
}
