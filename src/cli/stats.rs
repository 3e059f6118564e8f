//! `fundstelle stats`.

use std::io::Write;

use super::format::Format;
use super::terminal::Output;
use super::{Outcome, Place};
use crate::document::PartialDate;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let stats = place.open()?.stats(PartialDate::now())?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&stats, true)?,
        Format::Text => {
            writeln!(out, "index      {}", place.name())?;
            writeln!(out, "documents  {}", stats.documents)?;
            if stats.embargoed > 0 {
                writeln!(out, "embargoed  {}", stats.embargoed)?;
            }
            writeln!(out, "segments   {}", stats.segments)?;
            writeln!(out, "size       {}", size(stats.size_bytes))?;
            writeln!(out, "commit     {}", stats.commit)?;
            if let Some(moment) = stats.committed_at {
                writeln!(out, "committed  {moment}")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    match unit {
        0 => format!("{bytes} B"),
        _ => format!("{amount:.1} {}", units[unit]),
    }
}
