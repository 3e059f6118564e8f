//! Facets, on the search page and on pages of their own.

use serde::Deserialize;

use super::{Counted, Message};

/// Facets, on the search page and on pages of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetTexts {
    /// Name of the column of facets.
    pub filters: String,
    /// On narrow screens, opens the column.
    pub show_filters: String,
    /// The same with the number of what is selected: `{count}`.
    pub show_filters_chosen: Counted,
    /// On narrow screens, closes the column: `{count}`.
    pub show_hits: Counted,
    /// The value of what has none.
    pub missing: String,
    /// Link to all values: `{count}`.
    pub all: Counted,
    /// What that link leads to: `{name}`.
    pub all_of: Message,
    /// What the control beside a value does: `{name}`.
    pub exclude: Message,
    /// The same where the value is excluded: `{name}`.
    pub include: Message,
    /// What opens the values below one: `{name}`.
    pub below: Message,
}
