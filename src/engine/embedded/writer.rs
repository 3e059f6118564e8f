//! Writing: one process at a time, all or nothing at each commit.

use std::path::Path;

use tantivy::directory::error::LockError;
use tantivy::{Index, IndexWriter, TantivyError};

use super::entry::Entry;
use super::layout::Layout;
use super::replaced::{Ids, WithId};
use super::waiting::Waiting;
use crate::document::Moment;
use crate::engine::{EngineError, EngineErrorKind, IndexDocument, Result, Writer, WriterOptions};

/// tantivy refuses little less memory than this per thread.
const MIN_MEMORY_PER_THREAD: usize = 20 << 20;

/// Of the memory for documents that are not yet on disk, one in so many bytes is for those that
/// wait to be taken in.
const WAITING: usize = 8;

/// Writes to an embedded index.
pub struct EmbeddedWriter {
    inner: IndexWriter<Entry>,
    layout: Layout,
    ids: Ids,
    waiting: Waiting,
}

impl EmbeddedWriter {
    pub(super) fn open(
        index: &Index,
        layout: &Layout,
        folder: &Path,
        options: WriterOptions,
    ) -> Result<EmbeddedWriter> {
        let threads = options.threads.max(1);
        let memory = options.memory_bytes.max(MIN_MEMORY_PER_THREAD * threads);
        let waiting = memory / WAITING;
        let inner = index
            .writer_with_num_threads(threads, memory - waiting)
            .map_err(|error| open_error(error, folder))?;
        Ok(EmbeddedWriter {
            inner,
            ids: Ids::new(layout.id),
            layout: layout.clone(),
            waiting: Waiting::new(waiting),
        })
    }

    fn delete_id(&mut self, id: &str) -> Result<()> {
        let documents = WithId::new(self.layout.id, id);
        self.inner.delete_query(Box::new(documents))?;
        Ok(())
    }
}

impl Writer for EmbeddedWriter {
    fn add(&mut self, document: IndexDocument) -> Result<()> {
        let id = document.document.id.clone();
        let mut entry = self.layout.entry(document).map_err(|error| {
            let message = format!("document {id} cannot be stored: {error}");
            EngineError::new(EngineErrorKind::Request, message)
        })?;
        entry.place = Some(self.waiting.take(entry.memory()));
        if self.ids.add(&id, self.inner.index())? {
            self.delete_id(&id)?;
        }
        self.inner.add_document(entry)?;
        Ok(())
    }

    fn delete(&mut self, id: &str) -> Result<()> {
        self.delete_id(id)
    }

    fn commit(&mut self) -> Result<()> {
        let mut commit = self.inner.prepare_commit()?;
        commit.set_payload(&Moment::now().stamp());
        commit.commit()?;
        self.ids.commit();
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.inner.wait_merging_threads()?;
        Ok(())
    }
}

fn open_error(error: TantivyError, folder: &Path) -> EngineError {
    let folder = folder.display();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => EngineError::new(
            EngineErrorKind::Busy,
            format!("{folder}: another process is writing to this index; wait for it to end"),
        ),
        TantivyError::LockFailure(LockError::IoError(error), _) => EngineError {
            kind: EngineErrorKind::Io,
            message: format!("{folder}: the index cannot be written: {error}"),
            source: Some(error),
        },
        other => EngineError::from(other),
    }
}
