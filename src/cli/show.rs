//! `fundstelle show`: one document with its evidence.

use std::io::Write;

use anyhow::bail;

use super::format::Format;
use super::terminal::{Output, Style};
use super::{Outcome, Place, article, report};
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
    let archive = super::search::open(place)?;
    let document = match archive.document(id)? {
        Availability::Permitted(document) => document.into_document(),
        Availability::Embargoed(until) => {
            bail!("{id}: not available, under embargo until {until} (time of Berlin)")
        }
        Availability::Unknown => bail!("{id}: there is no document with this id"),
    };
    let copies = archive.copies(id)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => {
            let mut object = serde_json::json!(document);
            object["copy"] = serde_json::json!(copies);
            out.json(&object, true)?;
        }
        Format::Text => {
            article::print(&mut out, &document)?;
            if let Some(also_in) = copies.as_ref().and_then(report::also_in) {
                out.wrapped(0, &[(Style::Dim, &also_in)])?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
