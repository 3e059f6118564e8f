//! Pages of all kinds with the day of their publication.

use std::path::Path;

use super::labels::dated_pages;
use super::row::Row;
use super::{MetadataError, Reader};

/// The share of days that are right.
pub(super) fn row(folder: &Path, reader: &Reader) -> Result<Row, MetadataError> {
    let pages = dated_pages(&folder.join("gold.tsv"))?;
    let mut misses = Vec::new();
    for page in &pages {
        let mut document = reader.read(&folder.join("html").join(&page.file))?;
        reader.enrich(&mut document);
        let day = document.date.map(|date| date.value.without_time());
        let day = day.map_or("none".to_owned(), |day| day.to_string());
        if day != page.day {
            let evidence = document.evidence.get("date").and_then(|all| all.first());
            let rule = evidence.map_or(String::new(), |evidence| {
                format!(" by {} \"{}\"", evidence.rule, evidence.text)
            });
            misses.push(format!("{}: {}, found {day}{rule}", page.file, page.day));
        }
    }
    let what = "date, pages of all kinds";
    Ok(Row::share(what, ">= .91", pages.len(), misses))
}
