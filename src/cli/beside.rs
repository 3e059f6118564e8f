//! The files beside an archive, as options.

use std::path::PathBuf;

use clap::Args;

use crate::curation::{Curation, Remembered, RightsError};
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
    /// What was decided about the documents below `paths`, also in files that are `remembered`.
    pub(super) fn read(
        &self,
        paths: &[PathBuf],
        remembered: &Remembered,
        schema: &Schema,
    ) -> Result<Curation, RightsError> {
        let overrides = [self.overrides.as_slice(), &remembered.overrides].concat();
        let rights = [self.rights.as_slice(), &remembered.rights].concat();
        Curation::read(paths, &overrides, &rights, schema)
    }
}
