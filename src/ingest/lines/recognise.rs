//! What one line is for, by its form alone.

use std::sync::LazyLock;

use regex::Regex;

use super::furniture::{Furniture, furniture};
use crate::document::LineKind;

/// Longest line, in bytes, whose form is looked at: longer ones are running text.
const LONGEST: usize = 600;
/// Longest by-line, in bytes.
const LONGEST_BYLINE: usize = 160;

/// Pieces that a line of dates is made of.
static DATE_PIECES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) ",
        r"\d{4}-\d{2}(?:-\d{2})? (?: [T\ ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\ ?(?:Z|UTC|[+-]\d{2}:?\d{2})? )?",
        r"| \d{1,2}\.\ ?\d{1,2}\.(?:\ ?\d{4}|\ ?\d{2}(?-u:\b))?",
        r"| \d{1,2}\.?\ ?(?:jan(?:uar|uary)?|jän(?:ner)?|feb(?:ruar|er|ruary)?|märz|mär|mrz|march|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|october|nov(?:ember)?|de[zc](?:ember)?)(?-u:\b)\.?,?(?:\ ?\d{4})?",
        r"| (?-u:\b)(?:januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\ \d{4}",
        r"| (?-u:\b)(?:ausgabe\ )?\d{1,2}/\d{4}(?-u:\b)",
        r"| (?-u:\b)\d{1,2}[:.]\d{2}(?::\d{2})?(?:\ ?uhr)?(?-u:\b) | (?-u:\b)\d{1,2}\ uhr(?-u:\b)",
    ))
    .unwrap()
});

/// A day with its year.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) (?: \d{1,2}\.\ ?\d{1,2}\.\ ?(?:(?:19|20)\d\d|\d\d(?-u:\b))",
        r"| \d{1,2}\.?\ ?(?:jan|jän|feb|mär|mrz|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)\p{L}*\.?,?\ (?:19|20)\d\d",
        r"| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|okt|dez|mai|mär)\p{L}*\.?\ \d{1,2},\ (?:19|20)\d\d",
        r"| (?:19|20)\d\d[-/]\d\d[-/]\d\d | \d{1,2}/\d{1,2}/(?:19|20)\d\d | (?:19|20)\d{6} )",
    ))
    .unwrap()
});

/// Whether a day with its year stands in `text`.
pub(crate) fn has_day(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().any(|byte| byte.is_ascii_digit()) && DAY.is_match(text)
}

/// Words that stand beside a date in such a line.
static DATE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) (?-u:\b)(?: date | datum | stand | aktualisiert | aktualisierung | update | upd | updated | zuletzt | geändert | letzte | letztes | änderung ",
        r"| veröffentlicht | veröffentlichung | veröffentlichungsdatum | veroeffentlicht | erschienen | erschien | publiziert | publikation | publikationsdatum | published | erstellt | online | seit ",
        r"| artikel | vom | am | um | der | den | ausgabe | seite | sendung | gesendet | uhr | mez | mesz ",
        r"| montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonnabend | sonntag | mo | di | mi | do | fr | sa | so ",
        r"| heute | gestern | vor | stunden? | minuten? | tagen? | min | lesezeit | lesedauer )(?-u:\b)",
    ))
    .unwrap()
});

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?x) ^[-–•]?\s* (?: ",
        // Von Max Muster, dpa | Von afp | Von unserem Korrespondenten Max Muster
        r"(?:(?i:von|by|text|autorin|autor|autoren|redaktion|ein\ bericht\ von|ein\ kommentar\ von|ein\ gastbeitrag\ von|eine\ analyse\ von|aufgezeichnet\ von|protokoll|interview|übersetzung|geschrieben\ von) :?\ ) ",
r"(?: [a-z]{2,4} | (?: (?: \p{Lu}[\p{L}.'’-]* | und | in | aus | von | van | de | der | den | zu | unser\p{L}{0,2} | mit | für | [a-z]{3} ) (?: ,?\ | \ ?/\ ?|$) )+ )",
        r"(?: \d{1,2}\.\d{1,2}\.\d{2,4} .{0,20} )?",
        // dpa | SDA/sep | mrc/Reuters | (dpa/lnw) | red, ORF.at/Agenturen | dpa/AFP/KNA/dpa
        r"| \(? [\p{L}-]+ (?: / [\p{L}.-]+ )+ \)?",
        r"| red,\ [\p{L}.]+ (?: / \p{L}+ )*",
        r"| \(? (?: [a-z]{2,4} | [A-Z]{3,4} | dpa-AFX | dpa-afx ) \)?",
        // mit dpa | mit AFP und Reuters | mit Agenturmaterial
        r"| (?i:mit) \ (?: [\p{L}-]+ (?: ,\ |\ und\ |/ )? )+",
        r"| /[a-zäöü]{2,5}/[A-Z]{2,3}/[a-zäöü]{2,5}",
        r"| \( \p{Lu} [^()\d]+ , \ ? \d{1,2}\.\ ?\d{1,2}\.\ ?\d{2,4} \)",
        r") $"
    ))
    .unwrap()
});

static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) ^[-–•(]?\s* (?: ",
        r"quellen? \ ? : | verwendete\ quellen | weitere\ quellen | mit\ (?:informationen|material|inhalten)\ (?:von|der|des) | unter\ verwendung\ von",
        r"| dpa:\d{6}-[\d-]+",
        r"| mehr\ unter\ | aus: \s* [„“] | dieser\ (?:artikel|text|beitrag)\ (?:erschien|ist)\ (?:zuerst|erstmals)\ ",
        r"| (?:das\ interview|der\ text|der\ artikel|der\ beitrag)\ erschien\ zuerst",
        r"| [^,;:!?]+\ hat\ diese\ meldung\ (?:redaktionell\ )?nicht\ (?:redaktionell\ )?bearbeitet",
        r"| (?:diese\ meldung|dieser\ text|dieser\ beitrag|dieser\ artikel)\ (?:wurde|ist)\ .*(?:übernommen|agentur)",
        r")"
    ))
    .unwrap()
});

/// `© dpa-infocom, dpa:250428-930-477465/1`, `(c) Copyright Thomson Reuters 2025.`
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[-–•(]?\s*(?:©|\(c\)|copyright)\s*.*(?:\d{4}|dpa:\d{6}|dpa-infocom)").unwrap()
});

/// A caption or credit by its first words.
static CAPTION_BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:fotos?|bild(?:er)?|bildrechte|bildquelle|bildnachweis|grafik|archivfoto|archivbild|symbolfoto|symbolbild|titelbild|credits?|fotocredit|video) ?[:©].").unwrap()
});

/// A caption by the credit at its end.
static CAPTION_ENDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?xi) (?: ",
        r"  [(\[] (?: quelle | fotos? | bild | bilder | grafik | archivfoto | archivbild | symbolfoto | symbolbild | imago | picture\ alliance | getty )(?-u:\b) [^()\[\]]* [)\]] \.?",
        r"| \ (?: fotos? | bild | bildrechte | bildquelle | grafik | archivfoto ) : \ ? [^.!?]+",
        r"| © \ ? [^.!?\d]+",
        r"| (?: picture\ alliance | imago\ images | getty\ images ) \ ? [/|(] [^.!?]+",
        r") $"
    ))
    .unwrap()
});

fn is_caption(line: &str) -> bool {
    const LONGEST_CREDIT: usize = 120;
    if !line.contains([':', '©', '(', '[', '/', '|']) {
        return false;
    }
    let tail = super::split::floor(line, line.len().saturating_sub(LONGEST_CREDIT));
    CAPTION_BEGINS.is_match(line) || CAPTION_ENDS.is_match(&line[tail..])
}

fn is_source(line: &str) -> bool {
    SOURCE.is_match(line) || line.len() < 200 && COPYRIGHT.is_match(line)
}

/// Words that were glued when a list of tags became text: `KurskRusslandUkraine`.
static GLUED_TAGS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\p{Lu}[\p{Ll}ß-]{2,}){3,}$").unwrap());

/// What `line` is for, if its form tells; running text and headings have no form of their own.
pub(crate) fn recognise(line: &str) -> Option<Recognised> {
    if line.len() > LONGEST {
        return None;
    }
    match furniture(line) {
        Some(Furniture::Line) => return Some(Recognised::kind(LineKind::Junk)),
        Some(Furniture::Heading) => {
            return Some(Recognised {
                kind: LineKind::Junk,
                heads_a_list: true,
            });
        }
        None => {}
    }
    if super::embargo::is_embargo(line) {
        return Some(Recognised::kind(LineKind::Embargo));
    }
    if is_date(line) {
        return Some(Recognised::kind(LineKind::Date));
    }
    if is_source(line) {
        return Some(Recognised {
            kind: LineKind::Source,
            heads_a_list: line.len() < 30 && !line.contains(':') || line.ends_with(':'),
        });
    }
    if is_caption(line) {
        return Some(Recognised::kind(LineKind::Caption));
    }
    if line.len() <= LONGEST_BYLINE && BYLINE.is_match(line) {
        return Some(Recognised::kind(LineKind::Byline));
    }
    let only_symbols = !line.chars().any(char::is_alphabetic) && line.len() < 40;
    let repeats = line.starts_with("+++") && line.len() < 8;
    if only_symbols || repeats || GLUED_TAGS.is_match(line) {
        return Some(Recognised::kind(LineKind::Junk));
    }
    None
}

/// What the form of a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// What the line is for.
    pub(crate) kind: LineKind,
    /// Whether the short lines below it belong to it.
    pub(crate) heads_a_list: bool,
}

impl Recognised {
    fn kind(kind: LineKind) -> Recognised {
        Recognised {
            kind,
            heads_a_list: false,
        }
    }
}

/// Whether hardly anything is left of the line without dates and the words beside them.
fn is_date(line: &str) -> bool {
    if line.len() > 160 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return is_relative_date(line);
    }
    let without_dates = DATE_PIECES.replace_all(line, " ");
    if without_dates == line {
        return is_relative_date(line);
    }
    let rest = DATE_WORDS.replace_all(&without_dates, " ");
    // A section, a place, an edition may stand beside the date: `Seite 1 / Ausland`.
    let left = rest.chars().filter(|c| c.is_alphabetic()).count();
    let labelled = rest != without_dates;
    left == 0 || labelled && left <= 12 && line.len() < 80 && !line.ends_with('.')
}

/// `vor 3 Stunden`, `gestern, 18:20 Uhr`, a weekday alone.
fn is_relative_date(line: &str) -> bool {
    static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:vor \d{1,2} (?:minuten?|stunden?|tag(?:en)?|min\.?|std\.?)|(?:gestern|heute),? \d{1,2}[:.]\d{2}(?: uhr)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)$").unwrap()
    });
    line.len() < 60 && RELATIVE.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use LineKind::{Byline, Caption, Date, Junk, Source};

    fn kind(line: &str) -> Option<LineKind> {
        recognise(line).map(|recognised| recognised.kind)
    }

    fn all(expected: LineKind, lines: &[&str]) {
        for line in lines {
            assert_eq!(kind(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn lines_of_dates_in_their_many_forms() {
        all(
            Date,
            &[
                "date 2025-04",
                "28.4.2025",
                "28.04.2025, 08:45 Uhr",
                "28.04.2025 | 08:45",
                "28.April 2025",
                "28. April 2025, 8.45 Uhr",
                "27 Februar 2025",
                "Montag, der 28. April 2025",
                "Mo., 28.04.2025",
                "Stand: 28.04.2025, 10:12 Uhr",
                "- Aktualisiert: 28.04.2025",
                "- 08:45 Uhr",
                "Zuletzt aktualisiert am 28. April 2025 um 9:02 Uhr",
                "Veröffentlicht am 13. Mai 2026 um 15:44",
                "Erstellt: 28.04.2025, 08:00 Uhr",
                "vor 3 Stunden",
                "gestern, 18:20 Uhr",
                "2025-04-28T08:45:12+02:00",
                "April 2025",
                "Ausgabe 4/2025",
                "28. Jänner 2025",
                "1. Sept. 2025",
                "Ausgabe vom 23.01.2012, Seite 1 / Ausland",
                "Mo. 28. April 2025 / 08.45 Uhr / Lesezeit 3 Min",
                "Sonntag",
                "6 Dezember 2020",
                "15:30:27",
            ],
        );
    }

    #[test]
    fn by_lines_sources_and_captions_by_their_form() {
        all(
            Byline,
            &[
                "Von afp",
                "- dpa",
                "Von Max Muster",
                "Von Max Muster und Eva Beispiel, Berlin",
                "SDA/sep",
                "mrc/Reuters",
                "(dpa/lnw)",
                "mit dpa",
                "mit AFP und Reuters",
                "/abc/DP/xyz",
                "(Birgit Muster, 3.5.2024)",
                "Von dpa 30.04.2024, 18:58",
            ],
        );
        all(
            Source,
            &[
                "Quelle: ntv.de, abc/AFP/rts",
                "Verwendete Quellen",
                "© dpa-infocom, dpa:250428-930-477465/1",
                "Quelle: (c) Copyright Thomson Reuters 2025.",
                "Mit Informationen von AFP, AP und dpa",
            ],
        );
        all(
            Caption,
            &[
                "Foto: Max Muster/dpa",
                "Ein Panzer bei Nacht. (Quelle: Tass/dpa)",
                "Bildrechte: dpa",
                "Der Hafen am Morgen © Muster/AP/dpa",
                "Der Hafen am Morgen. Foto: Eva Beispiel",
            ],
        );
        all(Junk, &["KurskBerlinHamburg", "Anzeige", "***"]);
    }

    #[test]
    fn running_text_and_headings_have_no_form() {
        for line in [
            "Rund 11.000 Menschen im Stadion",
            "Von der Leyen kritisiert die Regierung scharf.",
            "Am 28. April 2025 kam es zu einem Unfall.",
            "Mit der Reform soll alles besser werden.",
            "PUTIN DANKT KIM",
            "Im Mai 2024 begann der Streit um das Geld",
            "Bei Einsatz in Kursk",
            "Die Quelle: ein Brunnen, der nie versiegt, sagte er.",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
