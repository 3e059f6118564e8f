//! Words one after the other, and within a stretch, as intervals of the cluster.

use serde_json::{Value, json};

use super::refuse;
use super::regexp::interval_shapes;
use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::distributed::template::terms_of;
use crate::engine::distributed::terms::{group, row};
use crate::search::Slot;

/// Documents that have intervals in a text field.
pub(super) fn in_field(name: &str, source: Value) -> Value {
    json!({"intervals": {terms_of(name): source}})
}

/// Words at their distances from the first; `None` if nothing may stand in one of the places.
pub(super) fn row_of(words: &[(u32, Slot)]) -> Result<Option<Value>> {
    let is_ascending = words.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if words.is_empty() || words[0].0 != 0 || !is_ascending {
        return Err(refuse("words of a phrase stand in the same place".into()));
    }
    let mut groups = Vec::new();
    for (at, slot) in words {
        match slot {
            Slot::Terms(terms) if terms.is_empty() => return Ok(None),
            Slot::Terms(terms) => groups.push((*at, group(terms.iter().map(|it| &it.term)))),
            Slot::Pattern(_) => return with_patterns(words).map(Some),
        }
    }
    let text = row(&groups);
    Ok(Some(
        json!({"match": {"query": text, "ordered": true, "max_gaps": 0}}),
    ))
}

fn with_patterns(words: &[(u32, Slot)]) -> Result<Value> {
    if words
        .iter()
        .enumerate()
        .any(|(place, (at, _))| place as u32 != *at)
    {
        let message = "a phrase with a pattern and a place that is left open cannot be searched for in a cluster";
        return Err(refuse(message.into()));
    }
    let mut sources = Vec::new();
    for (_, slot) in words {
        sources.push(match slot {
            Slot::Terms(terms) => any_term(terms.iter().map(|it| &it.term)),
            Slot::Pattern(pattern) => any(interval_shapes(pattern)?),
        });
    }
    Ok(one_after_another(sources, Some(0)))
}

/// Any of some terms.
fn any_term<'a>(terms: impl Iterator<Item = &'a Term>) -> Value {
    json!({"match": {"query": group(terms), "max_gaps": 0}})
}

/// Any of some sources.
pub(super) fn any(mut sources: Vec<Value>) -> Value {
    match sources.len() {
        1 => sources.remove(0),
        _ => json!({"any_of": {"intervals": sources}}),
    }
}

/// Sources one after the other, with at most `gaps` other words between them all.
pub(super) fn one_after_another(mut sources: Vec<Value>, gaps: Option<u32>) -> Value {
    let gaps = gaps.map_or(-1, |gaps| i32::try_from(gaps).unwrap_or(-1));
    match sources.len() {
        1 => sources.remove(0),
        _ => json!({"all_of": {"ordered": true, "max_gaps": gaps, "intervals": sources}}),
    }
}

/// Several things, each any of some terms, in a stretch of so many words; they may share a place.
pub(super) fn window_of(things: &[Vec<&Term>], window: u32) -> Result<Value> {
    let mut sources: Vec<Value> = Vec::new();
    for terms in things {
        let source = any_term(terms.iter().copied());
        // The same thing twice would have to be there twice.
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    // Things in one place make the gaps between them negative.
    let gaps = i64::from(window) - sources.len() as i64;
    match (&sources[..], gaps) {
        ([only], _) => Ok(only.clone()),
        (_, 0..) => Ok(json!({"all_of": {"max_gaps": gaps, "intervals": sources}})),
        ([one, other], -1) => {
            let mut same = one.clone();
            same["match"]["filter"] = json!({"contained_by": other});
            Ok(same)
        }
        _ => Err(refuse(format!(
            "{} parts of a word within {window} words cannot be searched for in a cluster",
            sources.len()
        ))),
    }
}
