//! What is asked, what is answered?
//!
//! A [`SearchRequest`] is what every engine understands; a [`SearchResponse`] is what every
//! surface shows. How an engine finds the answer is not known here.
//!
//! # Facets
//!
//! The meaning of filters and counts is stated once, here; a suite pins it for every engine.
//!
//! * Selected values of one facet are alternatives (OR); several facets must all fit (AND); a
//!   document with an excluded value is no hit.
//! * The count of a value is the number of hits there would be if it were the only selected value
//!   of its facet, everything else being as it is. So counts ignore what is selected in their own
//!   facet, but not what is excluded; an excluded value counts the documents that its exclusion
//!   alone hides.
//! * Counts are exact. `other` is the sum of the counts that are not listed, `missing` the number
//!   of documents without a value; both follow the same rule.
//! * Listed are pages of the values that have documents: `offset` values are passed over, `limit`
//!   come; `total_values` is how many there are to go through. Selected and excluded values are
//!   listed on every page, also without documents. Which values are on which page is the same as
//!   long as the request and the commit are.
//! * Looked for by a piece of their name (`contains`), values are those that have it, and those
//!   above them; the others play no part, in `other` and `total_values` neither.
//! * A value of a hierarchical facet counts and selects the documents of all values below it,
//!   each document once.
//! * A date range is no facet: counts of all facets respect it. A partial date lies in a range
//!   only if its whole period does.
//!
//! # Time
//!
//! A [`Histogram`] spreads over time what is a hit, by the rules of its own module. Of all time, it
//! counts what would be a hit without the date range and without what is selected in facets of
//! dates; what is excluded there stays out.
//!
//! # Pages
//!
//! A page goes on after a hit ([`After`]) in the commit that the first page was of, as long as the
//! engine holds that. So pages are without doubles and gaps, whatever is committed meanwhile; and
//! all pages answer for the moment of the first.
//!
//! # Embargo
//!
//! A document whose embargo lies after [`SearchRequest::now`] is not there: it is no hit, is no
//! copy of another, and is counted nowhere, not even to say that nothing was found. It only has
//! part in how rare a word is, and in which copies are joined to one group. An embargo that a newer
//! commit brings holds for pages of older ones, too.
//!
//! # Copies
//!
//! Documents with the same text (another headline, a cut, a changed sentence make no difference)
//! are a group; a document without any copy is a group of its own. Which texts are copies is
//! stated at [`crate::document::Outline::is_copy_of`].
//!
//! * Copies are documents of their own: they match, are filtered and counted one by one.
//! * A *distinct copy* is a group that has at least one of the documents in question. So
//!   `total_copies` is the number of groups among all hits, and the `copies` of a facet value are
//!   the `total_copies` there would be if it were the only selected value of its facet.
//! * Collapsed, a group is one hit: of its documents that are hits, the first in the order.
//!   Totals and counts stay as they are.
//! * The id of a group is the smallest id of its documents, whichever came first. It may change
//!   when documents come or go, and any other id of the group stands for the group as well.

mod copies;
mod distance;
mod explanation;
mod facets;
mod function_words;
mod histogram;
mod located;
mod names;
mod offsets;
mod recency;
mod request;
mod response;
mod shape;
mod snippet;
mod vocabulary;
mod wanted;

pub use copies::{CopyGroup, Print};
pub(crate) use distance::is_within_distance;
pub use explanation::{Explanation, Reason, TermFrequency};
pub use facets::Facets;
pub use function_words::is_function_word;
pub use histogram::{Bar, CoarserPeriod, Histogram, HistogramRequest, Interval};
pub use located::{Locate, Located};
pub use names::{Name, NamePattern};
pub use offsets::Offsets;
pub use recency::{HalfLife, HalfLifeParseError, Recency};
pub use request::{
    After, Alternative, COPY, Clause, DateRange, FacetFilter, FacetOrder, FacetRequest,
    MAX_PATTERN_TERMS, MISSING, Near, Pattern, PatternGroup, Phrase, Pool, Scoring, SearchRequest,
    Sequence, Slot, Sort, WeightedTerm, Within, WordGroup,
};
pub use response::{
    AlsoForm, AlsoSearched, CorrectedWord, Correction, EngineHit, EngineResponse, Facet,
    FacetCount, FacetCounts, Hit, HitAgency, HitCountry, Notice, QueryEcho, SearchResponse,
    Snippet,
};
pub use snippet::{html, snippets};
pub use vocabulary::{ArchiveWord, MAX_WORDS, WordsLike, WordsRequest, word_key};
pub use wanted::Wanted;
