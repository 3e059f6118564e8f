//! `fundstelle delete`.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::place::begin_to_write;
use super::{Outcome, Place, terminal};
use crate::curation::{self, Remembered, Takedown};
use crate::document::Document;
use crate::engine::WriterOptions;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ids of the articles
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// For good: add them to the rights beside their archive, so that they never come back
    #[arg(long)]
    takedown: bool,
    /// The file of rights to add them to [default: the rights.jsonl above the source of the article]
    #[arg(long, value_name = "FILE", requires = "takedown")]
    rights: Option<PathBuf>,
    /// Why they are taken down
    #[arg(long, value_name = "TEXT", requires = "takedown")]
    note: Option<String>,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let engine = place.open()?;
    let mut writer = begin_to_write(engine.as_ref(), WriterOptions::default())?;
    let mut found = Vec::new();
    for id in &arguments.ids {
        match engine.document(id)? {
            Some(document) => found.push(document),
            None => terminal::note(&format!("{id}: there is no document with this id")),
        }
    }
    if arguments.takedown {
        take_down(&found, &arguments, &place.memory())?;
    }
    for document in &found {
        writer.delete(&document.id)?;
    }
    writer.commit()?;
    writer.close()?;
    terminal::note(&format!("{} deleted", found.len()));
    Ok(if found.len() == arguments.ids.len() {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// Writes all takedowns down before anything is deleted: what is gone from the index stays so.
fn take_down(documents: &[Document], arguments: &Arguments, index: &Path) -> anyhow::Result<()> {
    let mut takedowns = Vec::new();
    for document in documents {
        let beside = || curation::rights_of(Path::new(&document.source_path));
        let Some(file) = arguments.rights.clone().or_else(beside) else {
            bail!(
                "{}: there is no {} above {}; name the file to write with --rights FILE",
                document.id,
                curation::RIGHTS,
                document.source_path
            );
        };
        takedowns.push((file, Takedown::of(document, arguments.note.clone())));
    }
    for (file, takedown) in takedowns {
        let written = takedown.append_to(&file);
        let cannot = |error| anyhow!("{}: cannot be written: {error}", file.display());
        written.map_err(cannot)?;
        // A file that lies beside no archive is read again only if the index knows of it.
        let added = Remembered::read(index)?.add_rights(&file, index);
        added.map_err(cannot)?;
        terminal::note(&format!("taken down in {}", file.display()));
    }
    Ok(())
}
