//! Offices that speak for a state, and organisations that are asked for figures.

use std::sync::LazyLock;

use serde::Deserialize;

use super::list;
use super::phrases::{Inflection, Phrases};

/// The table, one office a line. An id without a country (`mod`) stands for that office of any
/// country; the id of the source is then `<country>-<id>`. `words` are in the nominative.
const TABLE: &str = include_str!("sources.csv");

/// A line of the table.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Office {
    /// Id, or what follows the country in it.
    pub(crate) id: String,
    /// German name.
    pub(crate) name: String,
    /// `m`, `f`, `n`, or `p` for a plural.
    pub(crate) gender: char,
    words: String,
}

impl Office {
    /// Whether the office is one of its own, not one that every country has.
    pub(crate) fn is_named(&self) -> bool {
        let (country, _) = self.id.split_once('-').unwrap_or(("", ""));
        let known = super::countries::COUNTRIES.row_of_iso(country).is_some();
        known
            || matches!(
                self.id.as_str(),
                "un" | "nato"
                    | "eu-commission"
                    | "who"
                    | "iaea"
                    | "unhcr"
                    | "isw"
                    | "sohr"
                    | "hamas"
            )
    }
}

/// The table, ready for use.
pub(crate) struct Offices {
    /// The lines, in the order of the file.
    pub(crate) rows: Vec<Office>,
    /// Their names.
    pub(crate) phrases: Phrases<usize>,
}

/// The offices, read once.
pub(crate) static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let rows: Vec<Office> = csv::Reader::from_reader(TABLE.as_bytes())
        .deserialize()
        .filter_map(Result::ok)
        .collect();
    let mut phrases = Phrases::default();
    for (row, office) in rows.iter().enumerate() {
        for word in list(&office.words) {
            let short = word.len() <= 5;
            let inflection = if short {
                Inflection::Fixed
            } else {
                Inflection::German
            };
            phrases.insert(word, inflection, row);
        }
    }
    Offices { rows, phrases }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(OFFICES.rows.len(), TABLE.lines().count() - 1);
        assert!(
            OFFICES
                .rows
                .iter()
                .filter(|office| office.is_named())
                .count()
                >= 15
        );
    }
}
