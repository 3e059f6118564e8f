//! `fundstelle delete`.

use super::{Outcome, Place, terminal};
use crate::engine::embedded::WriterOptions;
use crate::engine::{Engine, Writer};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ids of the articles
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let engine = place.open()?;
    let mut writer = engine.writer(WriterOptions::default())?;
    let mut deleted = 0;
    for id in &arguments.ids {
        if engine.fingerprint(id)?.is_some() {
            writer.delete(id)?;
            deleted += 1;
        } else {
            terminal::note(&format!("{id}: there is no document with this id"));
        }
    }
    writer.commit()?;
    Box::new(writer).close()?;
    terminal::note(&format!("{deleted} deleted"));
    Ok(if deleted == arguments.ids.len() {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}
