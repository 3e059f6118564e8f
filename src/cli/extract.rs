//! `fundstelle extract`.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use super::beside::Beside;
use super::terminal::{self, Output};
use super::{Outcome, Place, article};
use crate::curation::Remembered;
use crate::ingest::ReadOptions;
use crate::pipeline::{self, DocumentBuilder, Extracted};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    beside: Beside,
    /// How to print
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One object per document
    Json,
    /// One object a line
    Ndjson,
    /// For people: the article with its evidence
    Text,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let schema = place.schema()?;
    let files = &arguments.files;
    let curation = arguments
        .beside
        .read(files, &Remembered::default(), &schema)?;
    let curation = Arc::new(curation);
    let options = ReadOptions {
        keyword_fields: schema.keyword_sources(),
        ..ReadOptions::default()
    };
    let builder = DocumentBuilder::new(&schema).with(Arc::clone(&curation));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut out = Output::stdout();
    let mut outcome = Outcome::Done;
    let mut failure = None;
    for skipped in &curation.troubles {
        outcome = Outcome::Partly;
        terminal::note(&format!("skipped {skipped}"));
    }
    pipeline::extract(
        files,
        &curation,
        &builder,
        &options,
        threads,
        &mut |result| {
            let printed = match result {
                Err(skipped) => {
                    outcome = Outcome::Partly;
                    terminal::note(&format!("skipped {skipped}"));
                    Ok(())
                }
                Ok(Extracted::TakenDown(id)) => {
                    terminal::note(&format!("{id}: taken down"));
                    Ok(())
                }
                Ok(Extracted::Document(document)) => match arguments.format {
                    Format::Json => out.json(&document, true),
                    Format::Ndjson => out.json(&document, false),
                    Format::Text => article::print(&mut out, &document),
                },
            };
            match printed {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failure = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    );
    if let Some(error) = failure {
        return Err(error.into());
    }
    out.flush()?;
    Ok(outcome)
}
