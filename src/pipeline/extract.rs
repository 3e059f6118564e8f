//! Reading and enriching without an index: on all processors, in the order of the input.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::build::DocumentBuilder;
use crate::curation::Curation;
use crate::document::Document;
use crate::ingest::{self, ReadOptions, Skipped, SourceFile};

/// Documents that may wait, of each file that is being read.
const QUEUE: usize = 64;

/// What the walker found, in order.
enum Source {
    File(Receiver<Slot>),
    Skipped(Skipped),
}

/// The place of a document in its file, which its enriched form will take.
enum Slot {
    Document(Receiver<Extracted>),
    Skipped(Skipped),
}

/// What became of a document.
pub enum Extracted {
    /// It would be indexed like this.
    Document(Box<Document>),
    /// The document with this id would be in no index.
    TakenDown(String),
}

/// A document to enrich, and where to put it.
type Job = (Document, Sender<Extracted>);

/// Reads and enriches all documents below `paths` with `threads` readers and as many enrichers,
/// and gives them to `take` in the order of paths and records, until `take` breaks off.
///
/// The queues are short: each holds a place for what is still being worked at, so order costs no
/// memory that grows with the archive.
pub fn extract(
    paths: &[PathBuf],
    curation: &Curation,
    builder: &DocumentBuilder,
    options: &ReadOptions,
    threads: usize,
    take: &mut dyn FnMut(Result<Extracted, Skipped>) -> ControlFlow<()>,
) {
    thread::scope(|scope| {
        let (source_sender, sources) = bounded::<Source>(QUEUE);
        let (file_sender, files) = bounded::<(SourceFile, Sender<Slot>)>(QUEUE);
        let (job_sender, jobs) = bounded::<Job>(QUEUE);
        scope.spawn(move || walk(paths, curation, &source_sender, &file_sender));
        for _ in 0..threads.max(1) {
            let (files, job_sender) = (files.clone(), job_sender.clone());
            scope.spawn(move || {
                for (file, slots) in files {
                    read(&file, options, &slots, &job_sender);
                }
            });
            let jobs = jobs.clone();
            scope.spawn(move || {
                for (document, slot) in jobs {
                    // Nobody waits for it any more once `take` has broken off.
                    let _ = slot.send(enriched(document, builder));
                }
            });
        }
        drop((files, jobs, job_sender));
        let _ = collect(&sources, take);
        // Whoever still wants to send learns that nobody listens.
        drop(sources);
    });
}

/// Taken down is what is named by what was read, or by what was derived.
fn enriched(mut document: Document, builder: &DocumentBuilder) -> Extracted {
    let taken_down = builder.takes_down(&document);
    builder.enrich(&mut document);
    if taken_down || builder.takes_down(&document) {
        return Extracted::TakenDown(document.id);
    }
    Extracted::Document(Box::new(document))
}

fn walk(
    paths: &[PathBuf],
    curation: &Curation,
    sources: &Sender<Source>,
    files: &Sender<(SourceFile, Sender<Slot>)>,
) {
    for file in curation.walk(paths) {
        let sent = match file {
            Ok(file) => {
                let (slot_sender, slots) = bounded(QUEUE);
                sources.send(Source::File(slots)).is_ok() && files.send((file, slot_sender)).is_ok()
            }
            Err(skipped) => sources.send(Source::Skipped(skipped)).is_ok(),
        };
        if !sent {
            return;
        }
    }
}

fn read(file: &SourceFile, options: &ReadOptions, slots: &Sender<Slot>, jobs: &Sender<Job>) {
    let _ = ingest::read(file, options, &mut |result| {
        let sent = match result {
            Ok(document) => {
                let (sender, receiver) = bounded(1);
                slots.send(Slot::Document(receiver)).is_ok()
                    && jobs.send((document, sender)).is_ok()
            }
            Err(skipped) => slots.send(Slot::Skipped(skipped)).is_ok(),
        };
        if sent {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
}

fn collect(
    sources: &Receiver<Source>,
    take: &mut dyn FnMut(Result<Extracted, Skipped>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for source in sources {
        let slots = match source {
            Source::File(slots) => slots,
            Source::Skipped(skipped) => {
                take(Err(skipped))?;
                continue;
            }
        };
        for slot in slots {
            match slot {
                Slot::Skipped(skipped) => take(Err(skipped))?,
                Slot::Document(document) => {
                    if let Ok(document) = document.recv() {
                        take(Ok(document))?;
                    }
                }
            }
        }
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::schema::Schema;

    fn extract_from(
        folder: &Path,
        take: &mut dyn FnMut(Result<Extracted, Skipped>) -> ControlFlow<()>,
    ) {
        let schema = Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap();
        extract(
            &[folder.to_path_buf()],
            &Curation::default(),
            &DocumentBuilder::new(&schema),
            &ReadOptions::default(),
            3,
            take,
        );
    }

    #[test]
    fn documents_come_in_the_order_of_files_and_records() {
        let folder = tempfile::tempdir().unwrap();
        for file in 0..30 {
            let lines: Vec<String> = (0..100)
                .map(|line| format!("{{\"id\":\"{file}-{line}\",\"body\":\"Der Rat tagt.\"}}"))
                .collect();
            let path = folder.path().join(format!("{file:02}.jsonl"));
            std::fs::write(path, lines.join("\n")).unwrap();
        }
        let mut ids = Vec::new();
        extract_from(folder.path(), &mut |extracted| {
            if let Ok(Extracted::Document(document)) = extracted {
                ids.push(document.id);
            }
            ControlFlow::Continue(())
        });
        let expected: Vec<String> = (0..30)
            .flat_map(|file| (0..100).map(move |line| format!("{file}-{line}")))
            .collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn whoever_breaks_off_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = "{\"id\":\"1\",\"body\":\"Der Rat tagt.\"}\n".repeat(5_000);
        for file in 0..5 {
            std::fs::write(folder.path().join(format!("{file}.jsonl")), &text).unwrap();
        }
        let mut taken = 0;
        extract_from(folder.path(), &mut |_| {
            taken += 1;
            if taken == 3 {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        assert_eq!(taken, 3);
    }
}
