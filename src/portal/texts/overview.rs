//! The page that shows what is in the archive.

use serde::Deserialize;

use super::{Counted, Message};

/// The page that shows what is in the archive.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverviewTexts {
    /// Name of the page.
    pub title: String,
    /// How many articles there are.
    pub articles: Counted,
    /// From when to when they are: `{from}`, `{to}`.
    pub span: Message,
    /// All are of one time: `{date}`.
    pub at: Message,
    /// Over time.
    pub time: String,
    /// Articles without a date.
    pub undated: Counted,
    /// Articles without a value.
    pub missing: Counted,
    /// What is not listed of a field.
    pub other: Counted,
    /// To all values of a field.
    pub more: String,
    /// Articles with a value, for those who listen: `{name}`, `{articles}`.
    pub value: Message,
    /// What was added last.
    pub additions: String,
    /// When: `{date}`.
    pub added: Message,
    /// All additions.
    pub all_additions: String,
    /// An archive that has nothing.
    pub empty: EmptyTexts,
    /// The state of the index.
    pub state: StateTexts,
    /// How to ask.
    pub guide: GuideTexts,
}

/// An archive that has nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmptyTexts {
    /// That it is empty.
    pub title: String,
    /// How to fill it.
    pub advice: String,
    /// A command that fills it.
    pub command: String,
    /// What happens then.
    pub then: String,
}

/// The state of the index.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateTexts {
    /// Name of the section.
    pub title: String,
    /// Number of articles.
    pub documents: String,
    /// Size on disk.
    pub size: String,
    /// When it was last written.
    pub committed: String,
    /// Number of the commit.
    pub commit: String,
    /// Number of segments.
    pub segments: String,
    /// Version of the program.
    pub program: String,
    /// Version of the analysis of words.
    pub analysis: String,
    /// Version of what is derived.
    pub enrichment: String,
}

/// How to ask.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideTexts {
    /// Name of the section.
    pub title: String,
    /// What stands in the first column.
    pub query: String,
    /// What stands in the second.
    pub finds: String,
    /// Examples that fit every archive.
    pub examples: Vec<Example>,
    /// Examples with a value of a field of the schema, which stands at `{value}`.
    pub of_fields: Vec<FieldExample>,
}

/// A query and what it finds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The query.
    pub query: String,
    /// What it finds.
    pub finds: String,
}

/// A query for a value of a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldExample {
    /// Name of the field whose values are named.
    pub field: String,
    /// Name of the field that is searched in.
    pub search: String,
    /// What it finds, with the name of the value: `{value}`.
    pub finds: Message,
}
