//! `fundstelle evaluate`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::format::Format;
use super::terminal::{Output, Style};
use super::{Outcome, Place};
use crate::engine::embedded::{Embedded, WriterOptions};
use crate::evaluate;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder with corpus.jsonl, queries*.jsonl and qrels.tsv
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let schema = place.schema()?;
    let folder = tempfile::tempdir()?;
    let engine = Embedded::open_or_create(folder.path(), &schema)?;
    let writer = engine.writer(WriterOptions::default())?;
    let engine = Arc::new(engine);
    let rows = evaluate::evaluate(&arguments.folder, engine, Box::new(writer), &schema)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&rows, true)?,
        Format::Text => {
            let head = format!(
                "{:<28} {:>7} {:>8} {:>8} {:>9} {:>10}",
                "queries", "count", "nDCG@10", "MRR@10", "Recall@10", "Recall@100"
            );
            writeln!(out, "{}", out.styled(Style::Bold, &head))?;
            for row in rows {
                let measures = row.measures;
                writeln!(
                    out,
                    "{:<28} {:>7} {:>8.4} {:>8.4} {:>9.4} {:>10.4}",
                    row.queries,
                    row.count,
                    measures.ndcg_10,
                    measures.mrr_10,
                    measures.recall_10,
                    measures.recall_100
                )?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}
