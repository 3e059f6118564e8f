//! Scores that fall with age.

use fundstelle::engine::Engine;
use fundstelle::search::{HalfLife, Reason, Recency, SearchRequest, Sort};
use proptest::prelude::*;

use super::archive::{arbitrary_archive, arbitrary_request};

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// The score is that without age times the factor; the order follows, ties by id; totals and
    /// counts stay; explanations tell the factor.
    #[test]
    fn a_score_is_multiplied_by_the_factor_of_its_age(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
        days in 1_u32..400,
        origin in prop::sample::select(vec!["2025-04-28", "2024-06-01", "2026-01-01"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let recency = Recency {
            half_life: HalfLife::days(days).unwrap(),
            origin: origin.parse().unwrap(),
        };
        let plain = SearchRequest { sort: Sort::Relevance, collapse: false, ..request };
        let aged = SearchRequest { recency: Some(recency), ..plain.clone() };
        let (plain, answer) = (engine.search(&plain).unwrap(), engine.search(&aged).unwrap());
        prop_assert_eq!(answer.total_hits, plain.total_hits);
        prop_assert_eq!(&answer.facets, &plain.facets);
        let mut expected: Vec<(f32, String)> = (plain.hits.iter())
            .map(|hit| {
                let factor = recency.factor(hit.document.date.map(|date| date.value));
                (hit.score * factor, hit.document.id.clone())
            })
            .collect();
        expected.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let hits = answer.hits.iter().map(|hit| (hit.score, hit.document.id.clone()));
        prop_assert_eq!(hits.collect::<Vec<_>>(), expected);
        for hit in &answer.hits {
            let explanation = engine.explain(&aged, &hit.document.id).unwrap().unwrap();
            prop_assert_eq!(explanation.score, hit.score);
            let is_aged = matches!(explanation.reason, Reason::Recency { .. });
            prop_assert!(is_aged);
            prop_assert!(super::adds_up(&explanation), "{:?}", explanation);
        }
    }

    /// The latest day is that of a document that may be seen and lies in the past.
    #[test]
    fn the_latest_day_is_that_of_a_document(archive in arbitrary_archive(), request in arbitrary_request()) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let now = request.now;
        let days = archive.alive().into_iter().filter(|it| !it.document.is_embargoed(now));
        let days = days.filter_map(|it| Some(it.document.date?.value.without_time().beginning()));
        let expected = days.filter(|day| *day <= now.beginning()).max();
        let latest = engine.latest_day(now).unwrap();
        prop_assert_eq!(latest.map(|day| day.beginning()), expected);
    }
}
