//! What drilling down costs: the same query with a value selected that its hits have. Counts of
//! the facet of that value go on as if it were not selected.

use anyhow::Result;

use crate::archive::{Filter, Query};
use crate::engine::{Engine, Which, Work};
use crate::measure;

/// The facets in which values are selected, in turn.
const FACETS: [&str; 3] = ["publisher", "agency", "country"];
/// Of the most frequent so many values one is selected, in turn.
const VALUES: usize = 5;

/// Mean times of queries without and with a value selected, in microseconds of processor time.
#[derive(Default)]
pub(crate) struct Drilled {
    /// The facet in which a value is selected, or the class of the queries.
    pub(crate) of: String,
    pub(crate) queries: usize,
    pub(crate) without: f64,
    pub(crate) with: f64,
}

/// Measures drilling down, by facet and then by class of queries; `None` from an engine that cannot
/// count so in one pass.
pub(crate) fn measure(
    engine: &(Which, Engine),
    queries: &[Query],
    runs: usize,
) -> Result<Option<Vec<Drilled>>> {
    let (which, engine) = engine;
    if *which == Which::Stock {
        return Ok(None);
    }
    let (mut by_facet, mut by_class) = (Vec::new(), Vec::new());
    let unfiltered = queries.iter().filter(|query| query.filter.is_none());
    for (number, query) in unfiltered.enumerate() {
        let facet = FACETS[number % FACETS.len()];
        let Some(value) = value(engine, query, facet, number / FACETS.len())? else {
            continue;
        };
        let selected = Query {
            filter: Some(Filter::Value { facet, value }),
            ..query.clone()
        };
        let (mut without, mut with) = (Vec::new(), Vec::new());
        // The first run warms up.
        for run in 0..=runs.max(1) {
            for (query, times) in [(query, &mut without), (&selected, &mut with)] {
                let (answer, cpu, _) = measure::time(|| engine.answer(query, Work::Full));
                std::hint::black_box(answer?.shown);
                times.extend((run > 0).then_some(cpu));
            }
        }
        let (without, with) = (measure::median(&mut without), measure::median(&mut with));
        for (rows, of) in [
            (&mut by_facet, facet),
            (&mut by_class, query.class.as_str()),
        ] {
            let row = row(rows, of);
            row.queries += 1;
            row.without += without;
            row.with += with;
        }
    }
    by_facet.append(&mut by_class);
    for row in &mut by_facet {
        row.without /= row.queries as f64;
        row.with /= row.queries as f64;
    }
    Ok(Some(by_facet))
}

/// The row of a facet or a class, which is added if it is new.
fn row<'r>(rows: &'r mut Vec<Drilled>, of: &str) -> &'r mut Drilled {
    let place = rows.iter().position(|row| row.of == of);
    let place = place.unwrap_or_else(|| {
        let of = of.to_owned();
        rows.push(Drilled {
            of,
            ..Drilled::default()
        });
        rows.len() - 1
    });
    &mut rows[place]
}

/// One of the most frequent values that the hits of a query have.
fn value(engine: &Engine, query: &Query, facet: &str, number: usize) -> Result<Option<String>> {
    let mut answer = engine.answer(query, Work::Check)?;
    let counts = answer.counts.remove(facet).unwrap_or_default();
    let mut values: Vec<(String, u64)> = counts.into_iter().collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values.truncate(VALUES);
    let count = values.len().max(1);
    Ok(values
        .into_iter()
        .nth(number % count)
        .map(|(value, _)| value))
}
