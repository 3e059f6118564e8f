//! Building the indexes, each in a process of its own.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};

use crate::{Args, Which, archive, german, measure, same, stock};

/// What building an index took.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Built {
    /// Bytes of titles and bodies.
    pub(crate) text_bytes: u64,
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_memory: Option<u64>,
}

fn note(args: &Args, which: Which) -> PathBuf {
    args.folder.join(format!("{}.built.json", which.name()))
}

/// What building an index took when it was built.
pub(crate) fn built(args: &Args, which: Which) -> Result<Built, Box<dyn Error>> {
    Ok(serde_json::from_slice(&std::fs::read(note(args, which))?)?)
}

/// Has an index built by another process, unless it is there.
pub(crate) fn if_missing(args: &Args, which: Which) -> Result<(), Box<dyn Error>> {
    if note(args, which).exists() {
        return Ok(());
    }
    eprintln!("building {} …", which.name());
    let status = Command::new(std::env::current_exe()?)
        .arg(&args.folder)
        .args(["--build", which.name()])
        .args(["--memory", &args.memory.to_string()])
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("building {} failed", which.name()).into())
    }
}

/// Builds an index in this process.
pub(crate) fn here(args: &Args, which: Which) -> Result<(), Box<dyn Error>> {
    let folder = args.folder.join(which.name());
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let articles = archive::articles(&args.folder.join("articles.jsonl"))?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = args.memory << 20;
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    let text_bytes = match which {
        Which::Stock => stock::build(&folder, articles, threads, memory),
        Which::Same => same::build(&folder, articles, threads, memory),
        Which::German => german::build(&folder, articles, threads, memory),
    }?;
    let built = Built {
        text_bytes,
        seconds: started.elapsed().as_secs_f64(),
        cpu_seconds: cpu.elapsed().as_secs_f64(),
        peak_memory: measure::peak_memory(),
    };
    if which == Which::Stock {
        stock::merge(&folder)?;
    }
    std::fs::write(note(args, which), serde_json::to_vec(&built)?)?;
    Ok(())
}
