//! `fundstelle show`: one document with its evidence.

use std::io::{self, Write};

use anyhow::bail;
use clap::ValueEnum;

use super::terminal::{Output, Style};
use super::{Outcome, Place, report};
use crate::document::{Document, Evidence};
use crate::engine::Engine;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Id of the article, as a search shows it
    id: String,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(place: &Place, arguments: Arguments) -> anyhow::Result<Outcome> {
    let engine = place.open()?;
    let Some(document) = engine.document(&arguments.id)? else {
        bail!("{}: there is no document with this id", arguments.id);
    };
    let copies = engine.copies(&arguments.id)?;
    let mut out = Output::stdout();
    match arguments.format {
        Format::Json => {
            let mut object = serde_json::json!(document);
            object["copy"] = serde_json::json!(copies);
            out.json(&object, true)?;
        }
        Format::Text => {
            text(&mut out, &document)?;
            if let Some(also_in) = copies.as_ref().and_then(report::also_in) {
                out.wrapped(0, &[(Style::Dim, &also_in)])?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The document for people: what is known, on what evidence, and the text with the evidence
/// marked.
pub(super) fn text(out: &mut Output, document: &Document) -> io::Result<()> {
    let title = document.title.as_deref().unwrap_or("(ohne Titel)");
    out.wrapped(0, &[(Style::Bold, title)])?;
    fact(out, "id", &document.id, &[])?;
    fact(out, "source", &document.source_path, &[])?;
    let evidence = |field: &str| document.evidence.get(field).map_or(&[][..], Vec::as_slice);
    if let Some(publisher) = &document.publisher {
        fact(out, "publisher", &publisher.name, evidence("publisher"))?;
    }
    if let Some(date) = document.date {
        fact(out, "date", &date.value.to_string(), evidence("date"))?;
    }
    if !document.authors.is_empty() {
        fact(
            out,
            "authors",
            &document.authors.join(", "),
            evidence("authors"),
        )?;
    }
    if let Some(language) = &document.language {
        fact(out, "language", language, evidence("language"))?;
    }
    for agency in &document.agencies {
        let role = format!("{} ({})", agency.role.id(), agency.scope.id());
        fact(
            out,
            &role,
            &format!("{} [{}]", agency.name, agency.id),
            &agency.evidence,
        )?;
    }
    for country in &document.countries {
        let value = format!("{} [{}] {} ×", country.name, country.id, country.count);
        fact(
            out,
            country.role.id(),
            &value,
            &country.evidence[..country.evidence.len().min(1)],
        )?;
    }
    writeln!(out)?;
    for paragraph in marked(document) {
        out.wrapped(0, &paragraph)?;
        writeln!(out)?;
    }
    Ok(())
}

fn fact(out: &mut Output, name: &str, value: &str, evidence: &[Evidence]) -> io::Result<()> {
    let name = out.styled(Style::Dim, &format!("{name:<18}"));
    writeln!(out, "{name} {}", super::terminal::harmless(value))?;
    for piece in evidence {
        let quoted = format!(
            "»{}« ({}, {:.2}; {} {}..{})",
            piece.text, piece.rule, piece.confidence, piece.field, piece.start, piece.end
        );
        out.wrapped(21, &[(Style::Dim, &quoted)])?;
    }
    Ok(())
}

/// The paragraphs of the body, with the evidence for agencies marked.
fn marked(document: &Document) -> Vec<Vec<(Style, &str)>> {
    let body = document.body.as_str();
    let mut spans: Vec<(usize, usize)> = (document.agencies.iter())
        .flat_map(|agency| &agency.evidence)
        .filter(|evidence| {
            evidence.field == "body" && body.get(evidence.start..evidence.end).is_some()
        })
        .map(|evidence| (evidence.start, evidence.end))
        .collect();
    spans.sort_unstable();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for text in body.split("\n\n") {
        let end = start + text.len();
        let mut pieces = Vec::new();
        let mut at = start;
        for (from, to) in &spans {
            if *from >= at && *to <= end {
                pieces.push((Style::Plain, &body[at..*from]));
                pieces.push((Style::Mark, &body[*from..*to]));
                at = *to;
            }
        }
        pieces.push((Style::Plain, &body[at..end]));
        paragraphs.push(pieces);
        start = end + 2;
    }
    paragraphs
}
