//! `fundstelle extract`.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::ValueEnum;

use super::terminal::{self, Output};
use super::{Outcome, Place, show};
use crate::ingest::ReadOptions;
use crate::pipeline;
use crate::schema::FieldKind;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
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
    let keywords = schema
        .fields()
        .iter()
        .filter_map(|field| match &field.kind {
            FieldKind::Keyword(keyword) => Some(keyword.source.clone()),
            _ => None,
        });
    let options = ReadOptions {
        keyword_fields: keywords.collect(),
        ..ReadOptions::default()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut out = Output::stdout();
    let mut outcome = Outcome::Done;
    let mut failure = None;
    pipeline::extract(&arguments.files, &options, threads, &mut |result| {
        let printed = match result {
            Err(skipped) => {
                outcome = Outcome::Partly;
                terminal::note(&format!("skipped {skipped}"));
                Ok(())
            }
            Ok(document) => match arguments.format {
                Format::Json => out.json(&document, true),
                Format::Ndjson => out.json(&document, false),
                Format::Text => show::text(&mut out, &document),
            },
        };
        match printed {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = failure {
        return Err(error.into());
    }
    out.flush()?;
    Ok(outcome)
}
