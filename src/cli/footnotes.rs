//! Evidence as footnotes: numbered in the order of the texts, marked where it stands.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::terminal::Style;
use crate::document::{Document, Evidence};

/// A piece of text and how it looks.
pub(super) type Piece<'a> = (Style, Cow<'a, str>);

/// Which text of a document, in the order in which they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Kicker,
    Title,
    Body,
    Source,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    part: Part,
    start: usize,
    end: usize,
}

/// One footnote; several values may rest on it.
#[derive(Debug)]
struct Note<'a> {
    number: usize,
    spot: Spot,
    text: &'a str,
    style: Style,
}

/// The footnotes of a document, by number.
#[derive(Debug)]
pub(super) struct Footnotes<'a> {
    document: &'a Document,
    notes: Vec<Note<'a>>,
    /// Whether numbers are raised; else they stand in brackets.
    raised: bool,
}

impl<'a> Footnotes<'a> {
    /// Numbers the pieces of evidence that stand in a text.
    pub(super) fn new(
        document: &'a Document,
        evidence: impl Iterator<Item = (Style, &'a Evidence)>,
        raised: bool,
    ) -> Footnotes<'a> {
        let mut notes: Vec<Note<'a>> = evidence
            .filter_map(|(style, evidence)| {
                Some(Note {
                    number: 0,
                    spot: spot(document, evidence)?,
                    text: &evidence.text,
                    style,
                })
            })
            .collect();
        notes.sort_by_key(|note| note.spot);
        notes.dedup_by_key(|note| note.spot);
        for (index, note) in notes.iter_mut().enumerate() {
            note.number = index + 1;
        }
        Footnotes {
            document,
            notes,
            raised,
        }
    }

    /// The number under which a piece of evidence is marked, as it is printed.
    pub(super) fn mark_of(&self, evidence: &Evidence) -> Option<String> {
        let spot = spot(self.document, evidence)?;
        let place = self.notes.binary_search_by_key(&spot, |note| note.spot);
        Some(self.mark(place.ok()? + 1))
    }

    /// A text, or a part of it that begins at byte `base`, with the evidence in it marked.
    pub(super) fn marked<'t>(
        &self,
        part: Part,
        text: &'t str,
        base: usize,
        style: Style,
    ) -> Vec<Piece<'t>> {
        let of_part = self.notes.iter().filter(|note| note.spot.part == part);
        self.pieces(of_part, text, base, style)
    }

    /// The lines of the source that evidence stands in but no other text has, marked.
    pub(super) fn source_lines(&self) -> Vec<Vec<Piece<'a>>> {
        let mut of_source: Vec<&Note<'a>> = (self.notes.iter())
            .filter(|note| note.spot.part == Part::Source)
            .collect();
        of_source.sort_by_key(|note| (note.spot.start, Reverse(note.spot.end)));
        let mut lines: Vec<Vec<&Note<'a>>> = Vec::new();
        for note in of_source {
            let line = (lines.last_mut()).filter(|line| stands_in(note, line[0]));
            match line {
                Some(line) => line.push(note),
                None => lines.push(vec![note]),
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
    fn pieces<'n, 't>(
        &self,
        notes: impl Iterator<Item = &'n Note<'a>>,
        text: &'t str,
        base: usize,
        style: Style,
    ) -> Vec<Piece<'t>>
    where
        'a: 'n,
    {
        let whole = base..base + text.len();
        let inside: Vec<&Note<'a>> = notes
            .filter(|note| note.spot.start < whole.end && note.spot.end > whole.start)
            .collect();
        let ends = inside.iter().flat_map(|note| [note.spot.start, note.spot.end]);
        let mut cuts: Vec<usize> = ends.chain([whole.start, whole.end]).collect();
        cuts.retain(|cut| (whole.start..=whole.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut pieces = Vec::new();
        for pair in cuts.windows(2) {
            let (start, end) = (pair[0], pair[1]);
            let covering = inside
                .iter()
                .filter(|note| note.spot.start <= start && note.spot.end >= end);
            let shortest = covering.min_by_key(|note| note.spot.end - note.spot.start);
            let style = shortest.map_or(style, |note| note.style);
            let piece = text.get(start - base..end - base).unwrap_or_default();
            pieces.push((style, Cow::Borrowed(piece)));
            let ending = inside.iter().filter(|note| note.spot.end == end);
            for (index, note) in ending.enumerate() {
                // Two raised numbers beside each other would be one.
                if self.raised && index > 0 {
                    pieces.push((Style::Dim, Cow::Borrowed(",")));
                }
                pieces.push((Style::Dim, Cow::Owned(self.mark(note.number))));
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
        let raised = number.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]);
        raised.collect()
    }
}

fn stands_in(note: &Note<'_>, line: &Note<'_>) -> bool {
    let offset = note.spot.start - line.spot.start;
    line.text.get(offset..offset + note.text.len()) == Some(note.text)
        && note.text.len() == note.spot.end - note.spot.start
}

/// Where a piece of evidence stands, if the text there is the one that it quotes.
fn spot(document: &Document, evidence: &Evidence) -> Option<Spot> {
    let range = evidence.start..evidence.end;
    let quoted = evidence.text.as_str();
    let quotes = |text: &str| !quoted.is_empty() && text.get(range.clone()) == Some(quoted);
    let title = document.title.as_deref().unwrap_or_default();
    let kicker = document.kicker.as_deref().unwrap_or_default();
    let here = |part| Spot {
        part,
        start: evidence.start,
        end: evidence.end,
    };
    let all_of = |part| Spot {
        part,
        start: 0,
        end: quoted.len(),
    };
    match evidence.field.as_str() {
        "title" if quotes(title) => Some(here(Part::Title)),
        "kicker" if quotes(kicker) => Some(here(Part::Kicker)),
        "body" if quotes(&document.body) => Some(here(Part::Body)),
        // Headlines are shown once, at the top.
        "source" if !quoted.is_empty() && quoted == title => Some(all_of(Part::Title)),
        "source" if !quoted.is_empty() && quoted == kicker => Some(all_of(Part::Kicker)),
        "source" if !quoted.is_empty() && range.start < range.end => Some(here(Part::Source)),
        _ => None,
    }
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
        Document {
            title: Some("Geheimdienst warnt".into()),
            kicker: Some("Südkorea".into()),
            body: "Laut dem NIS in Seoul fehlt es.".into(),
            ..Document::default()
        }
    }

    fn plain(pieces: &[Piece<'_>]) -> String {
        pieces.iter().map(|(_, text)| text.as_ref()).collect()
    }

    #[test]
    fn numbers_follow_the_texts_and_overlaps_keep_theirs() {
        let document = document();
        let all = [
            evidence("source", 90, "Quelle: dpa"),
            evidence("source", 98, "dpa"),
            evidence("body", 0, "Laut dem NIS in Seoul"),
            evidence("body", 9, "NIS"),
            evidence("body", 13, "in Seoul fehlt"),
            evidence("source", 3, "Geheimdienst warnt"),
            evidence("kicker", 0, "Südkorea"),
            evidence("body", 2, "steht so nicht da"),
        ];
        let styled = all.iter().map(|one| (Style::Mark, one));
        let notes = Footnotes::new(&document, styled, false);
        let title = document.title.as_deref().unwrap();
        let marked = notes.marked(Part::Title, title, 0, Style::Bold);
        assert_eq!(plain(&marked), "Geheimdienst warnt[2]");
        let marked = notes.marked(Part::Body, &document.body, 0, Style::Plain);
        assert_eq!(plain(&marked), "Laut dem NIS[4] in Seoul[3] fehlt[5] es.");
        assert_eq!(marked.last().unwrap().0, Style::Plain);
        let lines = notes.source_lines();
        assert_eq!(lines.len(), 1);
        assert_eq!(plain(&lines[0]), "Quelle: dpa[6][7]");
        assert_eq!(notes.mark_of(&all[0]).as_deref(), Some("[6]"));
        assert_eq!(notes.mark_of(&all[7]), None);
    }

    #[test]
    fn parts_of_a_text_have_the_marks_that_end_in_them() {
        let document = document();
        let all = [evidence("body", 9, "NIS"), evidence("body", 0, "Laut dem NIS in")];
        let notes = Footnotes::new(&document, all.iter().map(|one| (Style::Mark, one)), true);
        let part = notes.marked(Part::Body, &document.body[5..12], 5, Style::Plain);
        assert_eq!(plain(&part), "dem NIS²");
    }
}
