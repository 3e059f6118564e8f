//! The search page.

use std::collections::BTreeMap;

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
    /// What can be done here, as a headline.
    pub start: String,
    /// What can be done here, in a sentence.
    pub lead: String,
    /// Above example queries.
    pub examples: String,
    /// What a query of two words finds.
    pub example_words: String,
    /// What a phrase finds.
    pub example_phrase: String,
    /// What two words in a sentence find.
    pub example_sentence: String,
    /// What a word without another finds.
    pub example_without: String,
    /// What a value of a facet finds: `{facet}`.
    pub example_value: Message,
    /// What a month finds.
    pub example_date: String,
    /// Above the hits where nothing is asked.
    pub newest_articles: String,
    /// Number of hits: `{count}`.
    pub hits: Counted,
    /// Number of distinct copies: `{count}`.
    pub copies: Counted,
    /// How long the answer took: `{time}`.
    pub in_time: Message,
    /// Name of the list of hits.
    pub list: String,
    /// In place of a headline that is not there.
    pub untitled: String,
    /// Before the agencies that an article cites.
    pub cited: String,
    /// Before the agencies whose material an article is.
    pub credited: String,
    /// What a link to a value of a hit does: `{name}`.
    pub only: Message,
    /// Before other prints of the same text.
    pub also_in: String,
    /// Link to all prints of a text: `{count}`.
    pub all_prints: Counted,
    /// Of articles of which only passages may be shown.
    pub passages_only: String,
    /// Of articles of which no text may be shown.
    pub no_text: String,
    /// Name of the control of the order of hits.
    pub order: String,
    /// By relevance.
    pub relevance: String,
    /// Newest first.
    pub newest: String,
    /// Oldest first.
    pub oldest: String,
    /// What was added last first.
    pub added: String,
    /// Name of the control of the number of hits on a page.
    pub page_size: String,
    /// Number of hits on a page: `{count}`.
    pub per_page: Counted,
    /// The control that makes copies one hit.
    pub collapse: String,
    /// The button that applies what was chosen, without scripts.
    pub apply: String,
    /// Above the formats of the whole result.
    pub take_away: String,
    /// What is taken away: `{count}`.
    pub take_away_all: Counted,
    /// Link to the feed of a search.
    pub feed: String,
    /// Link to the next page.
    pub next: String,
    /// Link to the first page.
    pub first: String,
    /// Name of the links to further pages.
    pub paging: String,
    /// Name of the remarks on a query.
    pub notices: String,
    /// A correction: `{query}`.
    pub did_you_mean: Message,
    /// What was searched for beside a word: `{word}`, `{forms}`.
    pub also_searched: Message,
    /// Name of the list of what is selected.
    pub chosen: String,
    /// What a click on something selected does: `{name}`.
    pub remove: Message,
    /// A value that is excluded: `{name}`.
    pub excluding: Message,
    /// Of hits with the text of one article.
    pub same_text: String,
    /// Link that takes all filters away.
    pub reset: String,
    /// There are no hits.
    pub nothing: String,
    /// What helps if nothing is found.
    pub nothing_advice: String,
    /// Above changes that find something.
    pub ways_out: String,
    /// The change that leaves out a filter: `{name}`.
    pub without: Message,
    /// The change that leaves out the range of dates.
    pub any_time: String,
    /// The change that leaves out all filters.
    pub without_any: String,
    /// The change that makes any of the words do.
    pub any_word: String,
    /// Formats of results, by the names of the formats.
    pub formats: BTreeMap<String, String>,
    /// Remarks on a query, by their stable codes: `{part}` of the query, `{fields}` that there are.
    pub remarks: BTreeMap<String, Message>,
}
