//! Date, title, publisher, authors and body.

use std::collections::{BTreeSet, HashMap};

use super::Page;
use super::row::{Figure, Row};
use crate::document::Document;
use crate::enrich::resolve;

/// The rows of the single-valued fields.
pub(super) fn rows(pages: &[Page]) -> Vec<Row> {
    let share = |what: &str, target, judge: &dyn Fn(&Page) -> Result<(), String>| {
        let misses = pages.iter().filter_map(|page| {
            let miss = judge(page).err()?;
            Some(format!("{}: {miss}", page.label.file))
        });
        Row::share(what, target, pages.len(), misses.collect())
    };
    vec![
        share("date", ">= .98", &date),
        share("title, exact", ">= .85", &title),
        token_f1(
            pages,
            "title, token F1",
            ">= .95",
            |page| &page.label.title,
            |page| page.document.title.as_deref().unwrap_or(""),
        ),
        share("publisher", ">= .95", &|page| {
            publisher(page, &page.document)
        }),
        share("publisher, without addresses", ">= .95", &|page| {
            publisher(page, &page.without_addresses)
        }),
        share("authors, same names", ">= .87", &authors),
        token_f1(
            pages,
            "body, token F1",
            ">= .965",
            |page| &page.label.body,
            |page| &page.document.body,
        ),
    ]
}

fn date(page: &Page) -> Result<(), String> {
    let found = page.document.date.map_or("none".to_owned(), |date| {
        date.value.without_time().to_string()
    });
    let right = found == page.label.date || page.label.date_alt.as_ref() == Some(&found);
    let reason = || format!("{}, found {found}", page.label.date);
    right.then_some(()).ok_or_else(reason)
}

/// Texts are compared with one blank between words.
pub(super) fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(page: &Page) -> Result<(), String> {
    let found = even(page.document.title.as_deref().unwrap_or(""));
    let wanted = even(&page.label.title);
    let reason = || format!("\"{wanted}\", found \"{found}\"");
    (found == wanted).then_some(()).ok_or_else(reason)
}

/// The label's name is looked up in the table, as a stated one is.
fn publisher(page: &Page, document: &Document) -> Result<(), String> {
    let wanted = &page.label.publisher;
    let id = resolve("publisher", wanted).map_or_else(|| wanted.clone(), |node| node.id);
    let found = document.publisher.as_ref();
    let reason = || {
        format!(
            "{wanted}, found {}",
            found.map_or("none", |found| &found.name)
        )
    };
    let right = found.is_some_and(|found| found.id == id);
    right.then_some(()).ok_or_else(reason)
}

/// Agencies that a label gives as authors are credits, which have rows of their own.
fn authors(page: &Page) -> Result<(), String> {
    let names = |names: &[String]| -> BTreeSet<String> {
        let names = names.iter().map(|name| even(name));
        names
            .filter(|name| resolve("agencies", name).is_none())
            .collect()
    };
    let (wanted, found) = (names(&page.label.authors), names(&page.document.authors));
    let reason = || format!("{wanted:?}, found {found:?}");
    (wanted == found).then_some(()).ok_or_else(reason)
}

/// A row of the mean F1 of tokens; what is below .97 is listed.
fn token_f1<'p>(
    pages: &'p [Page],
    what: &str,
    target: &'static str,
    wanted: impl Fn(&'p Page) -> &'p str,
    found: impl Fn(&'p Page) -> &'p str,
) -> Row {
    let mut misses = Vec::new();
    let mut sum = 0.0;
    for page in pages {
        let (precision, recall, f1) = f1(wanted(page), found(page));
        sum += f1;
        if f1 < 0.97 {
            misses.push(format!(
                "{}: F1 {f1:.3}, P {precision:.3}, R {recall:.3}",
                page.label.file
            ));
        }
    }
    Row {
        what: what.to_owned(),
        figure: Figure::Mean {
            mean: sum / pages.len().max(1) as f64,
            of: pages.len(),
        },
        target,
        misses,
    }
}

/// Precision, recall and F1 of the tokens, counted with their number.
fn f1(wanted: &str, found: &str) -> (f64, f64, f64) {
    let (wanted, found) = (tokens(wanted), tokens(found));
    let common: usize = (wanted.iter())
        .map(|(token, count)| (*count).min(found.get(token).copied().unwrap_or(0)))
        .sum();
    let (of_wanted, of_found): (usize, usize) = (wanted.values().sum(), found.values().sum());
    if common == 0 {
        let same = if of_wanted == of_found { 1.0 } else { 0.0 };
        return (same, same, same);
    }
    let precision = common as f64 / of_found as f64;
    let recall = common as f64 / of_wanted as f64;
    (
        precision,
        recall,
        2.0 * precision * recall / (precision + recall),
    )
}

fn tokens(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let words = text.split(|c: char| !c.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_count_as_often_as_they_stand() {
        let (precision, recall, f1) = f1("Kühe, Kühe und Gras", "kühe und und");
        assert!((precision - 2.0 / 3.0).abs() < 1e-9, "{precision}");
        assert!((recall - 0.5).abs() < 1e-9, "{recall}");
        assert!((f1 - 4.0 / 7.0).abs() < 1e-9, "{f1}");
    }

    #[test]
    fn two_empty_texts_are_the_same() {
        assert_eq!(f1("", "").2, 1.0);
        assert_eq!(f1("Gras", "").2, 0.0);
    }
}
