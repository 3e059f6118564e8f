//! The page that shows what is in the archive.

use serde::Deserialize;

/// The page that shows what is in the archive.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewTexts {
    /// Name of the page.
    pub title: String,
}
