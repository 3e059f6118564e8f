//! What did people decide about single documents?
//!
//! Two files beside the archive, one JSON object a line, that people write and programs add to:
//! [`OVERRIDES`] corrects what was read or derived, [`RIGHTS`] limits what may be shown. They are
//! looked for in the folders that are read and in those above them, so that a part of an archive
//! is read as the whole is. Here they are read and applied to documents on their way into the
//! index; what may be shown of a document that is there, [`crate::rights`] decides.

mod file;
mod overrides;
mod remembered;
mod rights;

use std::path::{Path, PathBuf};

pub use overrides::Overrides;
pub use remembered::Remembered;
pub use rights::{Rights, Takedown};

use crate::document::Document;
use crate::ingest::{self, Skipped, SourceFile};
use crate::schema::Schema;

/// Name of the file of corrections.
pub const OVERRIDES: &str = "overrides.jsonl";
/// Name of the file of rights.
pub const RIGHTS: &str = "rights.jsonl";

/// Everything that was decided about the documents of an archive.
#[derive(Debug, Default)]
pub struct Curation {
    /// Corrections.
    pub overrides: Overrides,
    /// Limits.
    pub rights: Rights,
    /// Lines that were passed over, and why.
    pub troubles: Vec<Skipped>,
    /// The files that were read, as the file system names them.
    override_files: Vec<PathBuf>,
    rights_files: Vec<PathBuf>,
}

/// Why the rights of an archive are not known; nothing may be indexed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}; nothing was read, since what may be shown is not known")]
pub struct RightsError(Skipped);

impl Curation {
    /// Reads the files beside `paths`, and those that are named.
    ///
    /// Corrections that cannot be read are [`Curation::troubles`], and the rest counts. Of the
    /// rights, every line must be understood.
    pub fn read(
        paths: &[PathBuf],
        overrides: &[PathBuf],
        rights: &[PathBuf],
        schema: &Schema,
    ) -> Result<Curation, RightsError> {
        let mut curation = Curation::default();
        for path in file::beside(paths, OVERRIDES, overrides) {
            match file::records(&path) {
                Ok(records) => {
                    for record in records {
                        let added = record.and_then(|line| curation.overrides.add(line, schema));
                        curation.troubles.extend(added.err());
                    }
                    curation.override_files.extend(path.canonicalize());
                }
                Err(trouble) => curation.troubles.push(trouble),
            }
        }
        for path in file::beside(paths, RIGHTS, rights) {
            for record in file::records(&path).map_err(RightsError)? {
                let added = record.and_then(|line| curation.rights.add(line));
                added.map_err(RightsError)?;
            }
            curation.rights_files.extend(path.canonicalize());
        }
        Ok(curation)
    }

    /// The files below `paths` that hold documents: these files are none.
    pub fn walk(&self, paths: &[PathBuf]) -> impl Iterator<Item = Result<SourceFile, Skipped>> {
        ingest::walk(paths).filter_map(|found| match found {
            Ok(file) if self.is_ours(&file.path) => None,
            Ok(file) if is_named_like_ours(&file.path) => Some(Err(Skipped {
                path: file.path.display().to_string(),
                line: None,
                reason: "counts only in the folder that is indexed or above it, passed over; \
                         move it there, or name it with --overrides or --rights"
                    .to_owned(),
            })),
            found => Some(found),
        })
    }

    /// Whether a document is not to be in any index.
    pub fn takes_down(&self, document: &Document) -> bool {
        let takes_down = self.rights.takes_down(document);
        if takes_down {
            self.overrides.are_found(document);
        }
        takes_down
    }

    /// Corrects a document as it was read, before anything is derived.
    pub fn correct(&self, document: &mut Document) {
        self.overrides.apply(document);
    }

    /// Says in an enriched document what was corrected, and limits it.
    pub fn settle(&self, document: &mut Document) {
        self.overrides.explain(document);
        self.rights.limit(document);
    }

    fn is_ours(&self, path: &Path) -> bool {
        let mut ours = self.override_files.iter().chain(&self.rights_files);
        // Most names differ, and the file system need not be asked.
        let may_be = ours.any(|file| file.file_name() == path.file_name());
        may_be
            && path.canonicalize().is_ok_and(|path| {
                self.override_files.contains(&path) || self.rights_files.contains(&path)
            })
    }
}

/// The file of rights that counts for a document that was read from `source`: the nearest above it.
pub fn rights_of(source: &Path) -> Option<PathBuf> {
    let folder = source.parent()?.to_owned();
    file::beside(&[folder], RIGHTS, &[]).into_iter().next()
}

fn is_named_like_ours(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == OVERRIDES || name == RIGHTS)
}
