//! In which sentences of a hit does a request find something?

use tantivy::DocId;
use tantivy::postings::TermInfo;

use super::pattern::Shape;
use super::postings::{FieldPostings, term_text};
use super::snapshot::Snapshot;
use crate::analysis::Term;
use crate::engine::Result;
use crate::search::{Locate, Located};

/// Where what is looked for has its postings, for each segment and each [`Locate`] of a request.
pub(super) struct Locator {
    segments: Vec<Vec<InField>>,
}

/// The postings of one [`Locate`] in one segment.
struct InField {
    /// Place of the field among the text fields.
    text: usize,
    found: Vec<TermInfo>,
    otherwise: Vec<TermInfo>,
}

impl Locator {
    pub(super) fn new(snapshot: &Snapshot, wanted: &[Locate]) -> Result<Locator> {
        let mut segments = Vec::with_capacity(snapshot.segments.len());
        for segment in &snapshot.segments {
            let mut fields = Vec::with_capacity(wanted.len());
            for locate in wanted {
                let text = snapshot.layout.text_index(&locate.field);
                let text = text.ok_or_else(|| super::build::unknown_field(&locate.field))?;
                let index = &segment.texts[text];
                let mut found = terms(&locate.terms, index)?;
                for pattern in &locate.patterns {
                    found.extend(Shape::new(pattern)?.terms(index)?);
                }
                let otherwise = terms(&locate.otherwise, index)?;
                fields.push(InField {
                    text,
                    found,
                    otherwise,
                });
            }
            segments.push(fields);
        }
        Ok(Locator { segments })
    }

    /// Whether nothing is looked for: then no text is asked for either.
    pub(super) fn is_empty(&self) -> bool {
        self.segments.iter().all(Vec::is_empty)
    }

    /// The sentences of a document, for each [`Locate`].
    pub(super) fn locate(
        &self,
        snapshot: &Snapshot,
        (number, document): (usize, DocId),
    ) -> tantivy::Result<Vec<Located>> {
        let segment = &snapshot.segments[number];
        let mut all = Vec::with_capacity(self.segments[number].len());
        for field in &self.segments[number] {
            let index = &segment.texts[field.text];
            let mut positions = positions(&field.found, index, document)?;
            if positions.is_empty() {
                positions = self::positions(&field.otherwise, index, document)?;
            }
            let sentences = segment.sentences.read(document, field.text)?;
            all.push(Located::new(sentences, positions.into_iter()));
        }
        Ok(all)
    }
}

fn terms(terms: &[Term], index: &FieldPostings) -> Result<Vec<TermInfo>> {
    let mut found = Vec::with_capacity(terms.len());
    for term in terms {
        let info = index.get(&term_text(term));
        found.extend(info.map_err(tantivy::TantivyError::from)?);
    }
    Ok(found)
}

/// Where the document has any of some terms.
fn positions(
    terms: &[TermInfo],
    index: &FieldPostings,
    document: DocId,
) -> tantivy::Result<Vec<u32>> {
    let mut positions = Vec::new();
    for info in terms {
        index.append_positions(info, document, &mut positions)?;
    }
    Ok(positions)
}
