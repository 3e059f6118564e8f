//! How well is metadata derived from labelled pages?
//!
//! ```text
//! cargo run --release --example evaluate_metadata -- LABELS.jsonl HTML_DIR [--dates DIR] [--misses]
//! ```
//!
//! `LABELS.jsonl` has one object a page: `file` (in `HTML_DIR`), `date`, `title`, `publisher`,
//! `authors`, `body`, `agencies`, `countries`. `--dates DIR` adds pages with nothing but a date:
//! `DIR/gold.tsv` (file, address, date) and `DIR/html/`. `--misses` prints what was missed.
//! One module per group of rows: a new one is a file and a line in [`GROUPS`].
#![allow(
    clippy::print_stdout,
    reason = "a table on the terminal is what this program is for"
)]

mod dates;
mod fields;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fundstelle::document::Document;
use fundstelle::enrich::Enrichment;
use fundstelle::ingest::{ReadOptions, SourceFile, read};
use serde_json::Value;

/// A labelled page and what was made of it.
pub struct Page {
    /// The line of the labels.
    pub label: Value,
    /// The document, empty if the page was skipped.
    pub document: Document,
}

/// A row of the table.
pub struct Row {
    /// What is measured.
    pub what: &'static str,
    /// The figure, ready to print.
    pub figure: String,
    /// What was missed, a line each.
    pub misses: Vec<String>,
}

/// What makes rows of the labelled pages.
type Group = fn(&[Page]) -> Vec<Row>;

/// All groups, in the order of the table.
const GROUPS: &[Group] = &[fields::rows];

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let print_misses = take(&mut arguments, "--misses", false).is_some();
    let dates = take(&mut arguments, "--dates", true);
    let [labels, html] = arguments.as_slice() else {
        println!("usage: evaluate_metadata LABELS.jsonl HTML_DIR [--dates DIR] [--misses]");
        std::process::exit(2);
    };
    let labels = std::fs::read_to_string(labels).expect("the labels can be read");
    let enrichment = Enrichment::standard();
    let mut took = Duration::ZERO;
    let pages: Vec<Page> = labels
        .lines()
        .map(|line| {
            let label: Value = serde_json::from_str(line).expect("a label is a JSON object");
            let path = Path::new(html).join(label["file"].as_str().expect("a label has a file"));
            let begun = Instant::now();
            let document = document(&path, &enrichment);
            took += begun.elapsed();
            Page { label, document }
        })
        .collect();
    let mut rows: Vec<Row> = GROUPS.iter().flat_map(|group| group(&pages)).collect();
    if let Some(dir) = dates {
        rows.push(dates::row(&PathBuf::from(dir), &enrichment));
    }
    println!("| what | {} pages |\n| --- | --- |", pages.len());
    for row in &rows {
        println!("| {} | {} |", row.what, row.figure);
    }
    println!(
        "| time per page | {:.1} ms |",
        took.as_secs_f64() * 1e3 / pages.len().max(1) as f64
    );
    for row in rows.iter().filter(|_| print_misses) {
        println!("\n{}", row.what);
        for miss in &row.misses {
            println!("  {miss}");
        }
    }
}

/// Takes a flag, and its value if it has one, out of the arguments.
fn take(arguments: &mut Vec<String>, flag: &str, has_value: bool) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.remove(at);
    if has_value && at < arguments.len() {
        return Some(arguments.remove(at));
    }
    Some(String::new())
}

/// The document of a page, enriched.
pub fn document(path: &Path, enrichment: &Enrichment) -> Document {
    let file = SourceFile {
        path: path.to_path_buf(),
        key: path.display().to_string(),
    };
    let mut document = Document::default();
    let _ = read(&file, &ReadOptions::default(), &mut |result| {
        match result {
            Ok(read) => document = read,
            Err(skipped) => println!("{skipped}"),
        }
        ControlFlow::Break(())
    });
    enrichment.run(&mut document);
    document
}
