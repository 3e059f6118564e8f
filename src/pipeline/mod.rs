//! From files to a filled index.
//!
//! Files are read, enriched and analysed on all processors; one writer takes the documents in.
//! Formats and engines are not known by name here.
//!
//! ```text
//! walk ─► files ─► readers ─► documents ─► analysers ─► writer ─► commit
//! ```
//!
//! All queues are short, so memory does not grow with the archive.

mod build;
mod copies;
mod extract;
mod intake;
mod prepare;
mod prune;
mod run;
mod sweep;
mod taker;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::curation::Curation;
use crate::engine::EngineError;
use crate::ingest::{ReadOptions, Skipped};
use crate::schema::Schema;

pub use build::DocumentBuilder;
pub use extract::{Extracted, extract};
pub use intake::{
    Decisions, Intake, IntakeError, Line, MAX_LINES, OpenWriter, Receipt, Status, Tidying,
};
pub use run::index;

/// What to index and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What people decided about the documents.
    pub curation: Arc<Curation>,
    /// Whether documents are deleted whose file below `paths`, or whose record in it, is gone.
    pub prune: bool,
    /// Longest document that is read, in bytes.
    pub max_document_bytes: u64,
    /// Threads that read files, and as many that analyse documents.
    pub threads: usize,
    /// How long documents may wait for the next commit.
    pub commit_interval: Duration,
}

impl Options {
    /// Indexes `paths` with the default limits.
    pub fn new(paths: Vec<PathBuf>) -> Options {
        Options {
            paths,
            curation: Arc::default(),
            prune: false,
            max_document_bytes: crate::ingest::ReadOptions::default().max_document_bytes,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            commit_interval: Duration::from_secs(120),
        }
    }

    fn reading(&self, schema: &Schema) -> ReadOptions {
        ReadOptions {
            keyword_fields: schema.keyword_sources(),
            max_document_bytes: self.max_document_bytes,
        }
    }
}

/// What became of the documents.
#[derive(Debug, Default, Clone)]
pub struct Summary {
    /// Documents that were not in the index.
    pub added: u64,
    /// Documents that replaced an earlier state.
    pub updated: u64,
    /// Documents that were there already, as they are.
    pub unchanged: u64,
    /// Documents that were deleted because their source is gone.
    pub removed: u64,
    /// Documents that are not to be in the index, and are not.
    pub taken_down: u64,
    /// Inputs that were passed over.
    pub skipped: u64,
    /// The first [`Summary::MAX_LISTED`] of them, with reasons.
    pub reasons: Vec<Skipped>,
    /// Files that were read.
    pub files: u64,
    /// Time from the first file to the last commit.
    pub took: Duration,
}

impl Summary {
    /// Most reasons that are kept; more are only counted.
    pub const MAX_LISTED: usize = 1000;

    fn skip(&mut self, skipped: Skipped) {
        self.skipped += 1;
        if self.reasons.len() < Summary::MAX_LISTED {
            self.reasons.push(skipped);
        }
    }

    /// Documents that are in the index because of this run, or were already.
    pub fn documents(&self) -> u64 {
        self.added + self.updated + self.unchanged
    }
}

/// News of a running job, for whoever shows progress.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A file is about to be read.
    File(&'a str),
    /// A document was taken in, or found to be there already.
    Document,
    /// An input was passed over.
    Skipped(&'a Skipped),
    /// Everything so far is durable.
    Committed,
}

/// Why a job ended early. What was committed before stays.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
