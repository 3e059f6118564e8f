//! The list of lines that no one searches for.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Longest line, in bytes, that may be furniture because of how it begins.
const LONGEST: usize = 200;

/// What the list says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// The line goes.
    Line,
    /// The line goes, and the short lines below it too.
    Heading,
}

struct List {
    whole: FxHashMap<String, Furniture>,
    beginnings: Vec<(String, Furniture)>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List {
        whole: FxHashMap::default(),
        beginnings: Vec::new(),
    };
    for entry in include_str!("furniture.txt").lines() {
        let entry = entry.trim();
        if entry.is_empty() || entry.starts_with('#') {
            continue;
        }
        let (entry, furniture) = match entry.strip_suffix('>') {
            Some(entry) => (entry, Furniture::Heading),
            None => (entry, Furniture::Line),
        };
        match entry.strip_suffix('*') {
            Some(beginning) => (list.beginnings).push((beginning.to_lowercase(), furniture)),
            None => {
                list.whole.insert(bare(entry), furniture);
            }
        }
    }
    list
});

/// Whether `line` is furniture.
pub(super) fn furniture(line: &str) -> Option<Furniture> {
    if line.len() > LONGEST {
        return None;
    }
    let bare = bare(line);
    if let Some(furniture) = LIST.whole.get(&bare) {
        return Some(*furniture);
    }
    let lower = line.to_lowercase();
    let begins = |(beginning, _): &&(String, Furniture)| lower.starts_with(beginning.as_str());
    LIST.beginnings
        .iter()
        .find(begins)
        .map(|(_, furniture)| *furniture)
}

/// The line without case, bullets and closing punctuation.
fn bare(line: &str) -> String {
    let line = line.trim_start_matches(['•', '·', '›', '»', '→', '|', '-', '–', '*', ' ']);
    let line = line.trim_end_matches([':', '.', '…', ' ', '-', '–', '|', '>', '»', '›', '*']);
    line.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_by_its_words() {
        for line in [
            "Anzeige",
            "ANZEIGE:",
            "• Drucken",
            "Gelesen: 63",
            "Lesedauer: 1 Min.",
        ] {
            assert_eq!(furniture(line), Some(Furniture::Line), "{line}");
        }
        for line in ["Tags:", "Mehr zum Thema", "Newsticker"] {
            assert_eq!(furniture(line), Some(Furniture::Heading), "{line}");
        }
    }

    #[test]
    fn running_text_that_begins_alike_is_not_furniture() {
        for line in [
            "Anzeigen wegen Körperverletzung gab es auch.",
            "Die Suche geht weiter.",
        ] {
            assert_eq!(furniture(line), None, "{line}");
        }
    }
}
