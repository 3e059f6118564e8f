//! A text with marks, in pieces, so that templates escape each of them.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// The piece as it stands in the text.
    pub(super) text: &'a str,
    /// Whether it is marked.
    pub(super) is_marked: bool,
}

/// The pieces of a text of which some spans, in bytes and ascending, are marked. Spans that lie in
/// none of the text, or split a letter, are not marked; the text is always whole.
pub(super) fn pieces<'a>(text: &'a str, marks: &[(usize, usize)]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut add = |text: &'a str, is_marked| {
        if !text.is_empty() {
            pieces.push(Piece { text, is_marked });
        }
    };
    for &(start, end) in marks {
        let start = start.max(at);
        let (Some(before), Some(marked)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        add(before, false);
        add(marked, true);
        at = end;
    }
    add(&text[at..], false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize)]) -> String {
        (pieces(text, marks).iter())
            .map(|piece| {
                if piece.is_marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.to_owned()
                }
            })
            .collect()
    }

    #[test]
    fn marked_spans_are_pieces_of_their_own() {
        assert_eq!(shown("Der Hafen öffnet", &[(4, 9)]), "Der [Hafen] öffnet");
        assert_eq!(shown("Hafen", &[(0, 5)]), "[Hafen]");
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn spans_that_cannot_be_leave_the_text_whole() {
        assert_eq!(shown("öffnet", &[(1, 3), (90, 99), (3, 2)]), "öffnet");
        assert_eq!(shown("ab cd", &[(0, 2), (1, 4)]), "[ab][ c]d");
    }
}
