//! From a clause to a query of the cluster that finds and scores the same.
//!
//! Scores are BM25F as in [`crate::search::WordGroup`]. The cluster has no such thing, but the pieces
//! that it can be put together from: the similarity of our text fields only says how often a term is
//! there, times the boost of the query; a `bool` adds that up to the frequency of a pool; a
//! `script_score` around it saturates ([`score`]); a `dis_max` takes the best alternative. What a
//! term weighs is counted over the whole commit ([`statistics`]), so scores depend neither on shards
//! nor on the copies of them that happen to answer.

mod intervals;
mod near;
mod regexp;
mod score;
mod statistics;
mod words;

use serde_json::{Value, json};

pub(super) use statistics::Statistics;
pub(super) use words::term;

use super::snapshot::Snapshot;
use super::template::{BEGINS, EMBARGO, ENDS, HAS, ID, values_of};
use crate::document::PartialDate;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::{FieldKind, Schema};
use crate::search::{Clause, DateRange, MISSING, Scoring};

/// Makes queries for one commit.
pub(super) struct Queries<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) schema: &'a Schema,
    pub(super) scoring: Scoring,
    /// How many documents have the terms of the clause; without it, nothing is scored.
    pub(super) statistics: Option<Statistics>,
}

impl Queries<'_> {
    /// The query of a clause.
    pub(super) fn clause(&self, clause: &Clause) -> Result<Value> {
        Ok(match clause {
            Clause::All => unscored(json!({"match_all": {}})),
            Clause::Nothing => json!({"match_none": {}}),
            Clause::Word(word) => self.word(word)?,
            Clause::Phrase(phrase) => self.phrase(phrase)?,
            Clause::Near(near) => self.near(near)?,
            Clause::Pattern(group) => self.pattern(group)?,
            Clause::Value { facet, value } => unscored(self.value(facet, value)?),
            Clause::Range(range) => unscored(in_range(*range)),
            Clause::CopiesOf { id } => {
                let members = super::copies::members(self.snapshot, id)?;
                unscored(json!({"terms": {ID: members}}))
            }
            Clause::Document { id } => unscored(json!({"term": {ID: id}})),
            Clause::And(clauses) => self.and(clauses)?,
            Clause::Or(clauses) => {
                let any: Vec<Value> = clauses
                    .iter()
                    .map(|it| self.clause(it))
                    .collect::<Result<_>>()?;
                any_of(any)
            }
            Clause::Not(clause) => not(self.unscored().clause(clause)?),
            Clause::Kept(clause) => unscored(self.unscored().clause(clause)?),
            Clause::Exists { field } => unscored(self.exists(field)?),
        })
    }

    /// The same without scores.
    fn unscored(&self) -> Queries<'_> {
        Queries {
            statistics: None,
            ..*self
        }
    }

    fn and(&self, clauses: &[Clause]) -> Result<Value> {
        let (mut all, mut none) = (Vec::new(), Vec::new());
        for clause in clauses {
            match clause {
                Clause::Not(clause) => none.push(self.unscored().clause(clause)?),
                clause => all.push(self.clause(clause)?),
            }
        }
        if all.is_empty() {
            all.push(unscored(json!({"match_all": {}})));
        }
        Ok(json!({"bool": {"must": all, "must_not": none}}))
    }

    /// Documents that have a value in a keyword or date field.
    pub(super) fn value(&self, facet: &str, value: &str) -> Result<Value> {
        let field = self.schema.field(facet);
        if field.is_none_or(|field| matches!(field.kind, FieldKind::Text(_))) {
            return Err(unknown_field(facet));
        }
        let field = values_of(facet);
        Ok(match value {
            MISSING => not(json!({"exists": {"field": field}})),
            value => json!({"term": {field: value}}),
        })
    }

    fn exists(&self, field: &str) -> Result<Value> {
        let known = self
            .schema
            .field(field)
            .ok_or_else(|| unknown_field(field))?;
        Ok(match known.kind {
            FieldKind::Text(_) => json!({"term": {HAS: field}}),
            _ => json!({"exists": {"field": values_of(field)}}),
        })
    }

    /// Refuses fields that are no texts.
    fn check_texts(&self, fields: &[(String, f32)]) -> Result<()> {
        for (name, _) in fields {
            let kind = self.schema.field(name).map(|field| &field.kind);
            if !matches!(kind, Some(FieldKind::Text(_))) {
                return Err(unknown_field(name));
            }
        }
        Ok(())
    }
}

/// Documents whose whole period lies in a range.
pub(super) fn in_range(range: DateRange) -> Value {
    let from = range.from.map_or(0, PartialDate::beginning);
    let mut all = vec![json!({"range": {BEGINS: {"gte": from}}})];
    if let Some(to) = range.to {
        all.push(json!({"range": {ENDS: {"lte": to.ending()}}}));
    }
    json!({"bool": {"filter": all}})
}

/// Documents under embargo at `now`.
pub(super) fn embargoed(now: PartialDate) -> Value {
    json!({"range": {EMBARGO: {"gt": now.beginning()}}})
}

/// What matches, with score 0.
fn unscored(query: Value) -> Value {
    json!({"bool": {"filter": [query]}})
}

/// What does not match, with score 0.
pub(super) fn not(query: Value) -> Value {
    json!({"bool": {"filter": [{"match_all": {}}], "must_not": [query]}})
}

/// Any of several; scores add up.
fn any_of(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => json!({"match_none": {}}),
        1 => queries.remove(0),
        _ => json!({"bool": {"should": queries, "minimum_should_match": 1}}),
    }
}

fn refuse(message: String) -> EngineError {
    EngineError::new(EngineErrorKind::Request, message)
}

fn unknown_field(name: &str) -> EngineError {
    refuse(format!(
        "the index has no field \"{name}\" that could be searched in this way"
    ))
}
