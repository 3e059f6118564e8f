//! `fundstelle search`.

use std::io::Write;

use clap::ValueEnum;

use super::chart::Time;
use super::filters::Query;
use super::order::Order;
use super::terminal::{self, Output};
use super::{Outcome, Place, report};
use crate::archive::{Archive, Ask};
use crate::document::Moment;
use crate::export;
use crate::search::Offsets;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    query: Query,
    #[command(flatten)]
    order: Order,
    /// Number of hits, at most 1000; more come page by page
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long, value_name = "C")]
    cursor: Option<String>,
    #[command(flatten)]
    time: Time,
    /// Tell why each hit ranks where it does
    #[arg(long)]
    explain: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// The whole answer as one object
    Json,
    /// One hit a line, as JSON
    Ndjson,
    /// One hit a line, as a table with a head
    Csv,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ask = arguments.order.apply(Ask {
        limit: arguments.limit,
        cursor: arguments.cursor,
        explain: arguments.explain,
        histogram: arguments.time.request(),
        ..arguments.query.ask()
    });
    let ask = match arguments.format {
        // What is printed for people is marked by bytes.
        Format::Text => Ask {
            offsets: Offsets::Bytes,
            ..ask
        },
        _ => ask,
    };
    let archive = open(place)?;
    let accessed = Moment::now();
    let response = archive.search(&ask)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Text => report::answer(&mut out, &archive, &response)?,
        Format::Json => out.json(&response, true)?,
        Format::Ndjson => {
            for hit in &response.hits {
                out.json(hit, false)?;
            }
        }
        Format::Csv => {
            let head = export::Head {
                query: response.query.clone(),
                total_hits: response.total_hits,
                accessed,
                question: ask.identity(),
                address: None,
            };
            let hits = response.hits.iter().cloned().map(Ok);
            export::write::<std::io::Error>(&export::Csv, &head, hits, &mut out)?;
        }
    }
    out.flush()?;
    if matches!(arguments.format, Format::Ndjson | Format::Csv) {
        report::notices(&response.query);
        if let Some(cursor) = &response.next_cursor {
            terminal::note(&format!("there are more: --cursor {cursor}"));
        }
    }
    Ok(if response.total_hits > 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// The archive of a command.
pub(super) fn open(place: &Place) -> anyhow::Result<Archive> {
    let engine = place.open()?;
    let schema = engine.schema().clone();
    Ok(Archive::new(engine, schema))
}
