//! Building the indexes, each in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};
use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};

use crate::engine::Which;
use crate::index::Place;
use crate::options::Options;
use crate::{archive, german, measure, same, stock};

/// What building an index took.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Built {
    /// Bytes of titles and bodies.
    pub(crate) text_bytes: u64,
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_memory: Option<u64>,
}

fn note(archive: &Path, which: Which) -> PathBuf {
    archive.join(format!("{}.built.json", which.name()))
}

/// What building an index took when it was built.
pub(crate) fn built(archive: &Path, which: Which) -> Result<Built> {
    Ok(serde_json::from_slice(&std::fs::read(note(
        archive, which,
    ))?)?)
}

/// Has an index built by another process, unless it is there.
pub(crate) fn if_missing(options: &Options, archive: &Path, which: Which) -> Result<()> {
    if note(archive, which).exists() {
        return Ok(());
    }
    eprintln!("building {} …", which.name());
    let status = Command::new(std::env::current_exe()?)
        .arg(archive)
        .args(["--build", which.name()])
        .args(["--memory", &options.memory.to_string()])
        .status()?;
    ensure!(status.success(), "building {} failed", which.name());
    Ok(())
}

/// Builds an index in this process.
pub(crate) fn here(options: &Options, folder: &Path, which: Which) -> Result<()> {
    let index = folder.join(which.name());
    if index.exists() {
        std::fs::remove_dir_all(&index)?;
    }
    std::fs::create_dir_all(&index)?;
    let articles = archive::articles(&folder.join("articles.jsonl"))?;
    let place = Place {
        folder: &index,
        threads: measure::processors(),
        memory: options.memory << 20,
    };
    let (started, cpu) = (Instant::now(), ProcessTime::now());
    let text_bytes = match which {
        Which::Stock => stock::build(&place, articles),
        Which::Same => same::build(&place, articles),
        Which::German => german::build(&place, articles),
    }?;
    let built = Built {
        text_bytes,
        seconds: started.elapsed().as_secs_f64(),
        cpu_seconds: cpu.elapsed().as_secs_f64(),
        peak_memory: measure::peak_memory(),
    };
    if which == Which::Stock {
        stock::merge(&index)?;
    }
    std::fs::write(note(folder, which), serde_json::to_vec(&built)?)?;
    Ok(())
}
