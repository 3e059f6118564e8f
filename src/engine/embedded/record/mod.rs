//! The facet record: per document and segment, what filters, counts and BM25 need, in as few
//! bytes as possible and side by side.
//!
//! One file per segment (`<segment>.facets`), written by tantivy's segment plugin and merged with
//! the segment. A document's record has a fixed size, computed from the schema and from the
//! values that occur: for each facet a few slots of one, two or four bytes with ordinals into the
//! segment's dictionary of that facet. Documents with more values than slots have theirs in an
//! overflow table, so that any number of values is exact. Values of a hierarchy are kept with all values above them, so that counting needs no
//! tree; only dates, of which a document has one, are kept as the most precise value and rolled
//! up after counting.

mod columns;
mod component;
mod format;
mod input;
mod reader;
mod tally;

pub(super) use component::RecordComponent;
pub(super) use format::NodeEntry;
pub(super) use reader::{FacetColumn, Narrow, RecordReader};
pub(super) use tally::Tally;
