//! How many word pairs come out as they should: does the query find the text, every word of it?
//!
//! usage: `cargo run --example evaluate_pairs -- PAIRS.tsv [--wrong]`
//!
//! Columns: category, query, text, `yes` or `no`, `must` or `wish`.

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

#[path = "../tests/german/pairs.rs"]
mod pairs;

use std::error::Error;

use fundstelle::analysis::Analyzer;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args
        .next()
        .ok_or("usage: evaluate_pairs PAIRS.tsv [--wrong]")?;
    let lists_wrong = args.next().is_some();
    let analyzer = Analyzer::german();
    let mut score = pairs::Score::default();
    for pair in pairs::read(&std::fs::read_to_string(&path)?) {
        let is_right = pair.is_right(analyzer);
        if !is_right && lists_wrong {
            let known = if pair.is_known_failure { ", known" } else { "" };
            println!("wrong{known}: {pair}");
        }
        score.add(&pair, is_right);
    }
    print!("{score}");
    Ok(())
}
