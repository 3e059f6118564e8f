//! `fundstelle evaluate-metadata`.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use super::Outcome;
use super::terminal::{Output, Style};
use crate::evaluate::metadata::{self, Labelled, Row};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Labels, a JSON object a line
    #[arg(value_name = "LABELS")]
    labels: PathBuf,
    /// Folder with the labelled pages
    #[arg(value_name = "HTML_DIR")]
    pages: PathBuf,
    /// Folder with gold.tsv (file, address, day) and html/: pages of which only the day is known
    #[arg(long, value_name = "DIR")]
    dates: Option<PathBuf>,
    /// Labels of the seeds
    #[arg(long, value_name = "FILE", requires = "seeds_dir")]
    seeds: Option<PathBuf>,
    /// Folder with the seeds
    #[arg(long, value_name = "DIR", requires = "seeds")]
    seeds_dir: Option<PathBuf>,
    /// Also list what was missed
    #[arg(long)]
    misses: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let labelled = Labelled {
        labels: arguments.labels,
        pages: arguments.pages,
        dates: arguments.dates,
        seeds: arguments.seeds.zip(arguments.seeds_dir),
    };
    let mut rows = metadata::evaluate(&labelled)?;
    if !arguments.misses {
        rows.iter_mut().for_each(|row| row.misses.clear());
    }
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&rows, true)?,
        Format::Text => table(&mut out, &rows)?,
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn table(out: &mut Output, rows: &[Row]) -> std::io::Result<()> {
    let head = format!("{:<30}  {:<14}  {}", "what", "to reach", "reached");
    writeln!(out, "{}", out.styled(Style::Bold, &head))?;
    for row in rows {
        let figure = row.figure.to_string();
        writeln!(out, "{:<30}  {:<14}  {figure}", row.what, row.target)?;
    }
    for row in rows.iter().filter(|row| !row.misses.is_empty()) {
        writeln!(out, "\n{}", out.styled(Style::Bold, &row.what))?;
        for miss in &row.misses {
            writeln!(out, "  {}", super::terminal::harmless(miss))?;
        }
    }
    Ok(())
}
