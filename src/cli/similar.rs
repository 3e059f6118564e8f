//! `fundstelle similar`: articles that are similar to one.

use std::io::Write;

use anyhow::bail;

use super::filters::Narrowing;
use super::format::Format;
use super::terminal::{Output, Style, harmless};
use super::{Outcome, Place, report};
use crate::archive::{Ask, Availability};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Id of the article, as a search shows it
    id: String,
    #[command(flatten)]
    narrowing: Narrowing,
    /// Number of articles, at most 1000
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Show the copies of the article, too, and each copy of the others as a hit of its own
    #[arg(long)]
    copies: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let id = &arguments.id;
    let ask = Ask {
        limit: arguments.limit,
        collapse: !arguments.copies,
        facets: Some(Vec::new()),
        ..arguments.narrowing.narrow(Ask::default())
    };
    let archive = super::search::open(place)?;
    let similar = match archive.similar(id, &ask, arguments.copies)? {
        Availability::Permitted(similar) => similar,
        Availability::Embargoed(until) => {
            bail!("{id}: not available, under embargo until {until} (time of Berlin)")
        }
        Availability::Unknown => bail!("{id}: there is no document with this id"),
    };
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&similar, true)?,
        Format::Text => {
            let words: Vec<&str> = similar.because.iter().map(|it| it.text.as_str()).collect();
            let because = format!("searched for: {}", words.join(", "));
            out.wrapped(0, &[(Style::Dim, &harmless(&because))])?;
            for (index, found) in similar.hits.iter().enumerate() {
                report::hit(&mut out, index + 1, found)?;
            }
        }
    }
    out.flush()?;
    Ok(match similar.hits.is_empty() {
        true => Outcome::Partly,
        false => Outcome::Done,
    })
}
