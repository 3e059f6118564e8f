//! `fundstelle man`.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::CommandFactory;

use super::{Outcome, settings};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to write them to, as /usr/local/share/man/man1; it is made if there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    let command = settings::with_environment(super::Arguments::command());
    let written =
        std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.map_err(|error| anyhow!("{}: cannot be written: {error}", folder.display()))?;
    Ok(Outcome::Done)
}
