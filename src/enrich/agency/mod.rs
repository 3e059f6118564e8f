//! Which news agencies and intelligence services does a text rest on, and in which role?
//!
//! `find` finds names, descriptions and heads; `signature` recognises credits; `role` decides
//! for the rest whether a statement is attributed to the agency (cited) or it is only talked
//! about (mentioned). One entry per (agency, role, scope), each with the spans that prove it.

mod entries;
mod find;
mod generic;
mod lines;
mod nouns;
mod phrase;
mod role;
mod signature;
mod speech;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

use self::entries::Entries;
use self::find::{Facts, Form, NO_COUNTRY, Occurrence, find};
use self::generic::{Owner, described_at};
use self::lines::{read_field, read_line};
use self::nouns::Tail;
pub(crate) use self::nouns::{ServiceNoun, ServiceType};
use self::role::{Place, role_of};
use self::text::read_text;
use super::Enricher;
use super::gazetteers::agencies::AGENCIES;
use super::gazetteers::countries::COUNTRIES;
use super::words::Words;
use crate::document::{AgencyKind, AgencyMention, Document, Role};

/// Derives [`Document::agencies`].
pub(super) struct AgencyEnricher;

impl Enricher for AgencyEnricher {
    fn name(&self) -> &'static str {
        "agencies"
    }

    fn enrich(&self, document: &mut Document) {
        if document.is_stated("agencies") {
            document.agencies.iter_mut().for_each(resolve_stated);
            return;
        }
        let mut entries = Entries::default();
        read_document(document, &mut entries);
        document.agencies = entries.list;
    }
}

/// The agency with this id, name, alias, abbreviation or description: its id, kind and name.
pub(super) fn resolve(text: &str) -> Option<(String, AgencyKind, String)> {
    if let Some(agency) = AGENCIES.by_name(text) {
        return Some((agency.id.clone(), agency.kind, agency.name.clone()));
    }
    let lower = text.trim().to_lowercase();
    if let Some(country) = lower.strip_suffix("-generic") {
        let known = country == "xx" || COUNTRIES.row_of_iso(country).is_some();
        return known.then(|| (lower.clone(), AgencyKind::Intelligence, name_of(&lower)));
    }
    let words = Words::of(text);
    let described = (0..words.len()).find_map(|index| described_at(&words, index))?;
    let whole = described.first == 0 && described.end == words.len();
    let [Owner::Country(row)] = described.owners[..] else {
        return None;
    };
    let id = format!("{}-generic", COUNTRIES.rows[row].iso.to_lowercase());
    (whole && described.noun.is_service()).then(|| {
        let name = name_of(&id);
        (id, AgencyKind::Intelligence, name)
    })
}

/// Abbreviations, names and descriptions of the agency with this id.
pub(super) fn aliases(id: &str) -> Vec<&'static str> {
    AGENCIES.aliases(id)
}

/// How a statement is attributed to words `first..end`, a noun of this gender (`m`, `f`, `n`, `p`):
/// rule, confidence and the words that prove it; `None` if none is.
pub(super) fn attribution(
    words: &Words<'_>,
    first: usize,
    end: usize,
    gender: char,
) -> Option<(&'static str, f32, (usize, usize))> {
    let occurrence = Occurrence {
        first,
        end,
        id: Cow::Borrowed(NO_COUNTRY),
        kind: AgencyKind::Intelligence,
        form: Form::Name,
        gender,
    };
    let verdict = role_of(words, &occurrence, Place::Body);
    (verdict.role == Role::Cited).then_some((verdict.rule, verdict.confidence, verdict.proof))
}

/// Replaces a stated name by what the gazetteer knows of it; an unknown one stays as it is.
fn resolve_stated(mention: &mut AgencyMention) {
    if let Some((id, kind, name)) = resolve(&mention.id) {
        mention.id = id;
        mention.kind = kind;
        mention.name = name;
    }
}

/// German name of an id, also of a generic one.
fn name_of(id: &str) -> String {
    if let Some(agency) = AGENCIES.by_id(id) {
        return agency.name.clone();
    }
    let country = id.strip_suffix("-generic").unwrap_or(id);
    match COUNTRIES.row_of_iso(country) {
        Some(row) => format!("Geheimdienst ohne Namen ({})", COUNTRIES.rows[row].name),
        None => "Geheimdienst ohne Namen".to_owned(),
    }
}

fn read_document(document: &Document, entries: &mut Entries) {
    let title = Words::of_article(document.title.as_deref().unwrap_or(""));
    let body = Words::of_article(&document.body);
    let mut facts = Facts {
        year: document.date.map(|date| date.value.year_number()),
        ..Facts::default()
    };
    facts.read(&title);
    facts.read(&body);
    let mut texts = [
        ("title", &title, Place::Title, find(&title, &facts)),
        ("body", &body, Place::Body, find(&body, &facts)),
    ];
    name_the_bare(&mut texts);
    for (field, words, place, occurrences) in &texts {
        read_text(field, words, *place, occurrences, entries);
    }
    for line in &document.lines {
        read_line(line, &facts, document, entries);
    }
    for author in &document.authors {
        read_field("authors", author, entries);
    }
    if let Some(publisher) = &document.publisher {
        read_field("publisher", &publisher.name, entries);
    }
    entries.drop_weaker();
}

/// `ein Geheimdienst`, `ehemalige Geheimdienstoffiziere`, `Kreis von Geheimdienstchefs`: none that
/// was named before.
fn is_indefinite(words: &Words<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let word = words.word(before).to_lowercase();
    const STEMS: [&str; 13] = [
        "ein",
        "ehemalig",
        "früher",
        "einstig",
        "mehrere",
        "viele",
        "einige",
        "ander",
        "ausländisch",
        "fremd",
        "international",
        "hochrangig",
        "kein",
    ];
    word == "von" || word == "als" || STEMS.iter().any(|stem| word.starts_with(stem))
}

/// A bare `Geheimdienst` is the one that the text names.
fn name_the_bare(texts: &mut [(&'static str, &Words<'_>, Place, Vec<Occurrence>); 2]) {
    let services: Vec<Cow<'static, str>> = texts
        .iter()
        .flat_map(|(_, _, _, occurrences)| occurrences)
        .filter(|occurrence| {
            occurrence.kind == AgencyKind::Intelligence && occurrence.id != NO_COUNTRY
        })
        .map(|occurrence| occurrence.id.clone())
        .collect();
    let Some(first) = services.first().cloned() else {
        return;
    };
    let mut last = first;
    for (_, words, _, occurrences) in texts {
        for occurrence in occurrences {
            if occurrence.kind != AgencyKind::Intelligence {
                continue;
            }
            if occurrence.id != NO_COUNTRY {
                last = occurrence.id.clone();
            } else if matches!(
                occurrence.form,
                Form::Described(Tail::Singular | Tail::Office)
            ) && !is_indefinite(words, occurrence.first)
            {
                occurrence.id = last.clone();
            }
        }
    }
}
