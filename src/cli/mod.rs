//! What did the user type, what do we print?
//!
//! One file per subcommand; this is the only home of clap. Results go to stdout, everything else
//! to stderr; a reader that closes the pipe is no error.
//!
//! Exit codes: 0 done (or hits), 1 no hits (or some inputs skipped), 2 failed.

mod analyze;
mod article;
mod batch;
mod beside;
mod chart;
mod check;
mod cluster;
mod completions;
mod config;
mod delete;
mod destination;
mod evaluate;
mod evaluate_metadata;
mod explanation;
mod export;
mod extract;
mod facets;
mod filters;
mod footnotes;
mod format;
mod index;
mod man;
mod order;
mod place;
mod report;
mod search;
mod serve;
mod settings;
mod show;
mod similar;
mod stats;
mod suggest;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use self::place::Place;

/// Search in German press archives: who wrote what, when, and on whose word.
#[derive(Debug, Parser)]
#[command(
    name = "fundstelle",
    version,
    about,
    max_term_width = 100,
    after_help = "Begin with:\n  fundstelle index seeds\n  fundstelle search Kursk Verluste"
)]
struct Arguments {
    #[command(flatten)]
    place: Place,
    /// File of settings [default: fundstelle.toml if it is there]
    #[arg(long, value_name = "FILE", env = "FUNDSTELLE_CONFIG", global = true)]
    config: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read files and folders, derive metadata, and fill the index
    Index(index::Arguments),
    /// Find articles: ranked hits with passages, and counts by facet
    #[command(visible_alias = "s")]
    Search(search::Arguments),
    /// Count articles by publisher, date, agency, country …
    Facets(facets::Arguments),
    /// Take the whole result of a search away: as data, as citations, as a feed
    Export(export::Arguments),
    /// Run a list of queries into a table of counts
    Batch(batch::Arguments),
    /// Complete what was typed: names, words of the archive, titles
    Suggest(suggest::Arguments),
    /// Find articles that are similar to one
    Similar(similar::Arguments),
    /// Show one article with all that is known about it, and on what evidence
    Show(show::Arguments),
    /// Show what would be indexed, without an index
    Extract(extract::Arguments),
    /// Show the tokens of a text and what each filter did
    Analyze(analyze::Arguments),
    /// Answer over HTTP, with a page for the browser
    Serve(serve::Arguments),
    /// Delete articles from the index, or take them down for good
    Delete(delete::Arguments),
    /// Show the size and state of the index
    Stats(stats::Arguments),
    /// Check that the index is as it was written
    Check(check::Arguments),
    /// Measure the order of hits on a test collection
    Evaluate(evaluate::Arguments),
    /// Measure the metadata that is derived on labelled pages
    EvaluateMetadata(evaluate_metadata::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Show which settings are in force, and where they come from
    Config(config::Arguments),
    /// Write manual pages
    Man(man::Arguments),
}

/// How a command ended, if it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything asked for was done, or there are hits.
    Done,
    /// There are no hits, or some inputs were skipped.
    Partly,
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    terminal::log_to_stderr();
    match settings::matches(Arguments::command()).and_then(|(matches, settings)| {
        let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        outcome(arguments, &settings)
    }) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) if terminal::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::error(&error);
            ExitCode::from(2)
        }
    }
}

fn outcome(arguments: Arguments, settings: &settings::Settings) -> anyhow::Result<Outcome> {
    let place = &arguments.place;
    match arguments.command {
        Command::Index(arguments) => index::run(place, arguments),
        Command::Search(arguments) => search::run(place, arguments),
        Command::Facets(arguments) => facets::run(place, arguments),
        Command::Export(arguments) => export::run(place, arguments),
        Command::Batch(arguments) => batch::run(place, arguments),
        Command::Suggest(arguments) => suggest::run(place, arguments),
        Command::Similar(arguments) => similar::run(place, arguments),
        Command::Show(arguments) => show::run(place, arguments),
        Command::Extract(arguments) => extract::run(place, arguments),
        Command::Analyze(arguments) => analyze::run(arguments),
        Command::Serve(arguments) => serve::run(place, arguments),
        Command::Delete(arguments) => delete::run(place, arguments),
        Command::Stats(arguments) => stats::run(place, arguments),
        Command::Check(arguments) => check::run(place, arguments),
        Command::Evaluate(arguments) => evaluate::run(place, arguments),
        Command::EvaluateMetadata(arguments) => evaluate_metadata::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Config(arguments) => config::run(settings, arguments),
        Command::Man(arguments) => man::run(arguments),
    }
}
