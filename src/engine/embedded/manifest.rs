//! What an index remembers of how it was built: `fundstelle.json` beside the segments.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::analysis;
use crate::engine::differences::differences;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::Schema;

/// File name of the manifest.
const FILE: &str = "fundstelle.json";
/// Version of everything on disk that is neither schema nor analysis.
const FORMAT: u32 = 7;

/// The manifest of an index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    analysis: String,
    /// The schema as its file was.
    schema: String,
}

impl Manifest {
    pub(super) fn new(schema: &Schema) -> Manifest {
        Manifest {
            format: FORMAT,
            analysis: analysis::VERSION.to_owned(),
            schema: schema.source().to_owned(),
        }
    }

    /// The manifest in `folder`; `None` if there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Manifest>> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Ok(None),
            Err(error) => return Err(EngineError::io(&path, error)),
        };
        let manifest = serde_json::from_str(&text).map_err(|error| {
            let message = format!(
                "{}: the manifest of the index is damaged ({error}); delete the folder and index again",
                path.display()
            );
            EngineError::new(EngineErrorKind::NotAnIndex, message)
        })?;
        Ok(Some(manifest))
    }

    /// Writes the manifest as one step: a crash leaves either none or all of it.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(FILE);
        let write = || -> std::io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&serde_json::to_vec_pretty(self)?)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error| EngineError::io(&path, error))
    }

    /// The schema the index was built with.
    pub(super) fn schema(&self) -> Option<Schema> {
        Schema::parse(&self.schema, "schema of the index").ok()
    }

    /// Refuses an index that was built in another way, and says what changed.
    pub(super) fn check(&self, folder: &Path, schema: &Schema) -> Result<()> {
        let mut changes = Vec::new();
        if self.format != FORMAT {
            changes.push(format!("index format {} is now {FORMAT}", self.format));
        }
        if self.analysis != analysis::VERSION {
            let now = analysis::VERSION;
            changes.push(format!("analysis version {} is now {now}", self.analysis));
        }
        match self.schema() {
            Some(built) => changes.extend(differences(&built, schema)),
            None => changes.push("its schema cannot be read any more".to_owned()),
        }
        if changes.is_empty() {
            return Ok(());
        }
        let message = format!(
            "{}: the index was built in another way: {}; build it anew in another folder (fundstelle index PATH --index NEW) or delete this one first",
            folder.display(),
            changes.join(", ")
        );
        Err(EngineError::new(EngineErrorKind::Version, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../schema.json");

    fn schema(text: &str) -> Schema {
        Schema::parse(text, "schema.json").unwrap()
    }

    #[test]
    fn labels_and_boosts_may_change_without_building_anew() {
        let manifest = Manifest::new(&schema(SHIPPED));
        let other = SHIPPED.replace("Länder", "Staaten").replace("2.0", "3.5");
        assert!(manifest.check(Path::new("index"), &schema(&other)).is_ok());
    }

    #[test]
    fn what_changed_is_said() {
        let manifest = Manifest::new(&schema(SHIPPED));
        let other = SHIPPED
            .replace("\"language\"", "\"section\"")
            .replacen("german", "plain", 1);
        let error = manifest
            .check(Path::new("index"), &schema(&other))
            .unwrap_err();
        assert_eq!(error.kind, EngineErrorKind::Version);
        for part in [
            "index: the index was built in another way",
            "field \"title\" is another one",
            "field \"language\" is gone",
            "field \"section\" is new",
            "build it anew",
        ] {
            assert!(error.message.contains(part), "{}: {part}", error.message);
        }
    }
}
