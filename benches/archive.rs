//! How fast are whole answers, beside tantivy as it comes? The measurement of
//! `examples/bench_archive` on a few thousand articles, which are made for it and thrown away.
//!
//! usage: `cargo bench --bench archive -- [ARTICLES]`

#![allow(missing_docs, reason = "a program")]

use std::error::Error;
use std::process::{Command, ExitCode};

/// Articles, unless it is said.
const ARTICLES: &str = "4000";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    // cargo passes flags of its own
    let articles = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let folder = tempfile::tempdir()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--release", "--example", "bench_archive", "--"])
        .arg(folder.path())
        .args(["--generate", articles.as_deref().unwrap_or(ARTICLES)])
        .args(["--every", "4", "--runs", "3"])
        .status()?;
    Ok(match status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
