//! How well are copies recognised in an archive that nobody has labelled?
//!
//! ```text
//! cargo run --release --example evaluate_copies -- FILE… [--sample N] [--show N]
//! ```
//!
//! Reads the files, sketches every text, and says how long that took; how crowded the bands are;
//! and for a sample of texts, compared with all others, how many of their copies share a band
//! with them (only those are found). `--show` prints some groups for a person to judge.
#![allow(
    clippy::print_stdout,
    reason = "a table on the terminal is what this program is for"
)]

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use fundstelle::document::{Document, Sketch};
use fundstelle::enrich::sketch;
use fundstelle::ingest::{ReadOptions, SourceFile, read};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let sample = take(&mut arguments, "--sample").unwrap_or(2000);
    let show = take(&mut arguments, "--show").unwrap_or(0);
    let mut took = Duration::ZERO;
    let mut documents = Vec::new();
    for path in &arguments {
        let file = SourceFile {
            path: path.into(),
            key: path.clone(),
        };
        let _ = read(&file, &ReadOptions::default(), &mut |document| {
            if let Ok(mut document) = document {
                let begun = Instant::now();
                document.sketch = sketch(&document).map(Box::new);
                took += begun.elapsed();
                documents.push(document);
            }
            ControlFlow::Continue(())
        });
    }
    let sketches: Vec<(usize, &Sketch)> = (documents.iter().enumerate())
        .filter_map(|(number, document)| Some((number, document.sketch.as_deref()?)))
        .collect();
    let each = took / documents.len().max(1) as u32;
    println!(
        "texts                      {} ({each:?} each to sketch)",
        sketches.len()
    );

    let mut bands: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, (_, sketch)) in sketches.iter().enumerate() {
        for band in sketch.bands {
            bands.entry(band).or_default().push(number);
        }
    }
    let crowded = bands.values().map(Vec::len).max().unwrap_or(0);
    println!("texts in the fullest band  {crowded}");

    let (mut copies, mut found) = (0, 0);
    let step = (sketches.len() / sample.max(1)).max(1);
    for (one, sketch) in sketches.iter().step_by(step) {
        for (two, other) in &sketches {
            if one != two && sketch.outline.is_copy_of(&other.outline) {
                copies += 1;
                found += usize::from(shares_a_band(sketch, other));
            }
        }
    }
    let sample = sketches.len().div_ceil(step);
    println!("copies of {sample} of them   {copies}, of which {found} share a band");

    let groups = groups(&sketches, &bands);
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    groups
        .iter()
        .for_each(|group| *sizes.entry(group.len()).or_default() += 1);
    println!("groups by size             {sizes:?}");
    let step = (groups.len() / show.max(1)).max(1);
    for group in groups.iter().step_by(step).take(show) {
        println!();
        for number in group {
            println!("{}", line(&documents[sketches[*number].0]));
        }
    }
}

fn shares_a_band(one: &Sketch, two: &Sketch) -> bool {
    one.bands.iter().zip(&two.bands).any(|(a, b)| a == b)
}

/// The groups of at least two texts.
fn groups(sketches: &[(usize, &Sketch)], bands: &HashMap<u32, Vec<usize>>) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..sketches.len()).collect();
    let first = |group: &[usize], mut number: usize| {
        while group[number] != number {
            number = group[number];
        }
        number
    };
    for members in bands.values() {
        for (place, one) in members.iter().enumerate() {
            for two in &members[place + 1..] {
                let (one, two) = (*one, *two);
                if sketches[one].1.outline.is_copy_of(&sketches[two].1.outline) {
                    let (a, b) = (first(&group, one), first(&group, two));
                    group[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in 0..sketches.len() {
        groups
            .entry(first(&group, number))
            .or_default()
            .push(number);
    }
    groups
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

fn line(document: &Document) -> String {
    let house = document.publisher.as_ref().map_or("?", |house| &house.name);
    let date = document
        .date
        .map(|date| date.value.without_time().to_string());
    let title = document.title.as_deref().unwrap_or("?");
    let words = document.body.split_whitespace();
    let cut = |text: &str| text.chars().take(60).collect::<String>();
    format!(
        "{:5} words  {house}  {}  {}  |  {}",
        words.count(),
        date.as_deref().unwrap_or("?"),
        cut(title),
        cut(&document.body)
    )
}

fn take(arguments: &mut Vec<String>, name: &str) -> Option<usize> {
    let place = arguments.iter().position(|argument| argument == name)?;
    let value = arguments
        .get(place + 1)
        .and_then(|value| value.parse().ok());
    arguments.drain(place..(place + 2).min(arguments.len()));
    Some(value.expect("a number follows"))
}
