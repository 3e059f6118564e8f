//! Where German sentences begin and end.
//!
//! A sentence ends at `.`, `!`, `?` or `…` (and the quotation marks and brackets behind it) if a
//! space and something that may begin a sentence follow. A full stop does not end one behind an
//! abbreviation (`z. B.`, `Dr.`), an initial (`Kim J. Un`) or an ordinal (`26. April`), unless a
//! word follows that is seldom a name and often begins a sentence (`… im Jahr 14. Danach …`). A
//! line end always ends one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::{Sentence, Token};

/// Abbreviations, and whether they may well end a sentence.
static ABBREVIATIONS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    include_str!("abbreviations.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| match line.strip_prefix('+') {
            Some(word) => (word, true),
            None => (line, false),
        })
        .collect()
});

/// Words that begin a sentence where they are capitalised.
static BEGINNERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("beginners.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// The sentences of a text, in order, without the spaces between them. Whatever is no space is
/// in one of them. Takes time linear in the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let wrapped = is_wrapped(text);
    let mut from = 0;
    while let Some(offset) = text.as_bytes()[from..]
        .iter()
        .position(|byte| is_mark(*byte))
    {
        let at = from + offset;
        // The byte is the first of a character, as no byte within one is a mark.
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        let after = at + c.len_utf8();
        from = after;
        if is_line_end(c) {
            if wrapped && is_soft(c, &text[after..]) {
                continue;
            }
            push(text, start..at, &mut sentences);
            start = after;
            continue;
        }
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = after;
        for closer in text[after..].chars().take_while(|c| is_closer(*c)) {
            end += closer.len_utf8();
        }
        from = end;
        if !text[end..].starts_with(char::is_whitespace) {
            continue;
        }
        let rest = text[end..].trim_start();
        if !may_begin(rest) {
            continue;
        }
        if &text[at..end] == "." && goes_on(&text[start..at], rest) {
            continue;
        }
        push(text, start..end, &mut sentences);
        start = end;
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

/// The sentences with the words that each holds; those without any are left out. A word that goes
/// on over a line end (`Regional-` `verkehr`) joins the sentences that it stands in.
pub(super) fn numbered(spans: &[Range<usize>], tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::with_capacity(spans.len());
    let mut at = 0;
    for span in spans {
        let first = at;
        while tokens.get(at).is_some_and(|token| token.start < span.end) {
            at += 1;
        }
        let reaches_in = sentences.last().is_some_and(|before| {
            let last = before.words.end as usize - 1;
            tokens[last].end > span.start
        });
        match sentences.last_mut() {
            Some(before) if reaches_in => {
                before.span.end = span.end;
                before.words.end = at as u32;
            }
            _ if first == at => {}
            _ => sentences.push(Sentence {
                span: span.clone(),
                words: first as u32..at as u32,
            }),
        }
    }
    sentences
}

/// Whether a byte may begin the end of a sentence; 0xE2 is the first of `…` and of some line ends.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | b'\r' | 0xe2)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Whether something stands on the line behind a line end, which may be the `\r` of `\r\n`.
fn is_soft(end: char, after: &str) -> bool {
    let line = match end {
        '\r' => after.strip_prefix('\n').unwrap_or(after),
        _ => after,
    };
    (line.chars().next()).is_some_and(|c| !c.is_whitespace())
}

/// Whether the text was broken into lines to fit some width: a good part of its lines begins with
/// a small letter. (Headings, lists and paragraphs mostly begin with a capital.)
pub fn is_wrapped(text: &str) -> bool {
    let (mut lines, mut small) = (0_usize, 0_usize);
    for line in text.split('\n').skip(1) {
        if let Some(first) = line.chars().next() {
            lines += 1;
            small += usize::from(first.is_lowercase());
        }
    }
    small >= 2 && small * 5 >= lines
}

/// Whether a paragraph ends in the space between two sentences of `text`.
pub fn ends_paragraph(space: &str, wrapped: bool) -> bool {
    if !space.contains(is_line_end) {
        return false;
    }
    let ends = space.replace("\r\n", "\n").matches(is_line_end).count();
    ends > usize::from(wrapped)
}

fn push(text: &str, span: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let raw = &text[span.clone()];
    let trimmed = raw.trim_start();
    let start = span.end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        sentences.push(start..end);
    }
}

/// What may stand between the end of a sentence and the space behind it.
fn is_closer(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '"'
            | '“'
            | '”'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '\''
            | '‹'
            | '›'
            | ')'
            | ']'
    )
}

/// Whether a sentence may begin like this: not with a small letter, whatever stands before it.
fn may_begin(rest: &str) -> bool {
    let first = rest.trim_start_matches(|c: char| {
        matches!(
            c,
            '"' | '„' | '“' | '”' | '«' | '»' | '‚' | '‘' | '\'' | '‹' | '›' | '(' | '['
        )
    });
    first
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | ')' | '.'))
}

/// Whether the full stop behind `before` does not end a sentence.
fn goes_on(before: &str, rest: &str) -> bool {
    let word = last_word(before);
    let starts_sentence = {
        let quoted = !rest.starts_with(char::is_alphanumeric);
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let len = next
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(next.len());
        let next = &next[..len];
        quoted || BEGINNERS.contains(next)
    };
    let letters = word.chars().count();
    if letters == 0 {
        return false;
    }
    if word.chars().all(|c| c.is_ascii_digit()) {
        // An ordinal: days, centuries, places; years end sentences.
        return letters <= 3 && !starts_sentence;
    }
    if letters == 1 && word.chars().all(char::is_alphabetic) {
        // z. B., d. h., U.S.A., J. R. R.; a lone capital may end a sentence (Josef K.).
        let small = word.chars().all(char::is_lowercase);
        let chained = before[..before.len() - word.len()]
            .trim_end_matches([' ', '\u{a0}', '\u{202f}'])
            .ends_with('.');
        return small || word == "B" && chained || !starts_sentence;
    }
    let is_roman = letters <= 4 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    if is_roman {
        return !starts_sentence;
    }
    let capitalised = || {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    };
    let known = (ABBREVIATIONS.get(word)).or_else(|| ABBREVIATIONS.get(capitalised().as_str()));
    match known {
        Some(true) => !starts_sentence,
        Some(false) => true,
        None => false,
    }
}

/// The letters or digits at the end of `before`; empty if there are more than any abbreviation
/// has.
fn last_word(before: &str) -> &str {
    const LONGEST: usize = 8;
    let mut start = before.len();
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        if !c.is_alphanumeric() {
            break;
        }
        if count == LONGEST {
            return "";
        }
        start = at;
    }
    &before[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[track_caller]
    fn assert_sentences(text: &str) {
        // `|` marks the ends that are expected.
        let plain = text.replace('|', "");
        let found: Vec<&str> = sentences(&plain).into_iter().map(|s| &plain[s]).collect();
        let expected: Vec<&str> = text.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_sentences("Das war es.| Ist es so?| Ja!| Nun gut…| Ende");
        assert_sentences("„Wir gehen.“| Er ging.| \"Nein!\" sagte er.| (So war es.)| Gut.");
        assert_sentences("Er sagte: „Wir schaffen das.“| 14 Tage später war es so.");
        assert_sentences("Wer ruft „Hilfe!“, meint es ernst.");
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_sentences(
            "Staaten wie z. B. Deutschland u. a. Länder, d. h. Nachbarn, kommen.| Dr. Müller bzw. Prof. Dr. Schmidt nicht.",
        );
        assert_sentences("Die Armee der U.S.A. Amerikas und George W. Bush.| Ende.");
        assert_sentences("Das kostet ca. 5 Mio. Euro bzw. 3 Mrd. Dollar.| Nr. 7 lebt.");
        assert_sentences("Panzer, Haubitzen usw.| Die Verluste sind hoch.");
        assert_sentences("Der Prozess gegen Josef K.| Er gestand.");
    }

    #[test]
    fn ordinals_do_not_end_a_sentence_but_years_do() {
        assert_sentences("Am 26. April und in der 90. Minute, im 21. Jahrhundert.| Ende.");
        assert_sentences("So war es im Jahr 2024.| Kim schwieg.");
        assert_sentences("Die Zahl der Toten stieg auf 14.| Danach wurde es ruhig.");
        assert_sentences("Unter Wilhelm II. Kaiser zu sein.| Ende.");
        assert_sentences("Rund 11.000 Soldaten und 3.5 Prozent.| Ende.");
    }

    #[test]
    fn a_line_end_ends_a_sentence() {
        assert_eq!(
            sentences("Titel\n\nText hier\r\nEnde"),
            [0..5, 7..16, 18..22]
        );
        assert!(sentences(" \n ").is_empty());
    }

    #[test]
    fn in_a_wrapped_text_an_empty_line_ends_a_sentence() {
        let text =
            "Die Ernte war in\ndiesem Jahr gut. Am 26.\nApril\nkam der Regen\n\nDas war\r\nes.";
        let found: Vec<&str> = sentences(text).into_iter().map(|s| &text[s]).collect();
        assert_eq!(
            found,
            [
                "Die Ernte war in\ndiesem Jahr gut.",
                "Am 26.\nApril\nkam der Regen",
                "Das war\r\nes."
            ]
        );
    }

    #[test]
    fn a_word_that_goes_on_over_a_line_end_joins_its_sentences() {
        let text = "Erst kam der Eil-\nZug.\n\n***\nDann der Bus.";
        let sentences = Analyzer::german().analyze_text(text).sentences;
        let found: Vec<(&str, Range<u32>)> = (sentences.iter())
            .map(|it| (&text[it.span.clone()], it.words.clone()))
            .collect();
        assert_eq!(
            found,
            [("Erst kam der Eil-\nZug.", 0..4), ("Dann der Bus.", 4..7)]
        );
    }

    /// The sentences of a text, one by one, have the tokens that the whole text has.
    fn assert_alone_as_within(text: &str) {
        for analyzer in [Analyzer::german(), Analyzer::plain()] {
            let whole = analyzer.analyze_text(text);
            let alone = whole.sentences.iter();
            let alone = alone.flat_map(|it| analyzer.analyze_sentence(text, it));
            assert_eq!(alone.collect::<Vec<_>>(), whole.tokens, "{text:?}");
        }
    }

    #[test]
    fn a_sentence_alone_is_analysed_as_within_its_text() {
        for text in [
            "Er greift die Stadt\nan. Regional-\nund Fernverkehr ruhen! Waldgesetz und -verordnung…",
            "Es waren 14\u{a0}000. Rund 14. % sind 5 %.\nA 380 und §\u{202f}5? „Ab“\u{2028}an",
            "Er fängt\nden Ball auf… Und sie hört (heute) auf“ Gut. U.S.A. z. B. Eil-\nzug",
            "",
        ] {
            assert_alone_as_within(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_sentence_alone_is_analysed_as_within_its_text(
            text in "(greift|an|auf|fängt|Wald-|-bau|und|Ort|Eil|14|000|%|§|z|B|[a-zA-ZäÄ0-9 .!?…\n\r\u{ad}\u{2028}\"“)(/:'-]){0,40}"
        ) {
            assert_alone_as_within(&text);
        }
        #[test]
        fn whatever_is_no_space_is_in_one_sentence(text in "[a-zA-ZäÄ0-9 .!?…\n\"“)z]{0,80}") {
            let mut end = 0;
            for sentence in sentences(&text) {
                proptest::prop_assert!(sentence.start >= end);
                proptest::prop_assert!(text[end..sentence.start].trim().is_empty());
                proptest::prop_assert!(!text[sentence.clone()].is_empty());
                end = sentence.end;
            }
            proptest::prop_assert!(text[end..].trim().is_empty());
        }
    }
}
