//! Suggestions below the search box.

use serde::Deserialize;

/// Suggestions below the search box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestTexts {
    /// Name of the list.
    pub title: String,
}
