//! Pages that follow each other while others write.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use fundstelle::archive::{Archive, Ask};
use fundstelle::document::Access;
use fundstelle::engine::embedded::{Embedded, Holding, WriterOptions};
use fundstelle::engine::{IndexDocument, Writer};
use fundstelle::search::{SearchResponse, Sort};
use tempfile::TempDir;

use super::archive::{document, schema};

/// An archive that is written while it is asked.
struct Place {
    _folder: TempDir,
    engine: Arc<Embedded>,
    archive: Archive,
    writer: Box<dyn Writer>,
}

impl Place {
    fn with(documents: impl Iterator<Item = IndexDocument>) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let engine = Arc::new(Embedded::open_or_create(folder.path(), &schema()).unwrap());
        let options = WriterOptions {
            threads: 1,
            ..WriterOptions::default()
        };
        let mut place = Place {
            archive: Archive::new(engine.clone(), schema()),
            writer: Box::new(engine.writer(options).unwrap()),
            engine,
            _folder: folder,
        };
        place.commit(documents);
        place
    }

    fn commit(&mut self, documents: impl Iterator<Item = IndexDocument>) {
        for document in documents {
            self.writer.add(document).unwrap();
        }
        self.writer.commit().unwrap();
        self.archive.reload().unwrap();
    }

    fn page(&self, sort: Sort, limit: usize, cursor: Option<String>) -> SearchResponse {
        let ask = Ask {
            sort,
            limit,
            cursor,
            ..Ask::default()
        };
        self.archive.search(&ask).unwrap()
    }
}

/// Dates and words that depend on the id and a turn, so that a later turn is ordered otherwise.
fn turned(id: usize, turn: usize) -> IndexDocument {
    let word = (id * 7 + turn) % 6;
    document(
        id,
        &[word],
        &[0, word],
        &[id % 5],
        &[],
        Some((id + turn) % 8),
    )
}

fn ids(page: &SearchResponse) -> impl Iterator<Item = String> {
    page.hits.iter().map(|hit| hit.id.clone())
}

#[test]
fn pages_reach_the_last_hit_without_doubles_or_gaps_while_others_commit() {
    const HITS: usize = 3000;
    let mut place = Place::with((0..HITS).map(|id| turned(id, 0)));
    for (turn, sort) in [Sort::Newest, Sort::Relevance].into_iter().enumerate() {
        let whole = Ask {
            sort,
            ..Ask::default()
        };
        let hits = place.archive.export(&whole).unwrap().hits;
        let expected: Vec<String> = hits.map(|hit| hit.unwrap().id).collect();
        let (mut found, mut cursor) = (Vec::new(), None);
        for number in 0.. {
            let page = place.page(sort, 1 + number * 131 % 400, cursor);
            assert!(page.query.notices.is_empty(), "{:?}", page.query.notices);
            assert_eq!(page.total_hits, expected.len() as u64);
            found.extend(ids(&page));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
            // Documents change places, and new ones come.
            let changed = (0..HITS).step_by(17 + number);
            let new = HITS + turn * 100 + number;
            place.commit(
                changed
                    .map(|id| turned(id, number + turn))
                    .chain([turned(new, turn)]),
            );
            // Another reader, of the newest state.
            place.page(sort, 3, None);
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn a_state_that_is_not_held_any_more_is_gone_on_without_in_the_newest() {
    let mut place = Place::with((0..50).map(|id| turned(id, 0)));
    let first = place.page(Sort::Newest, 10, None);
    place.engine.set_holding(Holding {
        time: Duration::ZERO,
        most: 0,
    });
    place.commit([turned(99, 0)].into_iter());
    let second = place.page(Sort::Newest, 10, first.next_cursor);
    assert_eq!(second.query.notices[0].code, "index_changed");
    assert_eq!(second.total_hits, 51);
    assert_eq!(second.hits.len(), 10);
}

#[test]
fn rights_do_not_wait_for_the_last_page() {
    let mut place = Place::with((0..40).map(|id| turned(id, 0)));
    let first = place.page(Sort::Relevance, 10, None);
    let whole: Vec<String> = ids(&place.page(Sort::Relevance, 40, None)).collect();
    let [gone, hidden, tight] = [12, 13, 14].map(|place| whole[place].clone());
    place.writer.delete(&gone).unwrap();
    let number = |id: &str| id.parse().unwrap();
    let mut embargoed = turned(number(&hidden), 0);
    embargoed.document.embargo = "2095-01-01".parse().ok();
    let mut tightened = turned(number(&tight), 0);
    tightened.document.access = Access::Metadata;
    place.commit([embargoed, tightened].into_iter());
    let (mut found, mut cursor) = (Vec::new(), first.next_cursor);
    while let Some(next) = cursor {
        let page = place.page(Sort::Relevance, 10, Some(next));
        // What is under embargo now does not even count; what is gone counts as it did.
        assert_eq!(page.total_hits, 39);
        for hit in &page.hits {
            assert_eq!(hit.access == Access::Metadata, hit.id == tight);
        }
        found.extend(ids(&page));
        cursor = page.next_cursor;
    }
    let expected = whole[10..]
        .iter()
        .filter(|id| ![&gone, &hidden].contains(id));
    assert_eq!(found, expected.cloned().collect::<Vec<_>>());
}

#[test]
fn a_cursor_goes_on_only_in_the_order_of_its_page() {
    let place = Place::with((0..40).map(|id| turned(id, 0)));
    let orders = [
        (Sort::Relevance, None),
        (Sort::Relevance, Some("30d")),
        (Sort::Relevance, Some("1y")),
        (Sort::Newest, None),
        (Sort::Oldest, None),
        (Sort::Added, None),
    ];
    let ask = |(sort, recency): (Sort, Option<&str>), cursor| Ask {
        sort,
        recency: recency.map(str::to_owned),
        limit: 3,
        cursor,
        ..Ask::default()
    };
    for from in orders {
        let first = place.archive.search(&ask(from, None)).unwrap();
        for to in orders {
            let second = place.archive.search(&ask(to, first.next_cursor.clone()));
            match second {
                Ok(second) => assert!(from == to && !second.hits.is_empty(), "{from:?} {to:?}"),
                Err(error) => {
                    assert!(from != to, "{from:?}: {error}");
                    assert!(error.is_callers_fault() && error.code() == "bad_cursor");
                    assert!(error.to_string().contains("another order"), "{error}");
                }
            }
        }
    }
}

#[test]
fn a_cursor_cannot_ask_for_a_later_moment_than_now() {
    let embargoed = (0..20).map(|id| {
        let mut document = turned(id, 0);
        document.document.embargo = "2090-01-01".parse().ok().filter(|_| id % 2 == 0);
        document
    });
    let place = Place::with(embargoed);
    let cursor = place.page(Sort::Newest, 3, None).next_cursor.unwrap();
    let mut parts: Vec<&str> = cursor.split('-').collect();
    let later: fundstelle::document::PartialDate = "2095-01-01T00:00".parse().unwrap();
    let later = format!("{:x}", later.to_bits());
    parts[2] = &later;
    let page = place.page(Sort::Newest, 20, Some(parts.join("-")));
    assert_eq!(page.total_hits, 10);
    let odd: BTreeSet<usize> = ids(&page)
        .map(|id| id.parse::<usize>().unwrap() % 2)
        .collect();
    assert_eq!(odd, BTreeSet::from([1]));
}
