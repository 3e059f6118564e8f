//! Cutting apart what was glued into one line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Longest beginning or end of a line, in bytes, that is looked at.
const WINDOW: usize = 400;

/// An archive's own header at the beginning of a text: `date 2025-04 `.
static HEADER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^date:? \d{4}(?:-\d{2}){0,2}(?:\s|$)").unwrap());

/// Where a further note begins in a line of notes: `11:33 UhrLesedauer: 1 Min.`.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:Lesedauer|Lesezeit|Gelesen:|Aufrufe:|Click For Restrictions|Vergrößern des Bildes|\| ?(?:Aktualisiert|Erstellt|Stand|Veröffentlicht|Zuletzt))",
    )
    .unwrap()
});

/// A caption with the button before it: `Detailansicht öffnenSoldaten in …`.
static BUTTON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Detailansicht öffnen|Bild vergrößern|Vergrößern des Bildes)").unwrap()
});

/// Signatures at the end of the text: `/swe/DP/mis`, `(dpa/lnw)`, `(Birgit Muster, 3.5.2024)`,
/// `© dpa-infocom, dpa:250428-930-477465/1`.
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?x) (?: ",
        r"/[a-zäöü]{2,5}/[A-Z]{2,3}/[a-zäöü]{2,5}",
        r"| \( (?: [A-Za-z]{2,5} (?: [/,]\ ? [A-Za-z-]{2,12} )+ | [a-z]{2,5} | [A-Z]{3} | dpa-AFX ) \)",
        r"| \( \p{Lu} [^()\d]+ , \ ? \d{1,2}\.\ ?\d{1,2}\.\ ?\d{2,4} \)",
        r"| (?:©\ ?\p{L}[^.!?]{2,40},\ )? dpa:\d{6}-[\d-]+/\d+ ",
        r"| \( (?:Quelle|Mit\ Material\ von|Mit\ Informationen\ von|mit) :?\ [^()]{2,80} \)",
        r") $"
    ))
    .unwrap()
});

/// The parts of a line that belong apart, in order, without surrounding blanks.
pub(in crate::ingest) fn parts(line: &str) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    let mut rest = 0;
    if let Some(header) = HEADER.find(line) {
        rest = header.end();
        cuts.push(rest);
    }
    if let Some(button) = BUTTON.find(&line[rest..])
        && rest + button.end() < line.len()
    {
        rest += button.end();
        cuts.push(rest);
    }
    if let Some(end) = super::embargo::note(&line[rest..])
        && rest + end < line.len()
    {
        rest += end;
        cuts.push(rest);
    }
    let is_note_line = line.len() - rest <= WINDOW;
    if is_note_line {
        let found = NOTE
            .find_iter(&line[rest..])
            .map(|note| rest + note.start());
        // In running text the words may stand behind a blank; a note is glued, or stands apart.
        cuts.extend(found.filter(|at| is_note(line, *at)));
    }
    let tail = floor(line, line.len().saturating_sub(WINDOW));
    if let Some(signature) = SIGNATURE.find(&line[tail..]) {
        let at = tail + signature.start();
        // The same form at the end of a short line is the credit of a picture.
        let of_picture = signature.as_str().starts_with("(Quelle") && at < WINDOW;
        let behind_text = !of_picture
            && line[..at]
                .trim_end()
                .ends_with(['.', '!', '?', '"', '“', '”', '«', '»']);
        if behind_text && !cuts.contains(&at) {
            cuts.push(at);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.push(line.len());
    let ranges = cuts.windows(2).map(|pair| trim(line, pair[0]..pair[1]));
    ranges.filter(|range| !range.is_empty()).collect()
}

fn is_note(line: &str, at: usize) -> bool {
    let note = &line[at..];
    let short = note.len() <= 40 || note.starts_with("Click For");
    let before = line[..at].trim_end_matches(' ');
    let apart = before.len() + 1 < at || before.ends_with(['|', '•', '·', '-', '–', '.']);
    let glued = before.len() == at;
    short && (apart || glued || note.contains(':') || note.starts_with('|'))
}

/// The range without the blanks (and separators) around it.
fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let part = &line[range.clone()];
    let start =
        range.start + (part.len() - part.trim_start_matches([' ', '\t', '\u{a0}', '|']).len());
    let end = range.start + part.trim_end_matches([' ', '\t', '\u{a0}', '|']).len();
    start..end.max(start)
}

/// The nearest border of a character at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<&str> {
        parts(line).into_iter().map(|range| &line[range]).collect()
    }

    #[test]
    fn glued_notes_come_apart() {
        assert_eq!(
            split("03.04.2025 - 10:12 UhrLesedauer: 2 Min."),
            ["03.04.2025 - 10:12 Uhr", "Lesedauer: 2 Min."]
        );
        assert_eq!(
            split("3 April 2025    Gelesen: 9"),
            ["3 April 2025", "Gelesen: 9"]
        );
        assert_eq!(
            split("date 2025-04 Quelle: (c) X 2025. Click For Restrictions - https://x"),
            [
                "date 2025-04",
                "Quelle: (c) X 2025.",
                "Click For Restrictions - https://x"
            ]
        );
        assert_eq!(
            split("date 2025-07 Ein Satz."),
            ["date 2025-07", "Ein Satz."]
        );
        assert_eq!(
            split("4711Vergrößern des Bildes"),
            ["4711", "Vergrößern des Bildes"]
        );
    }

    #[test]
    fn signatures_are_cut_off_the_last_sentence() {
        assert_eq!(
            split("Das war es./abc/DP/xyz"),
            ["Das war es.", "/abc/DP/xyz"]
        );
        assert_eq!(split("Das war es. (dpa/lnw)"), ["Das war es.", "(dpa/lnw)"]);
        assert_eq!(
            split("Das war es. (Eva Muster, 3.5.2024)"),
            ["Das war es.", "(Eva Muster, 3.5.2024)"]
        );
        assert_eq!(
            split("Das war es. © dpa-infocom, dpa:250428-930-477465/1"),
            ["Das war es.", "© dpa-infocom, dpa:250428-930-477465/1"]
        );
    }

    #[test]
    fn running_text_stays_whole() {
        for line in [
            "Die Lesezeit des Buches ist lang, sagte er am Montag in Berlin.",
            "Das sagte Eva Muster (SPD).",
            "Es geht um das Verhältnis A/B/C",
        ] {
            assert_eq!(split(line), [line]);
        }
    }
}
