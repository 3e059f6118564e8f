//! A document on its way into a segment.

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

use super::waiting::Place;
use crate::analysis::Token;
use crate::engine::IndexDocument;

/// What tantivy keeps of a document itself, and the document, of which our components take what
/// they need: nothing is encoded only to be taken apart again.
pub(super) struct Entry {
    /// Id, columns, labels, bands.
    pub(super) kept: TantivyDocument,
    pub(super) document: IndexDocument,
    /// The document as JSON, without its text.
    pub(super) head: String,
    /// The room that it takes while it waits.
    pub(super) place: Option<Place>,
}

impl Entry {
    /// Memory in use, in bytes, roughly.
    pub(super) fn memory(&self) -> usize {
        let tokens = self.document.texts.iter().map(|(_, tokens)| tokens.len());
        let tokens = tokens.sum::<usize>() * size_of::<Token>();
        tokens + self.document.document.body.len() + self.head.len()
    }
}

impl Document for Entry {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.kept.iter_fields_and_values()
    }
}
