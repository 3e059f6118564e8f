//! From a document that was read to what the writer has to do.

use super::build::DocumentBuilder;
use super::copies::Found;
use super::taker::{Message, Outcome, Place};
use crate::document::Document;
use crate::engine::Engine;

/// Makes an indexed document of one that was read, unless it is in the index as it is or is not
/// to be there.
pub(super) fn prepare(
    engine: &dyn Engine,
    builder: &DocumentBuilder,
    place: Place,
    mut document: Document,
) -> Message {
    if builder.takes_down(&document) {
        return Message::TakenDown(place, document.id);
    }
    let input = builder.input_hash(&document);
    // An index that cannot be asked will not take the document either, and says so then.
    let known = engine.fingerprint(&document.id).unwrap_or(None);
    let indexed = || engine.document(&document.id).unwrap_or(None);
    if let Some(known) = known
        && builder.is_current(known, input, indexed)
    {
        return Message::Unchanged(place, Box::new(document), known);
    }
    builder.enrich(&mut document);
    // A correction may have given it another address.
    if builder.takes_down(&document) {
        return Message::TakenDown(place, document.id);
    }
    let outcome = match known {
        Some(_) => Outcome::Updated,
        None => Outcome::Added,
    };
    let fingerprint = builder.fingerprint(input, &document);
    match Found::of(&document, engine) {
        Ok(found) => {
            let document = builder.build(document, fingerprint);
            Message::Ready(place, Box::new(document), found, outcome)
        }
        Err(error) => Message::Failed(error),
    }
}
