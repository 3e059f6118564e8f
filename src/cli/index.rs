//! `fundstelle index`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use indicatif::{ProgressBar, ProgressStyle};

use super::beside::Beside;
use super::place::begin_to_write;
use super::terminal::{self, Output};
use super::{Outcome, Place, report};
use crate::archive::{Archive, Ask};
use crate::curation::Remembered;
use crate::engine::embedded::{Embedded, WriterOptions};
use crate::pipeline::{self, Event, Options, Summary};

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
    /// Threads [default: one per processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let schema = place.schema()?;
    let remembered = Remembered::read(&place.index)?;
    let curation = arguments
        .beside
        .read(&arguments.paths, &remembered, &schema)?;
    let mut options = Options::new(arguments.paths);
    options.curation = Arc::new(curation);
    options.prune = arguments.prune;
    options.max_document_bytes = arguments.max_document << 20;
    options.threads = arguments.threads.unwrap_or(options.threads).max(1);
    let engine = Embedded::open_or_create(&place.index, &schema)?;
    let mut writing = WriterOptions::default();
    if let Some(megabytes) = arguments.memory {
        writing.memory_bytes = megabytes << 20;
    }
    let writer = begin_to_write(&engine, writing)?;
    let remembered = options.curation.remember(&place.index);
    remembered.map_err(|error| anyhow!("{}: cannot be written: {error}", place.index.display()))?;

    let bar = progress_bar();
    let mut documents = 0_u64;
    let summary =
        pipeline::index(
            &engine,
            Box::new(writer),
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
    let mut out = Output::stdout();
    writeln!(out, "{}", sentence(&summary))?;
    if let Some(query) = arguments.search {
        writeln!(out)?;
        let archive = Archive::new(Arc::new(engine), schema);
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
