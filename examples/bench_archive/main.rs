//! How fast are whole answers, beside tantivy as it comes, on the same archive in one process?
//!
//! ```text
//! cargo build --release
//! cargo run --release --example bench_archive -- DIR
//! cargo run --release --example bench_archive -- DIR --generate 100000 --text FILE…
//! cargo run --release --example bench_archive -- DIR… --generate 10000 100000 1000000 --growth docs
//! ```
//!
//! DIR holds `articles.jsonl` (one object a line: id, title, body, date, publisher, agencies,
//! countries) and `queries.tsv` (id, class, kind, words, filter; tab-separated); `--generate` makes
//! both (see [`generate`]). Three indexes are built there if they are missing, each by a process of
//! its own, so that its memory can be told:
//!
//! * `stock`: tantivy with its German chain, terms aggregations and its snippet generator, merged
//!   to one segment. It is the yardstick.
//! * `same`: our engine on the very terms of that chain. Hits, counts and scores must be the same,
//!   which is checked.
//! * `german`: all of Fundstelle, with its own chain and fields.
//!
//! The query set is run in three kinds of work: the ten best hits (`top`), these and the counts of
//! four facets (`facets`), and passages besides (`full`). All read the stored documents of the
//! hits. Of several runs, in which the indexes take turns query by query, the median counts.
//!
//! Besides it tells what serving takes ([`serving`]), what drilling down costs ([`drill`]), what HTTP
//! adds ([`http`]), and how long the program takes from its start to its first answer ([`start`]; of
//! the program that was built last). `--growth docs` measures several folders and writes how cost
//! grows from one to the next into `docs/growth.md` ([`growth`]).

#![allow(clippy::print_stdout, reason = "it is what the program is for")]
#![allow(clippy::print_stderr, reason = "it is what the program is for")]
#![allow(missing_docs, reason = "a program")]

mod archive;
mod build;
mod chain;
mod check;
mod client;
mod drill;
mod engine;
mod generate;
mod german;
#[path = "../../benches/shared/german_stemmer.rs"]
mod german_stemmer;
mod growth;
mod http;
mod index;
mod measure;
mod options;
mod random;
mod report;
mod same;
mod serving;
mod start;
mod stock;
mod times;

use std::path::Path;

use anyhow::{Result, bail, ensure};
use clap::Parser;

use engine::{Engine, Which};
use options::Options;

/// That of the program, for all that is measured.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> Result<()> {
    let options = Options::parse();
    if !options.generate.is_empty() {
        generate(&options)?;
    }
    if let Some(docs) = &options.growth {
        return growth::write(&options, docs);
    }
    let [folder] = &options.folders[..] else {
        bail!("several folders are measured only with --growth");
    };
    if let Some(which) = options.build {
        return build::here(&options, folder, which);
    }
    if let Some(which) = options.serve {
        let queries = archive::selected(&options, folder)?;
        let served = serving::here(&options, folder, which, queries)?;
        println!("{}", serde_json::to_string(&served)?);
        return Ok(());
    }
    one(&options, folder)
}

/// Makes the archives that are missing.
fn generate(options: &Options) -> Result<()> {
    ensure!(
        options.generate.len() == options.folders.len(),
        "{} folders and {} numbers of articles; give one for each",
        options.folders.len(),
        options.generate.len()
    );
    for (folder, number) in options.folders.iter().zip(&options.generate) {
        if folder.join("articles.jsonl").exists() {
            eprintln!("{} has an archive, which is measured", folder.display());
        } else {
            eprintln!("making {number} articles in {} …", folder.display());
            generate::archive(folder, *number, &options.text, options.seed)?;
        }
    }
    Ok(())
}

/// Measures one archive and prints what comes out.
fn one(options: &Options, folder: &Path) -> Result<()> {
    let indexes = options.indexes();
    for which in &indexes {
        build::if_missing(options, folder, *which)?;
    }
    report::indexes(folder, &indexes)?;
    let queries = archive::selected(options, folder)?;
    if !options.only_times {
        let mut served = Vec::new();
        for which in &indexes {
            served.push((*which, serving::elsewhere(options, folder, *which)?));
        }
        report::serving(&served);
    }
    let engines = open(folder, &indexes)?;
    if !options.no_check {
        check::same(&engines, &queries)?;
        check::german(&engines)?;
    }
    for work in options.works() {
        if !options.no_times {
            let times = times::measure(&engines, &queries, work, options.runs)?;
            report::times(work, &queries, &times);
        }
    }
    if options.only_times {
        return Ok(());
    }
    for engine in &engines {
        if let Some(drilled) = drill::measure(engine, &queries, options.runs)? {
            report::drilled(engine.0, &drilled);
        }
    }
    for (_, engine) in &engines {
        if let Engine::German(german) = engine {
            report::http(&http::measure(german, &queries, options.runs)?);
            report::start(start::measure(folder, &queries)?);
        }
    }
    Ok(())
}

/// The indexes of an archive, opened.
fn open(folder: &Path, indexes: &[Which]) -> Result<Vec<(Which, Engine)>> {
    let open = |which: &Which| Ok((*which, Engine::open(folder, *which)?));
    indexes.iter().map(open).collect()
}
