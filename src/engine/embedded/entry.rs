//! A document on its way into a segment.

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

use crate::engine::IndexDocument;

/// What tantivy keeps of a document itself, and the document, of which our components take what
/// they need: nothing is encoded only to be taken apart again.
pub(super) struct Entry {
    /// Id, columns, labels, bands.
    pub(super) kept: TantivyDocument,
    pub(super) document: IndexDocument,
    /// The document as JSON, without its text.
    pub(super) head: String,
}

impl Document for Entry {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.kept.iter_fields_and_values()
    }
}
