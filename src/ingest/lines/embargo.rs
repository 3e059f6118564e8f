//! Lines that say until when a text may not be published.
//!
//! `Achtung Redaktionen: Sperrfrist 12. Mai 2025, 18 Uhr`, `Frei für Samstag, 17. Mai`: a cue, then
//! a moment, then nothing but perhaps a request. News *about* an embargo goes on with other words.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Line, LineKind};

/// Longest line, in bytes, that is looked at; what follows the moment may be longer.
const WINDOW: usize = 300;
/// What follows the moment and is at least so long, in bytes, is the article itself.
const SHORTEST_TEXT: usize = 60;

/// Addresses and phrases before the cue, and the cue.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) ^ [\s*+\#!>•–—_=(\[-]* ",
        r"(?: (?: achtung | hinweis | wichtig | bitte | beachten | sie | an | alle | die | red(?:aktion(?:en|eller)?|\.) ",
        r"  | medien | zur | beachtung | vorab\p{L}* | es | gilt | gelten | folgende | eine[rm]? | mit | unter | steht | unterliegt | ist | wird ",
        r"  | diese[rs]? | meldung | mitteilung | pressemitteilung | nachricht | rede | text | beitrag | artikel | manuskript ) \b [\s,:!;–—-]* ){0,12}",
        r"(?P<cue> sperr(?:frist|vermerk|zeit)\p{L}* | embargo \s* : | (?:under\ )?embargo(?:ed)?\ (?:until|for) | gesperrt\ (?:bis|für)",
        r"| (?:zur\ veröffentlichung\ )? frei(?:gegeben|gabe)? (?:\ zur\ veröffentlichung)? \ (?:erst\ )?(?:für|ab|am) | freigabe \s* :",
        r"| (?:zur\ )?veröffentlichung\ (?:erst\ )?(?:frei\ )?ab | nicht\ (?:zur\ veröffentlichung\ )?vor ) (?-u:\b|\s|:)?",
    ))
    .unwrap()
});

const MONTH: &str = "jan|jän|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec";

/// A day or a time of day.
static MOMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        concat!(
            r"(?xi) ^ (?: \d{{4}}-\d{{2}}-\d{{2}} (?: [T\ ]\d{{2}}:\d{{2}}(?::\d{{2}})? (?:\ ?(?:Z|[+-]\d{{2}}:?\d{{2}}))? )?",
            r"| \d{{1,2}}\.\ ?\d{{1,2}}\. (?: \ ?\d{{4}} | \ ?\d{{2}}(?-u:\b) )?",
            r"| \d{{1,2}}\.?\ ?(?:{month})\p{{L}}*\.? (?: ,?\ ?\d{{4}} )? | (?:{month})\p{{L}}*\ \d{{1,2}},\ \d{{4}}",
            r"| \d{{1,2}} (?: [:.]\d{{2}} )? \ ? (?:uhr|h)(?-u:\b) | \d{{1,2}}:\d{{2}}(?-u:\b) )",
        ),
        month = MONTH
    ))
    .unwrap()
});

/// What names a moment only together with the date of the text.
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) ^ (?: (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\p{L}* | heute | morgen | mitternacht | sofort ",
        r"| redebeginn | (?:beginn|ende)\ de[rs]\ (?:rede|vortrags|veranstaltung|sendung|pressekonferenz) ) \b",
    ))
    .unwrap()
});

/// Words that may stand between cue and moments, and behind them.
static FILLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) ^ (?: [\s,:;()\[\]./|–—*+!-] ",
        r"| (?: bis | ab | um | uhr | de[nmrs] | die | am | für | zum | zur | vor | nach | erst | frühestens | einschließlich | inkl | ca | gegen | früh | mittags? | abends? ",
        r"| mez | mesz | cet | cest | utc | gmt | ortszeit | deutscher | berliner | zeit | \p{L}*ausgaben? | \p{L}*zeitungen | print | online | hörfunk | rundfunk | tv | und | alle | medien ",
        r"| veröffentlichung | frei(?:gegeben)? | gesperrt | until | not | before | for | release | on | at | hrs | hours | mo | di | mi | do | fr | sa | so ) \b )",
    ))
    .unwrap()
});

/// A request behind the moment.
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:bitte|es gilt|nicht|achtung|wir bitten|vorher|keine|sperrfrist|hinweis|vorab)\b",
    )
    .unwrap()
});

/// The cue alone: the moment stands in the next line.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s*+!-]*(?:achtung[\s,:!]*)?sperrfrist[\s:!*+-]*$").unwrap()
});

/// Whether the whole line is such a note.
pub(in crate::ingest) fn is_embargo(line: &str) -> bool {
    note(line) == Some(line.len())
}

/// Whether the line only announces one.
pub(super) fn is_bare_cue(line: &str) -> bool {
    line.len() < 40 && BARE.is_match(line)
}

/// Length of the note at the beginning of a line, in bytes, if there is one.
pub(super) fn note(line: &str) -> Option<usize> {
    let window = &line[..super::split::floor(line, WINDOW)];
    let captures = CUE.captures(window)?;
    let cue = captures.name("cue")?;
    let is_strong = cue.as_str().to_lowercase().starts_with("sperr");
    let is_closed = cue.as_str().to_lowercase().starts_with("gesperrt");
    let mut at = captures.get_match().end();
    let mut end = None;
    while at < window.len() {
        let rest = &window[at..];
        if let Some(moment) = MOMENT.find(rest) {
            at += moment.end();
            end = Some(at);
        } else if let Some(relative) = RELATIVE.find(rest) {
            at += relative.end();
            // Roads are closed until Friday, too.
            if !is_closed {
                end = Some(at);
            }
        } else if let Some(filling) = FILLING.find(rest) {
            at += filling.end();
        } else {
            break;
        }
    }
    let end = end?;
    let rest = &line[at.max(end)..];
    if rest.is_empty() || line.len() <= WINDOW && REQUEST.is_match(rest) {
        return Some(line.len());
    }
    // The article itself, glued to the note.
    let behind = &line[end..];
    let goes_on = behind.len() >= SHORTEST_TEXT
        && behind.starts_with([' ', '-', '–', '—', '.', '!', ')', '*', '\t'])
        && behind
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_uppercase);
    (is_strong && goes_on).then_some(end)
}

/// The notes in a text that is kept as it is; places are those in `body`.
pub(in crate::ingest) fn embargo_lines(body: &str) -> Vec<Line> {
    // Looked for only where a cue may be: hardly any text has one.
    if !CUE_ANYWHERE.is_match(body) {
        return Vec::new();
    }
    let notes = body.split('\n').filter_map(|line| {
        let text = line.trim();
        let start = text.as_ptr().addr() - body.as_ptr().addr();
        let end = start + note(text)?;
        Some(Line {
            kind: LineKind::Embargo,
            text: body[start..end].to_owned(),
            start,
            end,
        })
    });
    notes.collect()
}

static CUE_ANYWHERE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)sperr|embargo|frei|veröffentlichung|nicht vor").unwrap());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_an_embargo_are_known_by_cue_and_moment() {
        for line in [
            "Sperrfrist: 12.05.2025, 18 Uhr",
            "SPERRFRIST 12. Mai 2025, 18.00 Uhr",
            "Achtung Redaktionen: Sperrfrist Montag, 12. Mai, 18:00 Uhr!",
            "+++ Achtung, Sperrfrist: 12.5., 0.00 Uhr +++",
            "Sperrfrist bis Montag, 18 Uhr",
            "Sperrfrist: Redebeginn",
            "Bitte beachten Sie die Sperrfrist: 12.05.2025, 6 Uhr",
            "Es gilt eine Sperrfrist bis 12. Mai 2025. Bitte nicht vorher veröffentlichen.",
            "Frei für Samstag, 17. Mai",
            "Frei für Montagausgaben",
            "Frei ab 12.05.2025, 18 Uhr (MESZ)",
            "Zur Veröffentlichung frei ab 12.05.2025, 18 Uhr",
            "Gesperrt bis 12. Mai 2025, 24 Uhr",
            "Diese Meldung ist gesperrt bis 12.05.2025",
            "Nicht vor dem 12. Mai 2025, 11 Uhr",
            "EMBARGO: 2025-05-12T18:00",
            "Embargoed until 12 May 2025",
        ] {
            assert!(is_embargo(line), "{line}");
        }
    }

    #[test]
    fn news_about_embargoes_roads_and_prices_are_text() {
        for line in [
            "Sperrfrist",
            "Embargo",
            "Sperrfrist für die Studie verletzt",
            "Sperrfrist bis 12. Mai verlängert",
            "Sperrfrist: Was am 12. Mai zu beachten ist",
            "Embargo gegen Russland ab 5. Dezember",
            "Embargo ab 5. Dezember",
            "Gesperrt bis Freitag",
            "Die Straße ist gesperrt bis 12. Mai.",
            "Frei für Kinder ist der Eintritt am Montag",
            "Frei ab 12 Jahren",
            "Freitag, 12. Mai 2025",
            "Nicht vor Gericht",
            "Der Minister hat die Sperrfrist bis 12. Mai 2025, 18 Uhr genannt.",
        ] {
            assert_eq!(note(line), None, "{line}");
        }
    }

    #[test]
    fn an_article_behind_the_note_stays() {
        let line = "Sperrfrist: 12. Mai 2025, 18 Uhr - Berlin (dpa) - Die Regierung hat ein Gesetz beschlossen, das vieles ändert.";
        let end = note(line).unwrap();
        assert_eq!(&line[..end], "Sperrfrist: 12. Mai 2025, 18 Uhr");
    }

    #[test]
    fn notes_in_a_kept_body_have_their_place() {
        let body = "Erster Satz des Textes.\n  Sperrfrist: 12.05.2025, 18 Uhr\nZweiter Satz.";
        let lines = embargo_lines(body);
        assert_eq!(lines.len(), 1);
        assert_eq!(&body[lines[0].start..lines[0].end], lines[0].text);
    }

    #[test]
    fn hostile_lines_are_looked_at_in_no_time() {
        let begun = std::time::Instant::now();
        for piece in ["achtung ", "sperrfrist bis ", "(", "12. ", "die "] {
            note(&piece.repeat(100_000));
            embargo_lines(&format!("{}\n", piece.repeat(20)).repeat(20_000));
        }
        assert!(begun.elapsed().as_secs() < 20);
    }
}
