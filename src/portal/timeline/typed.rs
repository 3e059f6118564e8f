//! Dates as people type them: `2025`, `4.2025`, `April 2025`, `28.4.2025`, `2025-04-28`.

use crate::document::PartialDate;
use crate::portal::texts::Texts;
use crate::portal::{Address, Language};

/// The two ends of a range of time, by the names of their parameters.
const ENDS: [&str; 2] = ["from", "to"];

/// An address whose range of time was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedRange {
    /// The address with dates as the archive reads them, the earlier end first; without those that
    /// are none.
    pub address: Address,
    /// The ends that are no dates, each with what was typed.
    pub wrong: Vec<(&'static str, String)>,
}

impl TypedRange {
    /// Reads the range of an address.
    pub fn read(address: &Address) -> TypedRange {
        let mut read = TypedRange {
            address: address.clone(),
            wrong: Vec::new(),
        };
        let mut ends = [None, None];
        for (end, name) in ends.iter_mut().zip(ENDS) {
            let Some(typed) = address.get(name) else {
                continue;
            };
            *end = date(typed);
            match *end {
                // What is right already stays where it stands in the address.
                Some(date) if date.to_string() == typed => {}
                Some(date) => read.address = read.address.with(name, &date.to_string()),
                None => {
                    read.address = read.address.without(name);
                    read.wrong.push((name, typed.to_owned()));
                }
            }
        }
        if let [Some(from), Some(to)] = ends
            && from.beginning() > to.ending()
        {
            let ends = (to.to_string(), from.to_string());
            read.address = read.address.within(&ends.0, &ends.1);
        }
        read
    }
}

/// A date in any way that people write it in either language. Times of day are left out: here, days
/// are chosen.
fn date(typed: &str) -> Option<PartialDate> {
    let typed = typed.trim();
    if let Ok(date) = typed.parse::<PartialDate>() {
        return Some(date.without_time());
    }
    // `28. April 2025`, `28.4.2025`, `28/4/2025`: numbers and names of months.
    let is_between = |c: char| c.is_whitespace() || matches!(c, '.' | '/' | '-' | ',');
    let parts: Vec<&str> = typed
        .split(is_between)
        .filter(|part| !part.is_empty())
        .collect();
    match parts[..] {
        [month, year] if year.len() == 4 => PartialDate::month(number(year)?, month_of(month)?),
        [year, month] if year.len() == 4 => PartialDate::month(number(year)?, month_of(month)?),
        [day, month, year] if year.len() == 4 => {
            let day = u8::try_from(number(day)?).ok()?;
            PartialDate::day(number(year)?, month_of(month)?, day)
        }
        [year, month, day] if year.len() == 4 => {
            let day = u8::try_from(number(day)?).ok()?;
            PartialDate::day(number(year)?, month_of(month)?, day)
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The number of a month, from its number or its name, which may be cut off.
fn month_of(text: &str) -> Option<u8> {
    if let Some(number) = number(text) {
        return u8::try_from(number).ok();
    }
    let text = text.to_lowercase();
    if text.chars().count() < 3 {
        return None;
    }
    Language::ALL.into_iter().find_map(|language| {
        let months = &Texts::of(language).format.months;
        let place = months
            .iter()
            .position(|name| name.to_lowercase().starts_with(&text))?;
        u8::try_from(place + 1).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (typed, meant) in [
            ("2025", "2025"),
            (" 2025-04 ", "2025-04"),
            ("4.2025", "2025-04"),
            ("04/2025", "2025-04"),
            ("2025/4", "2025-04"),
            ("April 2025", "2025-04"),
            ("apr. 2025", "2025-04"),
            ("märz 2025", "2025-03"),
            ("Dec 2024", "2024-12"),
            ("28.4.2025", "2025-04-28"),
            ("28. April 2025", "2025-04-28"),
            ("28 Apr 2025", "2025-04-28"),
            ("2025-4-3", "2025-04-03"),
            ("29.2.2024", "2024-02-29"),
        ] {
            assert_eq!(
                date(typed).map(|date| date.to_string()).as_deref(),
                Some(meant),
                "{typed}"
            );
        }
        for typed in [
            "",
            "gestern",
            "31.2.2025",
            "13.2025",
            "4.25",
            "1.2.3.2025",
            "a 2025",
            "-5",
            "2025-04-28-01",
            "٣.2025",
        ] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    fn read(query: &str) -> (String, Vec<(&'static str, String)>) {
        let read = TypedRange::read(&Address::parse(query));
        (read.address.to_string(), read.wrong)
    }

    #[test]
    fn a_range_that_was_typed_becomes_one_that_the_archive_reads() {
        assert_eq!(
            read("q=a&from=4.2025&to=2025-05").0,
            "q=a&to=2025-05&from=2025-04"
        );
        assert_eq!(read("from=2025&q=a").0, "from=2025&q=a");
        assert_eq!(
            read("from=2025&to=2020-02&q=a").0,
            "q=a&from=2020-02&to=2025"
        );
        assert_eq!(read("from=2025&to=2025-02").0, "from=2025&to=2025-02");
    }

    #[test]
    fn what_is_no_date_is_told_and_left_out() {
        let (address, wrong) = read("from=gestern&to=2025");
        assert_eq!(address, "to=2025");
        assert_eq!(wrong, [("from", "gestern".to_owned())]);
    }
}
