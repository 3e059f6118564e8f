//! Engines answer exactly what a naive evaluation over all documents answers.

#![allow(unreachable_pub)] // A test binary has no public items.

#[path = "engine/archive.rs"]
mod archive;
#[path = "engine/clicks.rs"]
mod clicks;
#[path = "engine/listing.rs"]
mod listing;
#[path = "engine/many.rs"]
mod many;
#[path = "engine/naive.rs"]
mod naive;
#[path = "engine/pages.rs"]
mod pages;
#[path = "engine/recency.rs"]
mod recency;
#[path = "engine/time.rs"]
mod time;
#[path = "engine/words.rs"]
mod words;

use std::time::Instant;

use archive::{Archive, arbitrary_archive, arbitrary_locate, arbitrary_request};
use fundstelle::engine::{Engine, EngineErrorKind, deadline};
use fundstelle::search::{
    CopyGroup, Explanation, FacetFilter, MISSING, Reason, Scoring, SearchRequest, Sort,
};
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
            prop_assert_eq!(answer.total_hits, expected.total, "{:?}", request);
            prop_assert_eq!(answer.total_copies, Some(expected.copies), "{:?}", request);
            let by_relevance = request.sort == Sort::Relevance;
            let mut ids: Vec<&str> = (answer.hits.iter())
                .map(|hit| match by_relevance && request.collapse {
                    true => hit.copy.id.as_str(),
                    false => hit.document.id.as_str(),
                })
                .collect();
            if by_relevance {
                ids.sort_unstable();
            }
            prop_assert_eq!(ids, expected.ids, "{:?}", request);
            for ((name, counts), requested) in answer.facets.iter().zip(&request.facets) {
                let flat = naive::flatten(counts);
                let wanted = &expected.facets[name];
                let missing = (counts.missing, counts.missing_copies.unwrap());
                prop_assert_eq!(missing, wanted.missing, "{} {:?}", name, request);
                prop_assert_eq!(&flat, &wanted.values, "{} {:?} {:?}", name, requested, request);
            }
            time::check(&archive.alive(), &request, &answer.histogram.unwrap());
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
            let missing = (counts.missing, counts.missing_copies.unwrap());
            for (id, count) in naive::flatten(counts).into_iter().chain([(MISSING.to_owned(), missing)]) {
                let clicked = select(&request, name, &id);
                let answer = engine.search(&clicked).unwrap();
                let hits = (answer.total_hits, answer.total_copies.unwrap());
                prop_assert_eq!(hits, count, "{} = {} in {:?}", name, id, request);
            }
        }
    }

    /// A bar is as high as there are hits after its days are chosen.
    #[test]
    fn a_bar_is_the_number_of_hits_between_its_days(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let histogram = engine.search(&request).unwrap().histogram.unwrap();
        for bar in &histogram.bars {
            let chosen = time::within(&time::counted(&request), bar.start, bar.end);
            let answer = engine.search(&chosen).unwrap();
            let hits = (answer.total_hits, answer.total_copies.unwrap());
            prop_assert_eq!(hits, (bar.count, bar.copies.unwrap()), "{:?} in {:?}", bar, request);
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
        let mut in_steps = archive.index_in_steps(many.path()).search(&request).unwrap();
        in_steps.commit = at_once.commit;
        prop_assert_eq!(at_once, in_steps);
    }

    /// The sentences of a hit that matter are those that hold what is looked for.
    #[test]
    fn sentences_that_matter_hold_what_is_looked_for(
        archive in arbitrary_archive(),
        locate in prop::collection::vec(arbitrary_locate(), 1..3),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let alive = archive.alive();
        let request = SearchRequest { locate, ..archive::match_all() };
        for hit in engine.search(&request).unwrap().hits {
            let document = alive.iter().find(|it| it.document.id == hit.document.id).unwrap();
            prop_assert_eq!(hit.located.len(), request.locate.len());
            for (located, locate) in hit.located.iter().zip(&request.locate) {
                let (bounds, matching) = naive::located(document, locate);
                let kept = located.sentences.iter().map(|it| (it.span.clone(), it.words.start));
                prop_assert_eq!(kept.collect::<Vec<_>>(), bounds);
                prop_assert_eq!(&located.matching, &matching, "{:?}", locate);
            }
        }
    }

    /// A search whose time is over fails and says why; the next one is answered.
    #[test]
    fn a_search_ends_when_its_time_is_over(archive in arbitrary_archive()) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let request = archive::match_all();
        let late = deadline::within(Instant::now(), || engine.search(&request));
        if !archive.alive().is_empty() {
            prop_assert_eq!(late.unwrap_err().kind, EngineErrorKind::Late);
        }
        prop_assert!(engine.search(&request).is_ok());
    }

    /// A collapsed hit is the first of its group, and groups are what their labels make them.
    #[test]
    fn collapsed_hits_are_the_first_of_their_groups(
        archive in arbitrary_archive(),
        request in arbitrary_request(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let alive = archive.alive();
        let groups = naive::groups(&alive, request.now);
        let free: Vec<&String> = (alive.iter().map(|it| &it.document))
            .filter(|it| !it.is_embargoed(request.now))
            .map(|it| &it.id)
            .collect();
        let one_by_one = SearchRequest { collapse: false, ..request.clone() };
        let mut firsts = engine.search(&one_by_one).unwrap().hits;
        let mut seen = std::collections::BTreeSet::new();
        firsts.retain(|hit| seen.insert(groups[&hit.document.id].clone()));
        let collapsed = engine.search(&SearchRequest { collapse: true, ..request }).unwrap();
        prop_assert_eq!(collapsed.total_copies, Some(firsts.len() as u64));
        for hit in &firsts {
            let group = &groups[&hit.document.id];
            let members: Vec<&String> =
                free.iter().copied().filter(|id| groups[*id] == *group).collect();
            prop_assert_eq!(&hit.copy.id, group);
            prop_assert_eq!(hit.copy.size, members.len() as u64);
            let listed = members.len().min(CopyGroup::MAX_LISTED + 1) - 1;
            prop_assert_eq!(hit.copy.also_in.len(), listed);
            for print in &hit.copy.also_in {
                prop_assert!(print.id != hit.document.id && members.contains(&&print.id));
            }
        }
        prop_assert_eq!(collapsed.hits, firsts);
    }

    /// An explanation says the score of the hit, and its parts add up to it.
    #[test]
    fn explanations_say_the_score(archive in arbitrary_archive(), request in arbitrary_request()) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let request = SearchRequest { sort: Sort::Relevance, collapse: false, ..request };
        for hit in engine.search(&request).unwrap().hits {
            let explanation = engine.explain(&request, &hit.document.id).unwrap();
            let explanation = explanation.expect("a hit can be explained");
            prop_assert_eq!(explanation.score, hit.score, "{:?}", request.clause);
            prop_assert!(adds_up(&explanation), "{:?}", explanation);
        }
        let unknown = engine.explain(&request, "no such id").unwrap();
        prop_assert_eq!(unknown, None);
    }

    /// A walk is the whole answer, hit by hit, whatever the limit.
    #[test]
    fn a_walk_is_the_whole_answer(archive in arbitrary_archive(), request in arbitrary_request()) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let whole = engine.search(&request).unwrap();
        let walk = engine.walk(&SearchRequest { limit: 0, ..request }).unwrap();
        prop_assert_eq!(walk.total_hits, whole.total_hits);
        prop_assert_eq!(walk.total_copies, whole.total_copies);
        let hits: Vec<_> = walk.hits.collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(hits, whole.hits);
    }

    /// Pages that follow each other are the whole answer.
    #[test]
    fn pages_add_up(archive in arbitrary_archive(), request in arbitrary_request(), size in 1_usize..5) {
        let folder = tempfile::tempdir().unwrap();
        let engine = archive.index_in_steps(folder.path());
        let whole = engine.search(&request).unwrap().hits;
        let passed = SearchRequest { skip: size, limit: size, ..request.clone() };
        let behind = engine.search(&passed).unwrap().hits;
        prop_assert_eq!(behind.as_slice(), whole.iter().skip(size).take(size).cloned().collect::<Vec<_>>());
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

/// Whether the details of every node make its score: all of them where they are summed up, the best
/// where they are alternatives, the formula where they are terms.
fn adds_up(node: &Explanation) -> bool {
    let scores = || node.details.iter().map(|detail| detail.score);
    let made = match &node.reason {
        Reason::Sum => scores().sum(),
        Reason::Best => scores().fold(0.0, f32::max),
        Reason::Terms {
            weight,
            idf,
            frequency,
            norm,
            ..
        } => {
            let k1 = Scoring::default().k1;
            weight * idf * (k1 + 1.0) * frequency / (frequency + norm)
        }
        Reason::Recency { factor, .. } => scores().sum::<f32>() * factor,
        Reason::Together { .. } | Reason::Clause { .. } => node.score,
    };
    (made - node.score).abs() <= 1e-4 * node.score.max(1.0) && node.details.iter().all(adds_up)
}
