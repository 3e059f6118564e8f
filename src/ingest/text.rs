//! Plain text: one file, one article, with whatever stood around it.

use std::ops::ControlFlow;

use super::input::Input;
use super::{Emit, Format, ReadOptions, content_hash, decode, derived_id, lines};
use crate::document::{Document, Evidence};

/// Plain text; takes everything.
pub(super) const FORMAT: Format = Format {
    recognises: |_| true,
    read,
};

fn read(input: &mut Input<'_>, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let bytes = match input.read_all(options.max_document_bytes) {
        Ok(bytes) => bytes,
        Err(skipped) => return emit(Err(skipped)),
    };
    let mut document = article(&decode::decode(&bytes));
    if document.body.is_empty() && document.title.is_none() {
        return emit(Err(
            input.skip(None, "no running text was found, nothing to index")
        ));
    }
    document.id = derived_id(input.file, 0);
    document.source_path = input.file.path.display().to_string();
    emit(Ok(document))
}

/// The article in `source`, without id and path.
pub(super) fn article(source: &str) -> Document {
    let sorted = lines::sort(source);
    let mut document = Document {
        title: sorted.title,
        kicker: sorted.kicker,
        body: sorted.body,
        lines: sorted.lines,
        ..Document::default()
    };
    for (field, kind) in [
        ("title", crate::document::LineKind::Title),
        ("kicker", crate::document::LineKind::Kicker),
    ] {
        let line = document.lines.iter().find(|line| line.kind == kind);
        if let Some(evidence) = line.map(|line| Evidence {
            field: "source".into(),
            start: line.start,
            end: line.end,
            text: line.text.clone(),
            rule: "line-above-the-text".into(),
            confidence: 0.8,
        }) {
            document.add_evidence(field, evidence);
        }
    }
    document.content_hash = content_hash(&document);
    document
}
