//! Plain text: one line a hit, as sources stand in footnotes of German texts.

use std::io::{self, Write};

use super::facts::{self, in_a_line};
use super::{Format, Head};
use crate::document::PartialDate;
use crate::search::Hit;

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Authors, title, publisher, date, address; what is not known is left out.
pub(super) struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn media_type(&self) -> &'static str {
        "text/plain; charset=utf-8"
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn shows_passages(&self) -> bool {
        false
    }

    fn hit(&self, out: &mut dyn Write, head: &Head, _: u64, hit: &Hit) -> io::Result<()> {
        let mut line = String::new();
        if !hit.authors.is_empty() {
            let authors: Vec<String> = hit.authors.iter().map(|name| in_a_line(name)).collect();
            line.push_str(&format!("{}: ", authors.join(", ")));
        }
        line.push_str(&sentence(&in_a_line(facts::title(hit))));
        let date = facts::date(hit).map(in_words);
        match (&hit.publisher, date) {
            (Some(publisher), Some(date)) => {
                line.push_str(&format!(" In: {}, {date}.", in_a_line(&publisher.name)));
            }
            (Some(publisher), None) => {
                line.push_str(&format!(" In: {}", sentence(&in_a_line(&publisher.name))));
            }
            (None, Some(date)) => line.push_str(&format!(" {date}.")),
            (None, None) => {}
        }
        let (year, month, day) = head.accessed.day();
        let accessed = format!("{day}. {} {year:04}", month_name(month));
        let place = match &hit.url {
            Some(url) => format!(" {} (abgerufen am {accessed}).", address(url)),
            None => format!(
                " Fundstelle {} (abgerufen am {accessed}).",
                in_a_line(&hit.id)
            ),
        };
        line.push_str(&place);
        writeln!(out, "{line}")
    }
}

/// The text with a full stop, unless it has an end of its own.
fn sentence(text: &str) -> String {
    match text.ends_with(['.', '!', '?', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

/// `28. April 2025`, `April 2025` or `2025`.
fn in_words(date: PartialDate) -> String {
    let year = format!("{:04}", date.year_number());
    let Some(month) = date.month_number() else {
        return year;
    };
    let month = month_name(month);
    match date.day_number() {
        Some(day) => format!("{day}. {month} {year}"),
        None => format!("{month} {year}"),
    }
}

fn month_name(month: u8) -> &'static str {
    let place = usize::from(month).saturating_sub(1);
    MONTHS.get(place).copied().unwrap_or_default()
}

/// An address in one piece.
fn address(url: &str) -> String {
    let in_pieces = |c: char| c.is_whitespace() || c.is_control();
    url.split(in_pieces).collect::<Vec<_>>().join("%20")
}
