//! The documents as they are shown, each compressed by itself.
//!
//! One file per segment (`<segment>.documents`). Articles have much in common with each other:
//! names of fields, of agencies and countries, turns of phrase. A dictionary, made of the first
//! articles, lets the compression (Zstandard) know that beforehand: the documents take about half
//! of what blocks of several documents take, and reading one reads nothing else.
//!
//! ```text
//! documents   for each: length of its head in bytes, the head (the document as JSON, without
//!             text), the text; head and text are a Zstandard frame each
//! ends        documents × u64: where each document ends
//! dictionary  nothing, if there was too little text to make one of
//! trailer     u32 documents, u32 length of the dictionary, u32 version
//! ```
//!
//! Segments of one index mostly share their dictionary: then documents are copied as they are when
//! segments are merged.

mod component;
mod dictionary;
mod reader;

pub(super) use component::DocumentsComponent;
pub(super) use reader::DocumentsReader;

/// Version of the layout; an index with another has to be built anew.
const VERSION: u32 = 1;
/// Bytes after the dictionary.
const TRAILER_BYTES: usize = 12;
/// Extension of the files.
const EXTENSION: &str = "documents";
