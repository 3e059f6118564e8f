//! An article for people: what is known of it, on what evidence, and the text with the evidence
//! marked.

use std::borrow::Cow;
use std::io::{self, Write};

use super::footnotes::{Footnotes, Piece};
use super::terminal::{Output, Style, columns};
use crate::document::{DateKind, Document, Evidence, Scope, TextPlace};

/// Columns of the names of values, and of their numbers with the blanks around them.
const NAMES: usize = 17;
const NUMBERS: usize = 6;

/// A value and what it rests on; the value is empty where it is printed elsewhere.
struct Fact<'a> {
    name: Cow<'a, str>,
    value: String,
    evidence: &'a [Evidence],
    style: Style,
}

impl<'a> Fact<'a> {
    /// The evidence that is marked where it stands. The language is read from a sample that proves
    /// nothing by itself.
    fn marked(&self) -> &'a [Evidence] {
        match self.name.as_ref() {
            "language" => &[],
            _ => self.evidence,
        }
    }
}

/// Prints a document.
pub(super) fn print(out: &mut Output, document: &Document) -> io::Result<()> {
    let facts = facts(document);
    let values = facts.iter().map(|fact| (fact.style, fact.marked()));
    let notes = Footnotes::new(document, values, out.colour);
    if let Some(kicker) = &document.kicker {
        out.wrapped(
            0,
            &borrowed(&notes.marked(TextPlace::Kicker, kicker, 0, Style::Dim)),
        )?;
    }
    let title = document.title.as_deref().unwrap_or("(ohne Titel)");
    out.wrapped(
        0,
        &borrowed(&notes.marked(TextPlace::Title, title, 0, Style::Bold)),
    )?;
    writeln!(out)?;
    for (index, fact) in facts.iter().enumerate() {
        let name = format!("{:<NAMES$}", fact.name);
        let number = notes.number_of(index);
        let blanks = " ".repeat(NUMBERS.saturating_sub(columns(&number) + 1));
        let first = format!("{}{blanks}{number} ", out.styled(fact.style, &name));
        let indent = NAMES + NUMBERS;
        let mut evidence = evidence_lines(fact).into_iter();
        if fact.value.is_empty() {
            let line = evidence.next().unwrap_or_default();
            out.hanging(&first, indent, &[(Style::Dim, &line)])?;
        } else {
            out.hanging(&first, indent, &[(Style::Plain, &fact.value)])?;
        }
        for line in evidence {
            out.wrapped(indent, &[(Style::Dim, &line)])?;
        }
    }
    if document.body.is_empty() && !document.access.is_full() {
        return Ok(());
    }
    let mut start = 0;
    for paragraph in document.body.split("\n\n") {
        let pieces = notes.marked(TextPlace::Body, paragraph, start, Style::Plain);
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
    pieces
        .iter()
        .map(|(style, text)| (*style, text.as_ref()))
        .collect()
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
    single("source", Some(document.source_path.clone()));
    // Printed elsewhere; here only why it is so.
    for name in ["title", "kicker", "body"] {
        single(name, document.evidence.contains_key(name).then(String::new));
    }
    single(
        "publisher",
        document
            .publisher
            .as_ref()
            .map(|one| named(&one.name, &one.id)),
    );
    single(
        "date",
        document.date.map(|date| match date.kind {
            DateKind::Published => date.value.to_string(),
            DateKind::Updated => format!("{} (update)", date.value),
            DateKind::Header => format!("{} (head of the text)", date.value),
        }),
    );
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
        value: match country.count {
            0 => named(&country.name, &country.id),
            count => format!("{} {count} ×", named(&country.name, &country.id)),
        },
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

/// Pieces of evidence that say the same are one line: quotation, rule, confidence, spans.
fn evidence_lines(fact: &Fact<'_>) -> Vec<String> {
    let mut groups: Vec<Vec<&Evidence>> = Vec::new();
    for piece in fact.evidence {
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
        // What is said already, or is printed elsewhere, need not be quoted.
        let is_known = fact.value == first.text || fact.value.is_empty() && first.field != "note";
        let quoted = match is_known || first.text.is_empty() {
            true => String::new(),
            false => format!("»{}« · ", first.text),
        };
        let mut line = format!("{quoted}{} · {:.2}", first.rule, first.confidence);
        if first.field != "note" {
            let spans = group
                .iter()
                .map(|piece| format!("{}..{}", piece.start, piece.end));
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

    fn evidence(field: &str, start: usize, text: &str) -> Evidence {
        Evidence {
            field: field.into(),
            start,
            end: start + text.len(),
            text: text.into(),
            rule: "rule".into(),
            confidence: 0.9,
        }
    }

    #[test]
    fn evidence_that_says_the_same_is_one_line() {
        let evidence = [evidence("body", 0, "Seoul"), evidence("body", 10, "Seoul")];
        let fact = Fact {
            name: "about".into(),
            value: "Südkorea [KR] 2 ×".into(),
            evidence: &evidence,
            style: Style::Country,
        };
        assert_eq!(
            evidence_lines(&fact),
            ["»Seoul« · rule · 0.90 · body 0..5, 10..15"]
        );
    }

    #[test]
    fn a_value_that_was_emptied_is_told_with_its_reason() {
        let mut document = Document::default();
        document.add_evidence("publisher", evidence("note", 0, "offen"));
        let facts = facts(&document);
        let fact = facts.iter().find(|fact| fact.name == "publisher").unwrap();
        assert_eq!(fact.value, "–");
        assert_eq!(evidence_lines(fact), ["»offen« · rule · 0.90"]);
    }

    #[test]
    fn headlines_are_not_said_twice() {
        let mut document = Document {
            title: Some("Ein Titel".into()),
            ..Document::default()
        };
        document.add_evidence("title", evidence("source", 3, "Ein Titel"));
        let facts = facts(&document);
        let fact = facts.iter().find(|fact| fact.name == "title").unwrap();
        assert_eq!(fact.value, "");
        assert_eq!(evidence_lines(fact), ["rule · 0.90 · source 3..12"]);
    }
}
