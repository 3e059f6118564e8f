//! Atom (RFC 4287): a search as a feed.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::facts::{self, in_a_line};
use super::{Format, Head};
use crate::document::{Moment, Precision};
use crate::search::Hit;

/// One entry for each hit.
pub(super) struct Atom;

impl Format for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn media_type(&self) -> &'static str {
        "application/atom+xml; charset=utf-8"
    }

    fn extension(&self) -> &'static str {
        "atom"
    }

    fn shows_passages(&self) -> bool {
        true
    }

    fn begin(&self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let title = match in_a_line(&head.query.text) {
            text if text.is_empty() => "Fundstelle".to_owned(),
            text => format!("Fundstelle: {text}"),
        };
        out.write_all(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")?;
        out.write_all(b"<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")?;
        writeln!(out, "  <id>{}</id>", urn("feed", &head.question))?;
        writeln!(out, "  <title>{}</title>", escaped(&title))?;
        writeln!(out, "  <updated>{}</updated>", head.accessed.stamp())?;
        writeln!(out, "  <author><name>Fundstelle</name></author>")?;
        if let Some(address) = &head.address {
            writeln!(out, "  <link rel=\"self\" href=\"{}\"/>", escaped(address))?;
        }
        Ok(())
    }

    fn hit(&self, out: &mut dyn Write, _: &Head, _: u64, hit: &Hit) -> io::Result<()> {
        let date = facts::date(hit);
        // An entry must have a moment: of a date that is known less precisely, its beginning,
        // without a date the beginning of time.
        let updated = date.map_or(Moment::from_unix_seconds(0), Moment::beginning_of);
        writeln!(out, "  <entry>")?;
        writeln!(out, "    <id>{}</id>", urn("entry", &hit.id))?;
        writeln!(out, "    <title>{}</title>", escaped(facts::title(hit)))?;
        writeln!(out, "    <updated>{}</updated>", updated.stamp())?;
        // Publication is only stated where its day is known.
        if date.is_some_and(|date| date.precision() >= Precision::Day) {
            writeln!(out, "    <published>{}</published>", updated.stamp())?;
        }
        let publisher = hit.publisher.iter().map(|publisher| &publisher.name);
        let names: Vec<&String> = match hit.authors.is_empty() {
            true => publisher.collect(),
            false => hit.authors.iter().collect(),
        };
        for name in names {
            let name = escaped(name);
            writeln!(out, "    <author><name>{name}</name></author>")?;
        }
        let url = hit.url.as_deref().filter(|url| leads_to_the_web(url));
        if let Some(url) = url {
            writeln!(out, "    <link href=\"{}\"/>", escaped(url))?;
        }
        for keyword in facts::keywords(hit) {
            writeln!(out, "    <category term=\"{}\"/>", escaped(keyword))?;
        }
        writeln!(out, "    <summary>{}</summary>", escaped(&summary(hit)))?;
        writeln!(out, "  </entry>")
    }

    fn end(&self, out: &mut dyn Write, _: &Head) -> io::Result<()> {
        out.write_all(b"</feed>\n")
    }
}

/// What is known in a line, then the passages.
fn summary(hit: &Hit) -> String {
    let mut facts: Vec<&str> = Vec::new();
    facts.extend(
        hit.publisher
            .iter()
            .map(|publisher| publisher.name.as_str()),
    );
    facts.extend(hit.date.as_deref());
    let mut parts = vec![facts.join(", ")];
    parts.extend(hit.snippets.iter().map(|snippet| snippet.text.clone()));
    parts.retain(|part| !part.is_empty());
    parts.join(" … ")
}

/// Readers of feeds may open an address without a question.
fn leads_to_the_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str())
}

/// A name of its own for each text (UUID version 8, of a hash), the same at any time and place.
fn urn(kind: &str, text: &str) -> String {
    let hash = Sha256::digest(format!("fundstelle {kind}\n{text}"));
    let mut hex: String = hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    hex.replace_range(12..13, "8");
    let variant = ["8", "9", "a", "b"][usize::from(hash[8] & 3)];
    hex.replace_range(16..17, variant);
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// Text within XML; characters that XML cannot have become blanks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            '\n' => escaped.push(c),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
