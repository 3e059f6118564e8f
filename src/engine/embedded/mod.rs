//! The embedded engine: an index in a folder, in this process, made with tantivy.
//!
//! This folder is the only home of tantivy. Of tantivy it takes segments, dictionaries, postings
//! with positions, stored documents, atomic commits and merging. Matching, scoring, filtering and
//! counting are its own: one pass over all matching documents ([`collect`]), with everything that
//! pass needs of a document side by side in the facet record ([`record`]).

mod ages;
mod build;
mod collect;
mod copy_group;
mod counts;
mod directory;
mod distinct;
mod embargo;
mod explain;
mod groups;
mod histogram;
mod layout;
mod listing;
mod locate;
mod manifest;
mod matcher;
mod numbers;
mod outline;
mod packed;
mod pass;
mod pattern;
mod record;
mod score;
mod segment;
mod selection;
mod sentences;
mod snapshot;
mod top;
mod versions;
mod vocabulary;
mod walk;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use tantivy::{Index, IndexReader, ReloadPolicy};

use self::build::Builder;
use self::directory::IndexDirectory;
use self::layout::Layout;
use self::locate::Locator;
use self::manifest::Manifest;
use self::snapshot::Snapshot;
use self::top::Top;
use self::versions::Versions;
use super::{Engine, EngineError, EngineErrorKind, Result, Stats, Walk};
use crate::analysis::Term;
use crate::document::{Document, PartialDate, Sketch};
use crate::schema::Schema;
use crate::search::{
    After, ArchiveWord, CopyGroup, EngineResponse, Explanation, Scoring, SearchRequest,
    WordsRequest,
};

pub use versions::Holding;
pub use writer::{EmbeddedWriter, WriterOptions};

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
        for plugin in layout.plugins() {
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
            for plugin in layout.plugins() {
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

impl Engine for Embedded {
    fn search(&self, request: &SearchRequest) -> Result<EngineResponse> {
        let snapshot = self.asked(request);
        // One hit more than is wanted tells whether there are more.
        let mut top = Top::new(match request.limit {
            0 => 0,
            limit => request.skip.saturating_add(limit).saturating_add(1),
        });
        let newest = self.current();
        let withheld = if Arc::ptr_eq(&newest, &snapshot) {
            Vec::new()
        } else {
            snapshot.embargoed_in(&newest, request.now)?
        };
        let collected = collect::collect(&snapshot, request, &withheld, &mut top)?;
        let mut candidates = top.into_sorted();
        let end = request.skip.saturating_add(request.limit);
        let goes_on = candidates.len() > end;
        candidates.truncate(end);
        let next = candidates.last().filter(|_| goes_on).map(|last| After {
            rank: last.rank,
            id: last.id.clone(),
        });
        if request.hold && next.is_some() {
            self.versions().hold(&snapshot, Instant::now());
        }
        // Without hits there is nothing to look for in them.
        let locate = if candidates.is_empty() {
            &[][..]
        } else {
            &request.locate
        };
        let locator = Locator::new(&snapshot, locate)?;
        let hits = candidates.into_iter().skip(request.skip).map(|candidate| {
            let place = (candidate.segment, candidate.document);
            snapshot.hit(request.sort, request.now, candidate.rank, place, &locator)
        });
        let facets = request.facets.iter().zip(&collected.counts);
        let histogram = (request.histogram.as_ref()).zip(collected.time.as_ref());
        Ok(EngineResponse {
            commit: snapshot.commit,
            next,
            total_hits: collected.total,
            total_copies: collected.copies,
            hits: hits.collect::<tantivy::Result<_>>()?,
            facets: facets
                .map(|(facet, counts)| {
                    let filter = (request.filters.iter()).find(|f| f.facet == facet.facet);
                    let list = counts::list(&snapshot, counts, facet, filter);
                    (facet.facet.clone(), list)
                })
                .collect(),
            histogram: histogram.map(|(request, counts)| counts.list(&snapshot, request)),
        })
    }

    fn walk(&self, request: &SearchRequest) -> Result<Walk> {
        walk::walk(self.current(), request)
    }

    fn explain(&self, request: &SearchRequest, id: &str) -> Result<Option<Explanation>> {
        let snapshot = self.asked(request);
        match snapshot.find(id)? {
            Some((segment, document)) => explain::explain(&snapshot, request, segment, document),
            None => Ok(None),
        }
    }

    fn occurs(&self, term: &Term) -> Result<bool> {
        let snapshot = self.current();
        let builder = Builder::new(&snapshot, Scoring::default());
        for text in 0..snapshot.layout.texts.len() {
            if builder.is_in_any_segment(term, text)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn documents_with(&self, terms: &[Term]) -> Result<Vec<u64>> {
        let snapshot = self.current();
        let builder = Builder::new(&snapshot, Scoring::default());
        let fields = 0..snapshot.layout.texts.len();
        let most = |term: &Term| {
            let mut counts = fields.clone().map(|text| builder.matching(term, text));
            counts.try_fold(0, |most, count| Ok(most.max(count?)))
        };
        terms.iter().map(most).collect()
    }

    fn words(&self, request: &WordsRequest) -> Result<Vec<ArchiveWord>> {
        Ok(vocabulary::words(&self.current(), request)?)
    }

    fn document(&self, id: &str) -> Result<Option<Document>> {
        let snapshot = self.current();
        match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.load(segment, document)?)),
            None => Ok(None),
        }
    }

    fn reload(&self) -> Result<bool> {
        let before = self.current().commit;
        if self.index.load_metas()?.opstamp == before {
            self.versions().tidy(Instant::now());
            return Ok(false);
        }
        self.reader.reload()?;
        let fresh = snapshot(&self.index, &self.reader, &self.layout)?;
        let changed = fresh.commit != before;
        self.versions().replace(fresh, Instant::now());
        Ok(changed)
    }

    fn fingerprint(&self, id: &str) -> Result<Option<u64>> {
        let snapshot = self.current();
        match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.fingerprint(segment, document)?)),
            None => Ok(None),
        }
    }

    fn each_document(&self, visit: &mut dyn FnMut(Document)) -> Result<()> {
        let snapshot = self.current();
        for (number, segment) in snapshot.segments.iter().enumerate() {
            for document in segment.reader.doc_ids_alive() {
                visit(snapshot.load(number, document)?);
            }
        }
        Ok(())
    }

    fn copies_of(&self, sketch: &Sketch, except: &str) -> Result<Vec<Vec<u64>>> {
        Ok(outline::copies_of(&self.current(), sketch, except)?)
    }

    fn copies(&self, id: &str, now: PartialDate) -> Result<Option<CopyGroup>> {
        let snapshot = self.current();
        match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.copy_group(segment, document, now)?)),
            None => Ok(None),
        }
    }

    fn commit(&self) -> u64 {
        self.current().commit
    }

    fn latest_day(&self, now: PartialDate) -> Result<Option<PartialDate>> {
        Ok(self.current().latest_day(now))
    }

    fn embargoed(&self, now: PartialDate) -> u64 {
        self.current().embargoed(now)
    }

    fn stats(&self, now: PartialDate) -> Result<Stats> {
        let snapshot = self.current();
        Ok(Stats {
            documents: snapshot.documents,
            embargoed: snapshot.embargoed(now),
            segments: snapshot.segments.len(),
            size_bytes: size_of(&self.folder),
            commit: snapshot.commit,
        })
    }
}

fn snapshot(index: &Index, reader: &IndexReader, layout: &Layout) -> tantivy::Result<Snapshot> {
    // Read before the segments are opened: if a commit comes in between, the next look at the
    // number finds it newer, and opens again.
    let commit = index.load_metas()?.opstamp;
    Snapshot::open(reader.searcher(), layout.clone(), commit)
}

/// Sum of the sizes of all files below a folder; files that vanish meanwhile count nothing.
fn size_of(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok().filter(|meta| meta.is_file()));
    files.map(|meta| meta.len()).sum()
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
