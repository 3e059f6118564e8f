//! How the schema's fields are laid out in tantivy.

use std::path::Path;
use std::sync::Arc;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema as TantivySchema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{RAW_TOKENIZER_NAME, RawTokenizer, TextAnalyzer, TokenizerManager};
use tantivy::{SegmentPlugin, TantivyDocument};

use super::component::{Derived, Plugin};
use super::entry::Entry;
use super::outline::to_words;
use super::postings::PostingsComponent;
use super::precounted::CountsComponent;
use super::record::RecordComponent;
use super::sentences::SentencesComponent;
use super::stored::DocumentsComponent;
use super::vocabulary::WordsComponent;
use crate::engine::IndexDocument;
use crate::schema::{FieldKind, Schema};

/// Name of the column of ids, by which equal scores are ordered.
pub(super) const ID: &str = "_id";
/// Name of the column of the first bytes of the ids, which mostly tell two of them apart.
pub(super) const ID_HEAD: &str = "_id_head";
/// Name of the column of labels, by which groups of copies are made.
pub(super) const LABEL: &str = "_label";
/// Name of the column of outlines, by which texts are compared.
pub(super) const OUTLINE: &str = "_outline";
/// Name of the column of fingerprints.
pub(super) const FINGERPRINT: &str = "_fingerprint";
/// Name of the column of embargoes; documents without one have no place in it.
pub(super) const EMBARGO: &str = "_embargo";

/// Name of the column of moments at which documents were taken in, in seconds since 1970.
pub(super) const INDEXED_AT: &str = "_indexed_at";

/// The tantivy schema and where our fields stand in it.
#[derive(Clone)]
pub(super) struct Layout {
    pub(super) schema: Arc<Schema>,
    pub(super) tantivy: TantivySchema,
    pub(super) id: Field,
    id_head: Field,
    fingerprint: Field,
    embargo: Field,
    indexed_at: Field,
    /// The labels, as a column and as terms.
    pub(super) label: Field,
    outline: Field,
    /// The bands of sketches: terms by which likely copies are found.
    pub(super) band: Field,
    /// The text fields, in the order of the schema.
    pub(super) texts: Vec<String>,
    /// The keyword fields, in the order of the schema.
    pub(super) keywords: Vec<String>,
}

impl Layout {
    pub(super) fn new(schema: Arc<Schema>) -> Layout {
        let mut builder = TantivySchema::builder();
        let raw = TextFieldIndexing::default()
            .set_tokenizer(RAW_TOKENIZER_NAME)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let id = TextOptions::default()
            .set_indexing_options(raw)
            .set_fast(RAW_TOKENIZER_NAME);
        let column = NumericOptions::default().set_fast();
        Layout {
            id: builder.add_text_field(ID, id),
            id_head: builder.add_u64_field(ID_HEAD, column.clone()),
            fingerprint: builder.add_u64_field(FINGERPRINT, column.clone()),
            embargo: builder.add_u64_field(EMBARGO, column.clone()),
            indexed_at: builder.add_u64_field(INDEXED_AT, column.clone()),
            label: builder.add_u64_field(LABEL, column.clone().set_indexed()),
            outline: builder.add_u64_field(OUTLINE, column),
            band: builder.add_u64_field("_band", NumericOptions::default().set_indexed()),
            texts: (schema.text_fields())
                .map(|(field, _)| field.name.clone())
                .collect(),
            keywords: (schema.fields().iter())
                .filter(|field| matches!(field.kind, FieldKind::Keyword(_)))
                .map(|field| field.name.clone())
                .collect(),
            tantivy: builder.build(),
            schema,
        }
    }

    pub(super) fn tokenizers(&self) -> TokenizerManager {
        let manager = TokenizerManager::new();
        // Fields that are not tokenized ask for the default one all the same.
        for name in [RAW_TOKENIZER_NAME, "default"] {
            let raw = TextAnalyzer::builder(RawTokenizer::default());
            manager.register(name, raw.build());
        }
        manager
    }

    /// The files that each segment has beside those of tantivy, in the order in which they are
    /// written; decided when an index is made.
    /// `folder` is that of the segments.
    pub(super) fn plugins(&self, folder: &Path) -> [Arc<dyn SegmentPlugin>; 6] {
        let (schema, texts) = (&self.schema, self.texts.len());
        let facet = |name: &String| schema.field(name).is_some_and(|field| field.is_facet());
        [
            Arc::new(Plugin(PostingsComponent {
                folder: folder.to_owned(),
                texts: self.texts.clone(),
            })),
            Arc::new(Plugin(RecordComponent {
                schema: Arc::clone(schema),
            })),
            Arc::new(Plugin(SentencesComponent {
                schema: Arc::clone(schema),
            })),
            Arc::new(Plugin(DocumentsComponent::new(folder))),
            Arc::new(Plugin(Derived(WordsComponent { texts }))),
            Arc::new(Plugin(Derived(CountsComponent {
                texts,
                is_facet: self.keywords.iter().map(facet).collect(),
            }))),
        ]
    }

    /// Place of a text field among the text fields.
    pub(super) fn text_index(&self, name: &str) -> Option<usize> {
        self.texts.iter().position(|text| text == name)
    }

    /// A document on its way into a segment.
    pub(super) fn entry(&self, mut document: IndexDocument) -> Result<Entry, serde_json::Error> {
        let mut out = TantivyDocument::new();
        out.add_text(self.id, &document.document.id);
        out.add_u64(self.id_head, id_head(&document.document.id));
        out.add_u64(self.fingerprint, document.fingerprint);
        if let Some(embargo) = document.document.embargo {
            out.add_u64(self.embargo, u64::from(embargo.beginning()));
        }
        if let Some(moment) = document.document.indexed_at {
            // Hits are ranked by 32 bits: enough for seconds until 2106.
            let seconds = moment.unix_seconds().clamp(0, i64::from(u32::MAX));
            out.add_u64(self.indexed_at, seconds as u64);
        }
        for label in &document.labels {
            out.add_u64(self.label, *label);
        }
        if let Some(sketch) = &document.document.sketch {
            for word in to_words(&sketch.outline) {
                out.add_u64(self.outline, word);
            }
            for band in sketch.bands {
                out.add_u64(self.band, u64::from(band));
            }
        }
        let text = std::mem::take(&mut document.document.body);
        let head = serde_json::to_string(&document.document);
        document.document.body = text;
        Ok(Entry {
            kept: out,
            document,
            head: head?,
            place: None,
        })
    }
}

/// The first eight bytes of an id as a number; ids are in the order of these numbers, and only those
/// that begin alike have the same.
pub(super) fn id_head(id: &str) -> u64 {
    let mut head = [0; 8];
    for (byte, of_id) in head.iter_mut().zip(id.bytes()) {
        *byte = of_id;
    }
    u64::from_be_bytes(head)
}
