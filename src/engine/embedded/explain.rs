//! What a segment knows of a document whose score is to be explained.

use std::sync::Arc;

use tantivy::DocId;

use super::ages::Ages;
use super::build::Builder;
use super::segment::SegmentData;
use super::snapshot::Snapshot;
use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::explanation::{self, Evidence};
use crate::search::{Alternative, Clause, Explanation, Pool, Recency, SearchRequest, WordGroup};

/// Why a document of a segment has its score; `None` if it does not match.
pub(super) fn explain(
    snapshot: &Snapshot,
    request: &SearchRequest,
    segment: usize,
    document: DocId,
) -> Result<Option<Explanation>> {
    let evidence = InSegment {
        builder: Builder::new(snapshot, request.scoring),
        segment: &snapshot.segments[segment],
        document,
    };
    explanation::explain(&evidence, request)
}

struct InSegment<'a> {
    builder: Builder<'a>,
    segment: &'a Arc<SegmentData>,
    document: DocId,
}

impl Evidence for InSegment<'_> {
    fn score(&self, clause: &Clause) -> Result<Option<f32>> {
        let mut matcher = self.builder.matcher(clause, self.segment)?;
        let is_there = matcher.seek(self.document) == self.document;
        Ok(is_there.then(|| matcher.score()))
    }

    fn frequencies(&self, terms: &[&Term], field: &str) -> Result<Vec<u32>> {
        let fields = self.builder.fields(&[(field.to_owned(), 1.0)])?;
        let count = |term: &&Term| {
            let list = self.builder.list(term, fields[0].0, self.segment)?;
            let Some(mut list) = list else { return Ok(0) };
            list.seek(self.document);
            let is_there = list.doc() == self.document;
            Ok(if is_there { list.frequency() } else { 0 })
        };
        terms.iter().map(count).collect()
    }

    fn pool_idf(&self, pool: &Pool, word: &WordGroup) -> Result<f32> {
        let fields = self.builder.fields(&word.fields)?;
        self.builder.pool_idf(pool, &fields)
    }

    fn weight(&self, alternative: &Alternative, word: &WordGroup) -> Result<f32> {
        let fields = self.builder.fields(&word.fields)?;
        self.builder.weight(alternative, word, &fields)
    }

    fn norm(&self, fields: &[(String, f32)]) -> Result<f32> {
        let fields = self.builder.fields(fields)?;
        let lengths = self.builder.lengths(&fields, self.segment);
        Ok(lengths.norm(self.document))
    }

    fn age(&self, recency: Recency) -> Result<f32> {
        Ok(Ages::new(recency, self.segment).factor(self.segment, self.document))
    }
}
