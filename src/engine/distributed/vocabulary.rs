//! The words of the archive as people write them.
//!
//! The field of words has for each document its words with their spelling. The words of some shape
//! are those of an aggregation over the terms that fit a regular expression.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::query::{embargoed, not};
use super::snapshot::{Snapshot, buckets};
use super::template::WORDS;
use crate::engine::Result;
use crate::engine::spelling::{SEPARATOR, decode, more_usual};
use crate::search::{ArchiveWord, MAX_WORDS, WordsLike, WordsRequest};

/// Most spellings that are counted for one question.
const MAX_SPELLINGS: usize = 20_000;
/// Longest expression for the shape of a word, in bytes; of longer ones, fewer slips are allowed.
const MAX_EXPRESSION: usize = 50_000;

/// The words that are asked for. Of very many that fit, those are left out of which it is not
/// certain that they are among the most frequent.
pub(super) fn words(snapshot: &Snapshot, request: &WordsRequest) -> Result<Vec<ArchiveWord>> {
    let limit = request.limit.min(MAX_WORDS);
    if limit == 0 {
        return Ok(Vec::new());
    }
    let mut terms = json!({"field": WORDS, "size": MAX_SPELLINGS});
    if let Some(include) = expression(&request.like) {
        terms["include"] = json!(include);
    }
    let answer = snapshot.search(json!({
        "size": 0, "track_total_hits": false,
        "query": {"bool": {"filter": [not(embargoed(request.now))]}},
        "aggs": {"words": {"terms": terms}},
    }))?;
    let aggregation = &answer["aggregations"]["words"];
    // A spelling that is not listed has no more documents than this.
    let unseen = match aggregation["sum_other_doc_count"].as_u64().unwrap_or(0) {
        0 => 0,
        _ => {
            let last = buckets(aggregation).last();
            let least = last
                .and_then(|bucket| bucket["doc_count"].as_u64())
                .unwrap_or(0);
            least
                + aggregation["doc_count_error_upper_bound"]
                    .as_u64()
                    .unwrap_or(0)
        }
    };
    let mut spellings: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for bucket in buckets(aggregation) {
        let term = bucket["key"].as_str().unwrap_or_default();
        let Some((key, written)) = decode(term.as_bytes()) else {
            continue;
        };
        let count = bucket["doc_count"].as_u64().unwrap_or(0);
        *(spellings.entry(key.to_owned()).or_default())
            .entry(written)
            .or_default() += count;
    }
    let words = spellings.into_iter().filter_map(|(key, spellings)| {
        let counted = spellings
            .iter()
            .map(|(written, count)| (*count, &**written));
        let (_, written) = counted.reduce(more_usual)?;
        Some(ArchiveWord {
            written: written.to_owned(),
            documents: spellings.values().sum(),
            key,
        })
    });
    let mut words: Vec<ArchiveWord> = words.filter(|word| word.documents > unseen).collect();
    words.sort_by(|a, b| (Reverse(a.documents), &a.key).cmp(&(Reverse(b.documents), &b.key)));
    words.truncate(limit);
    Ok(words)
}

/// What the terms of the words look like; `None` if all fit.
fn expression(like: &WordsLike) -> Option<String> {
    // Not `.*` by itself at the end: beginnings have a way of their own in OpenSearch, on which
    // version 2.19 fails if all terms of a segment are less than the beginning.
    let rest = |key| format!("{key}[^{SEPARATOR}]*{SEPARATOR}(.*)");
    let whole = |key| format!("{key}{SEPARATOR}(.*)");
    match like {
        WordsLike::Beginning { key, typos: 0 } if key.is_empty() => None,
        WordsLike::Beginning { key, typos } => Some(rest(near(key, *typos))),
        WordsLike::Near { key, distance } => Some(whole(near(key, *distance))),
    }
}

/// An expression for what differs from a key by so many letters at most.
fn near(key: &str, distance: u8) -> String {
    let mut all = BTreeSet::from([key.chars().map(Letter::One).collect::<Vec<_>>()]);
    let mut expression = written(&all);
    for _ in 0..distance {
        let further: BTreeSet<Vec<Letter>> = all.iter().flat_map(|word| one_slip(word)).collect();
        all.extend(further);
        let next = written(&all);
        if next.len() > MAX_EXPRESSION {
            break;
        }
        expression = next;
    }
    expression
}

/// A letter of a word that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letter {
    One(char),
    Any,
}

/// The word with one letter inserted, deleted, replaced or swapped with its neighbour.
fn one_slip(word: &[Letter]) -> Vec<Vec<Letter>> {
    let mut all = Vec::new();
    for at in 0..=word.len() {
        let mut longer = word.to_vec();
        longer.insert(at, Letter::Any);
        all.push(longer);
    }
    for at in 0..word.len() {
        let mut replaced = word.to_vec();
        replaced[at] = Letter::Any;
        all.push(replaced);
        let mut shorter = word.to_vec();
        shorter.remove(at);
        all.push(shorter);
    }
    for at in 1..word.len() {
        let mut swapped = word.to_vec();
        swapped.swap(at - 1, at);
        all.push(swapped);
    }
    all
}

fn written(words: &BTreeSet<Vec<Letter>>) -> String {
    let mut expression = String::from("(");
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            expression.push('|');
        }
        if word.is_empty() {
            expression.push_str("()");
        }
        for letter in word {
            match letter {
                Letter::Any => expression.push_str(&format!("[^{SEPARATOR}]")),
                Letter::One(c) => {
                    if !c.is_alphanumeric() {
                        expression.push('\\');
                    }
                    expression.push(*c);
                }
            }
        }
    }
    expression.push(')');
    expression
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_written_out() {
        assert_eq!(near("ab", 0), "(ab)");
        let one = near("ab", 1).replace(SEPARATOR, "~");
        for word in [
            "[^~]ab", "a[^~]b", "ab[^~]", "[^~]b", "a[^~]", "b", "a", "ba", "ab",
        ] {
            let inner = one.trim_matches(['(', ')']);
            assert!(inner.split('|').any(|it| it == word), "{word} in {one}");
        }
        assert!(near(&"abcdefghij".repeat(3), 2).len() <= MAX_EXPRESSION);
    }
}
