//! Rights reach documents whose source was not read this time, too.

use super::build::DocumentBuilder;
use crate::document::Document;
use crate::engine::{Engine, Result, Writer};

/// What a sweep changed.
#[derive(Debug, Default)]
pub(super) struct Swept {
    pub(super) taken_down: u64,
    pub(super) limited: u64,
}

/// Takes down and limits the documents of the index that are not `seen`. What a rule loosens is
/// noticed only when the source is read again.
pub(super) fn sweep(
    engine: &dyn Engine,
    writer: &mut dyn Writer,
    builder: &DocumentBuilder,
    seen: impl Fn(&str) -> bool,
) -> Result<Swept> {
    let mut swept = Swept::default();
    let mut outcome = Ok(());
    let mut settle = |mut document: Document| {
        if builder.takes_down(&document) {
            swept.taken_down += 1;
            return writer.delete(&document.id);
        }
        if builder.limit(&mut document) {
            swept.limited += 1;
            // No document has this fingerprint: it is read anew when its source is there again.
            return writer.add(builder.build(document, 0));
        }
        Ok(())
    };
    engine.each_document(&mut |document| {
        if outcome.is_ok() && !seen(&document.id) {
            outcome = settle(document);
        }
    })?;
    outcome.map(|()| swept)
}
