//! What the cluster knows of a document whose score is to be explained: it is asked for each piece.

use serde_json::{Value, json};

use super::plan::with_age;
use super::query::{Queries, Statistics, term};
use super::snapshot::{Snapshot, hits};
use super::template::{ID, length_of, terms_of};
use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::explanation::{self, Evidence};
use crate::schema::Schema;
use crate::search::{Alternative, Clause, Explanation, Pool, Recency, SearchRequest, WordGroup};

/// Why a document has its score; `None` if it does not match.
pub(super) fn explain(
    snapshot: &Snapshot,
    schema: &Schema,
    request: &SearchRequest,
    id: &str,
) -> Result<Option<Explanation>> {
    let mut evidence = InCluster {
        queries: Queries {
            snapshot,
            schema,
            scoring: request.scoring,
            statistics: Some(Statistics::of(snapshot, &request.clause)?),
        },
        id,
        lengths: Value::Null,
    };
    let mut body = evidence.about(&json!({"match_all": {}}));
    let lengths = (schema.text_fields()).map(|(field, _)| length_of(&field.name));
    body["docvalue_fields"] = lengths.collect();
    evidence.lengths = evidence.hit(body)?.unwrap_or_default()["fields"].take();
    explanation::explain(&evidence, request)
}

struct InCluster<'a> {
    queries: Queries<'a>,
    id: &'a str,
    /// By field, how long the document is there.
    lengths: Value,
}

impl InCluster<'_> {
    /// A request for the hit of a query, if the document is one.
    fn about(&self, query: &Value) -> Value {
        json!({
            "size": 1, "track_total_hits": false, "_source": false,
            "query": {"bool": {"must": [query], "filter": [{"term": {ID: self.id}}]}},
        })
    }

    fn hit(&self, body: Value) -> Result<Option<Value>> {
        let answer = self.queries.snapshot.search(body)?;
        Ok(hits(&answer).first().cloned())
    }
}

/// The score of a hit.
fn score(hit: &Value) -> f32 {
    hit["_score"].as_f64().unwrap_or(0.0) as f32
}

impl Evidence for InCluster<'_> {
    fn score(&self, clause: &Clause) -> Result<Option<f32>> {
        let hit = self.hit(self.about(&self.queries.clause(clause)?))?;
        Ok(hit.as_ref().map(score))
    }

    fn frequencies(&self, terms: &[&Term], field: &str) -> Result<Vec<u32>> {
        let field = terms_of(field);
        let bodies = terms.iter().map(|it| self.about(&term(&field, it, 1.0)));
        let answers = self.queries.snapshot.search_all(bodies.collect())?;
        let count = |answer: &Value| hits(answer).first().map_or(0, |hit| score(hit) as u32);
        Ok(answers.iter().map(count).collect())
    }

    fn pool_idf(&self, pool: &Pool, word: &WordGroup) -> Result<f32> {
        let known = self.queries.statistics.as_ref();
        Ok(known.map_or(0.0, |known| known.pool_idf(pool, &word.fields)))
    }

    fn weight(&self, alternative: &Alternative, word: &WordGroup) -> Result<f32> {
        Ok(self.queries.weight(alternative, word))
    }

    fn norm(&self, fields: &[(String, f32)]) -> Result<f32> {
        let length = |name: &str| self.lengths[length_of(name)][0].as_f64().unwrap_or(0.0) as f32;
        Ok(self.queries.norm(fields, length))
    }

    fn age(&self, recency: Recency) -> Result<f32> {
        let everything = json!({"constant_score": {"filter": {"match_all": {}}}});
        let hit = self.hit(self.about(&with_age(everything, Some(recency))))?;
        Ok(hit.as_ref().map_or(0.0, score))
    }
}
