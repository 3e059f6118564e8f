//! The seeds, of which every field is known.

use std::collections::BTreeSet;
use std::path::Path;

use super::fields::even;
use super::labels::{SeedLabel, seeds};
use super::row::{Row, Tally};
use super::{MetadataError, Reader};
use crate::document::Document;
use crate::enrich::resolve;

/// Every field of every seed, and the official sources that they cite.
pub(super) fn rows(
    labels: &Path,
    folder: &Path,
    reader: &Reader,
) -> Result<Vec<Row>, MetadataError> {
    let mut fields = 0;
    let mut misses = Vec::new();
    let mut sources = Tally::default();
    for (file, label) in seeds(labels)? {
        let mut document = reader.read(&folder.join(&file))?;
        reader.enrich(&mut document);
        for (field, judged) in judge(&label, &document) {
            fields += 1;
            if let Err(miss) = judged {
                misses.push(format!("{file}: {field}: {miss}"));
            }
        }
        let wanted = label.official_sources.iter().map(|source| &source.id);
        let found = document.sources.iter().map(|source| &source.id);
        let (wanted, found) = (wanted.collect(), found.collect());
        sources.page(&file, &wanted, &BTreeSet::new(), &found);
    }
    Ok(vec![
        Row::share("seeds, every field", "all", fields, misses),
        sources.row("seeds, official sources cited", ""),
    ])
}

type Judged = Result<(), String>;

fn judge(label: &SeedLabel, document: &Document) -> Vec<(&'static str, Judged)> {
    vec![
        ("title", same(&label.title, &document.title)),
        ("kicker", same(&label.kicker, &document.kicker)),
        ("publisher", publisher(label, document)),
        ("date", date(label, document)),
        (
            "language",
            same(&Some(label.lang.clone()), &document.language),
        ),
        ("authors", authors(label, document)),
        ("agencies", agencies(label, document)),
        ("countries", countries(label, document)),
    ]
}

fn same(wanted: &Option<String>, found: &Option<String>) -> Judged {
    let text = |text: &Option<String>| text.as_deref().map_or("none".to_owned(), even);
    let (wanted, found) = (text(wanted), text(found));
    let reason = || format!("\"{wanted}\", found \"{found}\"");
    (wanted == found).then_some(()).ok_or_else(reason)
}

fn publisher(label: &SeedLabel, document: &Document) -> Judged {
    let id = |name: &String| resolve("publisher", name).map(|node| node.id);
    let found = document.publisher.as_ref().map(|found| found.id.clone());
    let accepted = |found: &String| {
        (label.publisher_accept.iter()).any(|name| id(name).as_ref() == Some(found))
    };
    let right =
        found == label.publisher.as_ref().and_then(id) || found.as_ref().is_some_and(accepted);
    let reason = || format!("{:?}, found {found:?}", label.publisher);
    right.then_some(()).ok_or_else(reason)
}

/// As precise as it is known, never more.
fn date(label: &SeedLabel, document: &Document) -> Judged {
    let wanted = label.datetime.as_ref().unwrap_or(&label.date);
    let found = document.date.map(|date| date.value);
    let right = found.is_some_and(|found| {
        found.to_string() == *wanted && found.precision() == label.date_precision
    });
    let found = found.map_or("none".to_owned(), |found| found.to_string());
    let reason = || format!("{wanted}, found {found}");
    right.then_some(()).ok_or_else(reason)
}

/// An abbreviation such as `gut` is no name: it may be missing.
fn authors(label: &SeedLabel, document: &Document) -> Judged {
    let right = document.authors.is_empty()
        || label
            .author
            .as_ref()
            .is_some_and(|author| document.authors == [author.clone()]);
    let reason = || format!("{:?}, found {:?}", label.author, document.authors);
    right.then_some(()).ok_or_else(reason)
}

fn agencies(label: &SeedLabel, document: &Document) -> Judged {
    let found = document.agencies.iter();
    let found: BTreeSet<String> = found
        .map(|found| format!("{} {} {}", found.id, found.role.id(), found.scope.id()))
        .collect();
    let (mut wanted, mut allowed) = (BTreeSet::new(), BTreeSet::new());
    for agency in &label.agencies {
        let with = |id: &String| format!("{id} {} {}", agency.role.id(), agency.scope.id());
        let mut ids = std::iter::once(&agency.id).chain(&agency.accept).map(with);
        if agency.optional {
            allowed.extend(ids);
        } else {
            let first = with(&agency.id);
            wanted.insert(ids.find(|id| found.contains(id)).unwrap_or(first));
        }
    }
    missing_and_surplus(&wanted, &allowed, &found)
}

fn countries(label: &SeedLabel, document: &Document) -> Judged {
    let labels = |optional: bool| -> BTreeSet<String> {
        let labels = label.countries.iter();
        let labels = labels.filter(|country| (country.optional || country.implicit) == optional);
        labels
            .map(|country| format!("{} {}", country.iso, country.role.id()))
            .collect()
    };
    let found = document.countries.iter();
    let found = found.map(|found| format!("{} {}", found.id, found.role.id()));
    missing_and_surplus(&labels(false), &labels(true), &found.collect())
}

fn missing_and_surplus(
    wanted: &BTreeSet<String>,
    allowed: &BTreeSet<String>,
    found: &BTreeSet<String>,
) -> Judged {
    let missing: Vec<&String> = wanted.difference(found).collect();
    let surplus: Vec<&String> = (found.difference(wanted))
        .filter(|found| !allowed.contains(*found))
        .collect();
    let reason = || format!("no {missing:?}, wrongly {surplus:?}");
    (missing.is_empty() && surplus.is_empty())
        .then_some(())
        .ok_or_else(reason)
}
