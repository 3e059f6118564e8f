//! `fundstelle check`.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::bail;

use super::terminal::{Output, harmless};
use super::{Outcome, Place};
use crate::document::PartialDate;
use crate::engine::Index;
use crate::recount::{Recount, Report};

/// Most counts that differ which are printed.
const MOST_PRINTED: usize = 50;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Also count again by reading every article: all facets, missing values, distinct copies and
    /// histograms, for everything and for a sample of words and drill-downs
    #[arg(long)]
    facets: bool,
    /// What the sample is made by; printed, so that the same can be asked again [default: by the
    /// clock]
    #[arg(long, value_name = "N", requires = "facets")]
    seed: Option<u64>,
    /// Number of questions in the sample
    #[arg(long, value_name = "N", default_value_t = 20, requires = "facets",
        value_parser = clap::value_parser!(u16).range(..=1000))]
    questions: u16,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let engine = place.open()?;
    let mut out = Output::stdout();
    let mut trouble = Vec::new();
    let damaged = engine.damaged()?;
    if !damaged.is_empty() {
        trouble.push(format!(
            "this of the index is damaged or cannot be reached: {}",
            damaged.join(", ")
        ));
    }
    let stats = engine.stats(PartialDate::now())?;
    let mut readable = 0;
    engine.each_document(&mut |_| readable += 1)?;
    if readable != stats.documents {
        trouble.push(format!(
            "{readable} documents can be read, {} should be there",
            stats.documents
        ));
    }
    if trouble.is_empty() {
        writeln!(
            out,
            "{readable} documents in {} segments, all as written",
            stats.segments
        )?;
    }
    if arguments.facets {
        trouble.extend(recount(&mut out, engine.as_ref(), &arguments)?);
    }
    out.flush()?;
    if !trouble.is_empty() {
        bail!(
            "{}: {}; index again in another folder",
            place.name(),
            trouble.join("; ")
        );
    }
    Ok(Outcome::Done)
}

/// Counts again; what is wrong, if anything is.
fn recount(
    out: &mut Output,
    engine: &dyn Index,
    arguments: &Arguments,
) -> anyhow::Result<Option<String>> {
    let by_clock = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    };
    let seed = arguments.seed.unwrap_or_else(by_clock);
    let recount = Recount {
        seed,
        questions: arguments.questions.into(),
    };
    let report = recount.run(engine, engine.schema())?;
    let wrong = report.disagreements.len();
    write_report(out, &report, seed)?;
    Ok((wrong > 0).then(|| format!("{wrong} counts differ from what the documents say")))
}

fn write_report(out: &mut Output, report: &Report, seed: u64) -> std::io::Result<()> {
    writeln!(
        out,
        "{} counts of {} questions (--seed {seed}) compared with {} documents: {} differ",
        report.compared,
        report.questions.len(),
        report.documents,
        report.disagreements.len()
    )?;
    for it in report.disagreements.iter().take(MOST_PRINTED) {
        let line = format!(
            "  {}: {} in the index, {} in the documents; distinct copies {} and {}; asked for {}",
            it.what, it.index.0, it.documents.0, it.index.1, it.documents.1, it.question
        );
        writeln!(out, "{}", harmless(&line))?;
    }
    if let Some(more) = report.disagreements.len().checked_sub(MOST_PRINTED + 1) {
        writeln!(out, "  and {} more", more + 1)?;
    }
    Ok(())
}
