//! The page of an article.

use serde::Deserialize;

/// The page of an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleTexts {
    /// Name of the page of an article without a headline.
    pub title: String,
}
