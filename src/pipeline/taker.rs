//! What becomes of the documents: the one thread that writes.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::time::Instant;

use crossbeam_channel::Receiver;

use super::build::DocumentBuilder;
use super::copies::{Found, Waiting};
use super::prune::{self, Seen};
use super::sweep::sweep;
use super::{Event, Options, PipelineError, Summary};
use crate::document::{Document, Moment};
use crate::engine::{Engine, EngineError, IndexDocument, Writer};
use crate::ingest::Skipped;

/// Where a document stood in the archive: number of the file, number of the record.
pub(super) type Place = (u64, u64);

/// News of the readers and analysers for the writer.
pub(super) enum Message {
    File(String),
    FileDone(String),
    /// A document that is new or has changed, ready to be taken in, with its copies.
    Ready(Place, Box<IndexDocument>, Found, Outcome),
    /// The index cannot be asked.
    Failed(EngineError),
    /// A document that is in the index as it is, in case an earlier record took its place.
    Unchanged(Place, Box<Document>, u64),
    /// The id of a document that is not to be in the index.
    TakenDown(Place, String),
    Skipped(Skipped),
}

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Added,
    Updated,
    Unchanged,
    TakenDown,
}

/// Takes in what readers and analysers send.
pub(super) struct Taker {
    builder: DocumentBuilder,
    pub(super) summary: Summary,
    hasher: RandomState,
    /// By hash of the id: where the document stood that counts, and what became of it.
    places: HashMap<u64, (Place, Outcome)>,
    complete: Vec<String>,
    waiting: Waiting,
    /// Whether anything waits to be committed.
    pub(super) pending: bool,
}

impl Taker {
    pub(super) fn new(builder: DocumentBuilder) -> Taker {
        Taker {
            builder,
            summary: Summary::default(),
            hasher: RandomState::new(),
            places: HashMap::new(),
            complete: Vec::new(),
            waiting: Waiting::default(),
            pending: false,
        }
    }

    pub(super) fn take(
        &mut self,
        messages: Receiver<Message>,
        engine: &dyn Engine,
        writer: &mut dyn Writer,
        options: &Options,
        progress: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), PipelineError> {
        let mut committed = Instant::now();
        for message in messages {
            match message {
                Message::File(name) => {
                    self.summary.files += 1;
                    progress(Event::File(&name));
                }
                Message::FileDone(name) if options.prune => self.complete.push(name),
                Message::FileDone(_) => {}
                Message::Skipped(skipped) => self.skip(skipped, progress),
                Message::Unchanged(place, mut document, fingerprint) => {
                    let earlier = self.settle(place, &document.id, Outcome::Unchanged, progress);
                    if earlier == Settled::ReplacesTaken {
                        self.builder.enrich(&mut document);
                        let found = Found::of(&document, engine)?;
                        let document = self.builder.build(*document, fingerprint);
                        self.add(document, found, false, engine, writer)?;
                    }
                }
                Message::TakenDown(place, id) => {
                    if self.settle(place, &id, Outcome::TakenDown, progress) != Settled::Superseded
                    {
                        writer.delete(&id)?;
                        self.pending = true;
                    }
                }
                Message::Ready(place, document, found, outcome) => {
                    let id = &document.document.id;
                    let settled = self.settle(place, id, outcome, progress);
                    if settled != Settled::Superseded {
                        let is_new = settled == Settled::First && outcome == Outcome::Added;
                        self.add(*document, found, is_new, engine, writer)?;
                    }
                }
                Message::Failed(error) => return Err(error.into()),
            }
            let is_due = committed.elapsed() >= options.commit_interval;
            if self.pending && (is_due || self.waiting.is_full()) {
                writer.commit()?;
                engine.reload()?;
                self.waiting.clear();
                progress(Event::Committed);
                committed = Instant::now();
                self.pending = false;
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        mut document: IndexDocument,
        found: Found,
        is_new: bool,
        engine: &dyn Engine,
        writer: &mut dyn Writer,
    ) -> Result<(), PipelineError> {
        // What nobody has taken in before need not be looked for.
        document.document.indexed_at = Some(if is_new {
            Moment::now()
        } else {
            indexed_at(&document.document, engine)?
        });
        self.waiting.label(&mut document, found, engine)?;
        writer.add(document)?;
        self.pending = true;
        Ok(())
    }

    /// What became of the document with that id that stood in that place; `None` if one that stood
    /// later counts.
    pub(super) fn fate(&self, id: &str, place: Place) -> Option<Outcome> {
        let (counts, outcome) = self.places.get(&self.hasher.hash_one(id))?;
        (*counts == place).then_some(*outcome)
    }

    pub(super) fn skip(&mut self, skipped: Skipped, progress: &mut dyn FnMut(Event<'_>)) {
        progress(Event::Skipped(&skipped));
        self.summary.skip(skipped);
    }

    /// Counts a document, unless a later record of the same id was there before.
    fn settle(
        &mut self,
        place: Place,
        id: &str,
        outcome: Outcome,
        progress: &mut dyn FnMut(Event<'_>),
    ) -> Settled {
        let hash = self.hasher.hash_one(id);
        let Some((other, before)) = self.places.get(&hash).copied() else {
            self.places.insert(hash, (place, outcome));
            *self.count(outcome) += 1;
            progress(Event::Document);
            return Settled::First;
        };
        let skipped = Skipped {
            path: id.to_owned(),
            line: None,
            reason: "this id is used by several records; the last one is kept".to_owned(),
        };
        self.skip(skipped, progress);
        if place < other {
            return Settled::Superseded;
        }
        // What the index had before this run does not change when the run commits.
        let outcome = match (before, outcome) {
            (Outcome::Added, _) => Outcome::Added,
            (Outcome::Updated, Outcome::Unchanged) => Outcome::Updated,
            _ => outcome,
        };
        self.places.insert(hash, (place, outcome));
        *self.count(before) -= 1;
        *self.count(outcome) += 1;
        match before {
            Outcome::Unchanged => Settled::First,
            Outcome::Added | Outcome::Updated | Outcome::TakenDown => Settled::ReplacesTaken,
        }
    }

    fn count(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Added => &mut self.summary.added,
            Outcome::Updated => &mut self.summary.updated,
            Outcome::Unchanged => &mut self.summary.unchanged,
            Outcome::TakenDown => &mut self.summary.taken_down,
        }
    }

    /// Has the rights reach what was not read this time, and tells of corrections that fit nothing.
    pub(super) fn apply_decisions(
        &mut self,
        engine: &dyn Engine,
        writer: &mut dyn Writer,
        options: &Options,
        progress: &mut dyn FnMut(Event<'_>),
    ) -> Result<(), PipelineError> {
        let curation = &options.curation;
        if !curation.rights.is_empty() {
            engine.reload()?;
            let seen = |id: &str| self.places.contains_key(&self.hasher.hash_one(id));
            let swept = sweep(engine, &self.builder, seen)?;
            for id in &swept.taken_down {
                writer.delete(id)?;
            }
            for id in &swept.limited {
                let Some(mut document) = engine.document(id)? else {
                    continue;
                };
                self.builder.limit(&mut document);
                // No document has this fingerprint: it is read anew when its source is there again.
                let found = Found::of(&document, engine)?;
                let document = self.builder.build(document, 0);
                self.add(document, found, false, engine, writer)?;
            }
            self.summary.taken_down += swept.taken_down.len() as u64;
            self.summary.updated += swept.limited.len() as u64;
            if !(swept.taken_down.is_empty() && swept.limited.is_empty()) {
                writer.commit()?;
            }
        }
        let mut unused = curation.overrides.unused();
        if !unused.is_empty() {
            // They may be for documents whose source was not read this time.
            engine.each_document(&mut |document| unused.retain(|one| !one.is_for(&document)))?;
        }
        for unused in unused {
            self.skip(unused.told, progress);
        }
        Ok(())
    }

    pub(super) fn prune(
        &mut self,
        engine: &dyn Engine,
        writer: &mut dyn Writer,
        options: &Options,
    ) -> Result<(), PipelineError> {
        let seen = Seen {
            ids: self.places.keys().copied().collect(),
            complete: self.complete.drain(..).collect(),
        };
        let hash = |id: &str| self.hasher.hash_one(id);
        let vanished = prune::vanished(engine, &options.paths, &seen, hash)?;
        for id in &vanished {
            writer.delete(id)?;
        }
        self.summary.removed = vanished.len() as u64;
        if !vanished.is_empty() {
            writer.commit()?;
        }
        Ok(())
    }
}

/// When a document was taken in: if the index has it with the same title and body, it keeps the
/// moment, else it is now.
fn indexed_at(document: &Document, engine: &dyn Engine) -> Result<Moment, EngineError> {
    let indexed = engine.document(&document.id)?;
    let same = indexed.filter(|indexed| indexed.content_hash == document.content_hash);
    let known = same.and_then(|indexed| indexed.indexed_at);
    Ok(known.unwrap_or_else(Moment::now))
}

/// How a document stands to the records of the same id that came before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// None of them changed the index.
    First,
    /// One of them was taken in and must be replaced.
    ReplacesTaken,
    /// One of them stood later in the archive and stays.
    Superseded,
}
