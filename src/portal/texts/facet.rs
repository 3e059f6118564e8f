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
    /// Which values are listed: `{first}`, `{last}`, `{all}`.
    pub extent: Message,
    /// There are none.
    pub no_values: String,
    /// Name of the field that looks for values.
    pub within: String,
    /// The button beside it.
    pub find: String,
    /// Name of the choice of orders.
    pub order: String,
    /// The highest count first.
    pub by_count: String,
    /// As in a dictionary.
    pub by_name: String,
    /// The latest period first.
    pub latest: String,
    /// The earliest period first.
    pub earliest: String,
    /// Beside the box that excludes a value.
    pub not: String,
    /// Lists the values below one: `{count}`.
    pub deeper: Counted,
    /// Back from the values below one.
    pub all_values: String,
    /// The values before.
    pub previous: String,
    /// The values that follow.
    pub next: String,
    /// Back to the search as it was.
    pub back: String,
    /// To the search with what is chosen.
    pub apply: String,
    /// Closes the dialog.
    pub close: String,
}
