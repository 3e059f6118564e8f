//! Which documents have lost their source.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::engine::{Engine, Result};
use crate::ingest;

/// What a run has seen of an archive.
#[derive(Default)]
pub(super) struct Seen {
    /// Hashes of the ids of all documents that were read.
    pub(super) ids: HashSet<u64>,
    /// Files that were read to their end without trouble.
    pub(super) complete: HashSet<String>,
}

/// Ids of the documents that came from below `paths` and are not there any more: their file is
/// gone, or it was read to its end and the record is not in it. Files that could not be read keep
/// their documents. Documents that were sent have no file that could be gone.
pub(super) fn vanished(
    engine: &dyn Engine,
    paths: &[PathBuf],
    seen: &Seen,
    hash: impl Fn(&str) -> u64,
) -> Result<Vec<String>> {
    let mut vanished = Vec::new();
    engine.each_document(&mut |document| {
        let (id, source) = (&document.id, &document.source_path);
        let path = Path::new(source);
        if source == ingest::SENT {
            return;
        }
        let below = paths.iter().any(|root| path.starts_with(root));
        if below && !seen.ids.contains(&hash(id)) {
            let gone = matches!(path.try_exists(), Ok(false));
            if gone || seen.complete.contains(source) {
                vanished.push(document.id);
            }
        }
    })?;
    Ok(vanished)
}
