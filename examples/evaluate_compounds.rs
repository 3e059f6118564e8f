//! How many words are split exactly as they should, and how many simple words are split at all.
//!
//! usage: `cargo run --example evaluate_compounds -- COMPOUNDS.tsv [--wrong]`
//!
//! Columns: set, word, split points in characters with commas (`|` between readings, empty for
//! words that are no compounds).

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::collections::BTreeMap;
use std::error::Error;

use fundstelle::analysis::Analyzer;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args
        .next()
        .ok_or("usage: evaluate_compounds COMPOUNDS.tsv [--wrong]")?;
    let lists_wrong = args.next().is_some();
    let analyzer = Analyzer::german();
    let mut counts: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    for line in std::fs::read_to_string(&path)?.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(set), Some(word)) = (columns.next(), columns.next()) else {
            continue;
        };
        let expected = columns.next().unwrap_or_default();
        let tokens = analyzer.analyze(word);
        let points: Vec<String> = (tokens.iter())
            .flat_map(|token| {
                token
                    .parts()
                    .iter()
                    .skip(1)
                    .map(|part| token.start + part.start)
            })
            .map(|byte| word[..byte].chars().count().to_string())
            .collect();
        let points = points.join(",");
        let is_right = expected.split('|').any(|reading| reading == points);
        if !is_right && lists_wrong {
            println!("wrong: {set} {word}: {points} ({expected})");
        }
        let count = counts.entry(set.to_owned()).or_default();
        count[0] += u32::from(is_right);
        count[1] += 1;
        if expected.is_empty() {
            count[2] += u32::from(!points.is_empty());
            count[3] += 1;
        }
    }
    for (set, [right, all, split, simple]) in counts {
        let exact = f64::from(right) / f64::from(all);
        let falsely = f64::from(split) / f64::from(simple.max(1));
        println!("{set}\t{all} words\texact {exact:.3}\tfalse splits {falsely:.3} of {simple}");
    }
    Ok(())
}
