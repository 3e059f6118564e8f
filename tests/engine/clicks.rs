//! Drilling down, click by click: what a count promises, the next click holds.

use fundstelle::engine::Engine;
use fundstelle::search::{EngineResponse, FacetFilter, MISSING, SearchRequest};
use proptest::prelude::*;

use super::archive::{arbitrary_archive, arbitrary_request};
use super::{naive, select};

/// A click: which facet and value, by numbers that are taken modulo what is listed, and what it
/// does with the value.
#[derive(Debug, Clone, Copy)]
struct Click {
    facet: usize,
    value: usize,
    does: Does,
}

#[derive(Debug, Clone, Copy)]
enum Does {
    /// Selects the value beside those that are selected.
    Add,
    /// Selects only this value.
    Only,
    Exclude,
    /// Lifts all that is chosen in the facet.
    Clear,
}

fn arbitrary_click() -> impl Strategy<Value = Click> {
    let does = prop::sample::select(vec![Does::Add, Does::Only, Does::Exclude, Does::Clear]);
    (0_usize..3, any::<usize>(), does).prop_map(|(facet, value, does)| Click { facet, value, does })
}

/// Ids with documents and distinct copies.
type Listed = Vec<(String, (u64, u64))>;

/// All listed values of a facet and the missing one, with documents and distinct copies.
fn listed(answer: &EngineResponse, facet: usize) -> (String, Listed) {
    let (name, counts) = &answer.facets[facet];
    let missing = (counts.missing, counts.missing_copies.unwrap());
    let values = naive::flatten(counts).into_iter();
    (
        name.clone(),
        values.chain([(MISSING.to_owned(), missing)]).collect(),
    )
}

fn own<'a>(request: &'a mut SearchRequest, facet: &str) -> &'a mut FacetFilter {
    let place = request
        .filters
        .iter()
        .position(|filter| filter.facet == facet);
    let place = place.unwrap_or_else(|| {
        request.filters.push(FacetFilter {
            facet: facet.to_owned(),
            ..FacetFilter::default()
        });
        request.filters.len() - 1
    });
    &mut request.filters[place]
}

fn total(answer: &EngineResponse) -> (u64, u64) {
    (answer.total_hits, answer.total_copies.unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// On every step, every count of every facet is the number of hits after a click on it; what
    /// is excluded and what has it are all there is; and bars add up to the total.
    #[test]
    fn every_count_holds_on_every_step_of_a_drill_down(
        archive in arbitrary_archive(),
        first in arbitrary_request(),
        clicks in prop::collection::vec(arbitrary_click(), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let mut request = SearchRequest { limit: 0, collapse: false, ..first };
        for click in clicks {
            let answer = engine.search(&request).unwrap();
            for facet in 0..answer.facets.len() {
                let (name, values) = listed(&answer, facet);
                for (id, count) in values {
                    let clicked = engine.search(&select(&request, &name, &id)).unwrap();
                    prop_assert_eq!(total(&clicked), count, "{} = {} in {:?}", name, id, request);
                    let mut without = request.clone();
                    let filter = own(&mut without, &name);
                    if filter.include.is_empty() && !filter.exclude.contains(&id) {
                        filter.exclude.push(id);
                        let without = engine.search(&without).unwrap();
                        prop_assert_eq!(without.total_hits + count.0, answer.total_hits);
                    }
                }
            }
            let histogram = answer.histogram.as_ref().unwrap();
            let bars: u64 = histogram.bars.iter().map(|bar| bar.count).sum();
            prop_assert_eq!(bars + histogram.coarser + histogram.missing, histogram.total);
            if !request.histogram.unwrap().all_time {
                prop_assert_eq!(histogram.total, answer.total_hits);
            }
            let (name, values) = listed(&answer, click.facet);
            let id = values[click.value % values.len()].0.clone();
            match click.does {
                Does::Only => request = select(&request, &name, &id),
                Does::Clear => request.filters.retain(|filter| filter.facet != name),
                Does::Add => {
                    let filter = own(&mut request, &name);
                    filter.exclude.retain(|other| *other != id);
                    if !filter.include.contains(&id) {
                        filter.include.push(id);
                    }
                }
                Does::Exclude => {
                    let filter = own(&mut request, &name);
                    filter.include.retain(|other| *other != id);
                    if !filter.exclude.contains(&id) {
                        filter.exclude.push(id);
                    }
                }
            }
        }
    }
}
