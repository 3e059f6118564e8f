//! `fundstelle suggest`: what might be meant by the beginning of a word?

use std::io::Write;

use super::filters::Narrowing;
use super::format::Format;
use super::terminal::{Output, Style, harmless};
use super::{Outcome, Place};
use crate::archive::Ask;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What was typed so far; its last word is completed
    #[arg(value_name = "PREFIX", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    narrowing: Narrowing,
    /// Number of suggestions, at most 50
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let archive = super::search::open(place)?;
    let typed = arguments.words.join(" ");
    let answer = archive.suggest(&arguments.narrowing.narrow(Ask {
        text: typed,
        limit: arguments.limit,
        ..Ask::default()
    }))?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => out.json(&answer, true)?,
        Format::Text => {
            for it in &answer.suggestions {
                let alias = it.alias.as_deref().map(|alias| format!(" ({alias})"));
                let text = harmless(&format!("{}{}", it.text, alias.unwrap_or_default()));
                let about = format!("{} · {}", it.kind, it.query);
                let about = out.styled(Style::Dim, &harmless(&about));
                writeln!(out, "{:>8}  {text}  {about}", it.count)?;
            }
        }
    }
    out.flush()?;
    Ok(match answer.suggestions.is_empty() {
        true => Outcome::Partly,
        false => Outcome::Done,
    })
}
