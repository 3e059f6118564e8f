//! From text to words: where they begin and end.
//!
//! A word is a run of letters, digits and marks. It goes on over a hyphen or an apostrophe
//! between letters, over dots in abbreviations (`U.S.A.`), over the separators of grouped digits
//! (`14.000`, `14 000`), over the sign of a gender form (`Soldat:innen`) and over a hyphen at the
//! end of a line. Signs such as `%` are words after a digit.

use super::fold::{is_invisible, is_mark};

/// A word longer than this goes over no further sign, so that every step looks back a little only.
const MAX_BYTES: usize = 200;

/// One word as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawWord {
    /// First byte.
    pub(super) start: usize,
    /// First byte after it.
    pub(super) end: usize,
    /// What its hyphen says.
    pub(super) hyphen: Hyphen,
}

/// A hyphen at the edge of a word stands for a part that another word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// There is none.
    None,
    /// `Regional-` (und Fernverkehr).
    After,
    /// (Infektionsschutzgesetz und) `-verordnung`.
    Before,
}

/// The words of a text.
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

impl Iterator for Words<'_> {
    type Item = RawWord;

    fn next(&mut self) -> Option<RawWord> {
        let bytes = self.text.as_bytes();
        let start = loop {
            let &byte = bytes.get(self.at)?;
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    break self.at;
                }
                self.at += 1;
                if is_sign(byte) && self.at >= 2 && follows_digit(self.text, self.at - 1) {
                    return Some(RawWord {
                        start: self.at - 1,
                        end: self.at,
                        hyphen: Hyphen::None,
                    });
                }
                continue;
            }
            let c = self.char_at(self.at)?;
            if c.is_alphanumeric() {
                break self.at;
            }
            self.at += c.len_utf8();
            let is_sign = match c {
                '€' | '£' | '¥' | '‰' | '°' => {
                    follows_digit(self.text, self.at - c.len_utf8())
                }
                '§' => precedes_digit(self.text, self.at),
                _ => false,
            };
            if is_sign {
                let start = self.at - c.len_utf8();
                return Some(RawWord {
                    start,
                    end: self.at,
                    hyphen: Hyphen::None,
                });
            }
        };
        let mut end = self.run(start);
        while let Some(next) = self.beyond(start, end) {
            end = next;
        }
        self.at = end;
        let hyphen = self.hyphen(start, end);
        Some(RawWord { start, end, hyphen })
    }
}

impl Words<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The end of the run of letters and digits that begins at `at`.
    fn run(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            if byte.is_ascii() {
                break;
            }
            // ä, ö, ü, ß and their neighbours, but not × and ÷
            if byte == 0xC3 && !matches!(bytes.get(at + 1), Some(0x97 | 0xB7)) {
                at += 2;
                continue;
            }
            match self.char_at(at) {
                Some(c) if c.is_alphanumeric() || is_mark(c) || is_invisible(c) => {
                    at += c.len_utf8();
                }
                _ => break,
            }
        }
        at
    }

    /// Where the word ends if it goes on after `end`.
    fn beyond(&self, start: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        // Nearly all words end before a blank or a comma, and only numbers go on over these.
        let ends_here = match bytes.get(end)? {
            b' ' | b',' => !bytes[end - 1].is_ascii_digit(),
            _ => false,
        };
        if ends_here || end - start > MAX_BYTES {
            return None;
        }
        let c = self.char_at(end)?;
        let last = self.text[..end].chars().next_back()?;
        let after = end + c.len_utf8();
        match c {
            '-' | '\u{2010}' | '\u{2011}' => self.over_hyphen(start, end, after, last),
            '\'' | '\u{2019}' if last.is_ascii_digit() => self.over_space(start, end, after),
            '\'' | '\u{2019}' | '\u{2BC}' => {
                let next = self.char_at(after)?;
                (last.is_alphabetic() && next.is_alphabetic()).then(|| self.run(after))
            }
            '.' => self.over_dot(start, end, after),
            ',' => {
                let before = &self.text[start..end];
                let is_decimal = before
                    .bytes()
                    .all(|b| b.is_ascii_digit() || is_group_sign(b));
                let next = self.char_at(after)?;
                (is_decimal && next.is_ascii_digit()).then(|| self.digits(after))
            }
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => self.over_space(start, end, after),
            ':' | '*' | '_' | '/' | '(' => self.over_gender_sign(start, end, after, last),
            '\n' | '\r' if last == '\u{AD}' => {
                let next = after + blanks(&self.text[after..]);
                let goes_on = self.char_at(next)?.is_lowercase();
                goes_on.then(|| self.run(next))
            }
            _ => None,
        }
    }

    fn over_hyphen(&self, start: usize, end: usize, after: usize, last: char) -> Option<usize> {
        let next = self.char_at(after)?;
        if next.is_alphanumeric() {
            // ranges and dates: 10-20, 2025-04
            if last.is_ascii_digit() && next.is_ascii_digit() {
                let letters = self.text[start..end].chars().any(char::is_alphabetic);
                return letters.then(|| self.run(after));
            }
            return Some(self.run(after));
        }
        // the end of a line
        let gap = &self.text[after..];
        let blank = blanks(gap);
        if !last.is_alphabetic() || !gap[..blank].contains('\n') {
            return None;
        }
        let next = after + blank;
        if !self.char_at(next)?.is_alphabetic() {
            return None;
        }
        let to = self.run(next);
        (!is_joining(&self.text[next..to])).then_some(to)
    }

    fn over_dot(&self, start: usize, end: usize, after: usize) -> Option<usize> {
        let before = &self.text[start..end];
        let next = self.char_at(after);
        if before
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            let first = before.split('.').next().unwrap_or_default();
            let to = self.digits(after);
            let is_group = to - after == 3 && first.len() <= 3 && !first.starts_with('0');
            let is_last = self.run(after) == to;
            return (is_group && is_last && groups_fit(before)).then_some(to);
        }
        // U.S.A.: single letters, each with its dot
        let mut letters = before.split('.').filter(|part| !part.is_empty());
        if !letters.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic)) {
            return None;
        }
        if next.is_some_and(char::is_alphabetic) {
            let to = self.run(after);
            if self.text[after..to].chars().count() == 1 && self.char_at(to) == Some('.') {
                return Some(to);
            }
        }
        // z. B., d. h.
        if end - start == 1
            && before.chars().all(char::is_lowercase)
            && matches!(next, Some(' ' | '\u{A0}' | '\u{202F}'))
        {
            let from = after + next.map_or(0, char::len_utf8);
            let to = self.run(from);
            if self.text[from..to].chars().all(char::is_alphabetic)
                && self.text[from..to].chars().count() == 1
                && self.char_at(to) == Some('.')
            {
                return Some(to + 1);
            }
        }
        // the last dot belongs to the abbreviation
        (before.contains('.') && !before.ends_with('.')).then_some(after)
    }

    fn over_space(&self, start: usize, end: usize, after: usize) -> Option<usize> {
        let before = &self.text[start..end];
        let mut groups = before.split(|c: char| !c.is_ascii_digit());
        let first = groups.next()?;
        if first.is_empty()
            || first.len() > 3
            || first.starts_with('0')
            || before.contains(['.', ','])
        {
            return None;
        }
        if !groups.all(|group| group.len() == 3 || group.is_empty()) {
            return None;
        }
        if self.text[..start].ends_with(['.', ',', ':', '/']) {
            return None;
        }
        let to = self.digits(after);
        (to - after == 3 && self.run(after) == to).then_some(to)
    }

    fn over_gender_sign(
        &self,
        start: usize,
        end: usize,
        after: usize,
        last: char,
    ) -> Option<usize> {
        if !last.is_alphabetic() || end - start < 3 {
            return None;
        }
        let sign = self.text[end..].chars().next()?;
        let after = if sign == '/' && self.text[after..].starts_with('-') {
            after + 1
        } else {
            after
        };
        let to = self.run(after);
        let ending = &self.text[after..to];
        if !matches!(ending, "in" | "innen" | "In" | "Innen") {
            return None;
        }
        match sign {
            '(' => self.text[to..].starts_with(')').then_some(to + 1),
            _ => Some(to),
        }
    }

    fn digits(&self, at: usize) -> usize {
        let digits = self.text.as_bytes()[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit());
        at + digits.count()
    }

    fn hyphen(&self, start: usize, end: usize) -> Hyphen {
        let bytes = self.text.as_bytes();
        let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii() && *byte != b'-');
        if is_plain(bytes.get(end)) && is_plain(bytes[..start].last()) {
            return Hyphen::None;
        }
        let mut after = self.text[end..].chars();
        if matches!(after.next(), Some('-' | '\u{2010}' | '\u{2011}'))
            && after
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '/' | ')'))
        {
            return Hyphen::After;
        }
        let mut before = self.text[..start].chars();
        if matches!(before.next_back(), Some('-' | '\u{2010}' | '\u{2011}'))
            && before
                .next_back()
                .is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '('))
            && self.char_at(start).is_some_and(char::is_lowercase)
        {
            return Hyphen::Before;
        }
        Hyphen::None
    }
}

/// Words that join an elliptical compound to its fellow.
pub(super) fn is_joining(word: &str) -> bool {
    matches!(
        word,
        "und"
            | "oder"
            | "sowie"
            | "bzw"
            | "beziehungsweise"
            | "bis"
            | "wie"
            | "als"
            | "noch"
            | "aber"
    )
}

fn groups_fit(before: &str) -> bool {
    before.split('.').skip(1).all(|group| group.len() == 3)
}

fn is_group_sign(byte: u8) -> bool {
    matches!(byte, b'.' | b' ')
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b'%' | b'$')
}

/// How many bytes of blanks a text begins with; at most those of a line end and an indent.
fn blanks(text: &str) -> usize {
    let blanks = text
        .bytes()
        .take(40)
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    blanks.count()
}

fn precedes_digit(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    text.len() - after.len() <= at + 3 && after.starts_with(|c: char| c.is_ascii_digit())
}

fn follows_digit(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\u{A0}', '\u{202F}']);
    before.len() + 3 >= at && before.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Hyphen, words};

    fn forms(text: &str) -> Vec<&str> {
        words(text)
            .map(|word| &text[word.start..word.end])
            .collect()
    }

    #[test]
    fn hyphens_and_apostrophes_stay_inside_words() {
        assert_eq!(
            forms("Der Ukraine-Krieg, Putin’s"),
            ["Der", "Ukraine-Krieg", "Putin’s"]
        );
        assert_eq!(
            forms("170-mm-Geschütze am 2025-04"),
            ["170-mm-Geschütze", "am", "2025", "04"]
        );
    }

    #[test]
    fn grouped_digits_are_one_word() {
        assert_eq!(
            forms("14.000 und 14 000 oder 3,5"),
            ["14.000", "und", "14 000", "oder", "3,5"]
        );
        assert_eq!(
            forms("am 27.02.2025 um 11:33"),
            ["am", "27", "02", "2025", "um", "11", "33"]
        );
        assert_eq!(forms("1.000.000, 2.500,75"), ["1.000.000", "2.500,75"]);
    }

    #[test]
    fn abbreviations_keep_their_dots() {
        assert_eq!(
            forms("Die U.S.A. und z.B. er."),
            ["Die", "U.S.A.", "und", "z.B.", "er"]
        );
    }

    #[test]
    fn gender_forms_are_one_word() {
        assert_eq!(
            forms("Soldat:innen, Bürger/-innen"),
            ["Soldat:innen", "Bürger/-innen"]
        );
        assert_eq!(
            forms("Lehrer(innen) und Berlin/Hamburg"),
            ["Lehrer(innen)", "und", "Berlin", "Hamburg"]
        );
    }

    #[test]
    fn words_go_on_after_the_end_of_a_line() {
        assert_eq!(forms("Truppen-\n  verlegung"), ["Truppen-\n  verlegung"]);
        assert_eq!(forms("Bundes-\nund Länder"), ["Bundes", "und", "Länder"]);
    }

    #[test]
    fn hanging_hyphens_are_seen() {
        let hyphens = |text| words(text).map(|word| word.hyphen).collect::<Vec<_>>();
        assert_eq!(
            hyphens("Regional- und Fernverkehr"),
            [Hyphen::After, Hyphen::None, Hyphen::None]
        );
        assert_eq!(
            hyphens("Gesetz und -verordnung"),
            [Hyphen::None, Hyphen::None, Hyphen::Before]
        );
    }
}
