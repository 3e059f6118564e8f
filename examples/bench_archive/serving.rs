//! What serving takes: each engine in a process of its own that does nothing else.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::archive::Query;
use crate::engine::{Engine, Which, Work};
use crate::measure;
use crate::options::Options;
use crate::random::Random;

/// What serving from one index took.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Served {
    /// Time to open the index, in milliseconds.
    pub(crate) open_ms: f64,
    /// Whole answers in a second, with one thread for each processor.
    pub(crate) per_second: f64,
    /// The most memory that the process had, and of what it has what is not mapped, in bytes.
    pub(crate) peak: Option<u64>,
    pub(crate) own: Option<u64>,
}

/// Has another process serve from an index.
pub(crate) fn elsewhere(options: &Options, archive: &Path, which: Which) -> Result<Served> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg(archive)
        .args(["--serve", which.name()])
        .args(["--runs", &options.runs.to_string()])
        .args(["--every", &options.every.to_string()]);
    if let Some(queries) = &options.queries {
        command.arg("--queries").arg(queries);
    }
    for class in &options.class {
        command.args(["--class", class]);
    }
    let output = command.output()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "serving {} failed: {complaint}",
        which.name()
    );
    serde_json::from_slice(&output.stdout).context("the process that serves says something else")
}

/// Serves from an index in this process.
pub(crate) fn here(
    options: &Options,
    archive: &Path,
    which: Which,
    mut queries: Vec<Query>,
) -> Result<Served> {
    let started = Instant::now();
    let engine = Engine::open(archive, which)?;
    let open_ms = started.elapsed().as_secs_f64() * 1e3;
    Random::new(options.seed, 0).shuffle(&mut queries);
    // The first round warms up.
    answer_all(&engine, &queries, 1)?;
    let started = Instant::now();
    answer_all(&engine, &queries, options.runs.max(1))?;
    let answers = (queries.len() * options.runs.max(1)) as f64;
    Ok(Served {
        open_ms,
        per_second: answers / started.elapsed().as_secs_f64(),
        peak: measure::peak_memory(),
        own: measure::own_memory(),
    })
}

/// Answers all queries several times, on all processors.
fn answer_all(engine: &Engine, queries: &[Query], rounds: usize) -> Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= queries.len() * rounds {
                return Ok(());
            }
            let answer = engine.answer(&queries[number % queries.len()], Work::Full)?;
            std::hint::black_box(answer.shown);
        }
    };
    thread::scope(|scope| {
        let threads = (0..measure::processors()).map(|_| scope.spawn(work));
        let threads: Vec<_> = threads.collect();
        threads.into_iter().try_for_each(|thread| {
            let ended = thread.join();
            ended.map_err(|_| anyhow::anyhow!("a thread that serves failed"))?
        })
    })
}
