//! How do results look to other programs?
//!
//! One file per format behind one small trait, and one list: [`FORMATS`]. A format writes hit by
//! hit and holds nothing, so results of any number can be streamed. Whatever is in a text stays
//! text: every format escapes what would mean something to its readers.

mod atom;
mod bibtex;
mod csl;
mod csv;
mod facts;
mod json;
mod ndjson;
mod plain;
mod ris;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use self::csv::{Csv, cell};
use crate::document::Moment;
use crate::search::{Hit, QueryEcho};

/// All formats; the first is the one if none is asked for.
pub const FORMATS: &[&dyn Format] = &[
    &json::Json,
    &ndjson::Ndjson,
    &csv::Csv,
    &plain::Plain,
    &bibtex::Bibtex,
    &ris::Ris,
    &csl::CslJson,
    &atom::Atom,
];

/// A form in which results are taken away.
pub trait Format: Sync {
    /// Name to ask for it by.
    fn name(&self) -> &'static str;

    /// Its media type.
    fn media_type(&self) -> &'static str;

    /// How names of its files end.
    fn extension(&self) -> &'static str;

    /// Whether it shows passages.
    fn shows_passages(&self) -> bool;

    /// Whether it is for lists of sources, where each hit stands for itself.
    fn is_citation(&self) -> bool {
        !self.shows_passages()
    }

    /// Writes what comes before the hits.
    fn begin(&self, _out: &mut dyn Write, _head: &Head) -> io::Result<()> {
        Ok(())
    }

    /// Writes a hit; `number` counts from 1.
    fn hit(&self, out: &mut dyn Write, head: &Head, number: u64, hit: &Hit) -> io::Result<()>;

    /// Writes what comes after the hits.
    fn end(&self, _out: &mut dyn Write, _head: &Head) -> io::Result<()> {
        Ok(())
    }
}

/// What all hits have in common.
#[derive(Debug, Clone)]
pub struct Head {
    /// What was asked.
    pub query: QueryEcho,
    /// Number of all hits, exact.
    pub total_hits: u64,
    /// The moment of the question.
    pub accessed: Moment,
    /// The whole question with filters, the same whenever it is put: what a feed is known by.
    pub question: String,
    /// Where the answer stands, if it has an address.
    pub address: Option<String>,
}

/// The format of that name.
pub fn by_name(name: &str) -> Option<&'static dyn Format> {
    (FORMATS.iter().copied()).find(|format| format.name() == name)
}

/// The names of all formats.
pub fn names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}

/// Writes all hits; how many there were. Ends with the first error.
pub fn write<E: From<io::Error>>(
    format: &dyn Format,
    head: &Head,
    hits: impl Iterator<Item = Result<Hit, E>>,
    out: &mut dyn Write,
) -> Result<u64, E> {
    format.begin(out, head)?;
    let mut number = 0;
    for hit in hits {
        number += 1;
        format.hit(out, head, number, &hit?)?;
    }
    format.end(out, head)?;
    Ok(number)
}

/// The format of citations if none is asked for.
pub const PLAIN: &dyn Format = &plain::Plain;

/// One hit by itself, as a format writes it.
pub fn citation(format: &dyn Format, hit: &Hit, accessed: Moment) -> String {
    let head = Head {
        query: QueryEcho::default(),
        total_hits: 1,
        accessed,
        question: String::new(),
        address: None,
    };
    let mut out = Vec::new();
    let written = format
        .begin(&mut out, &head)
        .and_then(|()| format.hit(&mut out, &head, 1, hit))
        .and_then(|()| format.end(&mut out, &head));
    // Memory takes everything, and all formats write text.
    match written {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => String::new(),
    }
}
