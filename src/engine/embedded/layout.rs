//! How the schema's fields are laid out in tantivy.

use std::sync::Arc;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, STORED, Schema as TantivySchema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{RAW_TOKENIZER_NAME, TextAnalyzer, TokenizerManager};
use tantivy::{SegmentPlugin, TantivyDocument};

use super::outline::to_words;
use super::packed::{PackedTokenizer, pack, pack_terms};
use super::precounted::CountsPlugin;
use super::record::{RecordInput, RecordPlugin};
use super::sentences::{self, SentencesPlugin};
use super::vocabulary::WordsPlugin;
use crate::engine::{IndexDocument, spelling};
use crate::schema::{FieldKind, Schema};

/// Name of the tokenizer of all text fields.
const TOKENIZER: &str = "packed";
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
    pub(super) document: Field,
    record: Field,
    sentences: Field,
    /// The words as documents write them.
    pub(super) words: Field,
    /// The text fields, in the order of the schema.
    pub(super) texts: Vec<(String, Field)>,
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
        // Lengths stand in the record: tantivy would count terms, BM25 wants words.
        let text = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(text);
        let words = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        let words = TextOptions::default().set_indexing_options(words);
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
            // As text: tantivy reads bytes one by one.
            document: builder.add_text_field("_document", STORED),
            record: builder.add_custom_field("_record", "record", serde_json::Value::Null),
            sentences: builder.add_custom_field("_sentences", "sentences", serde_json::Value::Null),
            words: builder.add_text_field("_words", words),
            texts: (schema.text_fields())
                .map(|(field, _)| {
                    let tantivy_field = builder.add_text_field(&field.name, text.clone());
                    (field.name.clone(), tantivy_field)
                })
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
        let raw = tantivy::tokenizer::RawTokenizer::default();
        manager.register(RAW_TOKENIZER_NAME, TextAnalyzer::builder(raw).build());
        // Fields that are not tokenized ask for it all the same.
        let default = tantivy::tokenizer::RawTokenizer::default();
        manager.register("default", TextAnalyzer::builder(default).build());
        let packed = PackedTokenizer::default();
        manager.register(TOKENIZER, TextAnalyzer::builder(packed).build());
        manager
    }

    /// The files that each segment has beside those of tantivy; decided when an index is made.
    pub(super) fn plugins(&self) -> [Arc<dyn SegmentPlugin>; 4] {
        [
            Arc::new(RecordPlugin {
                field: self.record,
                texts: self.texts.len(),
                facets: self.keywords.len(),
            }),
            Arc::new(SentencesPlugin {
                field: self.sentences,
            }),
            Arc::new(WordsPlugin { field: self.words }),
            Arc::new(CountsPlugin {
                texts: self.texts.iter().map(|(_, field)| *field).collect(),
                is_facet: (self.keywords.iter())
                    .map(|name| {
                        self.schema
                            .field(name)
                            .is_some_and(|field| field.is_facet())
                    })
                    .collect(),
            }),
        ]
    }

    /// Place of a text field among the text fields.
    pub(super) fn text_index(&self, name: &str) -> Option<usize> {
        self.texts.iter().position(|(text, _)| text == name)
    }

    pub(super) fn document(
        &self,
        document: &IndexDocument,
    ) -> Result<TantivyDocument, serde_json::Error> {
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
        out.add_text(self.document, serde_json::to_string(&document.document)?);
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
        for (name, field) in &self.texts {
            let text = document.texts.iter().find(|(text, _)| text == name);
            if let Some((_, tokens)) = text {
                out.add_text(*field, pack(tokens));
            }
        }
        out.add_text(self.words, pack_terms(&spelling::terms(document)));
        let record = RecordInput::new(document, &self.schema);
        out.add_custom(self.record, &record.to_bytes());
        out.add_custom(self.sentences, &sentences::block(document, &self.schema));
        Ok(out)
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
