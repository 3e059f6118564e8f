//! `fundstelle export`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::destination::Destination;
use super::filters::Query;
use super::order::Order;
use super::search::open;
use super::{Outcome, Place, report, terminal};
use crate::archive::Ask;
use crate::document::Moment;
use crate::export::{self, Head};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    query: Query,
    #[command(flatten)]
    order: Order,
    /// No more hits than this; without it, all of them
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// Leave out the passages with the words found; faster
    #[arg(long)]
    no_snippets: bool,
    /// Format to write
    #[arg(long, default_value = "ndjson", value_parser = PossibleValuesParser::new(export::names()))]
    format: String,
    /// File to write; without it, the results are printed
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let format = export::by_name(&arguments.format).unwrap_or(export::FORMATS[0]);
    let ask = arguments.order.apply(Ask {
        snippets: format.shows_passages() && !arguments.no_snippets,
        ..arguments.query.ask()
    });
    let archive = open(place)?;
    let accessed = Moment::now();
    let export = archive.export(&ask)?;
    report::notices(&export.query);
    let head = Head {
        query: export.query,
        total_hits: export.total_hits,
        accessed,
        question: ask.identity(),
        address: None,
    };
    let mut out = Destination::open(arguments.output.as_deref())?;
    let hits = (export.hits).map(|hit| hit.map_err(anyhow::Error::from));
    let hits = hits.take(arguments.limit.unwrap_or(usize::MAX));
    let written = export::write(format, &head, hits, &mut out)?;
    out.finish()?;
    if let Some(path) = &arguments.output {
        let count = report::counted(written, "hit");
        terminal::note(&format!("{count} written to {}", path.display()));
    }
    Ok(if head.total_hits > 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}
