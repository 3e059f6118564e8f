//! How does cost grow with the archive?
//!
//! Measures the whole answers of each folder's indexes, and writes tables into `growth.md`, between
//! the lines that say so, and a plot to `growth.svg`.

mod plan;
mod plot;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::archive::{self, Query};
use crate::build::{self, Built};
use crate::engine::{Which, Work};
use crate::measure;
use crate::options::Options;
use crate::serving::{self, Served};
use crate::times::{self, classes, of_class};

/// What was measured in one folder.
struct Measured {
    articles: u64,
    /// Mean number of hits of each class.
    hits: Vec<(String, f64)>,
    indexes: Vec<IndexMeasured>,
}

/// What was measured of one index.
struct IndexMeasured {
    which: Which,
    /// Mean processor time of a whole answer of each class, and of all, in microseconds.
    times: Vec<(String, f64)>,
    built: Built,
    served: Served,
    size: u64,
    /// Bytes of its files by their kind, the most first.
    files: Vec<(String, u64)>,
}

/// Measures all folders and writes the figures into a folder of documents.
pub(crate) fn write(options: &Options, docs: &Path) -> Result<()> {
    let mut options = options.clone();
    if options.queries.is_none() {
        options.queries = largest(&options.folders).map(|folder| folder.join("queries.tsv"));
    }
    let mut measured = Vec::new();
    for folder in &options.folders {
        eprintln!("measuring {} …", folder.display());
        measured.push(measure(&options, folder).with_context(|| folder.display().to_string())?);
    }
    measured.sort_by_key(|it| it.articles);
    table::write(&docs.join("growth.md"), &measured)?;
    let plot = docs.join("growth.svg");
    std::fs::write(&plot, plot::svg(&measured)).with_context(|| plot.display().to_string())
}

/// The folder with the largest archive: all are asked its queries, so that hits grow as archives do.
fn largest(folders: &[PathBuf]) -> Option<&PathBuf> {
    let size = |folder: &&PathBuf| {
        let articles = std::fs::metadata(folder.join("articles.jsonl"));
        articles.map_or(0, |metadata| metadata.len())
    };
    folders.iter().max_by_key(size)
}

fn measure(options: &Options, folder: &Path) -> Result<Measured> {
    let queries = archive::selected(options, folder)?;
    let mut indexes = Vec::new();
    let mut hits = Vec::new();
    let mut articles = 0;
    for which in options.indexes() {
        build::if_missing(options, folder, which)?;
        let served = serving::elsewhere(options, folder, which)?;
        let engines = crate::open(folder, &[which])?;
        let times = times::measure(&engines, &queries, Work::Full, options.runs)?;
        let times = times.get(&which).map(|it| it.cpu.clone());
        let engine = &engines[0].1;
        let totals = queries.iter().map(|query| {
            let answer = engine.answer(query, Work::Top)?;
            Ok(answer.total as f64)
        });
        let everything = engine.answer(&Query::everything(), Work::Facets)?;
        articles = everything.total;
        hits = by_class(&queries, &totals.collect::<Result<Vec<f64>>>()?);
        indexes.push(IndexMeasured {
            which,
            times: by_class(&queries, &times.unwrap_or_default()),
            built: build::built(folder, which)?,
            served,
            size: measure::size(&folder.join(which.name())),
            files: measure::sizes(&folder.join(which.name())),
        });
    }
    Ok(Measured {
        articles,
        hits,
        indexes,
    })
}

/// Means of values by class of query, and of all.
fn by_class(queries: &[Query], values: &[f64]) -> Vec<(String, f64)> {
    let mean = |class: Option<&str>| {
        let values = of_class(queries, values, class);
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        (class.unwrap_or("all").to_owned(), mean)
    };
    let classes = classes(queries).into_iter().map(Some);
    classes.chain([None]).map(mean).collect()
}
