//! German analysis on pairs of a query and a text (`german/pairs.tsv`), by category. The pairs were
//! written before the program was tried on them; some rules came after.
//!
//! A pair that is known to fail says so in its last column; it has to leave that list when it
//! comes out right, so the file always tells how good the analysis is.

#[path = "german/pairs.rs"]
mod pairs;

use fundstelle::analysis::Analyzer;

static TABLE: &str = include_str!("german/pairs.tsv");

#[test]
fn pairs_come_out_as_the_table_says() {
    let analyzer = Analyzer::german();
    let mut score = pairs::Score::default();
    let mut surprises = Vec::new();
    for pair in pairs::read(TABLE) {
        let is_right = pair.is_right(analyzer);
        score.add(&pair, is_right);
        match (is_right, pair.is_known_failure) {
            (true, true) => surprises.push(format!("no longer fails: {pair}")),
            (false, false) => surprises.push(format!("fails: {pair}")),
            _ => {}
        }
    }
    assert!(surprises.is_empty(), "{}\n{score}", surprises.join("\n"));
}

#[test]
fn every_category_has_pairs_enough() {
    let mut categories = std::collections::BTreeMap::<&str, usize>::new();
    for pair in pairs::read(TABLE) {
        *categories.entry(pair.category).or_default() += 1;
    }
    assert!(categories.len() >= 34, "{categories:?}");
    assert!(categories.values().all(|&n| n >= 25), "{categories:?}");
}
