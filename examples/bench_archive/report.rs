//! What is printed: tables in which every figure stands beside tantivy's.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::archive::Query;
use crate::build::{Built, built};
use crate::drill::Drilled;
use crate::engine::{Which, Work};
use crate::http::Compared;
use crate::measure::{self, Figures, Times};
use crate::serving::Served;
use crate::times::{classes, of_class};

/// How the indexes were built.
pub(crate) fn indexes(folder: &Path, indexes: &[Which]) -> Result<()> {
    println!("index\tMB/s\tCPU s\tof stock\tpeak MB\tsize/text");
    let mut stock: Option<Built> = None;
    for which in indexes {
        let built = built(folder, *which)?;
        let megabytes = built.text_bytes as f64 / 1e6;
        let size = measure::size(&folder.join(which.name()));
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

/// What serving took.
pub(crate) fn serving(served: &[(Which, Served)]) {
    let threads = measure::processors();
    println!("\nserving alone, whole answers on {threads} threads");
    println!("index\topen ms\tanswers/s\tpeak MB\tnot mapped MB");
    for (which, served) in served {
        println!(
            "{}\t{:.1}\t{:.0}\t{}\t{}",
            which.name(),
            served.open_ms,
            served.per_second,
            served.peak.unwrap_or(0) >> 20,
            served.own.unwrap_or(0) >> 20,
        );
    }
}

/// The times of one kind of work, by class of query.
pub(crate) fn times(work: Work, queries: &[Query], times: &BTreeMap<Which, Times>) {
    println!("\n{}: processor time in microseconds", work.name());
    print!("{:<12}{:>5}", "class", "n");
    for which in times.keys() {
        print!("{:>10}{:>9}{:>9}{:>7}", which.name(), "p50", "p99", "ratio");
    }
    println!();
    for class in classes(queries).into_iter().map(Some).chain([None]) {
        let mut yardstick = None;
        for (place, times) in times.values().enumerate() {
            let times = of_class(queries, &times.cpu, class);
            if place == 0 {
                print!("{:<12}{:>5}", class.unwrap_or("all"), times.len());
            }
            let figures = Figures::of(&times);
            let yardstick: &Figures = yardstick.get_or_insert(figures);
            print!(
                "{:>10.0}{:>9.0}{:>9.0}{:>7.2}",
                figures.mean,
                figures.p50,
                figures.p99,
                figures.mean / yardstick.mean
            );
        }
        println!();
    }
    let yardstick = times.values().next().map(|times| Figures::of(&times.cpu));
    for (which, times) in times {
        let (cpu, wall) = (Figures::of(&times.cpu), Figures::of(&times.wall));
        print!("{}: wall {wall}", which.name());
        if let Some(yardstick) = &yardstick {
            print!("; p99 of CPU {:.2}", cpu.p99 / yardstick.p99);
        }
        println!();
    }
}

/// What drilling down costs.
pub(crate) fn drilled(which: Which, drilled: &[Drilled]) {
    println!(
        "\n{}: a value selected, processor time in microseconds",
        which.name()
    );
    println!("facet or class\tn\twithout\twith\tratio");
    let (mut without, mut with) = (0.0, 0.0);
    for row in drilled {
        without += row.without * row.queries as f64;
        with += row.with * row.queries as f64;
        println!(
            "{}\t{}\t{:.0}\t{:.0}\t{:.2}",
            row.of,
            row.queries,
            row.without,
            row.with,
            row.with / row.without
        );
    }
    println!("all\t\t\t\t{:.2}", with / without);
}

/// What HTTP adds.
pub(crate) fn http(compared: &[Compared]) {
    println!("\nhttp over library, german: wall time in microseconds");
    for row in compared {
        println!("{} client(s): library {}", row.clients, row.library);
        println!("{} client(s): http {}", row.clients, row.http);
        println!("{} client(s): more {}", row.clients, row.more);
        if let Some(more) = &row.more_cpu {
            println!("{} client(s): more processor time {more}", row.clients);
        }
    }
}

/// How long the program takes to its first answer.
pub(crate) fn start(figures: Option<Figures>) {
    match figures {
        None => println!("\nthe program was not built: cargo build --release"),
        Some(times) => println!(
            "\nfundstelle search, from start to end: p50 {:.1} ms, p99 {:.1} ms",
            times.p50 / 1e3,
            times.p99 / 1e3
        ),
    }
}
