//! How fast are whole answers, beside tantivy as it comes, on the same archive in one process?
//!
//! ```text
//! cargo run --release --example bench_archive -- DIR
//! ```
//!
//! DIR holds `articles.jsonl` (one object a line: id, title, body, date, publisher, agencies,
//! countries) and `queries.tsv` (id, class, kind, words, filter; tab-separated). Three indexes are
//! built there if they are missing, each by a process of its own, so that its memory can be told:
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

#![allow(clippy::print_stdout, reason = "it is what the program is for")]
#![allow(clippy::print_stderr, reason = "it is what the program is for")]
#![allow(missing_docs, reason = "a program")]

mod archive;
mod build;
mod chain;
mod check;
mod german;
#[path = "../../benches/shared/german_stemmer.rs"]
mod german_stemmer;
mod index;
mod measure;
mod report;
mod same;
mod stock;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use archive::Query;
use german::German;
use measure::Times;
use same::SameIndex;
use stock::Stock;

/// Number of hits that are asked for.
const LIMIT: usize = 10;

/// Measures whole answers beside tantivy as it comes.
#[derive(Parser)]
struct Args {
    /// Folder with articles.jsonl and queries.tsv; indexes are built in it.
    folder: PathBuf,
    /// How often each query is run; of its times the median counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only each so many-th query of each class.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// Only these classes of queries.
    #[arg(long)]
    class: Vec<String>,
    /// Only these indexes.
    #[arg(long, value_enum)]
    index: Vec<Which>,
    /// Only this kind of work.
    #[arg(long, value_enum)]
    work: Vec<Work>,
    /// Skip checking that hits, counts and scores are the same.
    #[arg(long)]
    no_check: bool,
    /// Memory for indexing, in MB.
    #[arg(long, default_value_t = 512)]
    memory: usize,
    /// Build one index in this process.
    #[arg(long, value_enum, hide = true)]
    build: Option<Which>,
}

/// One of the indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Which {
    Stock,
    Same,
    German,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Work {
    /// The best hits.
    Top,
    /// And the counts of all facets.
    Facets,
    /// And passages.
    Full,
    /// Counts of all values, to compare them.
    #[value(skip)]
    Check,
}

/// What is answered, as far as it is compared.
#[derive(Debug, Default)]
struct Answer {
    /// Scores and ids, best first.
    hits: Vec<(f32, String)>,
    total: u64,
    counts: BTreeMap<String, BTreeMap<String, u64>>,
    /// Bytes of titles and passages: shows that they were made.
    shown: usize,
}

/// An index that answers.
enum Engine {
    Stock(Stock),
    Same(SameIndex),
    German(German),
}

impl Which {
    const ALL: [Which; 3] = [Which::Stock, Which::Same, Which::German];

    fn name(self) -> &'static str {
        match self {
            Which::Stock => "stock",
            Which::Same => "same",
            Which::German => "german",
        }
    }
}

impl Work {
    const ALL: [Work; 3] = [Work::Top, Work::Facets, Work::Full];

    fn name(self) -> &'static str {
        match self {
            Work::Top => "top",
            Work::Facets => "facets",
            Work::Full => "full",
            Work::Check => "check",
        }
    }
}

impl Engine {
    fn open(args: &Args, which: Which) -> Result<Engine> {
        let folder = args.folder.join(which.name());
        Ok(match which {
            Which::Stock => Engine::Stock(Stock::open(&folder)?),
            Which::Same => Engine::Same(SameIndex::open(&folder)?),
            Which::German => Engine::German(German::open(&folder)?),
        })
    }

    fn answer(&self, query: &Query, work: Work) -> Result<Answer> {
        match self {
            Engine::Stock(stock) => stock.answer(query, work),
            Engine::Same(same) => same.answer(query, work, true),
            Engine::German(german) => german.answer(query, work),
        }
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    if let Some(which) = args.build {
        return build::here(&args, which);
    }
    let wanted = |which: &Which| args.index.is_empty() || args.index.contains(which);
    let indexes: Vec<Which> = Which::ALL.into_iter().filter(wanted).collect();
    for which in &indexes {
        build::if_missing(&args, *which)?;
    }
    report::indexes(&args, &indexes)?;

    let mut engines = Vec::new();
    for which in &indexes {
        let (engine, _, wall) = measure::time(|| Engine::open(&args, *which));
        println!("{}: opened in {:.1} ms", which.name(), wall / 1e3);
        engines.push((*which, engine?));
    }
    let queries = selected(&args)?;
    if !args.no_check {
        check::same(&engines, &queries)?;
    }
    let works: Vec<Work> = Work::ALL
        .into_iter()
        .filter(|work| args.work.is_empty() || args.work.contains(work))
        .collect();
    for work in works {
        let times = run(&args, &engines, &queries, work)?;
        report::times(work, &queries, &times);
    }
    if let Some((all, own)) = measure::memory() {
        println!(
            "resident {} MB, of which {} MB are not mapped files",
            all >> 20,
            own >> 20
        );
    }
    Ok(())
}

fn selected(args: &Args) -> Result<Vec<Query>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut queries = archive::queries(&args.folder.join("queries.tsv"))?;
    queries.retain(|query| {
        let number = seen.entry(query.class.clone()).or_default();
        *number += 1;
        (*number - 1).is_multiple_of(args.every.max(1))
            && (args.class.is_empty() || args.class.contains(&query.class))
    });
    Ok(queries)
}

/// Times of all queries by index; indexes take turns at each query.
fn run(
    args: &Args,
    engines: &[(Which, Engine)],
    queries: &[Query],
    work: Work,
) -> Result<BTreeMap<Which, Times>> {
    let mut times: BTreeMap<Which, Times> = BTreeMap::new();
    for query in queries {
        let mut of_query: BTreeMap<Which, Times> = BTreeMap::new();
        // The first run warms up.
        for number in 0..=args.runs.max(1) {
            for (which, engine) in engines {
                let (answer, cpu, wall) = measure::time(|| engine.answer(query, work));
                std::hint::black_box(answer?.shown);
                if number > 0 {
                    let times = of_query.entry(*which).or_default();
                    times.cpu.push(cpu);
                    times.wall.push(wall);
                }
            }
        }
        for (which, mut of_query) in of_query {
            let times = times.entry(which).or_default();
            times.cpu.push(measure::median(&mut of_query.cpu));
            times.wall.push(measure::median(&mut of_query.wall));
        }
    }
    Ok(times)
}
