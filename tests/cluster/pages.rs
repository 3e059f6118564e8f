//! Pages go on in the commit that they began with, also in a cluster.

use std::sync::Arc;

use fundstelle::archive::{Archive, Ask, Between};
use fundstelle::document::Document;
use fundstelle::engine::{Engine, Index, WriterOptions};
use fundstelle::pipeline::DocumentBuilder;

use crate::{corpus, place};

fn article(id: usize) -> Document {
    Document {
        id: format!("{id:03}"),
        title: Some(format!("Der Hafen, Folge {id}")),
        body: "Im Hafen liegen Schiffe. Der Kran steht still.".to_owned(),
        language: Some("de".to_owned()),
        ..Document::default()
    }
}

#[test]
#[ignore = "needs a cluster"]
fn pages_go_on_in_their_commit_while_others_write() {
    let schema = corpus::schema();
    let builder = DocumentBuilder::new(&schema);
    let (engine, _tidy) = place::empty(&schema);
    let engine = Arc::new(engine);
    let write = |ids: std::ops::Range<usize>, gone: &[&str]| {
        let mut writer = engine.begin_to_write(WriterOptions::default()).unwrap();
        for id in ids {
            writer.add(builder.build(article(id), 1)).unwrap();
        }
        for id in gone {
            writer.delete(id).unwrap();
        }
        writer.commit().unwrap();
        writer.close().unwrap();
    };
    write(0..25, &[]);
    engine.reload().unwrap();
    let archive = Archive::new(engine.clone(), schema.clone());
    let mut ask = Ask {
        text: "Hafen".to_owned(),
        between: Between::All,
        limit: 10,
        ..Ask::default()
    };
    let first = archive.search(&ask).unwrap();
    assert_eq!(first.total_hits, 25);
    write(25..40, &["024"]);
    archive.reload().unwrap();
    assert_eq!(archive.search(&ask).unwrap().total_hits, 39);
    let mut ids: Vec<String> = first.hits.iter().map(|hit| hit.id.clone()).collect();
    let mut cursor = first.next_cursor;
    while cursor.is_some() {
        ask.cursor = cursor;
        let page = archive.search(&ask).unwrap();
        assert_eq!(page.total_hits, 25);
        ids.extend(page.hits.into_iter().map(|hit| hit.id));
        cursor = page.next_cursor;
    }
    // What is gone by now is not shown any more, be it of an older commit.
    let expected: Vec<String> = (0..24).map(|id| format!("{id:03}")).collect();
    ids.sort_unstable();
    assert_eq!(ids, expected);
    assert!(engine.copies_of(&[]).unwrap().is_empty());
    let fingerprints = engine.fingerprints(&["003", "024"]).unwrap();
    assert_eq!(fingerprints, [Some(1), None]);
    assert_eq!(engine.document("024").unwrap(), None);
    assert_eq!(engine.damaged().unwrap(), Vec::<String>::new());
}

#[test]
#[ignore = "needs a cluster"]
fn only_one_may_write_and_only_with_the_same_schema() {
    use fundstelle::engine::EngineErrorKind;
    use fundstelle::engine::distributed::Distributed;
    let options = place::options();
    let _tidy = place::Tidy(options.index.clone());
    let schema = corpus::schema();
    let missing = Distributed::open(options.clone()).err().unwrap();
    assert_eq!(missing.kind, EngineErrorKind::Missing, "{missing}");
    let engine = Distributed::open_or_create(options.clone(), &schema).unwrap();
    let writer = engine.begin_to_write(WriterOptions::default()).unwrap();
    let busy = engine
        .begin_to_write(WriterOptions::default())
        .err()
        .unwrap();
    assert_eq!(busy.kind, EngineErrorKind::Busy, "{busy}");
    // A writer that ends early keeps nobody away.
    drop(writer);
    engine
        .begin_to_write(WriterOptions::default())
        .unwrap()
        .close()
        .unwrap();
    let other = include_str!("../../schema.json").replace("\"language\"", "\"section\"");
    let other = fundstelle::schema::Schema::parse(&other, "schema.json").unwrap();
    let version = Distributed::open_with(options.clone(), &other)
        .err()
        .unwrap();
    assert_eq!(version.kind, EngineErrorKind::Version, "{version}");
    // Built anew beside, it takes the place of the old one at once.
    let anew = Distributed::rebuild(options.clone(), &other).unwrap();
    assert_eq!(
        Distributed::open(options.clone())
            .unwrap()
            .schema()
            .source(),
        schema.source()
    );
    anew.publish().unwrap();
    assert_eq!(
        Distributed::open(options).unwrap().schema().source(),
        other.source()
    );
}
