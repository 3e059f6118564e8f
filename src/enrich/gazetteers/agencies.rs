//! News agencies and intelligence services as German texts name them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::countries::COUNTRIES;
use super::list;
use super::phrases::{Inflection, Phrases};
use crate::document::AgencyKind;
use crate::enrich::agency::{ServiceNoun, ServiceType};
use crate::enrich::words::Words;

/// The table, one agency a line; cells with several values separate them by `;`.
///
/// | column | what |
/// | --- | --- |
/// | id, kind, name | stable id, `news` or `intelligence`, German name |
/// | country | ISO 3166-1 alpha-2 |
/// | gender | `m`, `f` or `n`, of the name as it is used: *der* BND, *die* CIA |
/// | abbreviations | read with their case; they count wherever they stand |
/// | in_country | abbreviations that count if the text names the country, or as the next column |
/// | with_noun | abbreviations that count beside a word such as `Nachrichtenagentur` or `Geheimdienst`, in a signature, or if the text also names the agency in full |
/// | names | in the nominative; German endings are understood |
/// | generic | descriptions that mean this agency: `südkoreanischer Geheimdienst` |
/// | heads | who speaks for it, with years in office |
/// | unless | words beside which it is something else |
/// | example | a sentence in which it must be found |
/// | note | for people |
const TABLE: &str = include_str!("agencies.csv");

/// The states of Germany: each has an office for the protection of the constitution.
const LAENDER: &str = include_str!("laender.csv");

/// A line of the table.
#[derive(Debug, Deserialize)]
pub(crate) struct Agency {
    /// Stable id.
    pub(crate) id: String,
    /// News agency or service.
    pub(crate) kind: AgencyKind,
    /// German name.
    pub(crate) name: String,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: String,
    /// Grammatical gender of the name.
    pub(crate) gender: char,
    abbreviations: String,
    in_country: String,
    with_noun: String,
    names: String,
    generic: String,
    heads: String,
    /// Words beside which the name means something else.
    pub(crate) unless: String,
    /// A sentence in which it must be found.
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the test of the table"))]
    pub(crate) example: String,
}

#[derive(Debug, Deserialize)]
struct Land {
    code: String,
    name: String,
    adjectives: String,
    short: String,
}

/// What the words in the text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgencyForm {
    /// Name or abbreviation that stands for nothing else.
    Certain,
    /// Abbreviation that counts if the country is named.
    InCountry,
    /// Abbreviation that counts beside a noun for agencies.
    WithNoun,
    /// Description.
    Generic,
    /// A person who speaks for the agency, in office between these years.
    Head(u16, u16),
}

/// A name and whose it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AgencyEntry {
    /// Row of the table.
    pub(crate) row: usize,
    /// What the name is.
    pub(crate) form: AgencyForm,
}

/// The table, ready for use.
pub(crate) struct Agencies {
    /// The lines, in the order of the file.
    pub(crate) rows: Vec<Agency>,
    /// All names.
    pub(crate) phrases: Phrases<AgencyEntry>,
    /// Names and adjectives of the German states, with their code.
    pub(crate) laender: Phrases<String>,
    holders: FxHashMap<(String, ServiceType), usize>,
    by_id: FxHashMap<String, usize>,
    by_name: FxHashMap<String, usize>,
}

/// The agencies, read once.
pub(crate) static AGENCIES: LazyLock<Agencies> = LazyLock::new(Agencies::read);

impl Agencies {
    fn read() -> Agencies {
        let rows: Vec<Agency> = csv::Reader::from_reader(TABLE.as_bytes())
            .deserialize()
            .filter_map(Result::ok)
            .collect();
        let mut agencies = Agencies {
            rows: Vec::new(),
            phrases: Phrases::default(),
            laender: laender(),
            holders: FxHashMap::default(),
            by_id: FxHashMap::default(),
            by_name: FxHashMap::default(),
        };
        for (row, agency) in rows.iter().enumerate() {
            agencies.add(row, agency);
        }
        agencies.rows = rows;
        agencies
    }

    fn add(&mut self, row: usize, agency: &Agency) {
        self.by_id.insert(agency.id.to_lowercase(), row);
        let cells = [
            (&agency.names, AgencyForm::Certain, Inflection::German),
            (
                &agency.abbreviations,
                AgencyForm::Certain,
                Inflection::Fixed,
            ),
            (&agency.in_country, AgencyForm::InCountry, Inflection::Fixed),
            (&agency.with_noun, AgencyForm::WithNoun, Inflection::Fixed),
        ];
        for name in list(&agency.name) {
            self.by_name.entry(name.to_lowercase()).or_insert(row);
        }
        for (cell, form, inflection) in cells {
            for name in list(cell) {
                self.by_name.entry(name.to_lowercase()).or_insert(row);
                self.phrases
                    .insert(name, inflection, AgencyEntry { row, form });
            }
        }
        for description in list(&agency.generic) {
            self.by_name
                .entry(description.to_lowercase())
                .or_insert(row);
            if let Some(key) = holder_key(description) {
                self.holders.entry(key).or_insert(row);
            } else {
                let form = AgencyForm::Generic;
                self.phrases
                    .insert(description, Inflection::German, AgencyEntry { row, form });
            }
        }
        for head in list(&agency.heads) {
            let (name, form) = head_of(head);
            self.phrases
                .insert(name, Inflection::Fixed, AgencyEntry { row, form });
        }
    }

    /// The agency with this id, in any case.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Agency> {
        self.by_id
            .get(&id.to_lowercase())
            .map(|row| &self.rows[*row])
    }

    /// Abbreviations, names and descriptions of the agency with this id.
    pub(crate) fn aliases(&self, id: &str) -> Vec<&str> {
        let cells = self.by_id(id).into_iter().flat_map(|agency| {
            let abbreviations = [&agency.abbreviations, &agency.in_country, &agency.with_noun];
            abbreviations
                .into_iter()
                .chain([&agency.names, &agency.generic])
        });
        cells.flat_map(|cell| list(cell)).collect()
    }

    /// The agency with this id, name, alias, abbreviation or description, in any case.
    pub(crate) fn by_name(&self, name: &str) -> Option<&Agency> {
        let name = name.trim().to_lowercase();
        let row = self.by_id.get(&name).or_else(|| self.by_name.get(&name))?;
        Some(&self.rows[*row])
    }

    /// The one service that "the `service` of `country`" means, if there is an obvious one.
    pub(crate) fn holder(&self, country: &str, service: ServiceType) -> Option<&Agency> {
        let row = self.holders.get(&(country.to_owned(), service))?;
        Some(&self.rows[*row])
    }
}

/// `türkischer Geheimdienst` is the service of Turkey of no special type.
fn holder_key(description: &str) -> Option<(String, ServiceType)> {
    let words = Words::of(description);
    if words.len() != 2 {
        return None;
    }
    let service = ServiceNoun::parse(words.word(1)).filter(|noun| noun.is_service())?;
    let country = COUNTRIES
        .row_of_name(words.word(0).trim_end_matches("er"))
        .or_else(|| COUNTRIES.row_of_name(words.word(0)))?;
    Some((COUNTRIES.rows[country].iso.clone(), service.service))
}

/// `Sinan Selen (seit 2025)`: name and years in office.
fn head_of(head: &str) -> (&str, AgencyForm) {
    let (name, years) = head.split_once('(').unwrap_or((head, ""));
    let mut numbers = years
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse::<u16>().ok());
    let first = numbers.next().unwrap_or(0);
    let last = numbers.next().unwrap_or(u16::MAX);
    (name.trim(), AgencyForm::Head(first, last))
}

fn laender() -> Phrases<String> {
    let mut phrases = Phrases::default();
    let lands = csv::Reader::from_reader(LAENDER.as_bytes())
        .into_deserialize::<Land>()
        .filter_map(Result::ok)
        .collect::<Vec<_>>();
    for land in lands {
        phrases.insert(&land.name, Inflection::Name, land.code.clone());
        for name in list(&land.short) {
            phrases.insert(name, Inflection::Fixed, land.code.clone());
        }
        for adjective in list(&land.adjectives) {
            if adjective.ends_with("er") {
                phrases.insert(adjective, Inflection::Exact, land.code.clone());
            } else {
                phrases.insert(
                    &format!("{adjective}e"),
                    Inflection::German,
                    land.code.clone(),
                );
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_has_an_example() {
        let lines = csv::Reader::from_reader(TABLE.as_bytes())
            .into_records()
            .count();
        assert_eq!(AGENCIES.rows.len(), lines);
        for agency in &AGENCIES.rows {
            assert!(!agency.example.is_empty(), "{} has no example", agency.id);
        }
    }

    #[test]
    fn descriptions_have_the_one_obvious_holder() {
        let id = |country, service| {
            AGENCIES
                .holder(country, service)
                .map(|agency| agency.id.as_str())
        };
        assert_eq!(id("KR", ServiceType::Any), Some("kr-nis"));
        assert_eq!(id("UA", ServiceType::Military), Some("ua-hur"));
        assert_eq!(id("CH", ServiceType::Any), Some("ch-ndb"));
        assert_eq!(id("GB", ServiceType::Any), None);
    }
}
