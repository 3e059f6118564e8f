//! The embedded engine: an index in a folder, in this process, made with tantivy.
//!
//! This folder is the only home of tantivy. Of tantivy it takes segments, dictionaries, columns,
//! atomic commits and merging. Postings, stored documents, matching, scoring, filtering and
//! counting are its own: one pass over all matching documents ([`collect`]), with everything that
//! pass needs of a document side by side in the facet record ([`record`]).

mod ages;
mod answer;
mod build;
mod collect;
mod collector;
mod component;
mod copy_group;
mod counts;
mod directory;
mod distinct;
mod embargo;
mod ends;
mod entry;
mod explain;
mod groups;
mod histogram;
mod kept;
mod layout;
mod locate;
mod manifest;
mod matcher;
mod numbers;
mod outline;
mod pass;
mod pattern;
mod plan;
mod postings;
mod precounted;
mod range;
mod record;
mod replaced;
mod score;
mod segment;
mod selection;
mod sentences;
mod shortcut;
mod snapshot;
mod stored;
mod stream;
mod top;
mod vocabulary;
mod waiting;
mod walk;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use tantivy::{Index, IndexReader, ReloadPolicy};

use self::directory::IndexDirectory;
use self::layout::Layout;
use self::manifest::Manifest;
use self::snapshot::Snapshot;
use super::versions::Versions;
use super::{EngineError, EngineErrorKind, Result};
use crate::schema::Schema;
use crate::search::SearchRequest;

pub use super::{Holding, WriterOptions};
pub use writer::EmbeddedWriter;

/// Folder of the segments within the folder of the index.
const SEGMENTS: &str = "segments";

/// An index in a folder.
pub struct Embedded {
    folder: PathBuf,
    layout: Layout,
    index: Index,
    reader: IndexReader,
    versions: Mutex<Versions<Snapshot>>,
}

impl Embedded {
    /// Whether `folder` holds an index.
    pub fn exists(folder: &Path) -> bool {
        matches!(Manifest::read(folder), Ok(Some(_)))
    }

    /// Opens the index in `folder` with the schema that it was built with.
    pub fn open(folder: &Path) -> Result<Embedded> {
        let manifest = Manifest::read(folder)?.ok_or_else(|| missing(folder))?;
        let schema = manifest.schema().ok_or_else(|| {
            let message = format!("{}: the schema of the index is damaged", folder.display());
            EngineError::new(EngineErrorKind::NotAnIndex, message)
        })?;
        Embedded::open_with(folder, &schema)
    }

    /// Opens the index in `folder`; refuses one that was built with another schema than `schema`,
    /// as far as that matters on disk.
    pub fn open_with(folder: &Path, schema: &Schema) -> Result<Embedded> {
        let manifest = Manifest::read(folder)?.ok_or_else(|| missing(folder))?;
        manifest.check(folder, schema)?;
        let layout = Layout::new(Arc::new(schema.clone()));
        let directory = IndexDirectory::open(&folder.join(SEGMENTS))
            .map_err(|error| damaged(folder, &error.to_string()))?;
        let index = Index::open(directory).map_err(|error| damaged(folder, &error.to_string()))?;
        Embedded::start(folder, layout, index)
    }

    /// Opens the index in `folder`, or makes an empty one there.
    pub fn open_or_create(folder: &Path, schema: &Schema) -> Result<Embedded> {
        if Manifest::read(folder)?.is_some() {
            return Embedded::open_with(folder, schema);
        }
        check_is_free(folder)?;
        let segments = folder.join(SEGMENTS);
        std::fs::create_dir_all(&segments).map_err(|error| EngineError::io(&segments, error))?;
        let layout = Layout::new(Arc::new(schema.clone()));
        let directory =
            IndexDirectory::open(&segments).map_err(|error| damaged(folder, &error.to_string()))?;
        let mut index = Index::builder()
            .schema(layout.tantivy.clone())
            .tokenizers(layout.tokenizers());
        for plugin in layout.plugins(&segments) {
            index = index.register_plugin(plugin);
        }
        let index = index.open_or_create(directory)?;
        // Written last: a folder without it is no index yet, and is begun again.
        Manifest::new(schema).write(folder)?;
        Embedded::start(folder, layout, index)
    }

    fn start(folder: &Path, layout: Layout, mut index: Index) -> Result<Embedded> {
        index.set_tokenizers(layout.tokenizers());
        if index.custom_plugins().is_empty() {
            for plugin in layout.plugins(&folder.join(SEGMENTS)) {
                index.register_plugin(plugin);
            }
        }
        let reader = (index.reader_builder())
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error: tantivy::TantivyError| damaged(folder, &error.to_string()))?;
        let snapshot = snapshot(&index, &reader, &layout)
            .map_err(|error| damaged(folder, &error.to_string()))?;
        Ok(Embedded {
            folder: folder.to_owned(),
            layout,
            index,
            reader,
            versions: Mutex::new(Versions::new(snapshot)),
        })
    }

    /// The schema that searches use.
    pub fn schema(&self) -> &Schema {
        &self.layout.schema
    }

    /// Begins to write; refused while another process writes.
    pub fn writer(&self, options: WriterOptions) -> Result<EmbeddedWriter> {
        EmbeddedWriter::open(&self.index, &self.layout, &self.folder, options)
    }

    /// Checks that every file of the index is as it was written; the names of those that are not.
    pub fn damaged_files(&self) -> Result<Vec<String>> {
        let damaged = self.index.validate_checksum()?;
        let mut names: Vec<String> = (damaged.iter())
            .map(|path| path.display().to_string())
            .collect();
        names.sort();
        Ok(names)
    }

    /// Sets how long older commits are held for later pages.
    pub fn set_holding(&self, holding: Holding) {
        self.versions().set_holding(holding, Instant::now());
    }

    fn versions(&self) -> MutexGuard<'_, Versions<Snapshot>> {
        let versions = self.versions.lock();
        versions.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn current(&self) -> Arc<Snapshot> {
        self.versions().newest()
    }

    /// The commit that a request is for.
    fn asked(&self, request: &SearchRequest) -> Arc<Snapshot> {
        self.versions().get(request.commit, Instant::now())
    }
}

fn snapshot(index: &Index, reader: &IndexReader, layout: &Layout) -> tantivy::Result<Snapshot> {
    // Read before the segments are opened: if a commit comes in between, the next look at the
    // number finds it newer, and opens again.
    let meta = index.load_metas()?;
    let committed_at = meta.payload.and_then(|moment| moment.parse().ok());
    Snapshot::open(
        reader.searcher(),
        layout.clone(),
        (meta.opstamp, committed_at),
    )
}

fn missing(folder: &Path) -> EngineError {
    let folder = folder.display();
    let message = format!(
        "{folder}: there is no index here; make one with: fundstelle index PATH --index {folder}"
    );
    EngineError::new(EngineErrorKind::Missing, message)
}

fn damaged(folder: &Path, cause: &str) -> EngineError {
    let message = format!(
        "{}: the index cannot be opened ({cause}); delete the folder and index again",
        folder.display()
    );
    EngineError::new(EngineErrorKind::NotAnIndex, message)
}

/// An index is only made in a folder that is new, or that holds nothing but hidden files and an
/// index that was never finished.
fn check_is_free(folder: &Path) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(EngineError::io(folder, error)),
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != SEGMENTS {
            let message = format!(
                "{}: this folder holds other files ({name}) and no index; name a new folder",
                folder.display()
            );
            return Err(EngineError::new(EngineErrorKind::NotAnIndex, message));
        }
    }
    Ok(())
}
