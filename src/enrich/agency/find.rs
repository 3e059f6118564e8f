//! Finds agencies in a text: names, abbreviations that the context allows, descriptions, heads.

mod add;
mod context;
mod germany;

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use self::add::{push_described, push_name};
pub(crate) use self::context::is_kind_noun;
use self::context::{accepted, explains_abbreviation};
use self::germany::{abroad, constitution, state_office};

use super::generic::described_at;
use super::nouns::Tail;
use crate::document::AgencyKind;
use crate::enrich::gazetteers::agencies::{AGENCIES, AgencyEntry, AgencyForm};
use crate::enrich::gazetteers::countries::COUNTRIES;
use crate::enrich::words::Words;

/// Id of a service of which no country is said.
pub(crate) const NO_COUNTRY: &str = "xx-generic";

/// An agency named in a text: words `first..end`.
#[derive(Debug, Clone)]
pub(crate) struct Occurrence {
    /// Index of the first word of the name or description.
    pub(crate) first: usize,
    /// Index after its last word.
    pub(crate) end: usize,
    /// Id of the agency.
    pub(crate) id: Cow<'static, str>,
    /// News agency or service.
    pub(crate) kind: AgencyKind,
    /// What the words are.
    pub(crate) form: Form,
    /// `m`, `f`, `n`, or `p` for a plural.
    pub(crate) gender: char,
}

/// What the words of an occurrence are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Name or abbreviation.
    Name,
    /// Description; the tail of its noun.
    Described(Tail),
    /// A person who speaks for the service.
    Head,
}

/// What is known of the whole document while its texts are searched.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Rows of the countries named, with how often.
    pub(crate) countries: rustc_hash::FxHashMap<usize, u32>,
    /// The same for countries that institutions, places or people imply.
    pub(crate) implied: rustc_hash::FxHashMap<usize, u32>,
    /// Year of the document, if known.
    pub(crate) year: Option<u16>,
    /// Rows of the agencies named for certain.
    pub(crate) certain: FxHashSet<usize>,
    /// Abbreviations that the text explains as something else: `Defense Production Act (DPA)`.
    pub(crate) explained: FxHashSet<String>,
}

impl Facts {
    /// Adds the countries and certain names of a text.
    pub(crate) fn read(&mut self, words: &Words<'_>) {
        let mut at = 0;
        while at < words.len() {
            let (hit, length) = COUNTRIES.at(words, at);
            if let Some(hit) = hit {
                *self.countries.entry(hit.row).or_default() += 1;
            } else if let Some((row, _)) = COUNTRIES.implied_at(words, at) {
                *self.implied.entry(row).or_default() += 1;
            }
            at += length;
        }
        for at in 0..words.len() {
            if explains_abbreviation(words, at) {
                self.explained.insert(words.word(at).to_owned());
            }
            for (row, entry) in entries_at(words, at) {
                if entry.form == AgencyForm::Certain {
                    self.certain.insert(row);
                }
            }
        }
    }

    /// How much the text is set in a country: how often it is named or implied.
    pub(crate) fn weight(&self, iso: &str) -> u32 {
        let row = COUNTRIES.row_of_iso(iso);
        let implied = row.and_then(|row| self.implied.get(&row));
        self.count(iso) + implied.copied().unwrap_or(0)
    }

    /// How often a country is named.
    pub(crate) fn count(&self, iso: &str) -> u32 {
        let row = COUNTRIES.row_of_iso(iso);
        row.and_then(|row| self.countries.get(&row))
            .copied()
            .unwrap_or(0)
    }
}

fn entries_at(words: &Words<'_>, at: usize) -> Vec<(usize, AgencyEntry)> {
    let longest = AGENCIES.phrases.longest_at(words, at);
    longest.map_or_else(Vec::new, |(_, entries)| {
        entries
            .into_iter()
            .map(|entry| (entry.row, *entry))
            .collect()
    })
}

/// Occurrences that are looked at: no article has as many, and each is judged in its context.
const MOST: usize = 20_000;

/// All agencies in a text, in order, without overlaps; the first [`MOST`] of them.
pub(crate) fn find(words: &Words<'_>, facts: &Facts) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < MOST {
        if let Some(occurrence) = state_office(words, at, &found) {
            at = occurrence.end;
            found.push(occurrence);
            continue;
        }
        if let Some((length, entries)) = AGENCIES.phrases.longest_at(words, at) {
            if let Some(occurrence) = state_office(words, at + length - 1, &found) {
                at = occurrence.end;
                found.push(occurrence);
                continue;
            }
            if let Some(occurrence) = named(words, facts, at, length, &entries, &found) {
                push_name(words, &mut found, occurrence);
                at += length;
                continue;
            }
        }
        if let Some(described) = described_at(words, at) {
            let end = described.end;
            push_described(words, facts, &mut found, described);
            at = end.max(at + 1);
            continue;
        }
        at += 1;
    }
    surnames(words, &mut found);
    found
}

/// Accepts a name if its context does.
fn named(
    words: &Words<'_>,
    facts: &Facts,
    at: usize,
    length: usize,
    entries: &[&AgencyEntry],
    found: &[Occurrence],
) -> Option<Occurrence> {
    let mut entries: Vec<&AgencyEntry> = entries.to_vec();
    entries.sort_by_key(|entry| {
        let agency = &AGENCIES.rows[entry.row];
        let certain = facts.certain.contains(&entry.row);
        std::cmp::Reverse((facts.count(&agency.country), certain))
    });
    let entry = entries
        .into_iter()
        .find(|entry| accepted(words, facts, at, length, entry, found))?;
    let agency = &AGENCIES.rows[entry.row];
    let head = matches!(entry.form, AgencyForm::Head(..));
    let mut occurrence = Occurrence {
        first: at,
        end: at + length,
        id: Cow::Borrowed(agency.id.as_str()),
        kind: agency.kind,
        form: if head { Form::Head } else { Form::Name },
        gender: agency.gender,
    };
    if matches!(agency.id.as_str(), "de-vs" | "de-bfv") {
        abroad(words, &mut occurrence);
    }
    if occurrence.id == "de-vs" {
        constitution(words, facts, &mut occurrence);
    }
    Some(occurrence)
}

/// `sagte Budanow`, once the head has been named in full.
fn surnames(words: &Words<'_>, found: &mut Vec<Occurrence>) {
    let mut heads: Vec<(&str, Occurrence)> = Vec::new();
    for head in found
        .iter()
        .filter(|occurrence| occurrence.form == Form::Head)
    {
        let name = words.word(head.end - 1);
        if name.len() > 3 && heads.iter().all(|(known, _)| *known != name) {
            heads.push((name, head.clone()));
        }
    }
    if heads.is_empty() || heads.len() > 20 {
        return;
    }
    let taken: FxHashSet<usize> = found
        .iter()
        .flat_map(|occurrence| occurrence.first..occurrence.end)
        .collect();
    for at in 0..words.len() {
        if taken.contains(&at) {
            continue;
        }
        if let Some((_, head)) = heads
            .iter()
            .find(|(name, head)| *name == words.word(at) && head.end <= at)
        {
            found.push(Occurrence {
                first: at,
                end: at + 1,
                ..head.clone()
            });
        }
    }
    found.sort_by_key(|occurrence| occurrence.first);
}
