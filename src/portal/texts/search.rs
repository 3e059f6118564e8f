//! The search page.

use serde::Deserialize;

use super::{Counted, Message};

/// The search page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchTexts {
    /// Title of the page without a query.
    pub title: String,
    /// Title of the page of a query: `{query}`.
    pub results: Message,
    /// Number of hits: `{count}`.
    pub hits: Counted,
    /// How long the answer took: `{time}`.
    pub in_time: Message,
    /// In place of a headline that is not there.
    pub untitled: String,
    /// Link to the next page.
    pub next: String,
    /// Link to the first page.
    pub previous: String,
    /// Name of the list of hits.
    pub list: String,
}
