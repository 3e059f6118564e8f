//! Reading counts in place, from the mapped file.

use tantivy::TantivyError;
use tantivy::directory::OwnedBytes;

use super::{EXTENSION, TRAILER_BYTES, VERSION, key};
use crate::engine::embedded::component::Files;
use crate::engine::embedded::numbers::Bytes;

/// The counts of one segment.
pub(in crate::engine::embedded) struct CountsReader {
    blocks: OwnedBytes,
    keys: fst::Map<OwnedBytes>,
}

/// The counts of all facets for some documents.
pub(in crate::engine::embedded) struct Block<'a>(&'a [u8]);

/// The counts of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::engine::embedded) struct Counted {
    /// Ordinals of the segment with their counts, ascending.
    pub(in crate::engine::embedded) values: Vec<(u32, u32)>,
    pub(in crate::engine::embedded) missing: u64,
}

impl CountsReader {
    pub(in crate::engine::embedded) fn open(files: &impl Files) -> tantivy::Result<Self> {
        Self::parse(files.bytes(EXTENSION)?)
            .ok_or_else(|| TantivyError::InternalError("damaged counts".to_owned()))
    }

    fn parse(bytes: OwnedBytes) -> Option<CountsReader> {
        let trailer_at = bytes.len().checked_sub(TRAILER_BYTES)?;
        let blocks = u64::from_le_bytes(bytes[trailer_at..][..8].try_into().ok()?) as usize;
        let version = u32::from_le_bytes(bytes[trailer_at + 8..].try_into().ok()?);
        if version != VERSION || blocks > trailer_at {
            return None;
        }
        let keys = fst::Map::new(bytes.slice(blocks..trailer_at)).ok()?;
        let blocks = bytes.slice(0..blocks);
        Some(CountsReader { blocks, keys })
    }

    /// The counts of all documents.
    pub(in crate::engine::embedded) fn all(&self) -> Option<Block<'_>> {
        self.block(&[])
    }

    /// The counts of the documents that have a term in a text field, if there are many.
    pub(in crate::engine::embedded) fn of_term(
        &self,
        text: usize,
        term: &[u8],
    ) -> Option<Block<'_>> {
        self.block(&key(text, term))
    }

    fn block(&self, key: &[u8]) -> Option<Block<'_>> {
        let at = usize::try_from(self.keys.get(key)?).ok()?;
        Some(Block(self.blocks.get(at..)?))
    }
}

impl Block<'_> {
    /// The counts of the date and of `keywords` keyword fields, in the order of the schema; `None`
    /// for what is no facet. Nothing if the block is damaged.
    pub(in crate::engine::embedded) fn read(
        &self,
        keywords: usize,
    ) -> Option<Vec<Option<Counted>>> {
        let mut bytes = Bytes::new(self.0);
        (0..keywords + 1).map(|_| facet(&mut bytes)).collect()
    }
}

fn facet(bytes: &mut Bytes<'_>) -> Option<Option<Counted>> {
    if bytes.number()? == 0 {
        return Some(None);
    }
    let mut counted = Counted {
        missing: bytes.number()? as u64,
        values: Vec::new(),
    };
    let mut ordinal = 0;
    for _ in 0..bytes.number()? {
        ordinal += u32::try_from(bytes.number()?).ok()?;
        let count = u32::try_from(bytes.number()?).ok()?;
        counted.values.push((ordinal, count));
    }
    Some(Some(counted))
}
