//! `fundstelle index`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::beside::Beside;
use super::place::begin_to_write;
use super::terminal::{self, Output};
use super::{Outcome, Place, report};
use crate::archive::{Archive, Ask};
use crate::curation::Remembered;
use crate::engine::distributed::{ClusterOptions, Distributed};
use crate::engine::{Index, WriterOptions};
use crate::pipeline::{self, Event, Options, Summary};
use crate::schema::Schema;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and folders; formats are recognised by content
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Delete articles from the index whose file or record below PATH is gone
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    beside: Beside,
    /// Afterwards answer this query
    #[arg(long, value_name = "QUERY")]
    search: Option<String>,
    /// Memory for articles that are not yet on disk, in MiB [default: a quarter of the machine's,
    /// at most 1024]
    #[arg(long, value_name = "MIB")]
    memory: Option<usize>,
    /// Longest article that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 16)]
    max_document: u64,
    /// In a cluster: build the index anew beside the one that is there, and put it in its place at
    /// the end
    #[arg(long)]
    rebuild: bool,
    /// Number of shards of a new index in a cluster
    #[arg(long, value_name = "N", default_value_t = 3,
        value_parser = clap::value_parser!(u32).range(1..=1024))]
    shards: u32,
    /// Number of copies of each shard of a new index in a cluster, beside the first
    #[arg(long, value_name = "N", default_value_t = 2,
        value_parser = clap::value_parser!(u32).range(0..=10))]
    replicas: u32,
    /// Threads [default: one per processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let schema = place.schema()?;
    let remembered = Remembered::read(&place.memory())?;
    let curation = arguments
        .beside
        .read(&arguments.paths, &remembered, &schema)?;
    let mut options = Options::new(arguments.paths.clone());
    options.curation = Arc::new(curation);
    options.prune = arguments.prune;
    options.max_document_bytes = arguments.max_document << 20;
    options.threads = arguments.threads.unwrap_or(options.threads).max(1);
    let opened = open(place, &arguments, &schema)?;
    let engine: Arc<dyn Index> = opened.engine;
    let mut writing = WriterOptions::default();
    if let Some(megabytes) = arguments.memory {
        writing.memory_bytes = megabytes << 20;
    }
    let writer = begin_to_write(engine.as_ref(), writing)?;
    let memory = place.memory();
    let remembered =
        std::fs::create_dir_all(&memory).and_then(|()| options.curation.remember(&memory));
    remembered.map_err(|error| anyhow!("{}: cannot be written: {error}", memory.display()))?;

    let bar = progress_bar();
    let mut documents = 0_u64;
    let summary =
        pipeline::index(
            engine.as_ref(),
            writer,
            &schema,
            &options,
            &mut |event| match event {
                Event::File(name) => bar.set_message(terminal::harmless(name)),
                Event::Document => {
                    documents += 1;
                    bar.set_position(documents);
                }
                Event::Skipped(skipped) => {
                    bar.suspend(|| terminal::note(&format!("skipped {skipped}")))
                }
                Event::Committed => {}
            },
        );
    bar.finish_and_clear();
    let summary = summary?;
    if let Some(anew) = opened.anew {
        anew.publish()?;
    }
    let mut out = Output::stdout();
    writeln!(out, "{}", sentence(&summary))?;
    if let Some(query) = arguments.search {
        writeln!(out)?;
        let archive = Archive::new(engine, schema);
        let ask = Ask {
            text: query,
            ..Ask::default()
        };
        report::answer(&mut out, &archive, &archive.search(&ask)?)?;
    }
    out.flush()?;
    Ok(if summary.skipped == 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// The index that is written to.
struct Opened {
    engine: Arc<dyn Index>,
    /// If it is built anew: it is to be put in the place of another.
    anew: Option<Arc<Distributed>>,
}

fn open(place: &Place, arguments: &Arguments, schema: &Schema) -> anyhow::Result<Opened> {
    if !place.cluster.is_chosen() {
        if arguments.rebuild {
            bail!("--rebuild is for an index in a cluster; name a new folder instead: --index NEW");
        }
        let engine = place.open_or_create()?;
        return Ok(Opened { engine, anew: None });
    }
    let options = ClusterOptions {
        shards: arguments.shards,
        replicas: arguments.replicas,
        ..place.cluster.options()?
    };
    if !arguments.rebuild {
        let engine = Arc::new(Distributed::open_or_create(options, schema)?);
        return Ok(Opened { engine, anew: None });
    }
    let engine = Arc::new(Distributed::rebuild(options, schema)?);
    Ok(Opened {
        anew: Some(Arc::clone(&engine)),
        engine,
    })
}

/// What became of the documents, in a line.
fn sentence(summary: &Summary) -> String {
    let removed = match summary.removed {
        0 => String::new(),
        removed => format!(", {removed} removed"),
    };
    let taken_down = match summary.taken_down {
        0 => String::new(),
        taken_down => format!(", {taken_down} taken down"),
    };
    let skipped = match summary.skipped {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    format!(
        "{} from {}: {} added, {} updated, {} unchanged{removed}{taken_down}{skipped} ({:.1} s)",
        report::counted(summary.documents(), "article"),
        report::counted(summary.files, "file"),
        summary.added,
        summary.updated,
        summary.unchanged,
        summary.took.as_secs_f64()
    )
}

/// A bar on a terminal, nothing elsewhere. How many articles there will be is not known before
/// all files are read, so it counts instead of filling.
fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template(
        "{spinner} {human_pos} articles, {per_sec}, {elapsed} {wide_msg:.dim}",
    ) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
