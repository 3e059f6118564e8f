//! What the formats of citations say of a hit, each in its own way.

use serde_json::Value;

use crate::document::PartialDate;
use crate::search::Hit;

/// The title, or what stands for one that is missing.
pub(super) fn title(hit: &Hit) -> &str {
    hit.title.as_deref().unwrap_or("(ohne Titel)")
}

/// The date as precisely as it is known.
pub(super) fn date(hit: &Hit) -> Option<PartialDate> {
    hit.datetime.or_else(|| hit.date.as_deref()?.parse().ok())
}

/// Names of the agencies that the text rests on, and of the countries it is about; each once.
pub(super) fn keywords(hit: &Hit) -> Vec<&str> {
    let mut names = agencies(hit, "cited");
    names.extend(agencies(hit, "credited"));
    let about = (hit.countries.iter()).filter(|country| country["role"] == "about");
    names.extend(about.filter_map(name));
    let mut once: Vec<&str> = Vec::with_capacity(names.len());
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// Whose word it is, and what identifies the text that was found.
pub(super) fn notes(hit: &Hit) -> Vec<String> {
    let mut notes = Vec::new();
    for (role, label) in [("cited", "Zitiert"), ("credited", "Material")] {
        let names = agencies(hit, role);
        if !names.is_empty() {
            notes.push(format!("{label}: {}", names.join(", ")));
        }
    }
    notes.push(format!("Fundstelle: {}", hit.id));
    if !hit.content_hash.is_empty() {
        notes.push(format!("SHA-256: {}", hit.content_hash));
    }
    notes
}

/// Names of the agencies in a role, pictures left out.
fn agencies<'a>(hit: &'a Hit, role: &str) -> Vec<&'a str> {
    let in_role =
        (hit.agencies.iter()).filter(|agency| agency["role"] == role && agency["scope"] == "text");
    in_role.filter_map(name).collect()
}

fn name(value: &Value) -> Option<&str> {
    value["name"].as_str()
}

/// The text in one line: line ends and other control characters become blanks.
pub(super) fn in_a_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
