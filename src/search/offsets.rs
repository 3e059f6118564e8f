//! What spans of texts count in.

use serde::Serialize;

use super::{Hit, QueryEcho, SearchResponse};

/// The unit of spans in an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Bytes of the text in UTF-8.
    #[default]
    Bytes,
    /// Units of the text in UTF-16: what strings of browsers, Java and .NET count in.
    Utf16,
}

impl Offsets {
    /// Has spans of `text` that are in bytes count in this unit.
    pub fn count(self, text: &str, spans: &mut [(usize, usize)]) {
        // Of ASCII, all units are one byte.
        if self == Offsets::Bytes || text.is_ascii() {
            return;
        }
        let (mut byte, mut unit) = (0, 0);
        let mut units_to = |end: usize| {
            if end < byte {
                (byte, unit) = (0, 0);
            }
            let between = text.get(byte..end).unwrap_or_default();
            (byte, unit) = (end, unit + between.encode_utf16().count());
            unit
        };
        for (start, end) in spans {
            *start = units_to(*start);
            *end = units_to(*end);
        }
    }

    fn count_one(self, text: &str, span: &mut (usize, usize)) {
        self.count(text, std::slice::from_mut(span));
    }
}

impl Hit {
    /// Has all spans, which are in bytes, count in another unit.
    pub fn count_in(&mut self, offsets: Offsets) {
        if let Some(title) = &self.title {
            offsets.count(title, &mut self.title_highlights);
        }
        for snippet in &mut self.snippets {
            offsets.count(&snippet.text, &mut snippet.highlights);
        }
    }
}

impl QueryEcho {
    /// Has all spans, which are in bytes, count in another unit.
    pub fn count_in(&mut self, offsets: Offsets) {
        for notice in &mut self.notices {
            if let Some(span) = &mut notice.span {
                offsets.count_one(&self.text, span);
            }
        }
        for also in &mut self.also_searched {
            offsets.count_one(&self.text, &mut also.span);
        }
        for correction in &mut self.did_you_mean {
            for word in &mut correction.words {
                offsets.count_one(&self.text, &mut word.span);
                offsets.count_one(&correction.text, &mut word.corrected_span);
            }
        }
    }
}

impl SearchResponse {
    /// Has all spans, which are in bytes, count in another unit.
    pub fn count_in(&mut self, offsets: Offsets) {
        self.offsets = offsets;
        self.query.count_in(offsets);
        self.hits.iter_mut().for_each(|hit| hit.count_in(offsets));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_what_a_browser_counts() {
        let text = "Größe 🙂 größer";
        let mut spans = [(0, 7), (8, 12), (13, 21), (8, 12)];
        for (span, part) in spans.iter().zip(["Größe", "🙂", "größer", "🙂"]) {
            assert_eq!(&text[span.0..span.1], part);
        }
        Offsets::Utf16.count(text, &mut spans);
        let units: Vec<u16> = text.encode_utf16().collect();
        for ((start, end), part) in spans.into_iter().zip(["Größe", "🙂", "größer", "🙂"]) {
            assert_eq!(String::from_utf16(&units[start..end]).unwrap(), part);
        }
    }

    #[test]
    fn spans_that_are_none_of_the_text_do_no_harm() {
        let mut spans = [(3, 1), (2, 99), (1, 2)];
        Offsets::Utf16.count("ä", &mut spans);
        Offsets::Bytes.count("ä", &mut spans);
    }
}
