//! Counts that are known before anybody asks: of all documents of a segment, and of those that
//! have a frequent term.
//!
//! What most documents have is what takes longest to count, and there is little of it. So one file
//! per segment (`<segment>.counts`) holds, for all documents and for each term of a text field
//! that many of them have, the counts of every facet. It is written by tantivy's segment plugin
//! from the terms and records just written, be it of a fresh segment or of a merged one; so it
//! never knows of deleted documents until a merge drops them, and whoever asks has to subtract
//! what is deleted.
//!
//! ```text
//! blocks      for the date and each keyword field: whether it is a facet (0 or 1) and, if so, the
//!             number of documents without a value, the number of values that occur, and for each
//!             its distance from the one before and its count; all as numbers in seven bits a byte
//! keys        fst: place of the block by number of the text field (one byte) and term; the empty
//!             key stands for all documents
//! trailer     u64 length of the blocks, u32 version
//! ```

mod component;
mod reader;

pub(super) use component::CountsComponent;
pub(super) use reader::{Block, Counted, CountsReader};

/// Version of the layout; an index with another has to be built anew.
const VERSION: u32 = 1;
/// Bytes after the keys.
const TRAILER_BYTES: usize = 12;
/// Extension of the files.
const EXTENSION: &str = "counts";

/// Fewest documents that a term is counted for, so many and one in so many: fewer are counted in
/// next to no time when somebody asks.
const MANY: (u32, u32) = (2_000, 200);

/// The key of a term in a text field.
fn key(text: usize, term: &[u8]) -> Vec<u8> {
    let mut key = Vec::with_capacity(term.len() + 1);
    key.push(text as u8);
    key.extend_from_slice(term);
    key
}
