//! The page of an article.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Counted, Message};

/// The page of an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleTexts {
    /// Name of the page of an article without a headline.
    pub title: String,
    /// Back to the search, if nothing was searched for.
    pub back: String,
    /// Back to the hits of a query: `{query}`.
    pub back_to: Message,
    /// Who wrote it: `{authors}`.
    pub by: Message,
    /// A date that is of the last update: `{date}`.
    pub as_of: Message,
    /// A last update beside the date: `{date}`.
    pub updated: Message,
    /// Only passages of the text may be shown.
    pub only_snippets: String,
    /// Nothing of the text may be shown.
    pub only_metadata: String,
    /// There is no text.
    pub no_text: String,
    /// What was read beside the text.
    pub beside: String,
    /// What there is beside the text of the article.
    pub panel: String,
    /// Agencies of a role that matters less, and countries.
    pub also_mentioned: Counted,
    /// The value was stated, not derived.
    pub stated: String,
    /// How often a text names something.
    pub times: Counted,
    /// What in an article says what it is about.
    pub evidence: EvidenceTexts,
    /// What was found.
    pub matches: MatchTexts,
    /// A text that comes in parts.
    pub parts: PartTexts,
    /// The groups of values.
    pub groups: GroupTexts,
    /// What an agency or a country has to do with an article.
    pub roles: RoleTexts,
    /// Links to all articles with a value.
    pub all: AllTexts,
    /// How to cite it.
    pub cite: CiteTexts,
    /// Where it comes from.
    pub origin: OriginTexts,
    /// Other articles.
    pub others: OtherTexts,
    /// What may be shown.
    pub rights: RightsTexts,
    /// Where evidence was read, by name of the field.
    pub places: BTreeMap<String, String>,
    /// Names of languages, by ISO 639-1 code.
    pub languages: BTreeMap<String, String>,
    /// What rules look for, by id of the rule.
    pub rules: BTreeMap<String, String>,
}

/// Evidence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceTexts {
    /// How many pieces there are.
    pub number: Counted,
    /// Those that are not listed.
    pub more: Counted,
    /// How far the rule can be trusted: `{percent}`.
    pub certainty: Message,
    /// The evidence must not be quoted.
    pub withheld: String,
    /// Said when a value lights up: `{name}`, `{evidence}`.
    pub lit: Message,
    /// Goes back from a passage to the list of values.
    pub unlight: String,
}

/// What was found in the article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchTexts {
    /// How many there are.
    pub number: Counted,
    /// Name of the links that lead to them.
    pub list: String,
    /// One of them: `{number}`, `{count}`.
    pub one: Message,
    /// To the one before.
    pub previous: String,
    /// To the next one.
    pub next: String,
    /// The text is longer than what is looked through.
    pub only_beginning: String,
}

/// A text that comes in parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartTexts {
    /// Which part this is: `{number}`, `{count}`.
    pub one: Message,
    /// To the part before.
    pub previous: String,
    /// To the next part.
    pub next: String,
}

/// The groups of values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupTexts {
    /// Agencies.
    pub agencies: String,
    /// Official sources.
    pub sources: String,
    /// Countries.
    pub countries: String,
    /// Date and update.
    pub date: String,
    /// Publisher.
    pub publisher: String,
    /// Authors.
    pub authors: String,
    /// Language.
    pub language: String,
    /// Headline and the line above it.
    pub headline: String,
    /// Rights.
    pub rights: String,
}

/// What an agency or a country has to do with an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleTexts {
    /// A statement is attributed to the agency.
    pub cited: String,
    /// The text is its material.
    pub credited: String,
    /// A picture is.
    pub photo: String,
    /// It is only named.
    pub mentioned: String,
    /// The article is about the country.
    pub about: String,
    /// The date is that of the publication.
    pub published: String,
    /// The date is that of the last update.
    pub updated: String,
    /// The date stands at the head of the text.
    pub header: String,
}

/// Links to all articles with a value, `{name}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllTexts {
    /// The beginning of all these.
    pub short: String,
    /// Those that cite the agency.
    pub cited: Message,
    /// Those with its material.
    pub credited: Message,
    /// Those with its pictures.
    pub photo: Message,
    /// Those that mention it.
    pub mentioned: Message,
    /// Those with the country.
    pub country: Message,
    /// Those of the publisher.
    pub publisher: Message,
    /// Those of the author.
    pub author: Message,
    /// Those of the same time.
    pub date: Message,
    /// Those with any other value.
    pub value: Message,
}

/// How to cite an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CiteTexts {
    /// Name of the section.
    pub title: String,
    /// As a footnote.
    pub plain: String,
    /// In the format BibTeX.
    pub bibtex: String,
    /// In the format RIS.
    pub ris: String,
    /// Copies it.
    pub copy: String,
    /// It was copied.
    pub copied: String,
    /// Downloads it.
    pub download: String,
}

/// Where an article comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginTexts {
    /// Name of the section.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The file that it was read from.
    pub file: String,
    /// It was not read from a file, but sent.
    pub sent: String,
    /// Its id.
    pub id: String,
    /// The hash of its text.
    pub content_hash: String,
    /// When the index took it in.
    pub indexed: String,
    /// The address of this page.
    pub permalink: String,
    /// All data, for programs.
    pub data: String,
}

/// Other articles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherTexts {
    /// Those that are like it.
    pub similar: String,
    /// The words that they share: `{words}`.
    pub because: Message,
    /// Those with the same text.
    pub copies: String,
    /// All of those.
    pub all_copies: Counted,
}

/// What may be shown of an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsTexts {
    /// Everything.
    pub full: String,
    /// Passages.
    pub snippet: String,
    /// Metadata.
    pub metadata: String,
    /// There was an embargo: `{date}`.
    pub embargo: Message,
}
