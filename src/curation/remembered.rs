//! Which files an index was built with.
//!
//! An index keeps to every file that it was once built with, also where a later run reads another
//! folder or leaves an option out: what was taken down must not come back by an oversight.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Curation, RightsError};
use crate::ingest::Skipped;

/// Name of the list in the folder of an index.
const FILE: &str = "curation.json";

/// The files beside the archives of an index.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Files of corrections.
    pub overrides: Vec<PathBuf>,
    /// Files of rights.
    pub rights: Vec<PathBuf>,
}

impl Remembered {
    /// The files that the index in `folder` was built with. A file that was deleted is forgotten;
    /// one whose whole folder is gone may only be out of reach, and is missed.
    pub fn read(folder: &Path) -> Result<Remembered, RightsError> {
        let path = folder.join(FILE);
        let trouble = |reason: String| {
            RightsError(Skipped {
                path: path.display().to_string(),
                line: None,
                reason,
            })
        };
        let mut remembered: Remembered = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| trouble(format!("is damaged ({error}), mend it or delete it")))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Remembered::default(),
            Err(error) => return Err(trouble(format!("cannot be read: {error}"))),
        };
        let is_deleted = |file: &PathBuf| !file.exists() && file.parent().is_some_and(Path::is_dir);
        remembered.overrides.retain(|file| file.exists());
        remembered.rights.retain(|file| !is_deleted(file));
        match remembered.rights.iter().find(|file| !file.exists()) {
            None => Ok(remembered),
            Some(file) => Err(trouble(format!(
                "the index was built with {}, which cannot be reached; make it reachable, or take \
                 it out of this list",
                file.display()
            ))),
        }
    }
}

impl Remembered {
    /// Adds a file of rights to those that the index in `folder` keeps to.
    pub fn add_rights(mut self, file: &Path, folder: &Path) -> io::Result<()> {
        let file = file.canonicalize()?;
        if self.rights.contains(&file) {
            return Ok(());
        }
        self.rights.push(file);
        self.write(folder)
    }

    /// Writes the list down in the folder of an index, as one step.
    fn write(&self, folder: &Path) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.as_file().sync_all()?;
        file.persist(folder.join(FILE))?;
        Ok(())
    }
}

impl Curation {
    /// Writes down in the folder of an index which files it is built with.
    pub fn remember(&self, folder: &Path) -> io::Result<()> {
        let now = Remembered {
            overrides: self.override_files.clone(),
            rights: self.rights_files.clone(),
        };
        if now == Remembered::default() && !folder.join(FILE).exists() {
            return Ok(());
        }
        now.write(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deleted_file_is_forgotten_and_one_out_of_reach_is_missed() {
        let (index, archive) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(
            Remembered::read(index.path()).unwrap(),
            Remembered::default()
        );
        let file = archive.path().join("rights.jsonl");
        fs::write(&file, "").unwrap();
        let curation = Curation {
            rights_files: vec![file.clone()],
            ..Curation::default()
        };
        curation.remember(index.path()).unwrap();
        assert_eq!(
            Remembered::read(index.path()).unwrap().rights,
            std::slice::from_ref(&file)
        );
        fs::remove_file(&file).unwrap();
        assert_eq!(
            Remembered::read(index.path()).unwrap().rights,
            [] as [PathBuf; 0]
        );
        drop(archive);
        let error = Remembered::read(index.path()).unwrap_err().to_string();
        assert!(error.contains("cannot be reached"), "{error}");
    }
}
