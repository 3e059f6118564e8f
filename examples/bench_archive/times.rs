//! The times of all queries.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::archive::Query;
use crate::engine::{Engine, Which, Work};
use crate::measure::{self, Times};

/// Times of all queries by index; indexes take turns at each query.
pub(crate) fn measure(
    engines: &[(Which, Engine)],
    queries: &[Query],
    work: Work,
    runs: usize,
) -> Result<BTreeMap<Which, Times>> {
    let mut times: BTreeMap<Which, Times> = BTreeMap::new();
    for query in queries {
        let mut of_query: BTreeMap<Which, Times> = BTreeMap::new();
        // The first run warms up.
        for number in 0..=runs.max(1) {
            for (which, engine) in engines {
                let (answer, cpu, wall) = measure::time(|| engine.answer(query, work));
                std::hint::black_box(answer?.shown);
                if number > 0 {
                    let times = of_query.entry(*which).or_default();
                    times.cpu.push(cpu);
                    times.wall.push(wall);
                }
            }
        }
        for (which, mut of_query) in of_query {
            let times = times.entry(which).or_default();
            times.cpu.push(measure::median(&mut of_query.cpu));
            times.wall.push(measure::median(&mut of_query.wall));
        }
    }
    Ok(times)
}

/// The classes of queries, in the order in which they come first.
pub(crate) fn classes(queries: &[Query]) -> Vec<&str> {
    let mut classes: Vec<&str> = Vec::new();
    for query in queries {
        if !classes.contains(&query.class.as_str()) {
            classes.push(&query.class);
        }
    }
    classes
}

/// Of values that belong to queries those of one class, or all.
pub(crate) fn of_class(queries: &[Query], values: &[f64], class: Option<&str>) -> Vec<f64> {
    let both = queries.iter().zip(values);
    let fitting = both.filter(|(query, _)| class.is_none_or(|class| query.class == class));
    fitting.map(|(_, value)| *value).collect()
}
