//! Our engine must answer as tantivy does: the same totals, counts, scores and hits.

use anyhow::{Result, anyhow, ensure};

use crate::archive::{FACETS, Filter, Query};
use crate::engine::{Answer, Engine, LIMIT, Which, Work};

/// How far scores may differ, relative to the score: sums of the same numbers in another order.
const ROUNDING: f32 = 2e-6;

/// Compares the answers to all queries; says of the first that differs how.
pub(crate) fn same(engines: &[(Which, Engine)], queries: &[Query]) -> Result<()> {
    let find = |wanted| engines.iter().find(|(which, _)| *which == wanted);
    let (Some((_, Engine::Stock(stock))), Some((_, Engine::Same(ours)))) =
        (find(Which::Stock), find(Which::Same))
    else {
        return Ok(());
    };
    let (mut hits, mut counts) = (0, 0);
    for query in queries {
        let theirs = stock.answer(query, Work::Check)?;
        let plain = ours.answer(query, Work::Check, false)?;
        compare(&theirs, &plain).map_err(|how| anyhow!("{query:?}: {how}"))?;
        let sideways = ours.answer(query, Work::Check, true)?;
        compare_sideways(query, &plain, &sideways).map_err(|how| anyhow!("{query:?}: {how}"))?;
        hits += theirs.hits.len();
        counts += theirs.counts.values().map(|it| it.len()).sum::<usize>();
    }
    println!(
        "checked: {} queries, {hits} hits and scores, {counts} counts are the same",
        queries.len()
    );
    Ok(())
}

/// Holds the values that all documents have against each other: the fields of both our indexes are
/// filled from the same archive, but known values have ids of their own in one.
pub(crate) fn german(engines: &[(Which, Engine)]) -> Result<()> {
    let everything = Query::everything();
    let mut answers = Vec::new();
    for (which, engine) in engines.iter().filter(|(which, _)| *which != Which::Stock) {
        let answer = engine.answer(&everything, Work::Check)?;
        let counts = FACETS
            .iter()
            .filter(|facet| **facet != "date")
            .map(|facet| {
                let counts = answer.counts.get(*facet).into_iter().flatten();
                let mut counts: Vec<u64> = counts.map(|(_, count)| *count).collect();
                counts.sort_unstable();
                counts
            });
        answers.push((*which, answer.total, counts.collect::<Vec<_>>()));
    }
    for both in answers.windows(2) {
        let (one, other) = (&both[0], &both[1]);
        ensure!(
            (one.1, &one.2) == (other.1, &other.2),
            "{} and {} differ in what all documents have",
            one.0.name(),
            other.0.name()
        );
    }
    Ok(())
}

fn compare(theirs: &Answer, ours: &Answer) -> Result<(), String> {
    if theirs.total != ours.total {
        return Err(format!("{} hits, ours {}", theirs.total, ours.total));
    }
    for (facet, counts) in &theirs.counts {
        let (here, there) = (ours.counts.get(facet), counts.iter());
        for (value, count) in there {
            let our_count = here.and_then(|counts| counts.get(value));
            if our_count != Some(count) {
                return Err(format!("{facet} {value}: {count}, ours {our_count:?}"));
            }
        }
        if here.map_or(0, |counts| counts.len()) != counts.len() {
            return Err(format!("{facet}: we have more values"));
        }
    }
    if theirs.hits.len() != ours.hits.len() {
        return Err("another number of hits".to_owned());
    }
    let is_near = |a: f32, b: f32| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    for ((score, _), (our_score, _)) in theirs.hits.iter().zip(&ours.hits) {
        // A match of everything scores 1 there and 0 here.
        if !is_near(*score, *our_score) && *our_score != 0.0 {
            return Err(format!("score {score}, ours {our_score}"));
        }
    }
    // Equal scores are ordered by id here and by place there, and may go on behind the last hit.
    let last = theirs.hits.last().map_or(0.0, |(score, _)| *score);
    let is_clear = |score: f32| theirs.hits.len() < LIMIT || !is_near(score, last);
    for (score, id) in theirs.hits.iter().filter(|(score, _)| is_clear(*score)) {
        if !ours.hits.iter().any(|(_, our_id)| our_id == id) {
            return Err(format!("{id} ({score}) is missing"));
        }
    }
    Ok(())
}

/// A value that is selected changes only the counts of its own facet.
fn compare_sideways(query: &Query, plain: &Answer, sideways: &Answer) -> Result<(), String> {
    let Some(Filter::Value { facet, value }) = &query.filter else {
        return Ok(());
    };
    if plain.total != sideways.total || plain.hits != sideways.hits {
        return Err("selecting the value gives other hits".to_owned());
    }
    let others = |answer: &Answer| {
        let mut counts = answer.counts.clone();
        counts.remove(*facet);
        counts
    };
    if others(plain) != others(sideways) {
        return Err("selecting the value gives other counts in other facets".to_owned());
    }
    let count = sideways.counts[*facet].get(value).copied().unwrap_or(0);
    if count != plain.total {
        return Err(format!("{value} counts {count}, {} hits", plain.total));
    }
    Ok(())
}
