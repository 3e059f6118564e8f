//! The files beside an archive, as options.

use std::path::PathBuf;

use clap::Args;

use crate::curation::{Curation, RightsError};
use crate::schema::Schema;

/// Corrections and rights that stand elsewhere.
#[derive(Debug, Args)]
pub(super) struct Beside {
    /// Corrections, besides overrides.jsonl in the folders read and above them
    #[arg(long, value_name = "FILE")]
    overrides: Vec<PathBuf>,
    /// Rights, besides rights.jsonl in the folders read and above them
    #[arg(long, value_name = "FILE")]
    rights: Vec<PathBuf>,
}

impl Beside {
    /// What was decided about the documents below `paths`.
    pub(super) fn read(&self, paths: &[PathBuf], schema: &Schema) -> Result<Curation, RightsError> {
        Curation::read(paths, &self.overrides, &self.rights, schema)
    }
}
