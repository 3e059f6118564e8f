//! Cuts a text at all ends of what it is marked with, so that each piece knows everything that it
//! is part of, however marks overlap.

use std::ops::Range;

/// What a stretch of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Something that the query finds; counted from 1 through all texts of the article.
    Match(usize),
    /// Evidence: the number of its value, and which of the value's evidence it is, from 1.
    Evidence(usize, usize),
    /// The sentence in which evidence of the value with that number stands.
    Sentence(usize),
}

/// A stretch of a text with its meaning, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Range<usize>,
    pub(super) meaning: Meaning,
}

/// A piece of a text, all of which is part of the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Whether the query finds it.
    pub(super) is_match: bool,
    /// Numbers of the values that it is evidence for, ascending.
    pub(super) values: Vec<usize>,
    /// Numbers of the values whose evidence stands in its sentence, ascending.
    pub(super) sentences: Vec<usize>,
    /// Names of the matches and the evidence that begin here, for links.
    pub(super) anchors: Vec<String>,
    /// Whether the value that was chosen is among `values`.
    pub(super) is_lit: bool,
    /// Whether it is among `sentences`.
    pub(super) is_near: bool,
}

impl Piece<'_> {
    /// Whether it is nothing but text.
    pub(super) fn is_plain(&self) -> bool {
        !self.is_match && self.values.is_empty() && self.sentences.is_empty()
    }

    /// Names for the style sheet.
    pub(super) fn classes(&self) -> String {
        let names = [
            (!self.values.is_empty(), "evidence"),
            (self.is_lit, "lit"),
            (self.is_near, "near"),
        ];
        let names = names.into_iter().filter(|(is, _)| *is);
        names.map(|(_, name)| name).collect::<Vec<_>>().join(" ")
    }

    /// Numbers with blanks between them.
    pub(super) fn numbers(numbers: &[usize]) -> String {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        numbers.join(" ")
    }
}

/// The name of a match or of evidence, for links.
pub(super) fn anchor(meaning: Meaning) -> Option<String> {
    match meaning {
        Meaning::Match(number) => Some(format!("match-{number}")),
        Meaning::Evidence(value, number) => Some(format!("evidence-{value}-{number}")),
        Meaning::Sentence(_) => None,
    }
}

/// Cuts one text, stretch by stretch from its beginning on.
pub(super) struct Cutter<'a> {
    text: &'a str,
    /// By their beginning.
    marks: Vec<Mark>,
    /// The first mark that did not begin yet.
    next: usize,
    /// The marks that began and did not end, with whether their beginning was shown.
    open: Vec<(usize, bool)>,
    chosen: Option<usize>,
}

impl<'a> Cutter<'a> {
    /// Cuts `text` at `marks`; the value with the number `chosen` lights up. Marks that are not
    /// of this text, or split a letter, are left out.
    pub(super) fn new(text: &'a str, mut marks: Vec<Mark>, chosen: Option<usize>) -> Cutter<'a> {
        marks.retain(|mark| !mark.span.is_empty() && text.get(mark.span.clone()).is_some());
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        Cutter {
            text,
            marks,
            next: 0,
            open: Vec::new(),
            chosen,
        }
    }

    /// The pieces of a stretch, which begins behind all that were cut before.
    pub(super) fn cut(&mut self, stretch: Range<usize>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut at = stretch.start;
        while at < stretch.end {
            self.open
                .retain(|(mark, _)| self.marks[*mark].span.end > at);
            while let Some(mark) = self.marks.get(self.next)
                && mark.span.start <= at
            {
                if mark.span.end > at {
                    self.open.push((self.next, false));
                }
                self.next += 1;
            }
            let ends = self.open.iter().map(|(mark, _)| self.marks[*mark].span.end);
            let begins = self.marks.get(self.next).map(|mark| mark.span.start);
            let end = ends.chain(begins).fold(stretch.end, usize::min);
            pieces.push(self.piece(at..end));
            at = end;
        }
        pieces
    }

    /// The piece with everything that is open now.
    fn piece(&mut self, span: Range<usize>) -> Piece<'a> {
        let mut piece = Piece {
            text: self.text.get(span).unwrap_or_default(),
            ..Piece::default()
        };
        for (mark, is_shown) in &mut self.open {
            let meaning = self.marks[*mark].meaning;
            match meaning {
                Meaning::Match(_) => piece.is_match = true,
                Meaning::Evidence(value, _) => piece.values.push(value),
                Meaning::Sentence(value) => piece.sentences.push(value),
            }
            if !std::mem::replace(is_shown, true) {
                piece.anchors.extend(anchor(meaning));
            }
        }
        for numbers in [&mut piece.values, &mut piece.sentences] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        let is_chosen = |numbers: &[usize]| self.chosen.is_some_and(|it| numbers.contains(&it));
        piece.is_lit = is_chosen(&piece.values);
        piece.is_near = is_chosen(&piece.sentences);
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(span: Range<usize>, meaning: Meaning) -> Mark {
        Mark { span, meaning }
    }

    /// A piece as text: `[text|match|values|anchors]`.
    fn shown(pieces: &[Piece<'_>]) -> String {
        let show = |piece: &Piece<'_>| {
            if piece.is_plain() {
                return piece.text.to_owned();
            }
            let found = if piece.is_match { "!" } else { "" };
            let lit = if piece.is_lit { "*" } else { "" };
            let values = Piece::numbers(&piece.values);
            format!(
                "[{}|{found}{values}{lit}|{}]",
                piece.text,
                piece.anchors.join(" ")
            )
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn overlapping_marks_share_pieces_and_each_begins_once() {
        let text = "Laut dem NIS in Seoul fehlt es.";
        let marks = vec![
            mark(9..12, Meaning::Match(1)),
            mark(0..12, Meaning::Evidence(3, 1)),
            mark(9..21, Meaning::Evidence(4, 2)),
        ];
        let pieces = Cutter::new(text, marks, Some(4)).cut(0..text.len());
        assert_eq!(
            shown(&pieces),
            "[Laut dem |3|evidence-3-1][NIS|!3 4*|match-1 evidence-4-2][ in Seoul|4*|] fehlt es."
        );
    }

    #[test]
    fn a_mark_goes_on_in_the_next_stretch() {
        let marks = vec![mark(1..7, Meaning::Evidence(1, 1))];
        let mut cutter = Cutter::new("abc\n\ndef", marks, None);
        assert_eq!(shown(&cutter.cut(0..3)), "a[bc|1|evidence-1-1]");
        assert_eq!(shown(&cutter.cut(5..8)), "[de|1|]f");
    }

    #[test]
    fn a_text_is_cut_from_its_middle_on() {
        let marks = vec![mark(0..2, Meaning::Match(1)), mark(2..6, Meaning::Match(2))];
        let mut cutter = Cutter::new("abcdefgh", marks, None);
        assert_eq!(shown(&cutter.cut(4..8)), "[ef|!|match-2]gh");
    }

    #[test]
    fn marks_that_cannot_be_are_left_out() {
        let marks = vec![
            mark(1..3, Meaning::Match(1)),
            mark(4..90, Meaning::Match(2)),
            mark(3..3, Meaning::Match(3)),
        ];
        let text = "ähm";
        let pieces = Cutter::new(text, marks, None).cut(0..text.len());
        assert_eq!(shown(&pieces), "ähm");
    }

    proptest! {
        /// However marks overlap, the pieces are the text, and each says what covers it.
        #[test]
        fn pieces_are_the_text(
            text in "[aäß .]{0,40}",
            spans in prop::collection::vec((0_usize..60, 0_usize..20, 1_usize..5), 0..12),
            cut in 0_usize..60,
        ) {
            let marks: Vec<Mark> = (spans.into_iter())
                .map(|(start, len, value)| mark(start..start + len, Meaning::Evidence(value, 1)))
                .collect();
            let whole = |mark: &&Mark| text.get(mark.span.clone()).is_some();
            let middle = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
            let middle = middle.unwrap_or(0);
            let mut cutter = Cutter::new(&text, marks.clone(), None);
            let mut pieces = cutter.cut(0..middle);
            pieces.extend(cutter.cut(middle..text.len()));
            let joined: String = pieces.iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&joined, &text);
            let mut at = 0;
            for piece in pieces {
                let mut covering: Vec<usize> = (marks.iter().filter(whole))
                    .filter(|mark| mark.span.start <= at && mark.span.end > at)
                    .filter_map(|mark| match mark.meaning {
                        Meaning::Evidence(value, _) => Some(value),
                        _ => None,
                    })
                    .collect();
                covering.sort_unstable();
                covering.dedup();
                prop_assert_eq!(piece.values, covering);
                at += piece.text.len();
            }
        }
    }
}
