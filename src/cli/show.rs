//! `fundstelle show`: one document with its evidence.

use std::io::Write;

use anyhow::bail;

use super::format::Format;
use super::terminal::Output;
use super::{Outcome, Place, article};
use crate::archive::Availability;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Id of the article, as a search shows it
    id: String,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let id = &arguments.id;
    let document = match super::search::open(place)?.document(id)? {
        Availability::Permitted(document) => document.into_document(),
        Availability::Embargoed(until) => {
            bail!("{id}: not available, under embargo until {until} (time of Berlin)")
        }
        Availability::Unknown => bail!("{id}: there is no document with this id"),
    };
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&document, true)?,
        Format::Text => article::print(&mut out, &document)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}
