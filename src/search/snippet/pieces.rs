//! Sentences, and the parts of long ones: what passages are made of.

use std::ops::Range;

use crate::analysis::{ends_paragraph, is_wrapped};

/// Pieces, and passages of several, are at most so long, in characters.
pub(super) const LONG: usize = 300;
/// Sentences longer than [`LONG`] are cut into pieces of about this many characters.
const PIECE: usize = 220;

/// A sentence, or a part of a long one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) span: Range<usize>,
    pub(super) chars: usize,
    /// Whether the sentence began before the piece.
    pub(super) begins_inside: bool,
    /// Whether the sentence goes on behind the piece.
    pub(super) ends_inside: bool,
    /// Whether a paragraph begins with the piece.
    pub(super) begins_paragraph: bool,
}

/// The pieces of a text with these sentences.
pub(super) fn pieces(text: &str, sentences: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(sentences.len());
    let wrapped = is_wrapped(text);
    let mut end = 0;
    for sentence in sentences {
        let begins_paragraph = ends_paragraph(&text[end..sentence.start], wrapped);
        end = sentence.end;
        let spans = cuts(text, sentence);
        let last = spans.len() - 1;
        for (index, span) in spans.into_iter().enumerate() {
            pieces.push(Piece {
                chars: text[span.clone()].chars().count(),
                span,
                begins_inside: index > 0,
                ends_inside: index < last,
                begins_paragraph: begins_paragraph && index == 0,
            });
        }
    }
    pieces
}

/// A sentence cut into pieces of at most [`LONG`] characters, behind a comma or the like if there
/// is one at the right place, else between words, else anywhere.
fn cuts(text: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    if sentence.len() <= LONG {
        return vec![sentence.clone()];
    }
    let mut spans = Vec::new();
    let mut start = sentence.start;
    loop {
        let rest = &text[start..sentence.end];
        if rest.char_indices().nth(LONG).is_none() {
            spans.push(start..sentence.end);
            return spans;
        }
        let mut best = (0, 0);
        let mut hard = rest.len();
        let mut before = ' ';
        for (count, (at, c)) in rest.char_indices().enumerate() {
            if count == LONG {
                hard = at;
                break;
            }
            let rank = match () {
                _ if !c.is_whitespace() || count < PIECE / 2 => 0,
                _ if matches!(before, ',' | ';' | ':' | '–' | '—') => 2,
                _ => 1,
            };
            // Of equally good places the first one behind the wanted length, or the last before.
            if rank > best.0 || rank == best.0 && rank > 0 && count <= PIECE {
                best = (rank, at);
            }
            before = c;
        }
        let end = if best.0 > 0 { best.1 } else { hard };
        spans.push(start..start + end);
        let rest = &text[start + end..sentence.end];
        start = sentence.end - rest.trim_start().len();
    }
}
