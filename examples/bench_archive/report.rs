//! What is printed: tables in which every figure stands beside tantivy's.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::archive::Query;
use crate::build::{Built, built};
use crate::measure::{Figures, Times};
use crate::{Args, Which, Work};

/// How the indexes were built.
pub(crate) fn indexes(args: &Args, indexes: &[Which]) -> Result<()> {
    println!("index\tMB/s\tCPU s\tof stock\tpeak MB\tsize/text");
    let mut stock: Option<Built> = None;
    for which in indexes {
        let built = built(args, *which)?;
        let megabytes = built.text_bytes as f64 / 1e6;
        let size = size(&args.folder.join(which.name()));
        let of_stock = stock.as_ref().map_or(1.0, |it| it.seconds / built.seconds);
        println!(
            "{}\t{:.1}\t{:.1}\t{of_stock:.2}\t{}\t{:.3}",
            which.name(),
            megabytes / built.seconds,
            built.cpu_seconds,
            built.peak_memory.unwrap_or(0) >> 20,
            size as f64 / built.text_bytes as f64,
        );
        if *which == Which::Stock {
            stock = Some(built);
        }
    }
    Ok(())
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let sizes = files.filter_map(|entry| entry.metadata().ok().filter(|it| it.is_file()));
    sizes.map(|metadata| metadata.len()).sum()
}

/// The times of one kind of work, by class of query.
pub(crate) fn times(work: Work, queries: &[Query], times: &BTreeMap<Which, Times>) {
    println!("\n{}: processor time in microseconds", work.name());
    print!("{:<12}{:>5}", "class", "n");
    for which in times.keys() {
        print!("{:>10}{:>9}{:>9}{:>7}", which.name(), "p50", "p99", "ratio");
    }
    println!();
    let mut classes: Vec<&str> = Vec::new();
    for query in queries {
        if !classes.contains(&query.class.as_str()) {
            classes.push(&query.class);
        }
    }
    for class in classes.into_iter().map(Some).chain([None]) {
        let fits = |query: &Query| class.is_none_or(|class| query.class == class);
        let number = queries.iter().filter(|query| fits(query)).count();
        print!("{:<12}{number:>5}", class.unwrap_or("all"));
        let mut yardstick = None;
        for times in times.values() {
            let of_class = queries
                .iter()
                .zip(&times.cpu)
                .filter(|(query, _)| fits(query));
            let of_class: Vec<f64> = of_class.map(|(_, time)| *time).collect();
            let figures = Figures::of(&of_class);
            let yardstick = *yardstick.get_or_insert(figures.mean);
            print!(
                "{:>10.0}{:>9.0}{:>9.0}{:>7.2}",
                figures.mean,
                figures.p50,
                figures.p99,
                figures.mean / yardstick
            );
        }
        println!();
    }
    for (which, times) in times {
        let wall = Figures::of(&times.wall);
        println!(
            "{}: wall mean {:.0}, p50 {:.0}, p99 {:.0}",
            which.name(),
            wall.mean,
            wall.p50,
            wall.p99
        );
    }
}
