//! How good is the order of the hits? And, in [`metadata`], what is derived from pages?
//!
//! A test collection is a folder in the layout of BEIR (Thakur et al. 2021): `corpus.jsonl` with
//! `_id`, `title` and `text`, one or more `queries*.jsonl` with `_id` and `text`, and `qrels.tsv`
//! with query, document and a relevance grade. Queries are language, not the query language: each
//! is asked for any of its words, and the order of the hits is measured against the judgements.

mod collection;
mod measures;
pub mod metadata;

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

pub use collection::CollectionError;
pub use measures::Measures;

use self::collection::{Collection, Query};
use crate::analyzers::Analyzers;
use crate::archive::{Archive, Ask, AskError, Between};
use crate::document::Document;
use crate::engine::{Engine, EngineError, IndexDocument, Writer};
use crate::schema::{FieldKind, Schema};

/// Hits that are looked at for each query.
const DEPTH: usize = 100;

/// The quality of one file of queries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Name of the file.
    pub queries: String,
    /// Number of queries that have a relevant document.
    pub count: usize,
    /// Means over these queries.
    #[serde(flatten)]
    pub measures: Measures,
}

/// Why a collection cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The collection cannot be read.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A query was refused.
    #[error(transparent)]
    Ask(#[from] AskError),
}

/// Fills an empty index with the documents of the collection in `folder` and asks all queries.
pub fn evaluate(
    folder: &Path,
    engine: Arc<dyn Engine>,
    mut writer: Box<dyn Writer>,
    schema: &Schema,
) -> Result<Vec<Row>, EvaluateError> {
    let collection = Collection::open(folder)?;
    let analyzers = Analyzers::default();
    collection.each_document(&mut |document| {
        writer.add(analysed(document, schema, &analyzers))?;
        Ok::<(), EvaluateError>(())
    })?;
    writer.commit()?;
    writer.close()?;
    engine.reload()?;
    let archive = Archive::new(engine, schema.clone());
    let mut rows = Vec::new();
    for (name, queries) in &collection.queries {
        rows.push(Row {
            queries: name.clone(),
            count: queries.len(),
            measures: ask_all(&archive, queries)?,
        });
    }
    Ok(rows)
}

fn analysed(document: Document, schema: &Schema, analyzers: &Analyzers) -> IndexDocument {
    let (mut texts, mut sentences) = (Vec::new(), Vec::new());
    for (field, text) in schema.text_fields() {
        let analyzer = analyzers.pick(text.analyzer, None);
        let analyzed = analyzer.analyze_text(&document.text(&field.name));
        texts.push((field.name.clone(), analyzed.tokens));
        sentences.push((field.name.clone(), analyzed.sentences));
    }
    let values = (schema.fields().iter())
        .filter(|field| !matches!(field.kind, FieldKind::Text(_)))
        .map(|field| (field.name.clone(), Vec::new()));
    IndexDocument {
        labels: Vec::new(),
        texts,
        sentences,
        values: values.collect(),
        fingerprint: 0,
        document,
    }
}

fn ask_all(archive: &Archive, queries: &[Query]) -> Result<Measures, EvaluateError> {
    let mut sum = Measures::default();
    for query in queries {
        let ask = Ask {
            text: query.text.clone(),
            plain: true,
            between: Between::Any,
            limit: DEPTH,
            facets: Some(Vec::new()),
            ..Ask::default()
        };
        let ids = archive.ranked_ids(&ask)?;
        sum += Measures::of(&ids, &query.relevant);
    }
    Ok(sum / queries.len().max(1))
}
