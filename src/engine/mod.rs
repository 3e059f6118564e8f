//! What must every engine do?
//!
//! An engine keeps documents as terms that are already analysed and answers
//! [`SearchRequest`]s. The meaning of requests is stated in [`crate::search`].
//!
//! Two engines do: [`embedded`] in a folder, [`distributed`] in a cluster of OpenSearch. What does not
//! depend on where documents are kept is theirs together: how values are listed, how time is divided,
//! which commits are held, and how words are spelled.

use std::path::Path;
use std::sync::Arc;

use crate::analysis::{Sentence, Term, Token};
use crate::document::{Document, FieldValue, Moment, PartialDate, Sketch};
use crate::schema::Schema;
use crate::search::{
    ArchiveWord, CopyGroup, EngineHit, EngineResponse, Explanation, SearchRequest, WordsRequest,
};

pub mod deadline;
mod differences;
pub mod distributed;
pub mod embedded;
mod explanation;
mod listing;
mod machine;
mod rarity;
mod spelling;
mod timeline;
mod tree;
mod versions;

pub use versions::Holding;

/// A document as an engine takes it in: stored form, tokens by text field, values by facet.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexDocument {
    /// The document, stored as it is.
    pub document: Document,
    /// Tokens of each text field of the schema, by name.
    pub texts: Vec<(String, Vec<Token>)>,
    /// Sentences of each text field, by name, in order; every word is in one.
    pub sentences: Vec<(String, Vec<Sentence>)>,
    /// Values of each keyword and date field of the schema, by name.
    pub values: Vec<(String, Vec<FieldValue>)>,
    /// Hash of the input and of everything that made a document of it: if it is the same as that
    /// of the indexed document, nothing has changed.
    pub fingerprint: u64,
    /// Labels of texts: that of its own text first, then those of texts that it is a copy of. It
    /// is in one group of copies with the documents whose own labels these are.
    pub labels: Vec<u64>,
}

/// What went wrong in an engine.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct EngineError {
    /// For callers: what kind of trouble it is.
    pub kind: EngineErrorKind,
    /// For people: what, where, what now.
    pub message: String,
    /// The cause.
    #[source]
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// Kinds of trouble with an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineErrorKind {
    /// There is no index at that place.
    Missing,
    /// There is something, but no index, or one that is damaged.
    NotAnIndex,
    /// The index was built with another schema, analysis or format.
    Version,
    /// Another process is writing.
    Busy,
    /// The request asks for something that the index does not have.
    Request,
    /// Reading or writing failed.
    Io,
    /// The cluster that holds the index does not answer.
    Unreachable,
    /// The cluster that holds the index does not let us.
    Refused,
    /// The search took longer than it was [given](deadline::within).
    Late,
}

impl EngineError {
    /// An error without a cause of its own.
    pub fn new(kind: EngineErrorKind, message: impl Into<String>) -> EngineError {
        EngineError {
            kind,
            message: message.into(),
            source: None,
        }
    }

    /// Trouble with a file.
    pub fn io(path: &Path, error: std::io::Error) -> EngineError {
        EngineError {
            kind: EngineErrorKind::Io,
            message: format!("{}: {error}", path.display()),
            source: Some(Arc::new(error)),
        }
    }
}

/// Result of what an engine does.
pub type Result<T> = std::result::Result<T, EngineError>;

/// Most documents of one band that are compared with a text whose copies are sought: what a
/// million documents have in common says little, and must not cost more. A copy is missed only
/// if every band it shares is crowded so.
pub const MAX_LOOKALIKES: usize = 64;

/// Labels of a document by which copies know each other, its own first.
pub type Labels = Vec<u64>;

/// An index that can be searched. Searches see the last commit that [`Engine::reload`] found, or
/// an older one that they name ([`SearchRequest::commit`]). An engine holds a commit of which there
/// are further pages for some minutes after the last was asked for.
pub trait Engine: Send + Sync {
    /// Answers a request.
    fn search(&self, request: &SearchRequest) -> Result<EngineResponse>;

    /// All hits of a request, from the first to the last, however many; its `skip`, `limit` and
    /// `after` do not matter. All are of the same commit, also if there is a newer one before the
    /// last is taken. A few bytes of each hit may be held, but only one document.
    fn walk(&self, request: &SearchRequest) -> Result<Walk>;

    /// Why the document with that id has the score it has; `None` if the clause of the request does
    /// not match it. Filters do not matter.
    fn explain(&self, request: &SearchRequest, id: &str) -> Result<Option<Explanation>>;

    /// Whether a term is in any text of the archive, or was before documents were deleted.
    fn occurs(&self, term: &Term) -> Result<bool>;

    /// How many documents have each of some terms, in the text field where most have it; deleted
    /// ones are left out, those under embargo are not.
    fn documents_with(&self, terms: &[Term]) -> Result<Vec<u64>>;

    /// The words of the archive that look as asked for, those in most documents first, then by
    /// key. Only documents whose text may be shown count ([`crate::document::Access`]), of the
    /// others only their titles; those under embargo are not there.
    fn words(&self, request: &WordsRequest) -> Result<Vec<ArchiveWord>>;

    /// The document with that id.
    fn document(&self, id: &str) -> Result<Option<Document>>;

    /// Opens the newest commit; whether there was a newer one.
    fn reload(&self) -> Result<bool>;

    /// The fingerprint of the document with each of these ids, if it is indexed.
    fn fingerprints(&self, ids: &[&str]) -> Result<Vec<Option<u64>>>;

    /// Calls `visit` with every document, in no order.
    fn each_document(&self, visit: &mut dyn FnMut(Document)) -> Result<()>;

    /// For each sketched text of a document with that id, the labels of other documents whose text
    /// is a copy of it. Of documents that share a band with it, so many are looked at in each band:
    /// [`MAX_LOOKALIKES`].
    fn copies_of(&self, texts: &[(&Sketch, &str)]) -> Result<Vec<Vec<Labels>>>;

    /// The group of copies that the document with that id is in, alone or with others; those under
    /// embargo at `now` are left out.
    fn copies(&self, id: &str, now: PartialDate) -> Result<Option<CopyGroup>>;

    /// Number of the commit that searches see, rising.
    fn commit(&self) -> u64;

    /// The latest day that has a document, days after `now` and documents under embargo then left
    /// out. What is known to a month or year counts on its first day.
    fn latest_day(&self, now: PartialDate) -> Result<Option<PartialDate>>;

    /// How many documents are under embargo at `now`.
    fn embargoed(&self, now: PartialDate) -> u64;

    /// Number of documents, those under embargo at `now` left out: of [`Engine::stats`] what every
    /// page shows, so engines for which the rest takes time are to do better.
    fn documents(&self, now: PartialDate) -> Result<u64> {
        let stats = self.stats(now)?;
        Ok(stats.documents - stats.embargoed)
    }

    /// Size and state at the moment `now`.
    fn stats(&self, now: PartialDate) -> Result<Stats>;
}

/// Adds and deletes documents; nothing is seen by searches before [`Writer::commit`].
pub trait Writer: Send {
    /// Adds a document; one with the same id is replaced.
    fn add(&mut self, document: IndexDocument) -> Result<()>;

    /// Deletes the document with that id, if there is one.
    fn delete(&mut self, id: &str) -> Result<()>;

    /// Makes all that was added and deleted durable and visible, as one step.
    fn commit(&mut self) -> Result<()>;

    /// Ends writing and waits for tidying-up that goes on in the background.
    fn close(self: Box<Self>) -> Result<()>;
}

/// An index with what those need who open it, write to it and look after it.
pub trait Index: Engine {
    /// The schema that searches use.
    fn schema(&self) -> &Schema;

    /// Begins to write; refused while somebody else writes.
    fn begin_to_write(&self, options: WriterOptions) -> Result<Box<dyn Writer>>;

    /// What of the index is not as it was written, or cannot be reached: files, or pieces of it.
    fn damaged(&self) -> Result<Vec<String>>;

    /// Sets how long older commits are held for later pages.
    fn hold_for(&self, holding: Holding);
}

/// How much memory and how many threads indexing may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterOptions {
    /// Memory for documents that are not yet on disk, in bytes, over all threads.
    pub memory_bytes: usize,
    /// Number of threads that write segments; at least 1.
    pub threads: usize,
}

impl Default for WriterOptions {
    /// A quarter of the machine's memory, at most 1 GiB: more makes little difference. As many
    /// threads as there are processors, at most 4.
    fn default() -> WriterOptions {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        WriterOptions {
            memory_bytes: (machine::memory() / 4).min(1 << 30) as usize,
            threads: processors.min(4),
        }
    }
}

/// All hits of a request.
pub struct Walk<D = Document> {
    /// Number of all hits, exact.
    pub total_hits: u64,
    /// Number of distinct copies among all hits, as in [`EngineResponse::total_copies`].
    pub total_copies: Option<u64>,
    /// The hits, in order; nothing comes after an error.
    pub hits: Box<dyn Iterator<Item = Result<EngineHit<D>>> + Send>,
}

/// Size and state of an index.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Stats {
    /// Number of documents.
    pub documents: u64,
    /// How many of them are under embargo.
    #[serde(skip_serializing_if = "is_zero")]
    pub embargoed: u64,
    /// Number of segments.
    pub segments: usize,
    /// Size of the index on disk, in bytes; of a cluster, as it reckoned last, some seconds ago.
    pub size_bytes: u64,
    /// Number of the commit, rising.
    pub commit: u64,
    /// When the commit was made; `None` before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed_at: Option<Moment>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}
