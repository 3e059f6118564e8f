//! Here is a file: give me documents.
//!
//! One file per format; [`FORMATS`] is the list. Agencies, engines and queries are not known
//! here: a reader separates running text from the lines around it and keeps what the input
//! states.

mod compressed;
mod correct;
mod csv;
mod decode;
mod html;
mod input;
mod jsonl;
mod lines;
mod markdown;
mod sent;
mod text;
mod walk;

use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::document::Document;
use input::Input;

pub use correct::{CORRECTABLE, correct};
pub use sent::{SENT, Sent, sent};
pub use walk::walk;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The file, as it was reached.
    pub path: PathBuf,
    /// Its path relative to the PATH that was given, separated by `/`; the file's name if PATH
    /// is the file itself. The same from any working directory.
    pub key: String,
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file or folder.
    pub path: String,
    /// The line, from 1, if the trouble is in one line.
    pub line: Option<u64>,
    /// What is wrong and what to do about it.
    pub reason: String,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

/// How files are read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Fields of the schema, beyond those that a [`Document`] knows, that a record may state.
    pub keyword_fields: Vec<String>,
    /// Longest text, page or record that is read; longer ones are skipped.
    pub max_document_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions {
            keyword_fields: Vec::new(),
            max_document_bytes: 16 << 20,
        }
    }
}

/// Where a reader puts what it finds; [`ControlFlow::Break`] ends the reading.
pub type Emit<'a> = dyn FnMut(Result<Document, Skipped>) -> ControlFlow<()> + 'a;

/// One format of input.
struct Format {
    /// Whether the input, of which the beginning is given, is of this format.
    recognises: fn(&Input<'_>) -> bool,
    /// Reads the documents.
    read: fn(&mut Input<'_>, &ReadOptions, &mut Emit<'_>) -> ControlFlow<()>,
}

/// All formats; the first that recognises the content reads it.
const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    html::FORMAT,
    csv::FORMAT,
    markdown::FORMAT,
    text::FORMAT,
];

/// Reads `file` and gives `emit` each document, and what had to be skipped, in the order of the
/// file. The file is streamed: no more than one document is in memory.
pub fn read(file: &SourceFile, options: &ReadOptions, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let mut input = match Input::open(file) {
        Ok(input) => input,
        Err(skipped) => return emit(Err(skipped)),
    };
    match FORMATS.iter().find(|format| (format.recognises)(&input)) {
        Some(format) => (format.read)(&mut input, options, emit),
        None => emit(Err(input.skip(None, "unknown format"))),
    }
}

/// A document of `file` that has no stated id: `place` is the record's place in the file.
fn derived_id(file: &SourceFile, place: u64) -> String {
    let mut hash = Sha256::new();
    hash.update(file.key.as_bytes());
    hash.update([0]);
    hash.update(place.to_le_bytes());
    hex(&hash.finalize()[..8])
}

/// SHA-256 of title and body.
fn content_hash(document: &Document) -> String {
    let mut hash = Sha256::new();
    hash.update(document.title.as_deref().unwrap_or("").as_bytes());
    hash.update([0]);
    hash.update(document.body.as_bytes());
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
