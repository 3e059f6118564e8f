//! What stands around every page.

use serde::Deserialize;

use super::{Counted, Message};

/// What stands around every page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageTexts {
    /// The name of the program.
    pub name: String,
    /// Title of the document of a page: `{page}`.
    pub title: Message,
    /// Link to what the page is about.
    pub skip: String,
    /// What the search box is for.
    pub search: String,
    /// In the empty search box.
    pub placeholder: String,
    /// The button that searches.
    pub send: String,
    /// Name of the links at the top.
    pub menu: String,
    /// Link to the overview.
    pub overview: String,
    /// Link to the same page in the other language, in that language.
    pub other_language: String,
    /// Link to the description of the API.
    pub api: String,
    /// Name of the feed of a search.
    pub feed: String,
    /// Number of articles in the archive: `{count}`.
    pub documents: Counted,
    /// Said while a page loads.
    pub loading: String,
}
