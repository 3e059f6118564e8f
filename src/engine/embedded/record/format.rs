//! Layout of a record file.
//!
//! ```text
//! records      documents × stride bytes
//! codes        per text field: documents × u8: code of the length in words, as BM25 sees it
//! dates        documents × u32: packed date, 0 = none
//! lengths      documents × text fields × u32: exact length in words
//! overflow     per facet: u32 ordinals of the documents with more values than slots
//! header       JSON: see `Header`
//! trailer      u64 length of the header, u32 version
//! ```
//!
//! All numbers are little-endian. The header stands at the end since it is known last.

use serde::{Deserialize, Serialize};

/// Version of the layout; an index with another has to be built anew.
pub(super) const VERSION: u32 = 2;
/// Bytes after the header.
pub(super) const TRAILER_BYTES: usize = 12;

/// What a reader needs to find its way.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) documents: u32,
    /// Bytes of one record.
    pub(super) stride: usize,
    /// Number of text fields.
    pub(super) texts: usize,
    /// Sum of the exact lengths of each text field.
    pub(super) words: Vec<u64>,
    pub(super) date: FacetLayout,
    /// The periods that occur, as packed dates, ascending: dictionary of the date facet.
    pub(super) periods: Vec<u32>,
    /// The keyword fields, in the order of the schema.
    pub(super) facets: Vec<(FacetLayout, FacetDictionary)>,
}

/// Where the slots of a facet stand.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct FacetLayout {
    /// First byte within the record.
    pub(super) offset: usize,
    /// Number of slots.
    pub(super) slots: usize,
    /// Bytes per slot: 1, 2 or 4.
    pub(super) width: usize,
    /// Documents with more values than slots, ascending, and where their ordinals begin and end in
    /// the overflow section, counted in ordinals.
    pub(super) overflow: Vec<(u32, u32, u32)>,
}

/// The values of a facet in a segment; the ordinal of a value is its place in the list.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct FacetDictionary {
    pub(super) nodes: Vec<NodeEntry>,
}

/// One value of a facet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::engine::embedded) struct NodeEntry {
    pub(in crate::engine::embedded) id: String,
    pub(in crate::engine::embedded) name: String,
    /// Id of the node above, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::engine::embedded) parent: Option<String>,
}

/// The slot that holds no value.
pub(super) const fn empty_slot(width: usize) -> u32 {
    match width {
        1 => u8::MAX as u32,
        2 => u16::MAX as u32,
        _ => u32::MAX,
    }
}

/// The first slot of a document whose values are in the overflow table.
pub(super) const fn overflow_slot(width: usize) -> u32 {
    empty_slot(width) - 1
}

/// The smallest width whose slots can hold ordinals below `values`.
pub(super) fn width_for(values: usize) -> usize {
    [1, 2]
        .into_iter()
        .find(|width| values <= overflow_slot(*width) as usize)
        .unwrap_or(4)
}
