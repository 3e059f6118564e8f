//! Rights reach documents whose source was not read this time, too.

use super::build::DocumentBuilder;
use crate::engine::{Engine, Result};

/// Ids of the documents that have to change.
#[derive(Debug, Default)]
pub(super) struct Swept {
    pub(super) taken_down: Vec<String>,
    pub(super) limited: Vec<String>,
}

/// The documents of the index that are not `seen` and are to be taken down or limited. What a
/// rule loosens is noticed only when the source is read again.
pub(super) fn sweep(
    engine: &dyn Engine,
    builder: &DocumentBuilder,
    seen: impl Fn(&str) -> bool,
) -> Result<Swept> {
    let mut swept = Swept::default();
    engine.each_document(&mut |mut document| {
        if seen(&document.id) {
            return;
        }
        if builder.takes_down(&document) {
            swept.taken_down.push(document.id);
        } else if builder.limit(&mut document) {
            swept.limited.push(document.id);
        }
    })?;
    Ok(swept)
}
