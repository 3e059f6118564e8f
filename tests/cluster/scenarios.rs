//! A cluster answers every scenario, as the embedded engine does (`scenarios.rs` beside this folder).

use std::sync::Arc;

use crate::{place, suite};

#[test]
#[ignore = "needs a cluster"]
fn a_cluster_answers_every_scenario() {
    for scenario in suite::all() {
        let (engine, _tidy) = place::empty(&suite::schema());
        scenario.play(Arc::new(engine));
    }
}
