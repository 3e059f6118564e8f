//! `fundstelle analyze`.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::ValueEnum;

use super::Outcome;
use super::terminal::{self, Output, Style};
use crate::analysis::{Analyzer, TokenTrace};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The text; without it, lines are read from stdin
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// The analyzer
    #[arg(long, value_enum, default_value = "german")]
    analyzer: Name,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    German,
    Plain,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object
    Json,
    /// One object a line
    Ndjson,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let analyzer = match arguments.analyzer {
        Name::German => Analyzer::german(),
        Name::Plain => Analyzer::plain(),
    };
    let mut out = Output::stdout();
    if !arguments.text.is_empty() {
        print(
            &mut out,
            &analyzer,
            &arguments.text.join(" "),
            arguments.format,
        )?;
    } else {
        if io::stdin().is_terminal() {
            terminal::note("reading lines from the keyboard; end with Ctrl-D");
        }
        for line in io::stdin().lock().lines() {
            print(&mut out, &analyzer, &line?, arguments.format)?;
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn print(out: &mut Output, analyzer: &Analyzer, text: &str, format: Format) -> io::Result<()> {
    let trace = analyzer.trace(text);
    match format {
        Format::Json => out.json(&trace, true),
        Format::Ndjson => out.json(&trace, false),
        Format::Text => trace
            .tokens
            .iter()
            .try_for_each(|token| people(out, text, token)),
    }
}

fn people(out: &mut Output, text: &str, token: &TokenTrace) -> io::Result<()> {
    let position = token.position;
    let word = out.styled(Style::Bold, &token.text);
    writeln!(
        out,
        "{position:>4}  {word}  [{}..{}]",
        token.start, token.end
    )?;
    for step in &token.filters {
        writeln!(out, "      {:<16} {}", step.filter, step.output.join(" "))?;
    }
    let terms: Vec<String> = (token.terms.iter())
        .map(|term| format!("{}:{}", term.class, term.text))
        .collect();
    writeln!(out, "      {:<16} {}", "terms", terms.join("  "))?;
    if !token.parts.is_empty() {
        let parts: Vec<String> = (token.parts.iter())
            .map(|part| format!("{} ({})", &text[part.start..part.end], part.term))
            .collect();
        writeln!(out, "      {:<16} {}", "parts", parts.join(" + "))?;
    }
    Ok(())
}
