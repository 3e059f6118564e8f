//! The lines of a text; where an editor or a mail program has wrapped them, its paragraphs.

use std::borrow::Cow;

/// A line, or the wrapped lines of one paragraph joined by blanks.
pub(super) struct Paragraph<'a> {
    /// Without surrounding blanks, not empty.
    pub(super) text: Cow<'a, str>,
    /// First byte in the source.
    pub(super) start: usize,
    /// First byte after it in the source.
    pub(super) end: usize,
    /// How many empty lines of the source stand before it.
    pub(super) blank_lines_before: usize,
}

/// The lines of `source` that are not empty; paragraphs if the lines are wrapped.
pub(super) fn paragraphs(source: &str) -> Vec<Paragraph<'_>> {
    let mut lines = Vec::new();
    let mut blank = 0;
    for line in source.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) {
        let offset = line.as_ptr().addr() - source.as_ptr().addr();
        let text =
            line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if text.is_empty() {
            blank += 1;
            continue;
        }
        let start = offset + (text.as_ptr().addr() - line.as_ptr().addr());
        lines.push(Paragraph {
            text: Cow::Borrowed(text),
            start,
            end: start + text.len(),
            blank_lines_before: blank,
        });
    }
    if is_wrapped(&lines) {
        join(lines)
    } else {
        lines
    }
}

/// Whether most lines that another follows are about equally long and end within a sentence.
fn is_wrapped(lines: &[Paragraph<'_>]) -> bool {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=110;
    let (mut followed, mut wrapped, mut longest) = (0, 0, 0);
    for pair in lines.windows(2) {
        if pair[0].blank_lines_before != pair[1].blank_lines_before {
            continue;
        }
        followed += 1;
        let length = pair[0].text.chars().count();
        longest = longest.max(length);
        let ends_a_sentence = pair[0].text.ends_with(['.', '!', '?', ':', '"', '“', '»']);
        let goes_on = pair[1].text.starts_with(|c: char| c.is_lowercase()) || !ends_a_sentence;
        wrapped += usize::from(WIDTHS.contains(&length) && goes_on);
    }
    followed >= 3 && longest <= 130 && wrapped * 10 >= followed * 6
}

fn join(lines: Vec<Paragraph<'_>>) -> Vec<Paragraph<'_>> {
    let mut joined: Vec<Paragraph<'_>> = Vec::new();
    for line in lines {
        let same = joined
            .last_mut()
            .filter(|last| last.blank_lines_before == line.blank_lines_before);
        match same {
            Some(last) => {
                let text = last.text.to_mut();
                // A soft hyphen at the end of a line divides a word.
                if text.ends_with('\u{ad}') {
                    text.pop();
                } else {
                    text.push(' ');
                }
                text.push_str(&line.text);
                last.end = line.end;
            }
            None => joined.push(line),
        }
    }
    joined
}
