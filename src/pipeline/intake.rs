//! Documents that are sent, not read from files: a few at a time, into an index that is searched
//! meanwhile.
//!
//! They go the way that those of files go: decisions, enrichment, analysis, copies. What is sent
//! together becomes visible together, in one commit, or not at all.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crossbeam_channel::bounded;
use serde::Serialize;

use super::build::DocumentBuilder;
use super::copies::Waiting;
use super::run::{self, QUEUE};
use super::taker::{Message, Outcome, Place, Taker};
use super::{Options, PipelineError};
use crate::curation::{Curation, RightsError};
use crate::document::Document;
use crate::engine::{Engine, EngineError, Result as EngineResult, Writer};
use crate::ingest::{self, Sent};
use crate::schema::Schema;

/// Most lines that may be sent together.
pub const MAX_LINES: usize = 10_000;
// No commit comes in between because too many documents wait for it.
const _: () = assert!(MAX_LINES < Waiting::MAX);

/// Begins to write; refused while another process writes.
pub type OpenWriter = Box<dyn Fn() -> EngineResult<Box<dyn Writer>> + Send + Sync>;
/// Reads what people decided about documents.
pub type Decisions = Box<dyn Fn() -> Result<Curation, RightsError> + Send + Sync>;

/// Takes documents into an index and out of it. Callers see to it that one call at a time is
/// under way.
pub struct Intake {
    engine: Arc<dyn Engine>,
    schema: Schema,
    writer: OpenWriter,
    decisions: Decisions,
}

/// What became of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Receipt {
    /// Number of the commit that searches see now.
    pub commit: u64,
    /// Documents that were not in the index.
    pub added: usize,
    /// Documents that replaced an earlier state.
    pub updated: usize,
    /// Documents that were there already, as they are.
    pub unchanged: usize,
    /// Documents that are not to be in the index, and are not.
    pub taken_down: usize,
    /// Lines whose id stands in a later line, too, which counts.
    pub superseded: usize,
    /// Lines that are no document.
    pub refused: usize,
    /// Every line that is not empty, in order.
    pub lines: Vec<Line>,
}

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ReceiptLine)]
pub struct Line {
    /// Its number, from 1; empty lines count.
    pub line: u64,
    /// Id of the document, stated or derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What became of it.
    pub status: Status,
    /// What of it could not be read: all of it if it was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReceiptStatus)]
pub enum Status {
    /// The document was not in the index.
    Added,
    /// It replaced an earlier state.
    Updated,
    /// It was there already, as it is.
    Unchanged,
    /// It is not to be in the index, and is not.
    TakenDown,
    /// A later line has the same id, and counts.
    Superseded,
    /// It is no document.
    Refused,
}

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// There is no line.
    #[error("nothing was sent; send one JSON object a line")]
    Empty,
    /// There are too many lines.
    #[error("more than {MAX_LINES} lines were sent; send them in several requests")]
    TooManyLines,
    /// Lines cannot be taken, and all were wanted or none.
    #[error("{} of {of} lines cannot be taken, so none was; mend them or leave strict out", .lines.len())]
    Refused {
        /// The lines that cannot be taken.
        lines: Vec<Line>,
        /// Number of all lines.
        of: usize,
    },
    /// What may be shown is not known.
    #[error(transparent)]
    Rights(#[from] RightsError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<PipelineError> for IntakeError {
    fn from(error: PipelineError) -> IntakeError {
        match error {
            PipelineError::Engine(error) => IntakeError::Engine(error),
        }
    }
}

/// What a writer still has to do when its work is durable and visible.
#[must_use = "segments are never merged if nobody waits for it"]
pub struct Tidying(Box<dyn Writer>);

impl Tidying {
    /// Waits until segments are merged.
    pub fn finish(self) -> Result<(), EngineError> {
        self.0.close()
    }
}

impl Intake {
    /// An intake into the index that `engine` searches.
    pub fn new(
        engine: Arc<dyn Engine>,
        schema: Schema,
        writer: OpenWriter,
        decisions: Decisions,
    ) -> Intake {
        Intake {
            engine,
            schema,
            writer,
            decisions,
        }
    }

    /// Takes in JSON Lines. When this returns, what was taken is durable and visible, all of it in
    /// one commit; after an error, nothing is. `strict` refuses everything if it refuses a line.
    pub fn take(&self, text: &[u8], strict: bool) -> Result<(Receipt, Tidying), IntakeError> {
        let options = Options {
            curation: Arc::new((self.decisions)()?),
            commit_interval: Duration::MAX,
            ..Options::new(Vec::new())
        };
        let (mut lines, documents) = read(text, &options, &self.schema)?;
        if strict && lines.iter().any(|line| line.id.is_none()) {
            let of = lines.len();
            lines.retain(|line| line.id.is_none());
            return Err(IntakeError::Refused { lines, of });
        }
        let mut writer = (self.writer)()?;
        // From now on nobody else writes, and this is the newest commit.
        self.engine.reload()?;
        let taker = self.run(documents, &options, writer.as_mut())?;
        if taker.pending {
            writer.commit()?;
            self.engine.reload()?;
        }
        for (number, line) in lines.iter_mut().enumerate() {
            if let Some(id) = &line.id {
                line.status = taker.fate(id, place(number)).into();
            }
        }
        Ok((self.receipt(lines), Tidying(writer)))
    }

    /// Takes a document out; `None` if there is none with that id. When this returns, it is gone
    /// for good, as long as nobody sends or reads it again.
    pub fn delete(&self, id: &str) -> Result<Option<Tidying>, IntakeError> {
        let mut writer = (self.writer)()?;
        self.engine.reload()?;
        if self.engine.fingerprints(&[id])?[0].is_none() {
            return Ok(None);
        }
        writer.delete(id)?;
        writer.commit()?;
        self.engine.reload()?;
        Ok(Some(Tidying(writer)))
    }

    /// Has documents prepared on all processors and taken in by `writer`.
    fn run(
        &self,
        documents: Vec<(Place, Document)>,
        options: &Options,
        writer: &mut dyn Writer,
    ) -> Result<Taker, PipelineError> {
        let engine = self.engine.as_ref();
        let builder = DocumentBuilder::new(&self.schema).with(Arc::clone(&options.curation));
        let mut taker = Taker::new(builder);
        thread::scope(|scope| {
            let (document_sender, queue) = bounded(QUEUE);
            let (message_sender, messages) = bounded::<Message>(QUEUE);
            scope.spawn(move || {
                for document in documents {
                    if document_sender.send(document).is_err() {
                        return;
                    }
                }
            });
            run::analyse(
                scope,
                engine,
                &self.schema,
                options,
                &queue,
                &message_sender,
            );
            drop((queue, message_sender));
            taker.take(messages, engine, writer, options, &mut |_| {})
        })?;
        Ok(taker)
    }

    fn receipt(&self, lines: Vec<Line>) -> Receipt {
        let count = |status| lines.iter().filter(|line| line.status == status).count();
        Receipt {
            commit: self.engine.commit(),
            added: count(Status::Added),
            updated: count(Status::Updated),
            unchanged: count(Status::Unchanged),
            taken_down: count(Status::TakenDown),
            superseded: count(Status::Superseded),
            refused: count(Status::Refused),
            lines,
        }
    }
}

/// The lines with their ids, and the documents that they are. What becomes of those is not known
/// yet.
#[expect(clippy::type_complexity, reason = "two lists that belong together")]
fn read(
    text: &[u8],
    options: &Options,
    schema: &Schema,
) -> Result<(Vec<Line>, Vec<(Place, Document)>), IntakeError> {
    let reading = options.reading(schema);
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let (mut lines, mut documents) = (Vec::new(), Vec::new());
    for (index, text) in text.split(|byte| *byte == b'\n').enumerate() {
        if text.trim_ascii().is_empty() {
            continue;
        }
        if lines.len() == MAX_LINES {
            return Err(IntakeError::TooManyLines);
        }
        let Sent { document, troubles } = ingest::sent(text, &reading);
        let id = document.as_ref().map(|document| document.id.clone());
        documents.extend(document.map(|document| (place(lines.len()), document)));
        lines.push(Line {
            line: index as u64 + 1,
            id,
            status: Status::Refused,
            reasons: troubles,
        });
    }
    if lines.is_empty() {
        return Err(IntakeError::Empty);
    }
    Ok((lines, documents))
}

/// The place in the archive of what stands in the line with this number.
fn place(number: usize) -> Place {
    (0, number as u64)
}

impl From<Option<Outcome>> for Status {
    /// What becomes of the line of a document; `None` if another line counts.
    fn from(outcome: Option<Outcome>) -> Status {
        match outcome {
            Some(Outcome::Added) => Status::Added,
            Some(Outcome::Updated) => Status::Updated,
            Some(Outcome::Unchanged) => Status::Unchanged,
            Some(Outcome::TakenDown) => Status::TakenDown,
            None => Status::Superseded,
        }
    }
}
