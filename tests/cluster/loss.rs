//! A node is lost while others search and write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fundstelle::document::{Document, PartialDate};
use fundstelle::engine::{Engine, Index, WriterOptions};
use fundstelle::pipeline::DocumentBuilder;
use fundstelle::search::{Clause, SearchRequest};

use crate::{corpus, place};

/// How often a node is lost.
const LOSSES: u8 = 10;
/// Documents before the first loss, and between two.
const DOCUMENTS: usize = 200;

fn article(id: usize) -> Document {
    Document {
        id: format!("{id:06}"),
        title: Some(format!("Meldung {id}")),
        body: format!("Die Meldung Nummer {id} steht im Archiv."),
        language: Some("de".to_owned()),
        ..Document::default()
    }
}

fn total(engine: &dyn Engine) -> u64 {
    let everything = SearchRequest::counting(Clause::All, PartialDate::now());
    engine.search(&everything).unwrap().total_hits
}

#[test]
#[ignore = "needs a cluster of its own, and loses its nodes"]
fn nothing_acknowledged_is_lost_with_a_node() {
    let schema = corpus::schema();
    let builder = DocumentBuilder::new(&schema);
    let (engine, _tidy) = place::empty(&schema);
    let engine = Arc::new(engine);
    let mut writer = engine.begin_to_write(WriterOptions::default()).unwrap();
    let mut committed = 0;
    let mut write_and_commit = |until: usize| {
        for id in committed..until {
            writer.add(builder.build(article(id), 1)).unwrap();
        }
        writer.commit().unwrap();
        committed = until;
    };
    write_and_commit(DOCUMENTS);
    engine.reload().unwrap();
    for loss in 0..LOSSES {
        let node = loss % 3 + 1;
        let expected = DOCUMENTS * (usize::from(loss) + 1);
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            // While a node goes, somebody searches in what is committed, and somebody writes more.
            let searching = scope.spawn(|| {
                let mut searches = 0;
                while !is_over.load(Ordering::Relaxed) || searches < 5 {
                    // If the state it searches goes with the node, the next commit is searched.
                    let found = total(engine.as_ref());
                    let whole = [expected as u64, (expected + DOCUMENTS) as u64];
                    assert!(
                        whole.contains(&found),
                        "{found} of {whole:?} with node {node} lost"
                    );
                    searches += 1;
                }
                searches
            });
            let stopping = scope.spawn(move || place::order("stop", node));
            write_and_commit(expected + DOCUMENTS);
            stopping.join().unwrap();
            is_over.store(true, Ordering::Relaxed);
            let searches = searching.join().unwrap();
            assert!(searches >= 5);
        });
        engine.reload().unwrap();
        assert_eq!(total(engine.as_ref()), (expected + DOCUMENTS) as u64);
        place::order("start", node);
        place::wait_until_whole();
    }
    writer.close().unwrap();
    // Not only the number is right: every document is there, as it was written.
    let mut found = Vec::new();
    engine
        .each_document(&mut |document| found.push(document))
        .unwrap();
    let expected: Vec<Document> = (0..committed).map(article).collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!((&found.id, &found.body), (&expected.id, &expected.body));
    }
}
