//! How many word pairs come out as they should: does the query find the text, every word of it?
//!
//! usage: `cargo run --example evaluate_pairs -- PAIRS.tsv [--wrong]`
//!
//! Columns: category, query, text, `yes` or `no`, `must` or `wish`.

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::collections::BTreeMap;
use std::error::Error;

use fundstelle::analysis::{Analyzer, QueryWord, Term, Token};

/// How many words may lie between the first and the last term of a variant.
const WINDOW: u32 = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args
        .next()
        .ok_or("usage: evaluate_pairs PAIRS.tsv [--wrong]")?;
    let lists_wrong = args.next().is_some();
    let analyzer = Analyzer::german();
    let mut counts: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    for line in std::fs::read_to_string(&path)?.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [category, query, text, expected, level] = columns.as_slice() else {
            continue;
        };
        let tokens = analyzer.analyze(text);
        let finds = analyzer
            .query(query)
            .iter()
            .all(|word| matches(word, &tokens));
        let is_right = finds == (*expected == "yes");
        if !is_right && lists_wrong {
            println!("wrong: {level} {category}: {query} -> {text} ({expected})");
        }
        for key in [(*level, *category), (*level, "all")] {
            let count = counts
                .entry((key.0.to_owned(), key.1.to_owned()))
                .or_default();
            count.0 += u32::from(is_right);
            count.1 += 1;
        }
    }
    for ((level, category), (right, all)) in counts {
        let share = 100.0 * f64::from(right) / f64::from(all);
        println!("{level}\t{category}\t{right}/{all}\t{share:.1} %");
    }
    Ok(())
}

fn matches(word: &QueryWord, tokens: &[Token]) -> bool {
    word.variants.iter().any(|variant| {
        let positions = |term: &Term| -> Vec<u32> {
            let having = tokens.iter().filter(|token| token.terms().contains(term));
            having.map(|token| token.position).collect()
        };
        let all: Vec<Vec<u32>> = variant.terms.iter().map(positions).collect();
        let Some(first) = all.first() else {
            return false;
        };
        first.iter().any(|&at| {
            all.iter()
                .all(|positions| positions.iter().any(|other| other.abs_diff(at) <= WINDOW))
        })
    })
}
