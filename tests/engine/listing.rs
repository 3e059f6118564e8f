//! Which values of a facet are listed: pages, orders, pieces of names, against the whole list.

use std::collections::BTreeMap;

use fundstelle::engine::Engine;
use fundstelle::search::{FacetCount, FacetCounts, FacetOrder, FacetRequest, SearchRequest};
use proptest::prelude::*;

use super::archive::{arbitrary_archive, arbitrary_request};
use super::naive;

const ORDERS: [FacetOrder; 6] = [
    FacetOrder::Usual,
    FacetOrder::Count,
    FacetOrder::CountAscending,
    FacetOrder::Name,
    FacetOrder::Id,
    FacetOrder::IdDescending,
];

fn answer(engine: &impl Engine, request: &SearchRequest, facet: &FacetRequest) -> FacetCounts {
    let request = SearchRequest {
        facets: vec![facet.clone()],
        ..request.clone()
    };
    let mut facets = engine.search(&request).unwrap().facets;
    facets.remove(0).1
}

/// What a value is ordered by, ascending.
fn key(order: FacetOrder, facet: &str, value: &FacetCount) -> (i64, Vec<i32>) {
    // The end of an id comes before all letters, or after them.
    let letters = |sign: i32| -> Vec<i32> {
        let bytes = value.id.bytes().map(|byte| sign * (1 + i32::from(byte)));
        bytes.chain([0]).collect()
    };
    let count = value.count as i64;
    match order {
        FacetOrder::Usual if facet == "date" => (0, letters(-1)),
        FacetOrder::Usual | FacetOrder::Count => (-count, letters(1)),
        FacetOrder::CountAscending => (count, letters(1)),
        FacetOrder::Name | FacetOrder::Id => (0, letters(1)),
        FacetOrder::IdDescending => (0, letters(-1)),
    }
}

fn is_chosen(value: &FacetCount) -> bool {
    value.selected || value.excluded || value.children.iter().any(is_chosen)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Pages one after the other are the whole list in its order, with exact sums of the rest.
    #[test]
    fn pages_of_values_add_up(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
        order in prop::sample::select(ORDERS.to_vec()),
        facet in prop::sample::select(vec!["tag", "source", "date"]),
        limit in 1_usize..4,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let whole = FacetRequest { facet: facet.into(), limit: usize::MAX, order, ..FacetRequest::default() };
        let all = answer(&engine, &request, &whole);
        prop_assert_eq!(all.total_values, all.values.len() as u64);
        prop_assert!(all.values.is_sorted_by_key(|value| key(order, facet, value)));
        let mut seen: Vec<String> = Vec::new();
        for offset in (0..all.values.len()).step_by(limit) {
            let page = answer(&engine, &request, &FacetRequest { limit, offset, ..whole.clone() });
            prop_assert_eq!(page.total_values, all.total_values);
            prop_assert_eq!((page.missing, page.missing_copies), (all.missing, all.missing_copies));
            let expected: Vec<&FacetCount> = (all.values.iter().enumerate())
                .filter(|(at, value)| (offset..offset + limit).contains(at) || is_chosen(value))
                .map(|(_, value)| value)
                .collect();
            let ids = |values: &[FacetCount]| -> Vec<String> {
                values.iter().map(|value| value.id.clone()).collect()
            };
            let expected_ids: Vec<String> = expected.iter().map(|value| value.id.clone()).collect();
            prop_assert_eq!(ids(&page.values), expected_ids);
            let listed: u64 = page.values.iter().map(|value| value.count).sum();
            let sum: u64 = all.values.iter().map(|value| value.count).sum();
            prop_assert_eq!(page.other, sum - listed);
            seen.extend(ids(&all.values[offset..(offset + limit).min(all.values.len())]));
            // The values below one are pages of their own.
            for value in &page.values {
                let under = FacetRequest { under: Some(value.id.clone()), ..whole.clone() };
                let below = answer(&engine, &request, &under);
                prop_assert_eq!(below.total_values, value.total_children);
                let listed: u64 = value.children.iter().map(|child| child.count).sum();
                let sum: u64 = below.values.iter().map(|child| child.count).sum();
                prop_assert_eq!(value.children_other, sum - listed);
            }
        }
        prop_assert_eq!(seen.len(), all.values.len());
    }

    /// A piece of a name leaves the values that have it and those above them, with the same counts.
    #[test]
    fn a_piece_of_a_name_leaves_what_has_it_and_what_stands_above(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
        piece in prop::sample::select(vec!["a", "N", "s", "2025", "-04", "x", ""]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        for facet in ["tag", "source", "date"] {
            let whole = FacetRequest { facet: facet.into(), limit: usize::MAX, ..FacetRequest::default() };
            let all = answer(&engine, &request, &whole);
            let found = FacetRequest { contains: Some(piece.into()), ..whole };
            let found = answer(&engine, &request, &found);
            let mut expected = BTreeMap::new();
            for value in &all.values {
                fitting(value, &piece.to_lowercase(), &mut expected);
            }
            prop_assert_eq!(naive::flatten(&found), expected);
        }
    }
}

/// Adds a value if it or one below it has the piece in its id; whether it did.
fn fitting(value: &FacetCount, piece: &str, into: &mut BTreeMap<String, (u64, u64)>) -> bool {
    let mut fits = value.id.contains(piece);
    for child in &value.children {
        fits |= fitting(child, piece, into);
    }
    if fits {
        into.insert(value.id.clone(), (value.count, value.copies.unwrap()));
    }
    fits
}
