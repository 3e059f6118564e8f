//! How many documents have the terms of a clause.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::distributed::snapshot::{Snapshot, lock};
use crate::engine::distributed::template::terms_of;
use crate::engine::distributed::terms::term_text;
use crate::engine::rarity::{idf, union};
use crate::search::{Clause, Pool, Slot, WeightedTerm};

/// Most terms that are asked for at once.
const AT_ONCE: usize = 1000;
/// Most terms that are remembered of a commit.
const MAX_REMEMBERED: usize = 200_000;

/// Weights of terms by how many documents of a commit have them; deleted ones are left out.
pub(in crate::engine::distributed) struct Statistics {
    documents: u64,
    frequencies: HashMap<(String, String), u64>,
}

impl Statistics {
    /// Those of all terms of a clause.
    pub(in crate::engine::distributed) fn of(
        snapshot: &Snapshot,
        clause: &Clause,
    ) -> Result<Statistics> {
        let mut wanted = Vec::new();
        collect(clause, &mut wanted);
        Ok(Statistics {
            documents: snapshot.documents,
            frequencies: frequencies(snapshot, wanted)?,
        })
    }

    /// How many documents have each of some terms, in the field where most have it.
    pub(in crate::engine::distributed) fn most(
        snapshot: &Snapshot,
        fields: &[&str],
        terms: &[Term],
    ) -> Result<Vec<u64>> {
        let key = |field: &&str, term: &Term| ((*field).to_owned(), term_text(term));
        let wanted = terms
            .iter()
            .flat_map(|term| fields.iter().map(move |field| key(field, term)));
        let known = frequencies(snapshot, wanted.collect())?;
        let count = |key| known.get(&key).copied().unwrap_or(0);
        let most = |term: &Term| fields.iter().map(|field| count(key(field, term))).max();
        Ok(terms.iter().map(|term| most(term).unwrap_or(0)).collect())
    }

    fn matching(&self, term: &Term, field: &str) -> u64 {
        let key = (field.to_owned(), term_text(term));
        self.frequencies.get(&key).copied().unwrap_or(0)
    }

    /// How many documents have a term, by the field in which most have it.
    fn matching_anywhere(&self, term: &Term, fields: &[(String, f32)]) -> u64 {
        let each = fields.iter().map(|(field, _)| self.matching(term, field));
        each.max().unwrap_or(0)
    }

    /// The weight of a pool: that of one term that the documents of all its terms have.
    pub(in crate::engine::distributed) fn pool_idf(
        &self,
        pool: &Pool,
        fields: &[(String, f32)],
    ) -> f32 {
        let counts: Vec<u64> = (pool.terms.iter())
            .map(|it| self.matching_anywhere(&it.term, fields))
            .collect();
        idf(union(&counts, self.documents), self.documents)
    }

    /// The largest weight of some terms of which any will do.
    pub(super) fn best_idf(&self, terms: &[WeightedTerm], fields: &[(String, f32)]) -> f32 {
        let each = terms.iter().map(|WeightedTerm { term, weight }| {
            weight * idf(self.matching_anywhere(term, fields), self.documents)
        });
        each.fold(0.0, f32::max)
    }
}

/// How many documents have each of some terms in each of their fields; deleted ones are left out.
fn frequencies(
    snapshot: &Snapshot,
    wanted: Vec<(String, String)>,
) -> Result<HashMap<(String, String), u64>> {
    let mut found = HashMap::new();
    let mut unknown = Vec::new();
    {
        let known = lock(&snapshot.frequencies);
        for key in wanted {
            match known.get(&key) {
                Some(count) => _ = found.insert(key, *count),
                None => unknown.push(key),
            }
        }
    }
    unknown.sort_unstable();
    unknown.dedup();
    for some in unknown.chunks(AT_ONCE) {
        let each = some
            .iter()
            .enumerate()
            .map(|(at, (field, term))| (at.to_string(), json!({"term": {terms_of(field): term}})));
        let filters: Map<String, Value> = each.collect();
        let answer = snapshot.search(json!({
            "size": 0, "track_total_hits": false,
            "aggs": {"terms": {"filters": {"filters": filters}}},
        }))?;
        let mut known = lock(&snapshot.frequencies);
        if known.len() > MAX_REMEMBERED {
            known.clear();
        }
        for (at, key) in some.iter().enumerate() {
            let bucket = &answer["aggregations"]["terms"]["buckets"][at.to_string()];
            let count = bucket["doc_count"].as_u64().unwrap_or(0);
            known.insert(key.clone(), count);
            found.insert(key.clone(), count);
        }
    }
    Ok(found)
}

/// The terms of a clause that scores depend on, each in the fields it is looked for in.
fn collect(clause: &Clause, into: &mut Vec<(String, String)>) {
    let mut add = |fields: &[(String, f32)], term: &Term| {
        let term = term_text(term);
        into.extend(
            fields
                .iter()
                .map(|(field, _)| (field.clone(), term.clone())),
        );
    };
    match clause {
        Clause::Word(word) => {
            let pools = word.alternatives.iter().flat_map(|it| &it.pools);
            for it in pools.chain(&word.itself).flat_map(|pool| &pool.terms) {
                add(&word.fields, &it.term);
            }
        }
        Clause::Phrase(phrase) => {
            for it in phrase.words.iter().flat_map(|(_, terms)| terms) {
                add(&phrase.fields, &it.term);
            }
        }
        Clause::Near(near) => {
            let sequences = near.operands.iter().flatten();
            for (_, slot) in sequences.flat_map(|sequence| &sequence.words) {
                if let Slot::Terms(terms) = slot {
                    terms.iter().for_each(|it| add(&near.fields, &it.term));
                }
            }
        }
        Clause::And(clauses) | Clause::Or(clauses) => {
            clauses.iter().for_each(|clause| collect(clause, into));
        }
        // The rest adds nothing to the score, or the same whatever the archive.
        _ => {}
    }
}
