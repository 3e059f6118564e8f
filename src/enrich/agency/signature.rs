//! Credits: by-lines, datelines, signatures, source lines, photo credits.

use super::find::{Occurrence, is_kind_noun};
use crate::document::{AgencyKind, LineKind, Scope};
use crate::enrich::words::{Gap, Words};

/// How many bytes around a name are looked at.
const AROUND: usize = 90;

/// A credit: its rule and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Credit {
    /// Name of the rule.
    pub(crate) rule: &'static str,
    /// Text or picture.
    pub(crate) scope: Scope,
}

/// Whether a news agency in running text is credited there, not cited.
pub(crate) fn credit_in_text(words: &Words<'_>, occurrence: &Occurrence) -> Option<Credit> {
    let start = words.words[occurrence.first].start;
    let end = words.words[occurrence.end - 1].end;
    let text = words.text;
    let before = line_before(text, start);
    let after = line_after(text, end);
    let sentence = words.sentence_of(occurrence.first);
    let noun_before = occurrence.first > sentence.first
        && is_kind_noun(words.word(occurrence.first - 1), AgencyKind::News);
    let text_credit = |rule| {
        Some(Credit {
            rule,
            scope: Scope::Text,
        })
    };
    if has_copyright(before) {
        let scope = if before.contains(['/', '|'])
            || after.starts_with(['/', '|'])
            || after.trim_start().starts_with('|')
        {
            Scope::Photo
        } else {
            Scope::Text
        };
        return Some(Credit {
            rule: "copyright",
            scope,
        });
    }
    let near = tail(before, 60);
    if is_photo(near) || before.ends_with('/') && is_photo_sign(after) {
        return Some(Credit {
            rule: "photo-credit",
            scope: Scope::Photo,
        });
    }
    if noun_before && !before.trim_end().ends_with(['(', '/']) {
        return None;
    }
    if let Some(inside) = bracket(before, after) {
        let chain = is_chain(inside, &text[start..end]);
        let defines = occurrence.first > sentence.first
            && is_kind_noun(words.word(occurrence.first - 1), AgencyKind::News);
        let close = after
            .find(')')
            .map_or("", |at| after[at + 1..].trim_start());
        let opened = before.rfind('(').unwrap_or(0);
        let ends = close.is_empty() || close.starts_with(['.', '–', '-', '—']);
        let begins = opened < 50
            || before[..opened]
                .trim_end()
                .ends_with(['.', '!', '?', '"', '“', '«']);
        if chain && !defines && (ends || begins) {
            let dateline = opened < 50 && opened > 0 && is_place(&before[..opened]);
            return text_credit(if dateline { "dateline" } else { "signature" });
        }
    }
    if let Some((inside, _)) = bracket(before, after) {
        let lower = inside.trim_start().to_lowercase();
        let led = ["mit ", "quelle", "material", "text: ", "von "]
            .iter()
            .any(|led| lower.starts_with(led));
        let close = after.find(')').map_or("", |at| after[at + 1..].trim());
        if led && close.trim_matches(['.', '"', '“']).is_empty() {
            return text_credit("signature");
        }
    }
    // `… sagte er. dpa`: the sign of the agency stands alone behind the last sentence.
    let ended = before.trim_end();
    let sign = &text[start..end];
    let alone = after.trim_matches(['.', ' ', '\u{a0}']).is_empty()
        && ended.len() < before.len()
        && ended.ends_with(['.', '!', '?', '“', '"', '«', '»'])
        && !sign.contains(' ');
    if alone {
        return text_credit("signature");
    }
    let whole = line_of(text, start, end);
    if before.ends_with('/') || after.starts_with('/') {
        let short = whole.len() < 70;
        let last = after.len() < 40 && !after.contains(' ');
        if short || last {
            return text_credit("signature");
        }
    }
    let lone = sentence.end - sentence.first <= 9 && whole.len() < 60;
    if lone && is_credit_line(whole) {
        return text_credit("signature");
    }
    None
}

/// What a line around the body credits an agency in it with.
pub(crate) fn credit_in_line(
    kind: LineKind,
    words: &Words<'_>,
    occurrence: &Occurrence,
) -> Option<Credit> {
    let start = words.words[occurrence.first].start;
    let end = words.words[occurrence.end - 1].end;
    let before = line_before(words.text, start);
    let after = line_after(words.text, end);
    let photo = is_photo(before) || is_photo_sign(after);
    match kind {
        LineKind::Caption => Some(Credit {
            rule: "photo-credit",
            scope: Scope::Photo,
        }),
        LineKind::Byline | LineKind::Source => {
            let rule = match () {
                () if photo => "photo-credit",
                () if has_copyright(before) => "copyright",
                () if kind == LineKind::Byline => "byline",
                () => "source-line",
            };
            let scope = if photo { Scope::Photo } else { Scope::Text };
            Some(Credit { rule, scope })
        }
        LineKind::Date | LineKind::Junk | LineKind::Kicker => {
            if photo {
                return Some(Credit {
                    rule: "photo-credit",
                    scope: Scope::Photo,
                });
            }
            let rest = format!("{before}{after}");
            let alone =
                is_credit_line(words.text) || rest.chars().all(|letter| !letter.is_alphabetic());
            let stamped = after.starts_with(':')
                && after[1..].starts_with(|letter: char| letter.is_ascii_digit());
            (has_copyright(before) || alone || stamped).then_some(Credit {
                rule: "byline",
                scope: Scope::Text,
            })
        }
        LineKind::Metadata => names_author(words.text).then_some(Credit {
            rule: "author-metadata",
            scope: Scope::Text,
        }),
        LineKind::Title | LineKind::Body | LineKind::Embargo => None,
    }
}

/// Whether a line `name: value` of metadata says who wrote the text.
fn names_author(line: &str) -> bool {
    let name = line.split(": ").next().unwrap_or("").to_lowercase();
    [
        "author",
        "creator",
        "byline",
        "autor",
        "dc.source",
        "newsagency",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// Whether an abbreviation that is also something else may be an agency here: capitals or small
/// letters only, beside a slash or bracket, after a word for credits, or alone.
pub(crate) fn is_credit_position(words: &Words<'_>, first: usize, end: usize) -> bool {
    let word = words.word(first);
    let mixed = word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let start = words.words[first].start;
    let stop = words.words[end - 1].end;
    let before = line_before(words.text, start).trim_end();
    let after = line_after(words.text, stop).trim_start();
    let slash = before.ends_with(['/', '(', '|', '©']) || after.starts_with(['/', ')', '|']);
    let cue = [
        "von",
        "mit",
        "via",
        "the",
        "foto:",
        "bild:",
        "quelle:",
        "und",
        ",",
        "•",
        "-",
        "copyright",
        "fotos:",
        "©",
    ];
    let lower = before.to_lowercase();
    let led = before.is_empty() || cue.iter().any(|cue| lower.ends_with(cue));
    let ends = after.is_empty()
        || after.starts_with(['.', ',', ')', '/', '|', ':'])
        || after.starts_with("und ");
    slash || !mixed && led && (ends || after.starts_with("Photo"))
}

fn line_before(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(AROUND);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = &text[start..at];
    window
        .rfind('\n')
        .map_or(window, |newline| &window[newline + 1..])
}

fn line_after(text: &str, at: usize) -> &str {
    let mut end = (at + AROUND).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[at..end];
    window
        .find('\n')
        .map_or(window, |newline| &window[..newline])
}

fn line_of(text: &str, start: usize, end: usize) -> &str {
    let before = line_before(text, start);
    let after = line_after(text, end);
    text[start - before.len()..end + after.len()].trim()
}

fn has_copyright(before: &str) -> bool {
    let lower = before.to_lowercase();
    before.contains('©') || lower.contains("(c)") || lower.contains("copyright")
}

/// The last bytes of a text, at most `length`.
fn tail(text: &str, length: usize) -> &str {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Words that lead a photo credit.
fn is_photo(before: &str) -> bool {
    let lower = before.to_lowercase();
    let label = [
        "foto:",
        "fotos:",
        "bild:",
        "bilder:",
        "bildquelle:",
        "bildrechte:",
        "fotocredit:",
        "photo:",
        "imago",
        "picture alliance",
        "getty",
        "grafik:",
        "illustration:",
        "symbolbild",
        "archivbild",
        "foto ",
        "bildnachweis",
        "bildagentur",
    ];
    label.iter().any(|label| lower.contains(label))
}

fn is_photo_sign(after: &str) -> bool {
    let lower = after.to_lowercase();
    lower.starts_with("-zentralbild")
        || lower.starts_with("-bildfunk")
        || lower.starts_with(" images")
        || lower.contains("picture alliance")
        || lower.contains("getty")
        || lower.starts_with(" photo")
        || lower.starts_with("/imago")
        || lower.contains("(archiv")
        || lower.contains("symbolbild")
}

/// The content of the bracket around a name, without the name.
fn bracket<'t>(before: &'t str, after: &'t str) -> Option<(&'t str, &'t str)> {
    let open = before.rfind('(')?;
    let inside = &before[open + 1..];
    let close = after.find(')')?;
    let rest = &after[..close];
    (!inside.contains(')') && inside.len() + rest.len() < 60).then_some((inside, rest))
}

/// Whether what stands with an agency in a bracket are only further agencies and signs of staff.
fn is_chain((before, after): (&str, &str), name: &str) -> bool {
    let whole = format!("{before}{name}{after}");
    whole
        .split(['/', ',', ' ', '+', '|'])
        .filter(|part| !part.is_empty())
        .all(|part| {
            let part = part.trim_matches(['.', ':', ';']);
            let short = part.chars().count() <= 4;
            let lower = part.to_lowercase();
            short
                || part == name
                || name.contains(part)
                || matches!(
                    lower.as_str(),
                    "quelle"
                        | "reuters"
                        | "agenturen"
                        | "material"
                        | "dpa-afx"
                        | "redaktion"
                        | "keystone-sda"
                        | "bloomberg"
                        | "nachrichtenagentur"
                        | "interfax"
                        | "xinhua"
                )
        })
}

/// `Seoul`, `Seoul/Pjöngjang`, `Berlin, 3. Mai`: what stands before the bracket of a dateline.
fn is_place(text: &str) -> bool {
    let text = text.trim();
    text.split([' ', '/', ',', '-'])
        .filter(|word| !word.is_empty())
        .count()
        <= 5
        && text.chars().next().is_some_and(char::is_uppercase)
        && !text.contains(['.', '"', ':', '„'])
        || text.contains(". ") && text.len() < 25
}

/// A short line that only says whose material the text is.
fn is_credit_line(line: &str) -> bool {
    let words = Words::of(line);
    if words.len() > 9 {
        return false;
    }
    let led = matches!(
        words.word(0).to_lowercase().as_str(),
        "von"
            | "mit"
            | "quelle"
            | "quellen"
            | "text"
            | "material"
            | "bericht"
            | "nachrichtenagentur"
            | "weitere"
            | "redaktion"
    );
    let chain = (0..words.len()).all(|index| {
        let word = words.word(index);
        word.chars().count() <= 4
            || word
                .chars()
                .all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
            || matches!(
                word.to_lowercase().as_str(),
                "reuters"
                    | "agentur"
                    | "agenturen"
                    | "material"
                    | "keystone"
                    | "nachrichtenagentur"
                    | "informationen"
                    | "redaktion"
                    | "sport"
            )
    });
    let verb = (0..words.len()).any(|index| super::speech::is_speech_verb(&words, index));
    let stop = line.trim_end().ends_with(['.', '!', '?'])
        && !line.trim_end().ends_with(").")
        && words.len() > 2;
    (chain || led && words.len() <= 7)
        && !verb
        && !stop
        && !(words.len() > 1 && led && words.gap(0) == Gap::Hyphen)
}
