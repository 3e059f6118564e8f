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
use crate::ingest::{self, ReadOptions};
use crate::pipeline::DocumentBuilder;

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
    let curation = Arc::new(arguments.beside.read(
        &arguments.files,
        &Remembered::default(),
        &schema,
    )?);
    let options = ReadOptions {
        keyword_fields: schema.keyword_sources(),
        ..ReadOptions::default()
    };
    let builder = DocumentBuilder::new(&schema).with(Arc::clone(&curation));
    let mut out = Output::stdout();
    let mut outcome = Outcome::Done;
    let mut failure = None;
    for skipped in &curation.troubles {
        outcome = Outcome::Partly;
        terminal::note(&format!("skipped {skipped}"));
    }
    for file in curation.walk(&arguments.files) {
        let file = match file {
            Ok(file) => file,
            Err(skipped) => {
                outcome = Outcome::Partly;
                terminal::note(&format!("skipped {skipped}"));
                continue;
            }
        };
        let _ = ingest::read(&file, &options, &mut |result| {
            match result {
                Err(skipped) => {
                    outcome = Outcome::Partly;
                    terminal::note(&format!("skipped {skipped}"));
                }
                Ok(mut document) => {
                    let taken_down = builder.takes_down(&document);
                    builder.enrich(&mut document);
                    if taken_down || builder.takes_down(&document) {
                        terminal::note(&format!("{}: taken down", document.id));
                        return ControlFlow::Continue(());
                    }
                    let printed = match arguments.format {
                        Format::Json => out.json(&document, true),
                        Format::Ndjson => out.json(&document, false),
                        Format::Text => article::print(&mut out, &document),
                    };
                    if let Err(error) = printed {
                        failure = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            ControlFlow::Continue(())
        });
        if let Some(error) = failure {
            return Err(error.into());
        }
    }
    out.flush()?;
    Ok(outcome)
}
