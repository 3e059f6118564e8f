//! The embedded engine answers every scenario; `cluster.rs` asks a cluster the same.

#![allow(unreachable_pub)] // A test binary has no public items.

#[path = "scenarios/suite.rs"]
mod suite;

use std::sync::Arc;

use fundstelle::engine::embedded::Embedded;

#[test]
fn the_embedded_engine_answers_every_scenario() {
    for scenario in suite::all() {
        let folder = tempfile::tempdir().unwrap();
        let engine = Embedded::open_or_create(folder.path(), &suite::schema()).unwrap();
        scenario.play(Arc::new(engine));
    }
}
