//! Words, phrases and patterns.

use serde_json::{Value, json};

use super::intervals::{in_field, row_of, window_of};
use super::regexp::shapes;
use super::score::counted;
use super::{Queries, any_of};
use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::distributed::template::terms_of;
use crate::engine::distributed::terms::term_text;
use crate::search::{Alternative, PatternGroup, Phrase, Pool, Slot, WeightedTerm, WordGroup};

impl Queries<'_> {
    pub(super) fn word(&self, word: &WordGroup) -> Result<Value> {
        self.check_texts(&word.fields)?;
        let alternatives: Vec<Value> = (word.alternatives.iter())
            .map(|alternative| self.alternative(alternative, word))
            .collect::<Result<_>>()?;
        if alternatives.is_empty() {
            return Ok(json!({"match_none": {}}));
        }
        Ok(match self.statistics {
            Some(_) => json!({"dis_max": {"queries": alternatives}}),
            None => any_of(alternatives),
        })
    }

    fn alternative(&self, alternative: &Alternative, word: &WordGroup) -> Result<Value> {
        let fields = &word.fields;
        let weight = self.weight(alternative, word);
        let together = alternative.pools.len() > 1 && !alternative.any;
        let mut things = Vec::new();
        for pool in &alternative.pools {
            let mut frequencies = Vec::new();
            for (name, field_weight) in fields {
                let field = terms_of(name);
                if !together {
                    let each = pool.terms.iter();
                    frequencies
                        .extend(each.map(|it| term(&field, &it.term, it.weight * field_weight)));
                    continue;
                }
                // Weights of terms are no matter here: each counts as often as it is there.
                let each = pool
                    .terms
                    .iter()
                    .map(|it| term(&field, &it.term, *field_weight));
                let within = within(alternative, &field)?;
                frequencies
                    .push(json!({"bool": {"must": [any_of(each.collect())], "filter": within}}));
            }
            let frequency = any_of(frequencies);
            things.push(match &self.statistics {
                Some(known) => {
                    let idf = known.pool_idf(pool, fields);
                    self.saturated(frequency, fields, idf, weight)
                }
                None => frequency,
            });
        }
        Ok(any_of(things))
    }

    /// The factor of an alternative's score.
    pub(in crate::engine::distributed) fn weight(
        &self,
        alternative: &Alternative,
        word: &WordGroup,
    ) -> f32 {
        let weight = word.boost * alternative.weight;
        let (Some(bound), Some(itself), Some(known)) =
            (alternative.bound, &word.itself, &self.statistics)
        else {
            return weight;
        };
        let idf = |pool: &Pool| known.pool_idf(pool, &word.fields);
        let sum: f32 = alternative.pools.iter().map(idf).sum();
        let most = bound * idf(itself);
        if sum > most {
            weight * most / sum
        } else {
            weight
        }
    }

    pub(super) fn phrase(&self, phrase: &Phrase) -> Result<Value> {
        self.check_texts(&phrase.fields)?;
        let words = phrase.words.iter();
        let words: Vec<(u32, Slot)> = words
            .map(|(at, terms)| (*at, Slot::Terms(terms.clone())))
            .collect();
        let mut fields = Vec::new();
        for (name, weight) in &phrase.fields {
            if let Some(row) = row_of(&words)? {
                fields.push(self.frequency(in_field(name, row), *weight));
            }
        }
        if fields.is_empty() {
            return Ok(json!({"match_none": {}}));
        }
        let Some(known) = &self.statistics else {
            return Ok(any_of(fields));
        };
        let best = |(_, terms): &(u32, Vec<WeightedTerm>)| known.best_idf(terms, &phrase.fields);
        let idf = phrase.boost * phrase.words.iter().map(best).sum::<f32>();
        Ok(self.saturated(any_of(fields), &phrase.fields, idf, 1.0))
    }

    /// Intervals with their number, if that matters.
    pub(super) fn frequency(&self, intervals: Value, weight: f32) -> Value {
        match self.statistics {
            Some(_) => counted(intervals, weight),
            None => intervals,
        }
    }

    pub(super) fn pattern(&self, group: &PatternGroup) -> Result<Value> {
        self.check_texts(&group.fields)?;
        let mut fields = Vec::new();
        for (name, weight) in &group.fields {
            let any = any_of(shapes(&group.pattern, &terms_of(name))?);
            let score = group.boost * weight;
            fields.push(json!({"constant_score": {"filter": any, "boost": score}}));
        }
        Ok(any_of(fields))
    }
}

/// Documents that have a term; their score is how often, times `weight`.
pub(in crate::engine::distributed) fn term(field: &str, term: &Term, weight: f32) -> Value {
    json!({"term": {field: {"value": term_text(term), "boost": weight}}})
}

/// What must be so for all pools of an alternative to stand together in a field.
fn within(alternative: &Alternative, field: &str) -> Result<Vec<Value>> {
    let pools = alternative.pools.iter();
    if alternative.window == 0 {
        let any = pools.map(|pool| {
            let terms: Vec<String> = pool.terms.iter().map(|it| term_text(&it.term)).collect();
            json!({"terms": {field: terms}})
        });
        return Ok(any.collect());
    }
    let things: Vec<Vec<&Term>> = pools
        .map(|pool| pool.terms.iter().map(|it| &it.term).collect())
        .collect();
    let source = window_of(&things, alternative.window)?;
    Ok(vec![json!({"intervals": {field: source}})])
}
