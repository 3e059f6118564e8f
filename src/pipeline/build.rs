//! From a document as it was read to a document as an engine takes it in.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::analysis;
use crate::analyzers::Analyzers;
use crate::curation::Curation;
use crate::document::{Document, FieldValue, LineKind};
use crate::engine::IndexDocument;
use crate::enrich::{self, Enrichment};
use crate::schema::{Field, FieldKind, KeywordField, Schema};

/// Enriches and analyses documents.
pub struct DocumentBuilder {
    schema: Schema,
    curation: Arc<Curation>,
    enrichment: Enrichment,
    analyzers: Analyzers,
}

impl DocumentBuilder {
    /// A builder for an index with this schema.
    pub fn new(schema: &Schema) -> DocumentBuilder {
        DocumentBuilder {
            schema: schema.clone(),
            curation: Arc::default(),
            enrichment: Enrichment::standard(),
            analyzers: Analyzers::default(),
        }
    }

    /// The same with what people decided about the documents.
    pub fn with(self, curation: Arc<Curation>) -> DocumentBuilder {
        DocumentBuilder { curation, ..self }
    }

    /// Whether a document is not to be in the index.
    pub fn takes_down(&self, document: &Document) -> bool {
        self.curation.takes_down(document)
    }

    /// The fingerprint of a document that was enriched, or is indexed as it was enriched; `input`
    /// is the hash of what was read. Which rights hold depends on what was derived, too.
    pub fn fingerprint(&self, input: u64, enriched: &Document) -> u64 {
        input.wrapping_add(self.curation.rights.hash(enriched))
    }

    /// Whether `known` is the fingerprint that the document would get now; `indexed` gives the
    /// document that is in the index, which is asked for only if there are rights.
    pub fn is_current(
        &self,
        known: u64,
        input: u64,
        indexed: impl FnOnce() -> Option<Document>,
    ) -> bool {
        if self.curation.rights.is_empty() {
            return known == input;
        }
        indexed().is_some_and(|indexed| known == self.fingerprint(input, &indexed))
    }

    /// Hash of a document as it was read and of everything else that will make an indexed one of
    /// it, but for the rights.
    pub fn input_hash(&self, document: &Document) -> u64 {
        let mut hash = Sha256::new();
        for version in [analysis::VERSION, enrich::VERSION, self.schema.source()] {
            hash.update(version);
            hash.update([0]);
        }
        // A document always serialises; were it not so, it would be indexed again each time.
        hash.update(serde_json::to_vec(document).unwrap_or_default());
        for line in &document.lines {
            hash.update([line.kind as u8]);
            hash.update(&line.text);
        }
        for stated in &document.stated {
            hash.update(stated);
            hash.update([LineKind::Junk as u8]);
        }
        self.curation.overrides.hash(document, &mut hash);
        let digest = hash.finalize();
        u64::from_le_bytes(std::array::from_fn(|index| digest[index]))
    }

    /// Derives what can be derived, but for what people decided.
    pub fn enrich(&self, document: &mut Document) {
        self.curation.correct(document);
        self.enrichment.run(document);
        self.curation.settle(document);
    }

    /// Limits a document that is in the index already; whether that changed it.
    pub fn limit(&self, document: &mut Document) -> bool {
        let is_changed = self.curation.rights.limit(document);
        if is_changed {
            // The index keeps the sketch in another form.
            document.sketch = enrich::sketch(document).map(Box::new);
        }
        is_changed
    }

    /// Analyses an enriched document.
    pub fn build(&self, document: Document, fingerprint: u64) -> IndexDocument {
        let fields = self.schema.fields();
        let (mut texts, mut sentences) = (Vec::new(), Vec::new());
        for field in fields {
            let FieldKind::Text(text) = &field.kind else {
                continue;
            };
            let analyzer = self
                .analyzers
                .pick(text.analyzer, document.language.as_deref());
            let analyzed = analyzer.analyze_text(&document.text(&field.name));
            texts.push((field.name.clone(), analyzed.tokens));
            sentences.push((field.name.clone(), analyzed.sentences));
        }
        let values = (fields.iter())
            .filter_map(|field| Some((field.name.clone(), values(field, &document)?)))
            .collect();
        IndexDocument {
            labels: (document.sketch.iter()).map(|sketch| sketch.text).collect(),
            texts,
            sentences,
            values,
            fingerprint,
            document,
        }
    }
}

/// The values that count in a field; `None` for text.
fn values(field: &Field, document: &Document) -> Option<Vec<FieldValue>> {
    match &field.kind {
        FieldKind::Text(_) => None,
        FieldKind::Date { .. } => Some(document.values("date")),
        FieldKind::Keyword(keyword) => {
            let mut values = document.values(&keyword.source);
            values.retain(|value| counts(keyword, value));
            Some(values)
        }
    }
}

fn counts(keyword: &KeywordField, value: &FieldValue) -> bool {
    let fits = |allowed: &[String], own: Option<&str>| {
        allowed.is_empty() || own.is_none_or(|own| allowed.iter().any(|name| name == own))
    };
    fits(&keyword.roles, value.role) && fits(&keyword.scopes, value.scope)
}
