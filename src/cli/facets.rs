//! `fundstelle facets`.

use std::io::Write;

use super::chart::{self, Time};
use super::filters::Query;
use super::format::Format;
use super::terminal::{Output, Style};
use super::{Outcome, Place, report};
use crate::archive::Ask;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    query: Query,
    /// Facet to count; all of them if none is named
    #[arg(long = "facet", value_name = "NAME")]
    facets: Vec<String>,
    /// Values of each facet to pass over: the next page begins there
    #[arg(long, value_name = "N", default_value_t = 0)]
    facet_offset: usize,
    /// Only the values below this one, by id, name or alias
    #[arg(long, value_name = "VALUE")]
    under: Option<String>,
    /// Only values whose name or id has this text in it, umlauts written as ü, ue or u
    #[arg(long, value_name = "TEXT")]
    contains: Option<String>,
    #[command(flatten)]
    time: Time,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ask = Ask {
        facets: Some(arguments.facets).filter(|facets| !facets.is_empty()),
        facet_offset: arguments.facet_offset,
        facet_under: arguments.under,
        facet_contains: arguments.contains,
        histogram: arguments.time.request(),
        limit: 0,
        ..arguments.query.ask()
    };
    let archive = super::search::open(place)?;
    let response = archive.search(&ask)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&archive.counts_only(&response), true)?,
        Format::Text => {
            report::notices(&response.query);
            let count = report::total(&response);
            writeln!(out, "{}", out.styled(Style::Bold, &count))?;
            report::facets(&mut out, &archive, &response.facets)?;
            if let Some(histogram) = &response.histogram {
                chart::write(&mut out, histogram)?;
            }
        }
    }
    out.flush()?;
    Ok(if response.total_hits > 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}
