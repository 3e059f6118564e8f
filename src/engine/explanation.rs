//! Why a document has the score it has: the clause evaluated on one document, step by step.

use super::Result;
use crate::analysis::Term;
use crate::search::{
    Alternative, Clause, Explanation, Pool, Reason, Recency, Scoring, SearchRequest, Sort,
    TermFrequency, WordGroup,
};

/// What an engine knows of one document.
pub(super) trait Evidence {
    /// The score that the search gives the document for a clause; `None` if it does not match.
    fn score(&self, clause: &Clause) -> Result<Option<f32>>;

    /// How often each of some terms is in a text field of the document.
    fn frequencies(&self, terms: &[&Term], field: &str) -> Result<Vec<u32>>;

    /// How much a pool of a word weighs.
    fn pool_idf(&self, pool: &Pool, word: &WordGroup) -> Result<f32>;

    /// The factor of an alternative's score.
    fn weight(&self, alternative: &Alternative, word: &WordGroup) -> Result<f32>;

    /// What frequencies in these fields of the document are weighed against.
    fn norm(&self, fields: &[(String, f32)]) -> Result<f32>;

    /// The factor of the document's age.
    fn age(&self, recency: Recency) -> Result<f32>;
}

/// Why the document has its score; `None` if it does not match.
pub(super) fn explain(
    evidence: &dyn Evidence,
    request: &SearchRequest,
) -> Result<Option<Explanation>> {
    let explainer = Explainer {
        evidence,
        scoring: request.scoring,
    };
    let Some(explanation) = explainer.clause(&request.clause)? else {
        return Ok(None);
    };
    Ok(Some(match request.recency {
        Some(recency) if request.sort == Sort::Relevance => {
            let factor = evidence.age(recency)?;
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
        _ => explanation,
    }))
}

struct Explainer<'a> {
    evidence: &'a dyn Evidence,
    scoring: Scoring,
}

impl Explainer<'_> {
    fn clause(&self, clause: &Clause) -> Result<Option<Explanation>> {
        // The search itself says the score; what follows takes it apart.
        let Some(score) = self.evidence.score(clause)? else {
            return Ok(None);
        };
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
            if let Some(score) = self.evidence.score(&alone)? {
                details.push(self.alternative(score, alternative, word)?);
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
        let weight = self.evidence.weight(alternative, word)?;
        let (reason, details) = match &alternative.pools[..] {
            [pool] => (self.pool(pool, weight, word)?, Vec::new()),
            pools if alternative.any => {
                let mut details = Vec::new();
                for pool in pools {
                    let reason = self.pool(pool, weight, word)?;
                    let score = self.score_of(&reason);
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
        let all: Vec<&Term> = pool.terms.iter().map(|it| &it.term).collect();
        let mut counts = Vec::new();
        for (field, _) in &word.fields {
            counts.push(self.evidence.frequencies(&all, field)?);
        }
        let mut terms = Vec::new();
        for (at, it) in pool.terms.iter().enumerate() {
            for ((field, field_weight), counts) in word.fields.iter().zip(&counts) {
                if counts[at] > 0 {
                    let (term, weight) = (&it.term, it.weight * field_weight);
                    terms.push(TermFrequency::new(
                        &term.text, term.class, field, counts[at], weight,
                    ));
                }
            }
        }
        Ok(Reason::Terms {
            weight,
            idf: self.evidence.pool_idf(pool, word)?,
            frequency: terms.iter().map(|it| it.weight * it.count as f32).sum(),
            norm: self.evidence.norm(&word.fields)?,
            terms,
        })
    }

    fn score_of(&self, reason: &Reason) -> f32 {
        let Reason::Terms {
            weight,
            idf,
            frequency,
            norm,
            ..
        } = reason
        else {
            return 0.0;
        };
        weight * (idf * (1.0 + self.scoring.k1) * (frequency / (frequency + norm)))
    }
}
