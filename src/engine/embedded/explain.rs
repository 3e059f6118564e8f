//! Why a document has the score it has: the clause evaluated on one document, step by step.

use std::sync::Arc;

use tantivy::DocId;

use super::ages::Ages;
use super::build::Builder;
use super::segment::SegmentData;
use super::snapshot::Snapshot;
use crate::engine::Result;
use crate::search::{
    Alternative, Clause, Explanation, Pool, Reason, Recency, SearchRequest, Sort, TermFrequency,
    WordGroup,
};

/// Why a document of a segment has its score; `None` if it does not match.
pub(super) fn explain(
    snapshot: &Snapshot,
    request: &SearchRequest,
    segment: usize,
    document: DocId,
) -> Result<Option<Explanation>> {
    let explainer = Explainer {
        builder: Builder::new(snapshot, request.scoring),
        segment: &snapshot.segments[segment],
        document,
    };
    let explanation = explainer.clause(&request.clause)?;
    Ok(match request.recency {
        Some(recency) if request.sort == Sort::Relevance => {
            explanation.map(|explanation| explainer.with_age(explanation, recency))
        }
        _ => explanation,
    })
}

struct Explainer<'a> {
    builder: Builder<'a>,
    segment: &'a Arc<SegmentData>,
    document: DocId,
}

impl Explainer<'_> {
    fn with_age(&self, explanation: Explanation, recency: Recency) -> Explanation {
        let factor = Ages::new(recency, self.segment).factor(self.segment, self.document);
        Explanation {
            score: explanation.score * factor,
            reason: Reason::Recency {
                factor,
                half_life_days: recency.half_life.in_days(),
                origin: recency.origin,
                floor: Recency::FLOOR,
            },
            details: vec![explanation],
        }
    }

    fn clause(&self, clause: &Clause) -> Result<Option<Explanation>> {
        // The matcher of the search itself says the score; what follows takes it apart.
        let mut matcher = self.builder.matcher(clause, self.segment)?;
        if matcher.seek(self.document) != self.document {
            return Ok(None);
        }
        let score = matcher.score();
        let (reason, details) = match clause {
            Clause::And(clauses) | Clause::Or(clauses) => (Reason::Sum, self.clauses(clauses)?),
            Clause::Word(word) => (Reason::Best, self.alternatives(word)?),
            Clause::Phrase(phrase) => {
                let words = phrase.words.iter().filter_map(|(_, terms)| terms.first());
                let words = words.map(|it| it.term.text.to_string()).collect();
                (Reason::Together { words }, Vec::new())
            }
            Clause::Near(_) => (Reason::Clause { kind: "near" }, Vec::new()),
            Clause::Pattern(_) => (Reason::Clause { kind: "pattern" }, Vec::new()),
            Clause::Value { .. } => (Reason::Clause { kind: "value" }, Vec::new()),
            Clause::CopiesOf { .. } => (Reason::Clause { kind: "copies" }, Vec::new()),
            Clause::Document { .. } => (Reason::Clause { kind: "document" }, Vec::new()),
            Clause::Range(_) => (Reason::Clause { kind: "range" }, Vec::new()),
            Clause::Not(_) => (Reason::Clause { kind: "not" }, Vec::new()),
            Clause::Kept(_) => (Reason::Clause { kind: "kept" }, Vec::new()),
            Clause::Exists { .. } => (Reason::Clause { kind: "exists" }, Vec::new()),
            Clause::All | Clause::Nothing => (Reason::Clause { kind: "all" }, Vec::new()),
        };
        Ok(Some(Explanation {
            score,
            reason,
            details,
        }))
    }

    fn clauses(&self, clauses: &[Clause]) -> Result<Vec<Explanation>> {
        let mut details = Vec::new();
        for clause in clauses {
            details.extend(self.clause(clause)?);
        }
        Ok(details)
    }

    /// The alternatives that the document has, the best first.
    fn alternatives(&self, word: &WordGroup) -> Result<Vec<Explanation>> {
        let mut details = Vec::new();
        for alternative in &word.alternatives {
            let alone = Clause::Word(WordGroup {
                alternatives: vec![alternative.clone()],
                ..word.clone()
            });
            let mut matcher = self.builder.matcher(&alone, self.segment)?;
            if matcher.seek(self.document) == self.document {
                details.push(self.alternative(matcher.score(), alternative, word)?);
            }
        }
        details.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ok(details)
    }

    fn alternative(
        &self,
        score: f32,
        alternative: &Alternative,
        word: &WordGroup,
    ) -> Result<Explanation> {
        let fields = self.builder.fields(&word.fields)?;
        let weight = self.builder.weight(alternative, word, &fields)?;
        let (reason, details) = match &alternative.pools[..] {
            [pool] => (self.pool(pool, weight, word)?, Vec::new()),
            pools if alternative.any => {
                let mut details = Vec::new();
                for pool in pools {
                    let reason = self.pool(pool, weight, word)?;
                    let score = self.score_of(&reason, word)?;
                    if score > 0.0 {
                        details.push(Explanation {
                            score,
                            reason,
                            details: Vec::new(),
                        });
                    }
                }
                (Reason::Sum, details)
            }
            pools => {
                let words = pools.iter().filter_map(|pool| pool.terms.first());
                let words = words.map(|it| it.term.text.to_string()).collect();
                (Reason::Together { words }, Vec::new())
            }
        };
        Ok(Explanation {
            score,
            reason,
            details,
        })
    }

    fn pool(&self, pool: &Pool, weight: f32, word: &WordGroup) -> Result<Reason> {
        let fields = self.builder.fields(&word.fields)?;
        let mut terms = Vec::new();
        for it in &pool.terms {
            for ((text, field_weight), (name, _)) in fields.iter().zip(&word.fields) {
                let list = self.builder.list(&it.term, *text, self.segment)?;
                let Some(mut list) = list else { continue };
                list.seek(self.document);
                if list.doc() == self.document {
                    let (term, weight) = (&it.term, it.weight * field_weight);
                    let count = list.frequency();
                    terms.push(TermFrequency::new(
                        &term.text, term.class, name, count, weight,
                    ));
                }
            }
        }
        Ok(Reason::Terms {
            weight,
            idf: self.builder.pool_idf(pool, &fields)?,
            frequency: terms.iter().map(|it| it.weight * it.count as f32).sum(),
            norm: self
                .builder
                .lengths(&fields, self.segment)
                .norm(self.document),
            terms,
        })
    }

    fn score_of(&self, reason: &Reason, word: &WordGroup) -> Result<f32> {
        let Reason::Terms {
            weight,
            idf,
            frequency,
            norm,
            ..
        } = reason
        else {
            return Ok(0.0);
        };
        let fields = self.builder.fields(&word.fields)?;
        let lengths = self.builder.lengths(&fields, self.segment);
        Ok(weight * lengths.score(*idf, *frequency, *norm))
    }
}
