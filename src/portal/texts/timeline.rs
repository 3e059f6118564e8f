//! The hits over time.

use serde::Deserialize;

/// The hits over time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimelineTexts {
    /// Name of the picture.
    pub title: String,
}
