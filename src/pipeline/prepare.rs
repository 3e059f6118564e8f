//! From documents that were read to what the writer has to do.

use crossbeam_channel::Receiver;

use super::build::DocumentBuilder;
use super::copies::Found;
use super::taker::{Message, Outcome, Place};
use crate::document::Document;
use crate::engine::Engine;

/// Most documents that are prepared at once: an engine that is far away is asked once for all.
const MOST: usize = 32;
/// No more are taken together once their texts have so many bytes.
const MOST_BYTES: usize = 1 << 20;

/// Waits for documents; those that are there already are taken together, but for a fair share of
/// the other threads. Empty when there will be no more.
pub(super) fn next(
    documents: &Receiver<(Place, Document)>,
    threads: usize,
) -> Vec<(Place, Document)> {
    let mut batch: Vec<(Place, Document)> = documents.recv().into_iter().collect();
    let most = MOST.min(1 + documents.len() / threads.max(1));
    let mut bytes: usize = batch.iter().map(|(_, document)| document.body.len()).sum();
    while !batch.is_empty() && batch.len() < most && bytes < MOST_BYTES {
        let Ok(document) = documents.try_recv() else {
            break;
        };
        bytes += document.1.body.len();
        batch.push(document);
    }
    batch
}

/// Makes indexed documents of those that were read, unless they are in the index as they are or are
/// not to be there. What is to be done is handed on in the same order, until `hand_on` is false.
pub(super) fn prepare(
    engine: &dyn Engine,
    builder: &DocumentBuilder,
    batch: Vec<(Place, Document)>,
    hand_on: &mut dyn FnMut(Message) -> bool,
) -> bool {
    let ids: Vec<&str> = batch.iter().map(|(_, document)| &*document.id).collect();
    // An index that cannot be asked will not take the documents either, and says so then.
    let known = (engine.fingerprints(&ids)).unwrap_or_else(|_| vec![None; ids.len()]);
    let begun: Vec<Begun> = (batch.into_iter().zip(known))
        .map(|((place, document), known)| begin(engine, builder, place, document, known))
        .collect();
    let enriched = begun.iter().filter_map(|begun| match begun {
        Begun::Enriched { document, .. } => Some(&**document),
        Begun::Decided(_) => None,
    });
    let mut found = match Found::of_all(enriched, engine) {
        Ok(found) => found.into_iter(),
        Err(error) => return hand_on(Message::Failed(error)),
    };
    begun.into_iter().all(|begun| {
        let message = match begun {
            Begun::Decided(message) => message,
            Begun::Enriched {
                place,
                document,
                fingerprint,
                outcome,
            } => {
                let document = Box::new(builder.build(*document, fingerprint));
                // There is one for each that was enriched.
                let Some(found) = found.next() else {
                    return false;
                };
                Message::Ready(place, document, found, outcome)
            }
        };
        hand_on(message)
    })
}

/// A document of which is known what becomes of it.
enum Begun {
    Decided(Message),
    /// It is to be taken in; its copies are not known yet.
    Enriched {
        place: Place,
        document: Box<Document>,
        fingerprint: u64,
        outcome: Outcome,
    },
}

fn begin(
    engine: &dyn Engine,
    builder: &DocumentBuilder,
    place: Place,
    mut document: Document,
    known: Option<u64>,
) -> Begun {
    if builder.takes_down(&document) {
        return Begun::Decided(Message::TakenDown(place, document.id));
    }
    let input = builder.input_hash(&document);
    let indexed = || engine.document(&document.id).unwrap_or(None);
    if let Some(known) = known
        && builder.is_current(known, input, indexed)
    {
        return Begun::Decided(Message::Unchanged(place, Box::new(document), known));
    }
    builder.enrich(&mut document);
    // A correction may have given it another address.
    if builder.takes_down(&document) {
        return Begun::Decided(Message::TakenDown(place, document.id));
    }
    Begun::Enriched {
        place,
        fingerprint: builder.fingerprint(input, &document),
        document: Box::new(document),
        outcome: match known {
            Some(_) => Outcome::Updated,
            None => Outcome::Added,
        },
    }
}
