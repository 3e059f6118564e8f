//! Facets, on the search page and on pages of their own.

use serde::Deserialize;

/// Facets, on the search page and on pages of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetTexts {
    /// Name of the column of facets.
    pub filters: String,
}
