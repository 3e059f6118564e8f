//! Things near each other, no two of them sharing a word.

use serde_json::{Value, json};

use super::intervals::{any, in_field, one_after_another, row_of};
use super::{Queries, any_of, refuse};
use crate::engine::Result;
use crate::engine::distributed::terms::{FIRST, LAST};
use crate::search::{Near, Sequence, Slot, Within};

/// Most ways in which things may stand near each other that are tried.
const MAX_WAYS: usize = 750;

/// What may stand for an operand, by its number of words.
type Lengths = Vec<(u32, Value)>;

impl Queries<'_> {
    pub(super) fn near(&self, near: &Near) -> Result<Value> {
        self.check_texts(&near.fields)?;
        let operands: Vec<Lengths> = near
            .operands
            .iter()
            .map(|it| lengths(it))
            .collect::<Result<_>>()?;
        if operands.is_empty() || operands.iter().any(Vec::is_empty) {
            return Ok(json!({"match_none": {}}));
        }
        let source = near_each_other(&operands, near.within)?;
        let Some(known) = &self.statistics else {
            let fields = near.fields.iter();
            return Ok(any_of(
                fields
                    .map(|(name, _)| in_field(name, source.clone()))
                    .collect(),
            ));
        };
        let mut things = Vec::new();
        for (sequences, lengths) in near.operands.iter().zip(&operands) {
            let mut fields = Vec::new();
            for (name, weight) in &near.fields {
                let each = lengths.iter();
                let counted =
                    each.map(|(_, it)| self.frequency(in_field(name, it.clone()), *weight));
                fields.push(json!({"bool": {
                    "must": [any_of(counted.collect())],
                    "filter": [in_field(name, source.clone())],
                }}));
            }
            let idf = |sequence: &Sequence| {
                let words = sequence.words.iter().map(|(_, slot)| match slot {
                    Slot::Terms(terms) => known.best_idf(terms, &near.fields),
                    Slot::Pattern(_) => 1.0,
                });
                words.sum::<f32>()
            };
            let best = sequences.iter().map(idf).fold(0.0, f32::max);
            things.push(self.saturated(any_of(fields), &near.fields, near.boost * best, 1.0));
        }
        Ok(any_of(things))
    }
}

/// The sequences of an operand by length: those of one length can neither hold one another nor
/// hide that another is there, too.
fn lengths(sequences: &[Sequence]) -> Result<Lengths> {
    let mut by_length: Vec<(u32, Vec<Value>)> = Vec::new();
    for sequence in sequences {
        let Some(row) = row_of(&sequence.words)? else {
            continue;
        };
        let length = sequence
            .words
            .iter()
            .map(|(at, _)| at + 1)
            .max()
            .unwrap_or(1);
        match by_length.iter_mut().find(|(known, _)| *known == length) {
            Some((_, rows)) => rows.push(row),
            None => by_length.push((length, vec![row])),
        }
    }
    Ok(by_length
        .into_iter()
        .map(|(length, rows)| (length, any(rows)))
        .collect())
}

/// One interval from the first to the last operand, in any order, in which all stand.
///
/// The cluster knows things in any order only if they may overlap, and minimal intervals only. So
/// each order is tried, and each choice of lengths: then the narrowest intervals are those with the
/// fewest other words.
fn near_each_other(operands: &[Lengths], within: Within) -> Result<Value> {
    let choices: Vec<Vec<Value>> = match within {
        Within::Words(_) => choices(operands)?,
        // Here the shortest is as good as any.
        Within::Sentence => vec![
            (operands.iter())
                .map(|lengths| any(lengths.iter().map(|(_, it)| it.clone()).collect()))
                .collect(),
        ],
    };
    let mut ways = Vec::new();
    for choice in choices {
        for order in orders(choice.len())? {
            let sources = order.into_iter().map(|at| choice[at].clone()).collect();
            ways.push(one_after_another(
                sources,
                match within {
                    Within::Words(others) => Some(others),
                    Within::Sentence => None,
                },
            ));
            check(ways.len())?;
        }
    }
    let near = any(ways);
    Ok(match within {
        Within::Words(_) => near,
        Within::Sentence => {
            let [first, last] =
                [FIRST, LAST].map(|mark| json!({"match": {"query": mark.to_string()}}));
            let sentence = one_after_another(vec![first, last], None);
            json!({"any_of": {"intervals": [near], "filter": {"contained_by": sentence}}})
        }
    })
}

/// Every choice of one length for each operand.
fn choices(operands: &[Lengths]) -> Result<Vec<Vec<Value>>> {
    let mut all: Vec<Vec<Value>> = vec![Vec::new()];
    for lengths in operands {
        check(all.len() * lengths.len())?;
        all = (all.iter())
            .flat_map(|choice| {
                lengths.iter().map(move |(_, it)| {
                    let mut longer = choice.clone();
                    longer.push(it.clone());
                    longer
                })
            })
            .collect();
    }
    Ok(all)
}

/// Every order of so many things.
fn orders(count: usize) -> Result<Vec<Vec<usize>>> {
    check((1..=count).fold(1_usize, usize::saturating_mul))?;
    let mut all = vec![Vec::new()];
    for next in 0..count {
        all = (all.iter())
            .flat_map(|order: &Vec<usize>| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    Ok(all)
}

fn check(ways: usize) -> Result<()> {
    if ways <= MAX_WAYS {
        return Ok(());
    }
    Err(refuse(
        "so many things near each other cannot be searched for in a cluster; name six at most"
            .into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_there_once() {
        let mut all = orders(4).unwrap();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 24);
        assert!(orders(7).is_err());
    }
}
