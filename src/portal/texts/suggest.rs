//! Suggestions below the search box.

use serde::Deserialize;

use super::{Counted, Message};

/// Suggestions below the search box.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestTexts {
    /// Name of the list.
    pub title: String,
    /// Name of the group of words.
    pub words: String,
    /// Name of the group of titles.
    pub titles: String,
    /// Another name of a suggested value, which was typed: `{name}`.
    pub alias: Message,
    /// How many suggestions there are: `{count}`.
    pub found: Counted,
}
