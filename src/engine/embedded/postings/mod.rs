//! The postings: which documents have a term, how often and where.
//!
//! Three files per segment, for all text fields one after the other and, at the end, the words of
//! the vocabulary, which have documents only:
//!
//! ```text
//! .terms      for each field, its dictionary, see `dictionary`;
//!             for each field, three u64: where its dictionary, its lists and its places end;
//!             trailer: u32 fields, u32 version
//! .lists      for each term its list, see `list`
//! .places     for each term the distances between its positions in a document, as tantivy packs
//!             them
//! ```
//!
//! Why not tantivy's own index of text? It takes words as strings and looks each of them up in one
//! large table: with three or four terms a word, that is most of the time that indexing takes. Here
//! no term is looked up: what analysis says of a word form is noted once ([`gather`]), words and terms
//! are sorted when the segment is written, and the lists are read in the batches that the matchers hand on.

mod dictionary;
mod distances;
mod forms;
mod gather;
mod list;
mod merge;
mod numbered;
mod packing;
mod places;
mod reader;
mod stream;
mod texts;
mod write;

use std::io;
use std::path::PathBuf;

use tantivy::{DocId, Segment, SegmentReader};

pub(super) use list::List;
pub(super) use places::{Postings, Stretch};
pub(super) use reader::{FieldPostings, open};

use self::gather::Gathering;
use self::merge::{Source, merge};
use self::write::NewPostings;
use super::component::{Component, Unmapped};
use crate::analysis::Term;

/// Version of the layout; an index with another has to be built anew.
const VERSION: u32 = 2;
const TERMS: &str = "terms";
const LISTS: &str = "lists";
const PLACES: &str = "places";

/// Documents in a block of a list.
pub(super) const BLOCK: usize = 128;
/// Longest term in bytes; analysis keeps terms far below.
const MAX_TERM_BYTES: usize = 1000;

/// A term as the dictionary has it: the code of its class before the text.
pub(super) fn term_text(term: &Term) -> String {
    let mut text = String::with_capacity(term.text.len() + 1);
    text.push(term.class.code());
    text.push_str(&term.text);
    text
}

/// Bytes of a block of numbers of so many bits.
fn packed_len(bits: u8) -> usize {
    usize::from(bits) * BLOCK / 8
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged postings")
}

/// The postings of a segment.
pub(super) struct PostingsComponent {
    /// Where the files of the segments are.
    pub(super) folder: PathBuf,
    /// The text fields, in the order of the schema.
    pub(super) texts: Vec<String>,
}

impl Component for PostingsComponent {
    type Gathered = Gathering;

    fn extensions(&self) -> &[&str] {
        &[TERMS, LISTS, PLACES]
    }

    fn begin(&self, _: &Segment) -> tantivy::Result<Gathering> {
        Ok(Gathering::new(&self.texts))
    }

    fn merge(&self, readers: &[SegmentReader], target: &Segment) -> tantivy::Result<()> {
        let fields = self.texts.len() + 1;
        let mut sources = Vec::with_capacity(readers.len());
        let mut next = 0;
        for reader in readers {
            let mut numbers: Vec<Option<DocId>> = vec![None; reader.max_doc() as usize];
            for document in reader.doc_ids_alive() {
                numbers[document as usize] = Some(next);
                next += 1;
            }
            let [lists, places] = [LISTS, PLACES];
            sources.push(Source {
                fields: open(reader, fields)?,
                numbers,
                lists: Unmapped::open(&self.folder, reader, lists)?,
                places: Unmapped::open(&self.folder, reader, places)?,
            });
        }
        let mut files = NewPostings::create(target)?;
        for field in 0..fields {
            files.field(|writer| merge(writer, &mut sources, field))?;
        }
        files.finish()
    }
}
