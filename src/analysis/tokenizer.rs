//! From text to words: where they begin and end.

/// One word as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawWord {
    /// First byte.
    pub(super) start: usize,
    /// First byte after it.
    pub(super) end: usize,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<RawWord> {
    let mut words = Vec::with_capacity(text.len() / 7 + 1);
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric()
            || (start.is_some() && (super::fold::is_mark(c) || super::fold::is_invisible(c)));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                words.push(RawWord {
                    start: first,
                    end: at,
                });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(first) = start {
        words.push(RawWord {
            start: first,
            end: text.len(),
        });
    }
    words
}
