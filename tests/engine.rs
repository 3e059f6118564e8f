//! Engines answer exactly what a naive evaluation over all documents answers.

#[path = "engine/archive.rs"]
mod archive;
#[path = "engine/naive.rs"]
mod naive;

use archive::{Archive, arbitrary_archive, arbitrary_request};
use fundstelle::engine::Engine;
use fundstelle::search::{FacetFilter, MISSING, SearchRequest, Sort};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Hits, their order, totals and all counts, for random documents, deletions and requests.
    #[test]
    fn answers_equal_a_naive_evaluation(
        archive in arbitrary_archive(),
        requests in prop::collection::vec(arbitrary_request(), 4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        for request in requests {
            let answer = engine.search(&request).unwrap();
            let expected = naive::evaluate(&archive.alive(), &request);
            prop_assert_eq!(answer.total_hits, expected.ids.len() as u64, "{:?}", request);
            let mut ids: Vec<&str> = answer.hits.iter().map(|h| h.document.id.as_str()).collect();
            if request.sort == Sort::Relevance {
                ids.sort_unstable();
            }
            prop_assert_eq!(ids, expected.ids, "{:?}", request);
            for ((name, counts), requested) in answer.facets.iter().zip(&request.facets) {
                let flat = naive::flatten(counts);
                let wanted = &expected.facets[name];
                prop_assert_eq!(counts.missing, wanted.missing, "{} {:?}", name, request);
                prop_assert_eq!(&flat, &wanted.values, "{} {:?} {:?}", name, requested, request);
            }
        }
    }

    /// The count that is shown before a click is the number of hits after it.
    #[test]
    fn a_count_is_the_number_of_hits_after_selecting_it(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let answer = engine.search(&request).unwrap();
        for (name, counts) in &answer.facets {
            for (id, count) in naive::flatten(counts).into_iter().chain([(MISSING.to_owned(), counts.missing)]) {
                let clicked = select(&request, name, &id);
                let hits = engine.search(&clicked).unwrap().total_hits;
                prop_assert_eq!(hits, count, "{} = {} in {:?}", name, id, request);
            }
        }
    }

    /// Scores and order do not depend on how documents are spread over segments.
    #[test]
    fn segments_do_not_change_the_answer(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
    ) {
        let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at_once = archive.index_at_once(one.path()).search(&request).unwrap();
        let in_steps = archive.index_in_steps(many.path()).search(&request).unwrap();
        prop_assert_eq!(at_once, in_steps);
    }

    /// Pages that follow each other are the whole answer.
    #[test]
    fn pages_add_up(archive in arbitrary_archive(), request in arbitrary_request(), size in 1_usize..5) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let whole = engine.search(&request).unwrap().hits;
        let mut page = SearchRequest { limit: size, ..request };
        let mut hits = Vec::new();
        loop {
            let answer = engine.search(&page).unwrap();
            let Some(last) = answer.hits.last() else { break };
            page.after = Some(fundstelle::search::After { rank: last.rank, id: last.document.id.clone() });
            hits.extend(answer.hits);
        }
        prop_assert_eq!(hits, whole);
    }
}

/// The request after a click on a value: it is the only one selected, and no longer excluded.
fn select(request: &SearchRequest, facet: &str, id: &str) -> SearchRequest {
    let mut request = request.clone();
    let position = request.filters.iter().position(|f| f.facet == facet);
    let position = position.unwrap_or_else(|| {
        request.filters.push(FacetFilter {
            facet: facet.to_owned(),
            ..FacetFilter::default()
        });
        request.filters.len() - 1
    });
    let filter = &mut request.filters[position];
    filter.exclude.retain(|excluded| excluded != id);
    filter.include = vec![id.to_owned()];
    request
}

#[test]
fn more_values_than_slots_are_counted_all() {
    // One document in five hundred has forty values: they go to the overflow table.
    let archive = Archive::with_outlier(500, 40);
    let folder = tempfile::tempdir().unwrap();
    let engine = archive.index_at_once(folder.path());
    let request = archive::match_all();
    let answer = engine.search(&request).unwrap();
    let expected = naive::evaluate(&archive.alive(), &request);
    let (name, counts) = answer
        .facets
        .iter()
        .find(|(name, _)| name == "tag")
        .unwrap();
    assert_eq!(naive::flatten(counts), expected.facets[name].values);
    assert_eq!(naive::flatten(counts).len(), 41);
}
