//! Writing the keys of a segment.
//!
//! This comes when the terms of the new segment are on disk, be it fresh or merged: the keys are
//! read from there. So nothing is gathered while documents are added, and what was deleted before a
//! merge is gone.

use tantivy::{Segment, TantivyError};

use super::tree::cost;
use crate::engine::embedded::component::{Derive, NewFile};
use crate::engine::embedded::postings;

/// Extension of the files.
pub(super) const EXTENSION: &str = "words";

/// Writes one file per segment. Must come after the postings.
#[derive(Clone)]
pub(in crate::engine::embedded) struct WordsComponent {
    /// Number of text fields: the words are the field of the postings behind them.
    pub(in crate::engine::embedded) texts: usize,
}

impl Derive for WordsComponent {
    const EXTENSION: &'static str = EXTENSION;

    fn write(&self, segment: &Segment) -> tantivy::Result<()> {
        let out = NewFile::create(segment, EXTENSION)?;
        let mut tree = fst::MapBuilder::new(out).map_err(failed)?;
        let fields = postings::open(segment, self.texts + 1)?;
        let mut terms = fields[self.texts].terms().terms();
        let mut key: Vec<u8> = Vec::new();
        let mut documents = 0;
        // The spellings of a key stand one after the other.
        while terms.advance()? {
            let next = super::key(terms.key());
            if key != next {
                if documents > 0 {
                    tree.insert(&key, cost(documents)).map_err(failed)?;
                }
                key.clear();
                key.extend_from_slice(next);
                documents = 0;
            }
            documents += u64::from(terms.documents());
        }
        if documents > 0 {
            tree.insert(&key, cost(documents)).map_err(failed)?;
        }
        Ok(tree.into_inner().map_err(failed)?.finish()?)
    }
}

fn failed(error: fst::Error) -> TantivyError {
    TantivyError::InternalError(format!("the vocabulary cannot be written: {error}"))
}
