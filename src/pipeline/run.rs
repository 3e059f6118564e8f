//! The run: threads and queues.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::build::DocumentBuilder;
use super::prepare::{next, prepare};
use super::taker::{Message, Place, Taker};
use super::{Event, Options, PipelineError, Summary};
use crate::document::Document;
use crate::engine::{Engine, Writer};
use crate::ingest::{self, ReadOptions, SourceFile};
use crate::schema::Schema;

/// Documents or files that may wait between two stages.
pub(super) const QUEUE: usize = 64;

/// Indexes all documents below the paths and commits them.
///
/// Documents that are there already, unchanged, are left alone, so that a run that was ended early
/// is completed by running it again. If two records state the same id, the later one (in the order
/// of paths and lines) wins, whatever the order in which threads come to them.
pub fn index(
    engine: &dyn Engine,
    mut writer: Box<dyn Writer>,
    schema: &Schema,
    options: &Options,
    progress: &mut dyn FnMut(Event<'_>),
) -> Result<Summary, PipelineError> {
    let started = Instant::now();
    let builder = || DocumentBuilder::new(schema).with(Arc::clone(&options.curation));
    let mut taker = Taker::new(builder());
    for skipped in &options.curation.troubles {
        taker.skip(skipped.clone(), progress);
    }
    let stop = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        let messages = start(scope, engine, schema, options, &stop);
        let outcome = taker.take(messages, engine, writer.as_mut(), options, progress);
        // Wakes the other threads, whose queues are closed now, if the writer failed.
        stop.store(true, Ordering::Relaxed);
        outcome
    });
    outcome?;
    writer.commit()?;
    engine.reload()?;
    if options.prune {
        taker.prune(engine, writer.as_mut(), options)?;
    }
    taker.apply_decisions(engine, writer.as_mut(), options, progress)?;
    writer.close()?;
    engine.reload()?;
    progress(Event::Committed);
    taker.summary.took = started.elapsed();
    Ok(taker.summary)
}

/// Starts readers and analysers; what they say comes out of the queue.
fn start<'scope, 'env: 'scope>(
    scope: &'scope thread::Scope<'scope, 'env>,
    engine: &'env dyn Engine,
    schema: &'env Schema,
    options: &'env Options,
    stop: &'env AtomicBool,
) -> Receiver<Message> {
    let (file_sender, files) = bounded::<(u64, SourceFile)>(QUEUE);
    let (document_sender, documents) = bounded::<(Place, Document)>(QUEUE);
    let (message_sender, messages) = bounded::<Message>(QUEUE);

    let walker = message_sender.clone();
    scope.spawn(move || {
        for (number, file) in options.curation.walk(&options.paths).enumerate() {
            let sent = match file {
                Ok(file) => file_sender.send((number as u64, file)).is_ok(),
                Err(skipped) => walker.send(Message::Skipped(skipped)).is_ok(),
            };
            if !sent || stop.load(Ordering::Relaxed) {
                return;
            }
        }
    });
    for _ in 0..options.threads.max(1) {
        let (files, read_documents, messages) = (
            files.clone(),
            document_sender.clone(),
            message_sender.clone(),
        );
        let read_options = options.reading(schema);
        scope.spawn(move || {
            for (number, file) in files {
                if read(number, &file, &read_options, &read_documents, &messages).is_break() {
                    return;
                }
            }
        });
    }
    analyse(scope, engine, schema, options, &documents, &message_sender);
    messages
}

/// Starts the threads that make indexed documents of what was read, until there is no more.
pub(super) fn analyse<'scope, 'env: 'scope>(
    scope: &'scope thread::Scope<'scope, 'env>,
    engine: &'env dyn Engine,
    schema: &'env Schema,
    options: &'env Options,
    documents: &Receiver<(Place, Document)>,
    messages: &Sender<Message>,
) {
    for _ in 0..options.threads.max(1) {
        let (documents, messages) = (documents.clone(), messages.clone());
        scope.spawn(move || {
            let builder = DocumentBuilder::new(schema).with(Arc::clone(&options.curation));
            let mut hand_on = |message| messages.send(message).is_ok();
            loop {
                let batch = next(&documents, options.threads);
                if batch.is_empty() || !prepare(engine, &builder, batch, &mut hand_on) {
                    return;
                }
            }
        });
    }
}

/// Reads one file; breaks off if nobody listens any more.
fn read(
    number: u64,
    file: &SourceFile,
    options: &ReadOptions,
    documents: &Sender<(Place, Document)>,
    messages: &Sender<Message>,
) -> ControlFlow<()> {
    let name = file.path.display().to_string();
    let mut record = 0;
    let mut complete = true;
    let mut open = messages.send(Message::File(name.clone())).is_ok();
    let _ = ingest::read(file, options, &mut |result| {
        open = match result {
            Ok(document) => {
                record += 1;
                documents.send(((number, record), document)).is_ok()
            }
            Err(skipped) => {
                complete = false;
                messages.send(Message::Skipped(skipped)).is_ok()
            }
        };
        if open {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    if open && complete {
        open = messages.send(Message::FileDone(name)).is_ok();
    }
    if open {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}
