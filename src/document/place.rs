//! Where evidence stands in the texts that are shown of a document.

use std::ops::Range;

use super::{Document, Evidence};

/// A text of a document that evidence may stand in, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPlace {
    /// The short line above the headline.
    Kicker,
    /// The headline.
    Title,
    /// The running text.
    Body,
    /// The source: lines beside the running text.
    Source,
}

impl Evidence {
    /// The place that the evidence was read at, and the span there, in bytes; `None` if it stands in
    /// no text, or if the text there is not the one that it quotes. What was read in the line
    /// of a headline stands in the headline, which is shown once.
    pub fn place_in(&self, document: &Document) -> Option<(TextPlace, Range<usize>)> {
        let range = self.start..self.end;
        let quoted = self.text.as_str();
        let quotes = |text: &str| !quoted.is_empty() && text.get(range.clone()) == Some(quoted);
        let title = document.title.as_deref().unwrap_or_default();
        let kicker = document.kicker.as_deref().unwrap_or_default();
        match self.field.as_str() {
            "title" if quotes(title) => Some((TextPlace::Title, range)),
            "kicker" if quotes(kicker) => Some((TextPlace::Kicker, range)),
            "body" if quotes(&document.body) => Some((TextPlace::Body, range)),
            "source" if !quoted.is_empty() && range.start < range.end => {
                let headlines = [
                    ("title", title, TextPlace::Title),
                    ("kicker", kicker, TextPlace::Kicker),
                ];
                let place = headlines.into_iter().find_map(|(field, text, place)| {
                    let line = document.evidence.get(field)?.first()?;
                    let start = range.start.checked_sub(line.start)?;
                    let end = start + quoted.len();
                    let is_there = line.field == "source" && text.get(start..end) == Some(quoted);
                    is_there.then_some((place, start..end))
                });
                Some(place.unwrap_or((TextPlace::Source, range)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(field: &str, start: usize, text: &str) -> Option<(TextPlace, Range<usize>)> {
        let evidence = |field: &str, start: usize, text: &str| Evidence {
            field: field.into(),
            start,
            end: start + text.len(),
            text: text.into(),
            rule: "test".into(),
            confidence: 1.0,
        };
        let mut document = Document {
            title: Some("Der Hafen öffnet".into()),
            body: "Laut dpa ist es so weit.".into(),
            ..Document::default()
        };
        document.add_evidence("title", evidence("source", 20, "Der Hafen öffnet"));
        evidence(field, start, text).place_in(&document)
    }

    #[test]
    fn evidence_stands_where_it_was_read() {
        assert_eq!(place("body", 5, "dpa"), Some((TextPlace::Body, 5..8)));
        assert_eq!(place("title", 4, "Hafen"), Some((TextPlace::Title, 4..9)));
        assert_eq!(place("source", 24, "Hafen"), Some((TextPlace::Title, 4..9)));
        assert_eq!(
            place("source", 50, "Von dpa"),
            Some((TextPlace::Source, 50..57))
        );
    }

    #[test]
    fn evidence_that_quotes_something_else_stands_nowhere() {
        assert_eq!(place("body", 5, "afp"), None);
        assert_eq!(place("body", 90, "dpa"), None);
        assert_eq!(place("title", 11, "\u{f6}"), None);
        assert_eq!(place("url", 0, "https://example.org"), None);
        assert_eq!(place("source", 5, ""), None);
    }
}
