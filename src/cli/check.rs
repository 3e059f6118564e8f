//! `fundstelle check`.

use std::io::Write;

use anyhow::bail;

use super::terminal::Output;
use super::{Outcome, Place};
use crate::document::PartialDate;
use crate::engine::Engine;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(place: &Place, _: Arguments) -> anyhow::Result<Outcome> {
    let engine = place.open()?;
    let damaged = engine.damaged_files()?;
    if !damaged.is_empty() {
        bail!(
            "{}: these files of the index are damaged: {}; index again in another folder",
            place.index.display(),
            damaged.join(", ")
        );
    }
    let stats = engine.stats(PartialDate::now())?;
    let mut readable = 0;
    engine.each_document(&mut |_| readable += 1)?;
    if readable != stats.documents {
        bail!(
            "{}: {readable} documents can be read, {} should be there; index again in another folder",
            place.index.display(),
            stats.documents
        );
    }
    let mut out = Output::stdout();
    writeln!(
        out,
        "{readable} documents in {} segments, all as written",
        stats.segments
    )?;
    out.flush()?;
    Ok(Outcome::Done)
}
