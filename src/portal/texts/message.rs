//! Sentences with places for values.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::Deserialize;

/// A sentence with places for values: `{count} Treffer`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Message {
    /// What stands before each place, and the name of the place.
    places: Vec<(String, String)>,
    /// What stands behind the last.
    rest: String,
}

/// A sentence in the forms that it has for one and for any other number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// For 1.
    pub one: Message,
    /// For any other number.
    pub other: Message,
}

/// Why a text is no [`Message`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("in \"{0}\", a place is not closed, expected {{name}}")]
pub struct MessageError(String);

impl Message {
    /// The sentence with values at its places. A place without a value stays empty.
    pub fn with(&self, values: &[(&str, &dyn Display)]) -> String {
        let mut out = String::new();
        for (before, name) in &self.places {
            out.push_str(before);
            if let Some((_, value)) = values.iter().find(|(known, _)| known == name) {
                out.push_str(&value.to_string());
            }
        }
        out.push_str(&self.rest);
        out
    }

    /// What stands before the place of a name, and what behind it, if it is the only one; else the
    /// sentence, and nothing. For values that are more than text, such as links.
    pub fn around(&self) -> (&str, &str) {
        match self.places.as_slice() {
            [(before, _)] => (before, &self.rest),
            _ => (&self.rest, ""),
        }
    }

    /// The names of the places.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|(_, name)| name.as_str())
    }
}

/// The sentence with the names of its places, as it was read: for scripts, which put in values, too.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (before, name) in &self.places {
            write!(f, "{before}{{{name}}}")?;
        }
        f.write_str(&self.rest)
    }
}

impl Counted {
    /// The form for a number.
    pub fn form(&self, number: u64) -> &Message {
        if number == 1 { &self.one } else { &self.other }
    }
}

impl FromStr for Message {
    type Err = MessageError;

    fn from_str(text: &str) -> Result<Message, MessageError> {
        let mut places = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let closed = behind.split_once('}');
            let (name, behind) = closed.ok_or_else(|| MessageError(text.to_owned()))?;
            places.push((before.to_owned(), name.to_owned()));
            rest = behind;
        }
        let rest = rest.to_owned();
        Ok(Message { places, rest })
    }
}

impl TryFrom<String> for Message {
    type Error = MessageError;

    fn try_from(text: String) -> Result<Message, MessageError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        text.parse().unwrap()
    }

    #[test]
    fn values_stand_at_their_places() {
        let sentence = message("{count} von {all} Werten");
        assert_eq!(
            sentence.with(&[("all", &7), ("count", &"zwei")]),
            "zwei von 7 Werten"
        );
        assert_eq!(sentence.places().collect::<Vec<_>>(), ["count", "all"]);
        assert_eq!(
            message("Meinten Sie {query}?").around(),
            ("Meinten Sie ", "?")
        );
        assert_eq!(message("nichts").with(&[]), "nichts");
        assert_eq!(sentence.to_string(), "{count} von {all} Werten");
    }

    #[test]
    fn a_place_that_is_not_closed_is_an_error() {
        assert!("{count Treffer".parse::<Message>().is_err());
    }
}
