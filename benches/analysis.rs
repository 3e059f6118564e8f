//! How fast is analysis, beside tantivy's own German chain (tokenise, drop long words, lower-case,
//! stem), on one core?
//!
//! usage: `cargo bench --bench analysis -- [FILE] [DOCUMENTS]`
//!
//! FILE holds one text a line, plain or as JSON with `body`; without it, the sample archive. Both
//! chains run in turn, five times; the first round of ours meets every word form for the first
//! time and is listed apart.

#![allow(clippy::print_stdout, reason = "it is what the program is for")]
#![allow(missing_docs, reason = "a program")]

use std::error::Error;
use std::fs;
use std::time::Instant;

use fundstelle::analysis::Analyzer;
use german_stemmer::GermanStemmer;
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token};

#[path = "shared/german_stemmer.rs"]
mod german_stemmer;

const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    // cargo passes flags of its own
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let limit = args.get(1).map_or(Ok(5_000), |limit| limit.parse())?;
    let texts = match args.first() {
        Some(path) => read_lines(path, limit)?,
        None => read_folder("seeds")?,
    };
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{} texts, {megabytes:.1} MB", texts.len());

    let mut tantivys = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(GermanStemmer)
        .build();
    let analyzer = Analyzer::german();
    let expected = texts
        .iter()
        .map(|text| analyzer_tokens(&analyzer, text))
        .sum::<usize>();

    // A thread of its own starts with an empty memory of word forms.
    let cold = std::thread::scope(|scope| {
        let run = || {
            seconds(|| {
                texts
                    .iter()
                    .map(|text| analyzer_tokens(&analyzer, text))
                    .sum()
            })
        };
        scope.spawn(run).join()
    });
    let (cold, _) = cold.map_err(|_| "the cold run failed")?;
    println!("fundstelle, every form new\t{:.1} MB/s", megabytes / cold);

    let (mut best_ours, mut best_theirs) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        let (theirs, _) = seconds(|| texts.iter().map(|text| count(&mut tantivys, text)).sum());
        let (ours, tokens) = seconds(|| {
            texts
                .iter()
                .map(|text| analyzer_tokens(&analyzer, text))
                .sum()
        });
        assert_eq!(tokens, expected, "the same texts have the same tokens");
        best_ours = best_ours.min(ours);
        best_theirs = best_theirs.min(theirs);
    }
    println!("tantivy, German chain\t{:.1} MB/s", megabytes / best_theirs);
    println!("fundstelle\t{:.1} MB/s", megabytes / best_ours);
    println!(
        "ratio\t{:.2}, every form new {:.2}",
        best_theirs / best_ours,
        best_theirs / cold
    );
    Ok(())
}

fn analyzer_tokens(analyzer: &Analyzer, text: &str) -> usize {
    analyzer.analyze(text).len()
}

fn count(chain: &mut TextAnalyzer, text: &str) -> usize {
    let mut tokens = 0;
    chain
        .token_stream(text)
        .process(&mut |_: &Token| tokens += 1);
    tokens
}

fn seconds(run: impl FnOnce() -> usize) -> (f64, usize) {
    let start = Instant::now();
    let tokens = run();
    (start.elapsed().as_secs_f64(), tokens)
}

fn read_lines(path: &str, limit: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let lines = fs::read_to_string(path)?;
    let text = |line: &str| match serde_json::from_str::<serde_json::Value>(line) {
        Ok(value) => value["body"].as_str().unwrap_or_default().to_owned(),
        Err(_) => line.to_owned(),
    };
    Ok(lines.lines().take(limit).map(text).collect())
}

fn read_folder(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(path)? {
        texts.push(fs::read_to_string(entry?.path())?);
    }
    Ok(texts)
}
