//! Labels: what careful readers say of pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::collection::{CollectionError, trouble};
use crate::document::{AgencyKind, CountryRole, Precision, Role, Scope};

/// What is known of one page.
#[derive(Debug, Deserialize)]
pub(super) struct PageLabel {
    pub(super) file: String,
    pub(super) date: String,
    /// Another day that is right as well, such as that of the time zone of the stamp.
    #[serde(default)]
    pub(super) date_alt: Option<String>,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) authors: Vec<String>,
    pub(super) body: String,
    pub(super) agencies: Vec<AgencyLabel>,
    pub(super) countries: Vec<CountryLabel>,
}

/// One agency in one role, wherever on the page the evidence stands (`where` in the file): pages are
/// given whole.
#[derive(Debug, Deserialize)]
pub(super) struct AgencyLabel {
    pub(super) id: String,
    pub(super) kind: AgencyKind,
    pub(super) role: Role,
    #[serde(default)]
    pub(super) scope: Scope,
    /// Defensible either way: neither rewarded nor punished.
    #[serde(default)]
    pub(super) optional: bool,
    /// Other ids that are as good.
    #[serde(default)]
    pub(super) accept: Vec<String>,
}

/// One country in one role.
#[derive(Debug, Deserialize)]
pub(super) struct CountryLabel {
    pub(super) iso: String,
    pub(super) role: CountryRole,
    #[serde(default)]
    pub(super) optional: bool,
    /// Clear to a reader only from institutions or regions.
    #[serde(default)]
    pub(super) implicit: bool,
}

/// What is known of a seed.
#[derive(Debug, Deserialize)]
pub(super) struct SeedLabel {
    pub(super) title: Option<String>,
    pub(super) kicker: Option<String>,
    pub(super) publisher: Option<String>,
    /// Publishers that the layout hints at: allowed, not demanded.
    #[serde(default)]
    pub(super) publisher_accept: Vec<String>,
    pub(super) date: String,
    pub(super) date_precision: Precision,
    pub(super) datetime: Option<String>,
    pub(super) lang: String,
    pub(super) author: Option<String>,
    pub(super) agencies: Vec<AgencyLabel>,
    pub(super) countries: Vec<CountryLabel>,
    #[serde(default)]
    pub(super) official_sources: Vec<SourceLabel>,
}

/// An official source that a seed cites.
#[derive(Debug, Deserialize)]
pub(super) struct SourceLabel {
    pub(super) id: String,
}

#[derive(Deserialize)]
struct Seeds {
    seeds: BTreeMap<String, SeedLabel>,
}

/// A page of which only the day is known.
pub(super) struct DatedPage {
    pub(super) file: String,
    pub(super) day: String,
}

/// One label a line.
pub(super) fn pages(path: &Path) -> Result<Vec<PageLabel>, CollectionError> {
    let text = read(path)?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| parse(path, index + 1, line))
        .collect()
}

/// The seeds by name of file.
pub(super) fn seeds(path: &Path) -> Result<BTreeMap<String, SeedLabel>, CollectionError> {
    parse(path, 1, &read(path)?).map(|seeds: Seeds| seeds.seeds)
}

/// A table with a head, of file, address and day.
pub(super) fn dated_pages(path: &Path) -> Result<Vec<DatedPage>, CollectionError> {
    let text = read(path)?;
    let rows = text.lines().enumerate().skip(1);
    rows.filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [file, _, day] = columns[..] else {
                return Err(trouble(path, index + 1, &"expected file, address and day"));
            };
            Ok(DatedPage {
                file: file.to_owned(),
                day: day.trim().to_owned(),
            })
        })
        .collect()
}

fn read(path: &Path) -> Result<String, CollectionError> {
    fs::read_to_string(path).map_err(|error| trouble(path, 0, &error))
}

fn parse<T: DeserializeOwned>(path: &Path, line: usize, text: &str) -> Result<T, CollectionError> {
    serde_json::from_str(text).map_err(|error| trouble(path, line, &error))
}
