//! What things cost.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

/// Times of one kind of work, one for each query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Times {
    /// Microseconds, in the order of the queries.
    pub(crate) cpu: Vec<f64>,
    pub(crate) wall: Vec<f64>,
}

/// Mean, median, 99th percentile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) mean: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

/// Processor and wall time of a piece of work, in microseconds.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (wall, cpu) = (Instant::now(), ThreadTime::now());
    let done = work();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    (done, micros(cpu.elapsed()), micros(wall.elapsed()))
}

impl Figures {
    pub(crate) fn of(times: &[f64]) -> Figures {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (sorted.len() as f64 * share).ceil() as usize;
            sorted.get(place.saturating_sub(1)).copied().unwrap_or(0.0)
        };
        Figures {
            mean: sorted.iter().sum::<f64>() / sorted.len().max(1) as f64,
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { mean, p50, p99 } = self;
        write!(f, "mean {mean:.0}, p50 {p50:.0}, p99 {p99:.0}")
    }
}

/// Sum of the sizes of all files below a folder, in bytes.
pub(crate) fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let sizes = files.filter_map(|entry| entry.metadata().ok().filter(|it| it.is_file()));
    sizes.map(|metadata| metadata.len()).sum()
}

/// The same by the endings of their names, the largest sum first.
pub(crate) fn sizes(folder: &Path) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if let (Some(ending), Ok(metadata)) = (entry.path().extension(), entry.metadata())
            && metadata.is_file()
        {
            let ending = ending.to_string_lossy().into_owned();
            *sums.entry(ending).or_default() += metadata.len();
        }
    }
    let mut sums: Vec<(String, u64)> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}

/// The middle one of several values.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The most memory that this process has had, in bytes; `None` where the system does not tell.
pub(crate) fn peak_memory() -> Option<u64> {
    status("VmHWM:")
}

/// What of the memory that this process has now is not mapped from files, in bytes.
pub(crate) fn own_memory() -> Option<u64> {
    status("RssAnon:")
}

/// Number of processors.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn status(key: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(key))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
