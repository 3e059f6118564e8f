//! `fundstelle search`.

use std::io::Write;
use std::sync::Arc;

use clap::ValueEnum;

use super::filters::Query;
use super::terminal::{self, Output};
use super::{Outcome, Place, report};
use crate::archive::{Archive, Ask};
use crate::search::{SearchResponse, Sort};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    query: Query,
    /// Order of the hits
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortArgument,
    /// Show articles with the same text as one hit
    #[arg(long)]
    collapse: bool,
    /// Number of hits, at most 1000; more come page by page
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long, value_name = "C")]
    cursor: Option<String>,
    /// Tell why each hit ranks where it does
    #[arg(long)]
    explain: bool,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortArgument {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// The whole answer as one object
    Json,
    /// One hit a line, as JSON
    Ndjson,
    /// One hit a line, as a table with a head
    Csv,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let ask = Ask {
        sort: match arguments.sort {
            SortArgument::Relevance => Sort::Relevance,
            SortArgument::Newest => Sort::Newest,
            SortArgument::Oldest => Sort::Oldest,
        },
        limit: arguments.limit,
        cursor: arguments.cursor,
        explain: arguments.explain,
        collapse: arguments.collapse,
        ..arguments.query.ask()
    };
    let archive = open(place)?;
    let response = archive.search(&ask)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Text => report::answer(&mut out, &archive, &response)?,
        Format::Json => out.json(&response, true)?,
        Format::Ndjson => {
            for hit in &response.hits {
                out.json(hit, false)?;
            }
        }
        Format::Csv => csv(&mut out, &response)?,
    }
    out.flush()?;
    if matches!(arguments.format, Format::Ndjson | Format::Csv) {
        report::notices(&response.query);
        if let Some(cursor) = &response.next_cursor {
            terminal::note(&format!("there are more: --cursor {cursor}"));
        }
    }
    Ok(if response.total_hits > 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// The archive of a command.
pub(super) fn open(place: &Place) -> anyhow::Result<Archive> {
    let engine = place.open()?;
    let schema = engine.schema().clone();
    Ok(Archive::new(Arc::new(engine), schema))
}

fn csv(out: &mut Output, response: &SearchResponse) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "rank",
        "id",
        "score",
        "title",
        "publisher",
        "date",
        "date_precision",
        "agencies",
        "countries",
        "url",
        "source_path",
        "snippet",
        "copy",
        "copies",
        "also_in",
    ])?;
    for (index, hit) in response.hits.iter().enumerate() {
        let ids = |values: &[serde_json::Value]| {
            let mut ids: Vec<&str> = values
                .iter()
                .filter_map(|value| value["id"].as_str())
                .collect();
            ids.dedup();
            ids.join(" ")
        };
        let also_in: Vec<&str> = hit.copy.also_in.iter().map(|it| it.id.as_str()).collect();
        let precision = hit
            .date_precision
            .map(|precision| serde_json::json!(precision));
        table.write_record([
            (index + 1).to_string().as_str(),
            &hit.id,
            &hit.score.to_string(),
            hit.title.as_deref().unwrap_or_default(),
            hit.publisher
                .as_ref()
                .map_or("", |publisher| &publisher.name),
            hit.date.as_deref().unwrap_or_default(),
            precision
                .as_ref()
                .and_then(|name| name.as_str())
                .unwrap_or_default(),
            &ids(&hit.agencies),
            &ids(&hit.countries),
            hit.url.as_deref().unwrap_or_default(),
            &hit.source_path,
            hit.snippets.first().map_or("", |snippet| &snippet.text),
            &hit.copy.id,
            &hit.copy.size.to_string(),
            &also_in.join(" "),
        ])?;
    }
    table.flush()?;
    Ok(())
}
