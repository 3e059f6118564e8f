//! Queries as people type them find exactly what a naive reading of every document finds.
//!
//! Documents are German texts through the whole chain; queries are random trees of all constructs
//! of the language, written out as text. Nothing here uses the parser, the compiler or the engine
//! to say what is expected.

#![allow(unreachable_pub)] // A test binary has no public items.

#[path = "queries/asked.rs"]
mod asked;
#[path = "queries/corpus.rs"]
mod corpus;
#[path = "queries/dice.rs"]
mod dice;
#[path = "queries/naive.rs"]
mod naive;

use std::collections::BTreeSet;

use fundstelle::archive::{Archive, Ask, Between, Filter};
use fundstelle::search::{FacetCount, MISSING};

use asked::Asked;
use dice::Dice;
use naive::Read;

/// Documents of an archive.
const DOCUMENTS: usize = 3000;
/// Questions to an archive.
const QUESTIONS: usize = 250;

/// Ids of all hits, page by page, and what the first page said.
fn all_hits(archive: &Archive, ask: &Ask) -> (u64, Vec<String>) {
    let (mut total, mut ids) = (None, Vec::new());
    let mut page = ask.clone();
    loop {
        let answer = archive
            .search(&page)
            .unwrap_or_else(|e| panic!("{e}: {ask:?}"));
        let total = *total.get_or_insert(answer.total_hits);
        ids.extend(answer.hits.into_iter().map(|hit| hit.id));
        match answer.next_cursor {
            Some(cursor) => page.cursor = Some(cursor),
            None => return (total, ids),
        }
    }
}

/// A random question: its query, what that means, and filters.
fn question(dice: &mut Dice) -> (Asked, Ask) {
    let asked = asked::query(dice, 3);
    let filters = (0..dice.below(3)).map(|_| corpus::filter(dice));
    let filters: Vec<Filter> = filters.collect();
    let (from, to) = match dice.below(4) {
        0 => (Some("2025-02"), None),
        1 => (Some("2024"), Some("2025-03-15")),
        _ => (None, None),
    };
    let ask = Ask {
        text: asked.to_string(),
        strict: true,
        between: Between::All,
        snippets: false,
        filters,
        from: from.map(|date| date.parse().unwrap()),
        to: to.map(|date| date.parse().unwrap()),
        limit: 1000,
        facets: Some(Vec::new()),
        ..Ask::default()
    };
    (asked, ask)
}

#[test]
fn every_construct_finds_what_a_naive_reading_finds() {
    for seed in [1, 2] {
        let mut dice = Dice::new(seed);
        let folder = tempfile::tempdir().unwrap();
        let documents = corpus::documents(&mut dice, DOCUMENTS);
        let archive = corpus::index(folder.path(), &documents);
        let read: Vec<Read> = documents.iter().map(Read::new).collect();
        let mut found = 0;
        for _ in 0..QUESTIONS {
            let (asked, ask) = question(&mut dice);
            let expected: BTreeSet<&str> = (read.iter())
                .filter(|it| it.matches(&asked) && it.passes(&ask, None))
                .map(Read::id)
                .collect();
            let (total, ids) = all_hits(&archive, &ask);
            let unique: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
            assert_eq!(unique.len(), ids.len(), "a hit comes twice: {ask:?}");
            let missing: Vec<_> = expected.difference(&unique).take(3).collect();
            let wrong: Vec<_> = unique.difference(&expected).take(3).collect();
            assert!(
                missing.is_empty() && wrong.is_empty(),
                "{}\nfinds too little: {missing:?}, too much: {wrong:?}\n{ask:?}\n{asked:?}",
                ask.text
            );
            assert_eq!(total, expected.len() as u64, "{ask:?}");
            found += usize::from(total > 0);
        }
        assert!(
            found > QUESTIONS / 2,
            "only {found} questions found anything"
        );
    }
}

#[test]
fn every_count_is_what_a_naive_reading_counts() {
    let mut dice = Dice::new(3);
    let folder = tempfile::tempdir().unwrap();
    let documents = corpus::documents(&mut dice, DOCUMENTS);
    let archive = corpus::index(folder.path(), &documents);
    let read: Vec<Read> = documents.iter().map(Read::new).collect();
    for _ in 0..QUESTIONS / 5 {
        let (asked, mut ask) = question(&mut dice);
        (ask.limit, ask.facets, ask.facet_limit) = (0, None, 10_000);
        let answer = archive.search(&ask).unwrap();
        for (name, facet) in answer.facets.iter() {
            let counts = &facet.counts;
            let matching: Vec<&Read> = (read.iter())
                .filter(|it| it.matches(&asked) && it.passes(&ask, Some(name)))
                .collect();
            let expected = |value: &str| {
                let has = matching.iter().filter(|it| it.has(name, value));
                let selected = Filter {
                    facet: name.to_owned(),
                    value: value.to_owned(),
                    exclude: false,
                };
                has.filter(|it| it.would_pass(&ask, &selected)).count() as u64
            };
            let mut stack: Vec<&FacetCount> = counts.values.iter().collect();
            let mut seen = BTreeSet::new();
            while let Some(value) = stack.pop() {
                let id = &value.id;
                assert!(seen.insert(id.clone()), "{name}: {id} is listed twice");
                assert_eq!(value.count, expected(id), "{name} = {id}\n{ask:?}");
                stack.extend(&value.children);
            }
            assert_eq!(counts.other, 0, "{name}\n{ask:?}");
            assert_eq!(counts.missing, expected(MISSING), "{name}\n{ask:?}");
            for it in &matching {
                for id in it.values(name) {
                    let is_counted = expected(&id) == 0 || seen.contains(&id);
                    assert!(is_counted, "{name}: {id} is not listed\n{ask:?}");
                }
            }
        }
    }
}
