//! An article for people: what is known of it, on what evidence, and the text with the evidence
//! marked.

use std::borrow::Cow;
use std::io::{self, Write};

use super::footnotes::{Footnotes, Part, Piece};
use super::terminal::{Output, Style};
use crate::document::{DateKind, Document, Evidence, Scope};

/// Columns of the names of values.
const NAMES: usize = 18;

/// A value and what it rests on.
struct Fact<'a> {
    name: Cow<'a, str>,
    value: String,
    evidence: &'a [Evidence],
    style: Style,
}

/// Prints a document.
pub(super) fn print(out: &mut Output, document: &Document) -> io::Result<()> {
    let facts = facts(document);
    let evidence = facts.iter().flat_map(|fact| {
        let styled = fact.evidence.iter().map(|evidence| (fact.style, evidence));
        styled.collect::<Vec<_>>()
    });
    let notes = Footnotes::new(document, evidence, out.colour);
    if let Some(kicker) = &document.kicker {
        out.wrapped(0, &borrowed(&notes.marked(Part::Kicker, kicker, 0, Style::Dim)))?;
    }
    let title = document.title.as_deref().unwrap_or("(ohne Titel)");
    out.wrapped(0, &borrowed(&notes.marked(Part::Title, title, 0, Style::Bold)))?;
    writeln!(out)?;
    for fact in &facts {
        let name = out.styled(fact.style, &format!("{:<NAMES$}", fact.name));
        out.hanging(&format!("{name} "), NAMES + 1, &[(Style::Plain, &fact.value)])?;
        for line in evidence_lines(fact.evidence, &notes) {
            out.wrapped(NAMES + 1, &[(Style::Dim, &line)])?;
        }
    }
    if document.body.is_empty() && !document.access.is_full() {
        return Ok(());
    }
    let mut start = 0;
    for paragraph in document.body.split("\n\n") {
        let pieces = notes.marked(Part::Body, paragraph, start, Style::Plain);
        writeln!(out)?;
        out.wrapped(0, &borrowed(&pieces))?;
        start += paragraph.len() + 2;
    }
    let lines = notes.source_lines();
    if !lines.is_empty() {
        writeln!(out, "\n{}", out.styled(Style::Dim, "beside the text"))?;
    }
    for line in lines {
        out.wrapped(0, &borrowed(&line))?;
    }
    writeln!(out)
}

fn borrowed<'a>(pieces: &'a [Piece<'_>]) -> Vec<(Style, &'a str)> {
    pieces.iter().map(|(style, text)| (*style, text.as_ref())).collect()
}

/// Everything that is known of a document, in the order in which it is printed.
fn facts(document: &Document) -> Vec<Fact<'_>> {
    let mut facts = Vec::new();
    let mut single = |name: &'static str, value: Option<String>| {
        let evidence = document.evidence.get(name).map_or(&[][..], Vec::as_slice);
        // What was emptied by a correction is worth a line, too.
        if value.is_some() || !evidence.is_empty() {
            facts.push(Fact {
                name: name.into(),
                value: value.unwrap_or_else(|| "–".to_owned()),
                evidence,
                style: Style::Value,
            });
        }
    };
    single("id", Some(document.id.clone()));
    single("source_path", Some(document.source_path.clone()));
    let has_evidence = |name: &str| document.evidence.contains_key(name);
    single("title", document.title.clone().filter(|_| has_evidence("title")));
    single("kicker", document.kicker.clone().filter(|_| has_evidence("kicker")));
    single("body", has_evidence("body").then(|| "(the text)".to_owned()));
    single("publisher", document.publisher.as_ref().map(|one| named(&one.name, &one.id)));
    single("date", document.date.map(|date| match date.kind {
        DateKind::Published => date.value.to_string(),
        DateKind::Updated => format!("{} (update)", date.value),
        DateKind::Header => format!("{} (head of the text)", date.value),
    }));
    single("updated", document.updated.map(|date| date.to_string()));
    single("embargo", document.embargo.map(|date| date.to_string()));
    let access = (!document.access.is_full()).then(|| document.access.id().to_owned());
    single("access", access);
    single("url", document.url.clone());
    let authors = (!document.authors.is_empty()).then(|| document.authors.join(", "));
    single("authors", authors);
    single("language", document.language.clone());
    single("agencies", None);
    single("countries", None);
    for (name, values) in &document.extra {
        facts.push(Fact {
            name: name.into(),
            value: values.join(", "),
            evidence: document.evidence.get(name).map_or(&[][..], Vec::as_slice),
            style: Style::Value,
        });
    }
    facts.extend(document.agencies.iter().map(|agency| Fact {
        name: match agency.scope {
            Scope::Text => agency.role.id().into(),
            Scope::Photo => format!("{} (photo)", agency.role.id()).into(),
        },
        value: named(&agency.name, &agency.id),
        evidence: &agency.evidence,
        style: Style::Agency,
    }));
    facts.extend(document.sources.iter().map(|source| Fact {
        name: "official source".into(),
        value: named(&source.name, &source.id),
        evidence: &source.evidence,
        style: Style::Source,
    }));
    facts.extend(document.countries.iter().map(|country| Fact {
        name: country.role.id().into(),
        value: format!("{} {} ×", named(&country.name, &country.id), country.count),
        evidence: &country.evidence,
        style: Style::Country,
    }));
    facts
}

fn named(name: &str, id: &str) -> String {
    match name == id {
        true => name.to_owned(),
        false => format!("{name} [{id}]"),
    }
}

/// Pieces of evidence that say the same are one line: numbers, quotation, rule, confidence, spans.
fn evidence_lines(evidence: &[Evidence], notes: &Footnotes<'_>) -> Vec<String> {
    let mut groups: Vec<Vec<&Evidence>> = Vec::new();
    for piece in evidence {
        let alike = groups.iter_mut().find(|group| {
            let first = group[0];
            (&first.text, &first.rule, &first.field) == (&piece.text, &piece.rule, &piece.field)
                && first.confidence == piece.confidence
        });
        match alike {
            Some(group) => group.push(piece),
            None => groups.push(vec![piece]),
        }
    }
    let lines = groups.iter().map(|group| {
        let first = group[0];
        let marks: String = (group.iter())
            .filter_map(|piece| Some(format!("{} ", notes.mark_of(piece)?)))
            .collect();
        let quoted = match first.text.is_empty() {
            true => String::new(),
            false => format!("»{}« · ", first.text),
        };
        let mut line = format!("{marks}{quoted}{} · {:.2}", first.rule, first.confidence);
        if first.field != "note" {
            let spans = group.iter().map(|piece| format!("{}..{}", piece.start, piece.end));
            let spans = spans.collect::<Vec<_>>().join(", ");
            line += &format!(" · {} {spans}", first.field);
        }
        line
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_that_says_the_same_is_one_line() {
        let piece = |start: usize| Evidence {
            field: "body".into(),
            start,
            end: start + 5,
            text: "Seoul".into(),
            rule: "capital".into(),
            confidence: 0.9,
        };
        let document = Document {
            body: "Seoul und Seoul".into(),
            ..Document::default()
        };
        let evidence = [piece(0), piece(10)];
        let styled = evidence.iter().map(|one| (Style::Country, one));
        let notes = Footnotes::new(&document, styled, false);
        assert_eq!(
            evidence_lines(&evidence, &notes),
            ["[1] [2] »Seoul« · capital · 0.90 · body 0..5, 10..15"]
        );
    }

    #[test]
    fn a_value_that_was_emptied_is_told_with_its_reason() {
        let mut document = Document::default();
        let note = Evidence {
            field: "note".into(),
            start: 0,
            end: 5,
            text: "offen".into(),
            rule: "override".into(),
            confidence: 1.0,
        };
        document.add_evidence("publisher", note);
        let facts = facts(&document);
        let fact = facts.iter().find(|fact| fact.name == "publisher").unwrap();
        let notes = Footnotes::new(&document, std::iter::empty(), false);
        assert_eq!(fact.value, "–");
        assert_eq!(evidence_lines(fact.evidence, &notes), ["»offen« · override · 1.00"]);
    }
}
