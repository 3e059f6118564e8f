//! What parameters take: read from a text, as addresses have it, and from JSON.

use serde_json::Value;

use super::SearchParameters;
use crate::document::PartialDate;
use crate::export::{self, Format};
use crate::http::problem::Problem;

/// What a parameter takes, and where that goes.
pub(in crate::http) enum Kind {
    /// A text; an empty one is as good as none.
    Text(fn(&mut SearchParameters, String)),
    /// Yes or no; in an address, the name alone means yes.
    Flag(fn(&mut SearchParameters, bool)),
    /// A number from 0.
    Number {
        /// The largest that is allowed, if there is a largest.
        most: Option<usize>,
        /// Where it goes.
        set: fn(&mut SearchParameters, usize),
    },
    /// A year, month, day or minute; an empty one is as good as none.
    Date(fn(&mut SearchParameters, PartialDate)),
    /// One of a few names; an empty one is as good as none.
    Choice(&'static [Choice]),
    /// A format to take results away in; an empty one is as good as none.
    Format(fn(&mut SearchParameters, &'static dyn Format)),
    /// Names: with commas between them in an address, a list in JSON.
    Names(fn(&mut SearchParameters, Vec<String>)),
}

/// One of the names that a parameter takes.
pub(in crate::http) struct Choice {
    /// The name.
    pub(in crate::http) name: &'static str,
    /// What it does.
    pub(in crate::http) set: fn(&mut SearchParameters),
}

type Set = Result<(), Problem>;

impl Kind {
    /// Takes the value of the parameter `name` from an address.
    pub(super) fn take_text(&self, into: &mut SearchParameters, name: &str, value: &str) -> Set {
        match self {
            Kind::Flag(set) => match value {
                "true" | "1" | "" => set(into, true),
                "false" | "0" => set(into, false),
                _ => return Err(wrong(name, value, "true or false")),
            },
            Kind::Number { set, .. } => match value.parse() {
                Ok(number) => set(into, number),
                Err(_) => return Err(wrong(name, value, "a number from 0")),
            },
            Kind::Names(set) => {
                let names = value.split(',').map(str::trim);
                let names = names.filter(|name| !name.is_empty());
                set(into, names.map(str::to_owned).collect());
            }
            _ if value.is_empty() => {}
            Kind::Text(set) => set(into, value.to_owned()),
            Kind::Date(set) => match value.parse() {
                Ok(date) => set(into, date),
                Err(error) => return Err(Problem::bad_parameter(format!("{name}: {error}"))),
            },
            Kind::Choice(choices) => {
                let choice = choices.iter().find(|choice| choice.name == value);
                (choice
                    .ok_or_else(|| wrong(name, value, &self.allowed()))?
                    .set)(into);
            }
            Kind::Format(set) => {
                let format = export::by_name(value);
                set(
                    into,
                    format.ok_or_else(|| wrong(name, value, &self.allowed()))?,
                );
            }
        }
        Ok(())
    }

    /// Takes the value of the member `name` from a body; `null` is as good as none.
    pub(super) fn take_json(&self, into: &mut SearchParameters, name: &str, value: &Value) -> Set {
        match (self, value) {
            (_, Value::Null) => {}
            (Kind::Flag(set), Value::Bool(flag)) => set(into, *flag),
            (Kind::Number { set, .. }, Value::Number(number)) => {
                let number = whole(number).and_then(|number| number.try_into().ok());
                set(
                    into,
                    number.ok_or_else(|| wrong_json(name, value, &self.allowed()))?,
                );
            }
            (Kind::Names(set), Value::Array(names)) => {
                let names: Option<Vec<String>> =
                    (names.iter().map(|name| name.as_str().map(str::to_owned))).collect();
                set(
                    into,
                    names.ok_or_else(|| wrong_json(name, value, &self.allowed()))?,
                );
            }
            (
                Kind::Text(_) | Kind::Date(_) | Kind::Choice(_) | Kind::Format(_),
                Value::String(text),
            ) => self.take_text(into, name, text)?,
            _ => return Err(wrong_json(name, value, &self.allowed())),
        }
        Ok(())
    }

    /// What to write, for messages.
    fn allowed(&self) -> String {
        let names: Vec<&str> = match self {
            Kind::Text(_) => return "a text".to_owned(),
            Kind::Flag(_) => return "true or false".to_owned(),
            Kind::Number { .. } => return "a number from 0".to_owned(),
            Kind::Date(_) => return "a date as text, as \"2025-04\"".to_owned(),
            Kind::Names(_) => return "a list of texts".to_owned(),
            Kind::Choice(choices) => choices.iter().map(|choice| choice.name).collect(),
            Kind::Format(_) => export::names(),
        };
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}

/// The number, if it is whole and not negative, however it is written.
fn whole(number: &serde_json::Number) -> Option<u64> {
    /// Up to here, every whole number is told from the next.
    const MOST: f64 = 9_007_199_254_740_992.0;
    let float = || {
        number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && (0.0..=MOST).contains(float))
    };
    number
        .as_u64()
        .or_else(|| float().map(|float| float as u64))
}

fn wrong(name: &str, value: &str, allowed: &str) -> Problem {
    Problem::bad_parameter(format!("{name} is {value:?}, write {allowed}"))
}

/// Most letters of a wrong value that are quoted.
const QUOTED: usize = 60;

/// What is said of a member of a body that is not what it has to be.
pub(in crate::http) fn wrong_json(name: &str, value: &Value, allowed: &str) -> Problem {
    let text = value.to_string();
    let mut quoted: String = text.chars().take(QUOTED).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    Problem::bad_parameter(format!("{name} is {quoted}, write {allowed}"))
}
