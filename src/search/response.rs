//! What is answered: hits, snippets, facet counts. The JSON of CLI and HTTP is made from these.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Explanation;
use super::copies::CopyGroup;
use super::facets::Facets;
use super::histogram::Histogram;
use super::located::Located;
use super::offsets::Offsets;
use super::request::After;
use crate::analysis::Term;
use crate::document::{
    Access, AgencyKind, CountryRole, Document, Moment, PartialDate, Publisher, Role, Scope,
};

/// What an engine answers.
#[derive(Debug, Clone, PartialEq)]
pub struct EngineResponse<D = Document> {
    /// Number of the commit that was searched.
    pub commit: u64,
    /// Number of all hits, exact.
    pub total_hits: u64,
    /// Number of distinct copies among all hits, exact; `None` if neither the hits were to be
    /// collapsed nor copies counted.
    pub total_copies: Option<u64>,
    /// The hits asked for, in order.
    pub hits: Vec<EngineHit<D>>,
    /// The place of the last of them, if there are more.
    pub next: Option<After>,
    /// Counts of the facets asked for, in that order.
    pub facets: Vec<(String, FacetCounts)>,
    /// How hits are spread over time, if that was asked for.
    pub histogram: Option<Histogram>,
}

/// One hit of an engine.
#[derive(Debug, Clone, PartialEq)]
pub struct EngineHit<D = Document> {
    /// The score; 0 where nothing scores.
    pub score: f32,
    /// What the hit was ranked by: higher is earlier; equal ranks are ordered by id.
    pub rank: u32,
    /// The document as it was stored. Its text may be missing where [`SearchRequest::locate`] looks
    /// for nothing in texts.
    ///
    /// [`SearchRequest::locate`]: super::SearchRequest::locate
    pub document: D,
    /// The group of copies that it is in.
    pub copy: CopyGroup,
    /// For each of [`SearchRequest::locate`], which sentences of the field matter; nothing from
    /// an engine that does not keep sentences.
    ///
    /// [`SearchRequest::locate`]: super::SearchRequest::locate
    pub located: Vec<Located>,
}

impl<D> EngineHit<D> {
    /// The same hit with something else in place of the document.
    pub fn map<E>(self, change: impl FnOnce(D) -> E) -> EngineHit<E> {
        EngineHit {
            score: self.score,
            rank: self.rank,
            document: change(self.document),
            copy: self.copy,
            located: self.located,
        }
    }
}

impl<D> EngineResponse<D> {
    /// The same answer with something else in place of each document.
    pub fn map<E>(self, mut change: impl FnMut(D) -> E) -> EngineResponse<E> {
        let hits = self.hits.into_iter().map(|hit| hit.map(&mut change));
        EngineResponse {
            commit: self.commit,
            next: self.next,
            total_hits: self.total_hits,
            total_copies: self.total_copies,
            hits: hits.collect(),
            facets: self.facets,
            histogram: self.histogram,
        }
    }
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SearchResponse {
    /// What was asked, and what became of it.
    pub query: QueryEcho,
    /// Number of all hits, exact.
    pub total_hits: u64,
    /// Number of distinct copies among all hits, exact, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_copies: Option<u64>,
    /// Time from the query text to this answer, in milliseconds.
    pub took_ms: f64,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// Facet counts by name of the facet, in the order of the schema.
    #[schema(value_type = std::collections::BTreeMap<String, Facet>)]
    pub facets: Facets,
    /// How hits are spread over time, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
    /// Where the next page begins; `None` on the last.
    pub next_cursor: Option<String>,
    /// What spans of texts count in.
    pub offsets: Offsets,
}

/// The query as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QueryEcho {
    /// The text as it was typed.
    pub text: String,
    /// What the searcher should know: a relaxed query, text that did not parse.
    pub notices: Vec<Notice>,
    /// What was searched for beside the words, as far as it is in the archive.
    pub also_searched: Vec<AlsoSearched>,
    /// What may have been meant, if there are few hits: the likeliest first.
    pub did_you_mean: Vec<Correction>,
}

/// What may have been meant by a query that finds little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Correction {
    /// The whole query text, corrected.
    pub text: String,
    /// The words that were corrected, in the order of the text.
    pub words: Vec<CorrectedWord>,
    /// Number of hits of the corrected query, with the same filters, exact.
    pub total_hits: u64,
}

/// A word of a query, or two, with what was put in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CorrectedWord {
    /// As it was typed.
    pub typed: String,
    /// The word of the archive, or two.
    pub text: String,
    /// The span of the query text that was replaced.
    pub span: (usize, usize),
    /// The span of the corrected query text that replaced it.
    pub corrected_span: (usize, usize),
}

/// What was searched for beside a word of the query: other spellings of a name, adjective and
/// people of a country, words of the same root. Quotes and `=` switch it off.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AlsoSearched {
    /// The word as it was typed.
    pub word: String,
    /// The span of the query text that it is.
    pub span: (usize, usize),
    /// What else was searched for.
    pub forms: Vec<AlsoForm>,
}

/// One thing that was searched for beside a word.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AlsoForm {
    /// The form as people write it; it stands for all its inflected forms.
    pub text: String,
    /// How it relates to the word, as [`crate::analysis::Relation::name`] says.
    pub relation: &'static str,
    /// Its terms, all of which must be there.
    #[serde(skip)]
    pub terms: Vec<Term>,
}

/// A remark on a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Notice {
    /// Stable name of the remark, as `relaxed`.
    pub code: &'static str,
    /// A sentence for people, in German.
    pub message: String,
    /// The span of the query text that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<(usize, usize)>,
}

/// One hit as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Hit {
    /// Id of the document.
    pub id: String,
    /// The score; 0 where nothing scores.
    pub score: f32,
    /// Why it has this score, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// The headline, if there is one.
    pub title: Option<String>,
    /// Spans of `title`, ascending, that matched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_highlights: Vec<(usize, usize)>,
    /// Publisher, if known.
    pub publisher: Option<Publisher>,
    /// Date to the day at most, if known.
    pub date: Option<String>,
    /// How precisely it is known.
    pub date_precision: Option<crate::document::Precision>,
    /// The date with the time of day (Europe/Berlin), if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datetime: Option<PartialDate>,
    /// Names of the people who wrote the text.
    pub authors: Vec<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// Agencies, without their evidence.
    #[schema(value_type = Vec<HitAgency>)]
    pub agencies: Vec<serde_json::Value>,
    /// Countries, without their evidence.
    #[schema(value_type = Vec<HitCountry>)]
    pub countries: Vec<serde_json::Value>,
    /// Address of the page, if known.
    pub url: Option<String>,
    /// File the document was read from.
    pub source_path: String,
    /// SHA-256 (hexadecimal) of title and body as they were read.
    pub content_hash: String,
    /// When the index took it in, with the title and body that it has (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub indexed_at: Option<Moment>,
    /// How much of the document may be shown; passages are missing where not even those may.
    #[serde(skip_serializing_if = "Access::is_full")]
    pub access: Access,
    /// Up to three passages with the words found.
    pub snippets: Vec<Snippet>,
    /// The same text elsewhere.
    pub copy: CopyGroup,
}

/// An agency in one role, as a hit shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HitAgency {
    /// Id from the gazetteer (`kr-nis`), `<country>-generic`, or the stated name of an unknown one.
    pub id: String,
    /// News agency or intelligence service.
    pub kind: AgencyKind,
    /// German name.
    pub name: String,
    /// What it has to do with the text.
    pub role: Role,
    /// Text or picture.
    pub scope: Scope,
}

/// A country in one role, as a hit shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct HitCountry {
    /// ISO 3166-1 alpha-2, or the stated name of an unknown one.
    pub id: String,
    /// German name.
    pub name: String,
    /// What it has to do with the text.
    pub role: CountryRole,
}

/// A passage of a field with the words found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Snippet {
    /// The field it was cut from.
    pub field: String,
    /// The passage.
    pub text: String,
    /// Spans of `text`, ascending, that matched.
    pub highlights: Vec<(usize, usize)>,
    /// The passage as HTML, escaped, with `<mark>` around the highlights.
    pub html: String,
    /// Where the passage stands in the field, in bytes.
    #[serde(skip)]
    pub span: Range<usize>,
}

/// Counts of one facet as they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Facet {
    /// Name to show for the facet.
    pub label: String,
    /// The counts.
    #[serde(flatten)]
    pub counts: FacetCounts,
}

/// Counts of one facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FacetCounts {
    /// The values that are listed, in the order that was asked for.
    pub values: Vec<FacetCount>,
    /// Number of values on this level, listed or not.
    pub total_values: u64,
    /// Sum of the counts of the values that are not listed.
    pub other: u64,
    /// Number of documents without a value.
    pub missing: u64,
    /// `other` in distinct copies, if they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_copies: Option<u64>,
    /// `missing` in distinct copies, if they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_copies: Option<u64>,
}

/// Count of one value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FacetCount {
    /// Id of the value.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Number of documents.
    pub count: u64,
    /// Number of distinct copies, if they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u64>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether it is excluded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
    /// Values below it; `other` of them is in `children_other`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub children: Vec<FacetCount>,
    /// Number of values just below it, listed or not.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub total_children: u64,
    /// Sum of the counts of the children that are not listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub children_other: u64,
    /// `children_other` in distinct copies, if they were asked for.
    #[serde(default, skip_serializing_if = "is_none_or_zero")]
    pub children_other_copies: Option<u64>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

fn is_none_or_zero(count: &Option<u64>) -> bool {
    count.is_none_or(|count| count == 0)
}
