//! Evidence as footnotes: every value has a number, in the order in which the texts come to speak of
//! it, and its evidence is marked with that number where it stands.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::terminal::Style;
use crate::document::{Document, Evidence, TextPlace};

/// A piece of text and how it looks.
pub(super) type Piece<'a> = (Style, Cow<'a, str>);

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    part: TextPlace,
    start: usize,
    end: usize,
}

/// A piece of evidence where it stands.
#[derive(Debug, PartialEq, Eq)]
struct Mark<'a> {
    spot: Spot,
    number: usize,
    text: &'a str,
    style: Style,
}

/// The evidence of a document.
#[derive(Debug)]
pub(super) struct Footnotes<'a> {
    /// In the order of the texts.
    marks: Vec<Mark<'a>>,
    /// For each value its number, if any of its evidence stands in a text.
    numbers: Vec<Option<usize>>,
    /// Whether numbers are raised; else they stand in brackets.
    raised: bool,
}

impl<'a> Footnotes<'a> {
    /// Numbers `values`, each with its style and evidence.
    pub(super) fn new(
        document: &Document,
        values: impl Iterator<Item = (Style, &'a [Evidence])>,
        raised: bool,
    ) -> Footnotes<'a> {
        let mut numbers = Vec::new();
        let mut found = Vec::new();
        for (value, (style, evidence)) in values.enumerate() {
            numbers.push(None);
            for evidence in evidence {
                if let Some((part, range)) = evidence.place_in(document) {
                    let (start, end) = (range.start, range.end);
                    found.push((
                        Spot { part, start, end },
                        value,
                        evidence.text.as_str(),
                        style,
                    ));
                }
            }
        }
        found.sort_by_key(|(spot, value, ..)| (*spot, *value));
        let mut next = 0;
        let marks = found.into_iter().map(|(spot, value, text, style)| {
            let number = *numbers[value].get_or_insert_with(|| {
                next += 1;
                next
            });
            Mark {
                spot,
                number,
                text,
                style,
            }
        });
        let mut marks: Vec<Mark<'a>> = marks.collect();
        marks.dedup();
        Footnotes {
            marks,
            numbers,
            raised,
        }
    }

    /// The number of a value, as it is printed; empty if no text has its evidence.
    pub(super) fn number_of(&self, value: usize) -> String {
        let number = self.numbers.get(value).copied().flatten();
        number.map_or_else(String::new, |number| self.mark(number))
    }

    /// A text, or a part of it that begins at byte `base`, with the evidence in it marked.
    pub(super) fn marked<'t>(
        &self,
        part: TextPlace,
        text: &'t str,
        base: usize,
        style: Style,
    ) -> Vec<Piece<'t>> {
        let of_part = self.marks.iter().filter(|mark| mark.spot.part == part);
        self.pieces(of_part, text, base, style)
    }

    /// The lines of the source that evidence stands in but no other text has, marked.
    pub(super) fn source_lines(&self) -> Vec<Vec<Piece<'a>>> {
        let mut of_source: Vec<&Mark<'a>> = (self.marks.iter())
            .filter(|mark| mark.spot.part == TextPlace::Source)
            .collect();
        of_source.sort_by_key(|mark| (mark.spot.start, Reverse(mark.spot.end)));
        let mut lines: Vec<Vec<&Mark<'a>>> = Vec::new();
        for mark in of_source {
            let line = (lines.last_mut()).filter(|line| stands_in(mark, line[0]));
            match line {
                Some(line) => line.push(mark),
                None => lines.push(vec![mark]),
            }
        }
        let marked = lines.into_iter().map(|line| {
            let whole = line[0];
            self.pieces(line.into_iter(), whole.text, whole.spot.start, Style::Plain)
        });
        marked.collect()
    }

    /// Cuts `text` at all ends of evidence. Where pieces of evidence overlap, the shortest gives
    /// the style; each has its number at its end.
    fn pieces<'m, 't>(
        &self,
        marks: impl Iterator<Item = &'m Mark<'a>>,
        text: &'t str,
        base: usize,
        style: Style,
    ) -> Vec<Piece<'t>>
    where
        'a: 'm,
    {
        let whole = base..base + text.len();
        let inside: Vec<&Mark<'a>> = marks
            .filter(|mark| mark.spot.start < whole.end && mark.spot.end > whole.start)
            .collect();
        let ends = inside
            .iter()
            .flat_map(|mark| [mark.spot.start, mark.spot.end]);
        let mut cuts: Vec<usize> = ends.chain([whole.start, whole.end]).collect();
        cuts.retain(|cut| (whole.start..=whole.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Vec::new();
        for pair in cuts.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            let covering = inside
                .iter()
                .filter(|mark| mark.spot.start <= start && mark.spot.end >= end);
            let shortest = covering.min_by_key(|mark| mark.spot.end - mark.spot.start);
            let style = shortest.map_or(style, |mark| mark.style);
            let piece = text.get(start - base..end - base).unwrap_or_default();
            pieces.push((style, Cow::Borrowed(piece)));
            let ending = inside.iter().filter(|mark| mark.spot.end == end);
            let mut numbers: Vec<usize> = ending.map(|mark| mark.number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let numbers: Vec<String> = numbers.into_iter().map(|n| self.mark(n)).collect();
            if !numbers.is_empty() {
                // Two raised numbers beside each other would be one.
                let between = if self.raised { "," } else { "" };
                pieces.push((Style::Dim, Cow::Owned(numbers.join(between))));
            }
        }
        pieces
    }

    fn mark(&self, number: usize) -> String {
        if !self.raised {
            return format!("[{number}]");
        }
        const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let number = number.to_string();
        let raised = number
            .bytes()
            .map(|digit| DIGITS[usize::from(digit - b'0')]);
        raised.collect()
    }
}

fn stands_in(mark: &Mark<'_>, line: &Mark<'_>) -> bool {
    let offset = mark.spot.start - line.spot.start;
    line.text.get(offset..offset + mark.text.len()) == Some(mark.text)
        && mark.text.len() == mark.spot.end - mark.spot.start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(field: &str, start: usize, text: &str) -> Evidence {
        Evidence {
            field: field.into(),
            start,
            end: start + text.len(),
            text: text.into(),
            rule: "test".into(),
            confidence: 1.0,
        }
    }

    fn document() -> Document {
        let mut document = Document {
            title: Some("Geheimdienst warnt".into()),
            kicker: Some("Südkorea".into()),
            body: "Laut dem NIS in Seoul fehlt es.".into(),
            ..Document::default()
        };
        document.add_evidence("title", evidence("source", 3, "Geheimdienst warnt"));
        document
    }

    fn plain(pieces: &[Piece<'_>]) -> String {
        pieces.iter().map(|(_, text)| text.as_ref()).collect()
    }

    #[test]
    fn numbers_follow_the_texts_and_overlaps_keep_theirs() {
        let document = document();
        let values = [
            vec![evidence("source", 90, "Quelle: dpa")],
            vec![evidence("source", 98, "dpa")],
            vec![
                evidence("body", 0, "Laut dem NIS in Seoul"),
                evidence("body", 9, "NIS"),
            ],
            vec![
                evidence("body", 13, "in Seoul fehlt"),
                evidence("body", 9, "NIS"),
            ],
            vec![
                evidence("source", 3, "Geheimdienst warnt"),
                evidence("source", 16, "warnt"),
            ],
            vec![evidence("kicker", 0, "Südkorea")],
            vec![evidence("body", 2, "steht so nicht da")],
        ];
        let styled = values.iter().map(|one| (Style::Mark, one.as_slice()));
        let notes = Footnotes::new(&document, styled, false);
        let title = document.title.as_deref().unwrap();
        let marked = notes.marked(TextPlace::Title, title, 0, Style::Bold);
        assert_eq!(plain(&marked), "Geheimdienst warnt[2]");
        let marked = notes.marked(TextPlace::Body, &document.body, 0, Style::Plain);
        assert_eq!(
            plain(&marked),
            "Laut dem NIS[3][4] in Seoul[3] fehlt[4] es."
        );
        assert_eq!(marked.last().unwrap().0, Style::Plain);
        let lines = notes.source_lines();
        assert_eq!(lines.len(), 1);
        assert_eq!(plain(&lines[0]), "Quelle: dpa[5][6]");
        assert_eq!(
            (notes.number_of(0), notes.number_of(6)),
            ("[5]".into(), String::new())
        );
    }

    #[test]
    fn parts_of_a_text_have_the_marks_that_end_in_them() {
        let document = document();
        let values = [
            vec![evidence("body", 0, "Laut dem NIS in")],
            vec![evidence("body", 9, "NIS")],
            vec![evidence("body", 5, "dem NIS")],
        ];
        let styled = values.iter().map(|one| (Style::Mark, one.as_slice()));
        let notes = Footnotes::new(&document, styled, true);
        let part = notes.marked(TextPlace::Body, &document.body[5..12], 5, Style::Plain);
        assert_eq!(plain(&part), "dem NIS²,³");
    }
}
