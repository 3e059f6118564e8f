//! Paragraphs of a text, and parts of one that is too long for a page.

use std::ops::Range;

/// How much of a text a page shows, in bytes: a little more than the longest articles. Longer texts
/// come in parts.
pub(super) const MAX_PART: usize = 120_000;

/// The parts of a text, none longer than `most`: they end between paragraphs if those are short
/// enough, else between words. A text without anything has no part.
pub(super) fn parts(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let length = match rest.len() <= most {
            true => rest.len(),
            false => end_of_part(rest, most),
        };
        parts.push(start..start + length);
        start += length;
    }
    parts
}

/// Where the first part of a longer text ends.
fn end_of_part(text: &str, most: usize) -> usize {
    // A letter has at most four bytes.
    let boundary = |at: &usize| text.is_char_boundary(*at);
    let limit = (1..=most.max(4)).rev().find(boundary).unwrap_or(text.len());
    let head = &text[..limit];
    let behind = |at: usize, len: usize| Some(at + len).filter(|end| *end > limit / 2);
    (head.rfind("\n\n").and_then(|at| behind(at, 2)))
        .or_else(|| head.rfind('\n').and_then(|at| behind(at, 1)))
        .or_else(|| {
            let (at, blank) = head.char_indices().rfind(|(_, c)| c.is_whitespace())?;
            behind(at, blank.len_utf8())
        })
        .unwrap_or(limit)
}

/// The part that a byte of the text stands in, from 1.
pub(super) fn part_of(parts: &[Range<usize>], at: usize) -> usize {
    parts.partition_point(|part| part.end <= at) + 1
}

/// The paragraphs within a part of a text: what stands between empty lines, without them.
pub(super) fn paragraphs(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut start = part.start;
    for line in text[part].split_inclusive('\n') {
        let content = line.trim_end();
        if content.is_empty() {
            is_open = false;
        } else {
            let end = start + content.len();
            match paragraphs.last_mut().filter(|_| is_open) {
                Some(paragraph) => paragraph.end = end,
                None => paragraphs.push(start..end),
            }
            is_open = true;
        }
        start += line.len();
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, most: usize) -> Vec<&str> {
        let parts = parts(text, most).into_iter();
        parts.map(|part| &text[part]).collect()
    }

    #[test]
    fn parts_end_between_paragraphs_else_lines_else_words() {
        assert_eq!(texts("ab cd\n\nef", 20), ["ab cd\n\nef"]);
        assert_eq!(texts("ab cd\n\nef gh", 9), ["ab cd\n\n", "ef gh"]);
        assert_eq!(texts("ab cd\nef gh", 9), ["ab cd\n", "ef gh"]);
        assert_eq!(texts("ab cd ef gh", 8), ["ab cd ", "ef gh"]);
        assert_eq!(texts("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert!(texts("", 4).is_empty());
    }

    #[test]
    fn parts_split_no_letter_and_lose_nothing() {
        for text in ["äöüßäöüß", "a\u{1f30d}b\u{1f30d}c", "ä ö\n\nü ß"] {
            for most in 0..12 {
                assert_eq!(texts(text, most).concat(), text, "{most}");
            }
        }
    }

    #[test]
    fn a_byte_stands_in_one_part() {
        let parts = parts("abcdefghij", 4);
        let of = [0, 3, 4, 9].map(|at| part_of(&parts, at));
        assert_eq!(of, [1, 1, 2, 3]);
    }

    #[test]
    fn paragraphs_stand_between_empty_lines() {
        let text = "Eins\nnoch eins\n \nZwei \r\n\n\n Drei";
        let found = paragraphs(text, 0..text.len()).into_iter();
        let found: Vec<&str> = found.map(|it| &text[it]).collect();
        assert_eq!(found, ["Eins\nnoch eins", "Zwei", " Drei"]);
        assert!(paragraphs("\n\n", 0..2).is_empty());
    }
}
