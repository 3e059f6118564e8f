//! Date, title, publisher, authors and body.

use std::collections::{BTreeSet, HashMap};

use fundstelle::document::{Document, Publisher};
use fundstelle::enrich::Enrichment;
use serde_json::Value;

use super::{Page, Row};

/// The rows of the single-valued fields.
pub(crate) fn rows(pages: &[Page]) -> Vec<Row> {
    vec![
        date(pages),
        title_exact(pages),
        title_f1(pages),
        publisher(pages),
        authors(pages),
        body(pages),
    ]
}

fn text<'a>(label: &'a Value, key: &str) -> &'a str {
    label[key].as_str().unwrap_or("")
}

fn name(page: &Page) -> &str {
    text(&page.label, "file")
}

/// A row of how many pages are right.
fn share(what: &'static str, pages: &[Page], judge: impl Fn(&Page) -> Result<(), String>) -> Row {
    let misses: Vec<String> = pages
        .iter()
        .filter_map(|page| {
            judge(page)
                .err()
                .map(|miss| format!("{}: {miss}", name(page)))
        })
        .collect();
    let right = pages.len() - misses.len();
    Row {
        what,
        figure: format!(
            "{:.3} ({right} of {})",
            right as f64 / pages.len().max(1) as f64,
            pages.len()
        ),
        misses,
    }
}

/// A row of the mean F1 of the tokens.
fn f1_row(what: &'static str, pages: &[Page], key: &str, found: impl Fn(&Page) -> String) -> Row {
    let mut misses = Vec::new();
    let mut sum = 0.0;
    for page in pages {
        let (precision, recall, f1) = f1(text(&page.label, key), &found(page));
        sum += f1;
        if f1 < 0.97 {
            misses.push(format!(
                "{}: F1 {f1:.3}, P {precision:.3}, R {recall:.3}",
                name(page)
            ));
        }
    }
    Row {
        what,
        figure: format!("{:.3}", sum / pages.len().max(1) as f64),
        misses,
    }
}

/// Precision, recall and F1 of the tokens, counted with their number.
fn f1(gold: &str, found: &str) -> (f64, f64, f64) {
    let count = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for token in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|token| !token.is_empty())
        {
            *counts.entry(token.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (gold, found) = (count(gold), count(found));
    let common: usize = gold
        .iter()
        .map(|(token, n)| (*n).min(found.get(token).copied().unwrap_or(0)))
        .sum();
    let (of_gold, of_found) = (gold.values().sum::<usize>(), found.values().sum::<usize>());
    if of_gold == 0 || of_found == 0 {
        let same = if of_gold == of_found { 1.0 } else { 0.0 };
        return (same, same, same);
    }
    let (precision, recall) = (
        common as f64 / of_found as f64,
        common as f64 / of_gold as f64,
    );
    let f1 = if common == 0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    };
    (precision, recall, f1)
}

fn date(pages: &[Page]) -> Row {
    share("date", pages, |page| {
        let found = page
            .document
            .date
            .map(|date| date.value.without_time().to_string());
        let found = found.unwrap_or_else(|| "none".into());
        let gold = text(&page.label, "date");
        if found == gold {
            Ok(())
        } else {
            Err(format!("{gold}, found {found}"))
        }
    })
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title_exact(pages: &[Page]) -> Row {
    share("title, exact", pages, |page| {
        let found = even(page.document.title.as_deref().unwrap_or(""));
        let gold = even(text(&page.label, "title"));
        if found == gold {
            Ok(())
        } else {
            Err(format!("\n    gold  {gold}\n    found {found}"))
        }
    })
}

fn title_f1(pages: &[Page]) -> Row {
    f1_row("title, F1 of tokens", pages, "title", |page| {
        page.document.title.clone().unwrap_or_default()
    })
}

fn publisher(pages: &[Page]) -> Row {
    share("publisher", pages, |page| {
        // The label's name is resolved by the same table as a stated publisher.
        let gold = text(&page.label, "publisher").to_owned();
        let mut stated = Document {
            publisher: Some(Publisher {
                id: gold.clone(),
                name: gold.clone(),
            }),
            stated: vec!["publisher".into()],
            ..Document::default()
        };
        Enrichment::standard().run(&mut stated);
        if page.document.publisher == stated.publisher {
            return Ok(());
        }
        let found = page
            .document
            .publisher
            .as_ref()
            .map_or("none", |publisher| &publisher.name);
        Err(format!("{gold}, found {found}"))
    })
}

/// Agencies that labels give as authors.
const AGENCIES: [&str; 8] = [
    "AFP",
    "AP",
    "APA",
    "DPA",
    "dpa",
    "SDA",
    "Reuters",
    "Deutsche Presse-Agentur",
];

fn authors(pages: &[Page]) -> Row {
    share("authors, same names", pages, |page| {
        let gold: BTreeSet<String> = page.label["authors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|author| author.as_str().map(even))
            // Agencies are credits, which have rows of their own.
            .filter(|author| !AGENCIES.contains(&author.as_str()))
            .collect();
        let found: BTreeSet<String> = page
            .document
            .authors
            .iter()
            .map(|author| even(author))
            .collect();
        if gold == found {
            Ok(())
        } else {
            Err(format!("{gold:?}, found {found:?}"))
        }
    })
}

fn body(pages: &[Page]) -> Row {
    f1_row("body, F1 of tokens", pages, "body", |page| {
        page.document.body.clone()
    })
}
