//! What does not parse: a notice in lenient mode, an error in strict mode.

use super::{Mode, QueryError, Span};
use crate::search::Notice;

/// What is wrong with a piece of a query. Each kind has a stable code, a German sentence for the
/// notice, and an English one for the error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    UnclosedQuote,
    UnclosedBracket,
    UnopenedBracket,
    Dangling(String),
    UnknownField { name: String, known: String },
    SpaceAfterField(String),
    NegativeNumber(String),
    BadDate(String),
    BadRange(String),
    ReversedRange(String),
    ShortPattern(String),
    BadRegex(String),
    FuzzyDistance(String),
    SlopTooBig(u32),
    BoostOutOfRange(String),
    Misplaced(String),
    NearOperands,
    NearDistances,
}

/// The largest number of other words in `"…"~n` and `NEAR/n`.
pub(super) const MAX_SLOP: u32 = 100;

impl Trouble {
    /// Stable name, as in [`Notice::code`].
    pub(super) fn code(&self) -> &'static str {
        match self {
            Trouble::UnclosedQuote => "unclosed_quote",
            Trouble::UnclosedBracket => "unclosed_bracket",
            Trouble::UnopenedBracket => "unopened_bracket",
            Trouble::Dangling(_) => "dangling_operator",
            Trouble::UnknownField { .. } => "unknown_field",
            Trouble::SpaceAfterField(_) => "space_after_field",
            Trouble::NegativeNumber(_) => "negative_number",
            Trouble::BadDate(_) => "bad_date",
            Trouble::BadRange(_) => "bad_range",
            Trouble::ReversedRange(_) => "reversed_range",
            Trouble::ShortPattern(_) => "short_pattern",
            Trouble::BadRegex(_) => "bad_regex",
            Trouble::FuzzyDistance(_) => "fuzzy_distance",
            Trouble::SlopTooBig(_) => "distance_too_big",
            Trouble::BoostOutOfRange(_) => "boost_out_of_range",
            Trouble::Misplaced(_) => "misplaced",
            Trouble::NearOperands => "near_operands",
            Trouble::NearDistances => "near_distances",
        }
    }

    fn notice(&self) -> String {
        match self {
            Trouble::UnclosedQuote => {
                "Das Anführungszeichen wird nicht geschlossen; die Wörter danach wurden einzeln gesucht.".into()
            }
            Trouble::UnclosedBracket => {
                "Die Klammer wird nicht geschlossen; sie reicht bis zum Ende der Anfrage.".into()
            }
            Trouble::UnopenedBracket => {
                "Zu dieser Klammer fehlt die öffnende; sie wurde übergangen.".into()
            }
            Trouble::Dangling(operator) => format!(
                "Neben „{operator}“ fehlt etwas, das zu verknüpfen wäre; als Wort gesucht."
            ),
            Trouble::UnknownField { name, known } => format!(
                "Ein Feld „{name}“ gibt es nicht, als Text gesucht. Felder sind: {known}."
            ),
            Trouble::SpaceAfterField(name) => format!(
                "„{name}:“ wurde als Text gesucht; ist das Feld gemeint, darf nach dem Doppelpunkt kein Leerzeichen stehen."
            ),
            Trouble::NegativeNumber(number) => format!(
                "„-{number}“ wurde als Zahl gelesen; zum Ausschließen hilft: NICHT {number}."
            ),
            Trouble::BadDate(text) => format!(
                "„{text}“ ist kein Datum, als Text gesucht. Ein Datum ist 2025, 2025-04 oder 2025-04-28."
            ),
            Trouble::BadRange(text) => format!(
                "„{text}“ ist kein Zeitraum, als Text gesucht. Ein Zeitraum ist [2025-01 BIS 2025-06]."
            ),
            Trouble::ReversedRange(text) => {
                format!("Der Zeitraum „{text}“ beginnt nach seinem Ende; er wurde umgedreht.")
            }
            Trouble::ShortPattern(text) => format!(
                "„{text}“ ist zu kurz für Platzhalter (mindestens zwei Buchstaben); als Wort gesucht."
            ),
            Trouble::BadRegex(text) => {
                format!("„{text}“ ist kein gültiger regulärer Ausdruck; als Text gesucht.")
            }
            Trouble::FuzzyDistance(text) => format!(
                "„{text}“: höchstens zwei Buchstaben dürfen abweichen; mit ~2 gesucht."
            ),
            Trouble::SlopTooBig(_) => {
                format!("Der Abstand ist zu groß; mit {MAX_SLOP} Wörtern gesucht.")
            }
            Trouble::BoostOutOfRange(text) => format!(
                "„{text}“ ist kein Gewicht von 0.01 bis 100; es wurde übergangen."
            ),
            Trouble::Misplaced(text) => {
                format!("„{text}“ hat hier keine Bedeutung und wurde übergangen.")
            }
            Trouble::NearOperands => {
                "Neben NEAR stehen nicht auf beiden Seiten Wörter desselben Feldes; als UND gelesen.".into()
            }
            Trouble::NearDistances => {
                "Mehrere NEAR hintereinander haben verschiedene Abstände; mit dem größten gesucht.".into()
            }
        }
    }

    fn error(&self) -> String {
        match self {
            Trouble::UnclosedQuote => "quotation mark is never closed, expected its twin".into(),
            Trouble::UnclosedBracket => "bracket is never closed, expected )".into(),
            Trouble::UnopenedBracket => {
                "bracket was never opened, expected ( before it or \\) for the character".into()
            }
            Trouble::Dangling(operator) => format!(
                "operator {operator} lacks an operand, expected a word, a phrase or a bracket on each side, or \\{operator} for the word"
            ),
            Trouble::UnknownField { name, known } => format!(
                "unknown field \"{name}\", known are: {known}; write {name}\\: for the text"
            ),
            Trouble::SpaceAfterField(name) => format!(
                "nothing after \"{name}:\", expected a value without a space before it, or {name}\\: for the text"
            ),
            Trouble::NegativeNumber(number) => format!(
                "\"-{number}\" may be a number or an exclusion, expected NOT {number} or {number}"
            ),
            Trouble::BadDate(text) => {
                format!("\"{text}\" is no date, expected 2025, 2025-04 or 2025-04-28")
            }
            Trouble::BadRange(text) => {
                format!("\"{text}\" is no range of dates, expected [2025-01 TO 2025-06]")
            }
            Trouble::ReversedRange(text) => {
                format!("range \"{text}\" ends before it begins, expected the earlier date first")
            }
            Trouble::ShortPattern(text) => format!(
                "wildcard \"{text}\" is too short, expected at least two letters or digits beside *"
            ),
            Trouble::BadRegex(text) => format!(
                "\"{text}\" is no regular expression, expected one between two slashes without spaces, at most 256 bytes long"
            ),
            Trouble::FuzzyDistance(text) => {
                format!("\"{text}\" allows for too many letters, expected ~1 or ~2")
            }
            Trouble::SlopTooBig(distance) => {
                format!("distance {distance} is too big, expected at most {MAX_SLOP}")
            }
            Trouble::BoostOutOfRange(text) => {
                format!("\"{text}\" is no boost, expected ^ and a number from 0.01 to 100")
            }
            Trouble::Misplaced(text) => {
                format!("\"{text}\" means nothing here, expected a plain value")
            }
            Trouble::NearOperands => {
                "NEAR needs words, phrases or an OR of them on each side, all in the same field"
                    .into()
            }
            Trouble::NearDistances => {
                "NEAR in a row with different distances, expected the same distance".into()
            }
        }
    }
}

/// Takes troubles: the first one ends the parsing in strict mode.
#[derive(Debug)]
pub(super) struct Troubles {
    mode: Mode,
    pub(super) notices: Vec<Notice>,
}

/// Further notices are no help to anybody.
const MAX_NOTICES: usize = 20;

impl Troubles {
    pub(super) fn new(mode: Mode) -> Troubles {
        Troubles {
            mode,
            notices: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, trouble: Trouble, span: Span) -> Result<(), QueryError> {
        match self.mode {
            Mode::Strict => Err(QueryError {
                code: trouble.code(),
                message: trouble.error(),
                span: span.into(),
            }),
            Mode::Lenient | Mode::Plain => {
                if self.notices.len() < MAX_NOTICES {
                    self.notices.push(Notice {
                        code: trouble.code(),
                        message: trouble.notice(),
                        span: Some(span.into()),
                    });
                }
                Ok(())
            }
        }
    }
}
