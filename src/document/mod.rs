//! What is a document?
//!
//! A [`Document`] is one article: what was read, what was derived, and for everything derived the
//! [`Evidence`]. Where it came from and how it is indexed is not known here.

mod access;
mod date;
mod line;
mod mention;
mod moment;
mod place;
mod sketch;
mod stamp;
mod values;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use access::Access;
pub use date::{DateKind, DateParseError, PartialDate, Precision};
pub use line::{Line, LineKind};
pub use mention::{
    AgencyKind, AgencyMention, CountryMention, CountryRole, Role, Scope, SourceMention,
};
pub use moment::{Moment, MomentParseError};
pub use place::TextPlace;
pub use sketch::{BANDS, Outline, ROWS, Sketch};
pub use values::{FieldValue, Node};

/// One article with all that is known about it.
///
/// What cannot be derived is empty, never guessed. Serialised, this is what `extract` and `show`
/// print and what the index stores.
#[derive(Debug, Clone, Default, PartialEq, Serialize, utoipa::ToSchema, Deserialize)]
#[serde(default)]
pub struct Document {
    /// Stable id: the stated one, else a hash of the path (relative to the PATH that was given)
    /// and of the record's place in the file.
    pub id: String,
    /// Path of the file the document was read from, as it was reached; `http:` if it was sent.
    pub source_path: String,
    /// The headline; `None` if the text has none.
    pub title: Option<String>,
    /// Clean running text: paragraphs separated by an empty line, no furniture.
    pub body: String,
    /// The short line above the headline, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    /// Who published the text.
    pub publisher: Option<Publisher>,
    /// Date of publication, as precise as it is known. Serialised as the keys `date`,
    /// `date_precision`, `date_kind` and, if the time is known, `datetime`.
    #[serde(flatten, with = "date::keys")]
    #[schema(value_type = date::keys::Keys)]
    pub date: Option<DocumentDate>,
    /// Last update, if one is stated beside the publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<PartialDate>,
    /// Nothing of the document is shown before this moment: the beginning of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<PartialDate>,
    /// How much of it may be shown.
    #[serde(skip_serializing_if = "Access::is_full")]
    pub access: Access,
    /// Address of the page.
    pub url: Option<String>,
    /// Names of the people who wrote the text; agencies are credits, not authors.
    pub authors: Vec<String>,
    /// ISO 639-1 code of the language of the body.
    pub language: Option<String>,
    /// Agencies that the text cites, is credited to or mentions: one entry per (id, role, scope).
    pub agencies: Vec<AgencyMention>,
    /// Official sources other than agencies that the text cites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceMention>,
    /// Countries that the text names.
    pub countries: Vec<CountryMention>,
    /// Values of further fields of the schema, as the input stated them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Vec<String>>,
    /// Evidence for the single-valued fields that were derived, by field name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Vec<Evidence>>,
    /// SHA-256 (hexadecimal) of title and body as they were read: corrections do not change it.
    pub content_hash: String,
    /// When the index took it in, with the title and body that it has: indexing it again without
    /// change keeps the moment. `None` of a document that is in no index.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub indexed_at: Option<Moment>,
    /// The lines around the body (by-lines, captions, source lines …) that enrichers read; they
    /// are neither printed nor stored.
    #[serde(skip)]
    pub lines: Vec<Line>,
    /// The sketch of the text by which its copies are recognised; `None` if it has no words. It is
    /// not part of the stored form.
    #[serde(skip)]
    pub sketch: Option<Box<Sketch>>,
    /// Names of the fields that the input stated: they are kept, not derived.
    #[serde(skip)]
    pub stated: Vec<String>,
}

impl Document {
    /// Whether the input itself gave `field`, so that no enricher may set it.
    pub fn is_stated(&self, field: &str) -> bool {
        self.stated.iter().any(|stated| stated == field)
    }

    /// Whether the document is under embargo at the moment `now`.
    pub fn is_embargoed(&self, now: PartialDate) -> bool {
        (self.embargo).is_some_and(|embargo| embargo.beginning() > now.beginning())
    }

    /// Adds evidence for a single-valued field.
    pub fn add_evidence(&mut self, field: &str, evidence: Evidence) {
        self.evidence
            .entry(field.to_owned())
            .or_default()
            .push(evidence);
    }
}

/// The date of a document and what kind of date it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentDate {
    /// The date, as precise as it is known.
    pub value: PartialDate,
    /// What the date is of.
    pub kind: DateKind,
}

/// A publisher: a newspaper, a broadcaster, a portal, an agency with a site of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema, Deserialize)]
pub struct Publisher {
    /// Id from the gazetteer; the name itself for a publisher that is not in it.
    pub id: String,
    /// Name to show.
    pub name: String,
}

/// Where a derived value was read, and by which rule.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema, Deserialize)]
pub struct Evidence {
    /// What `start` and `end` count in: `title`, `kicker`, `body`, `source` (the decoded input text),
    /// `publisher` and `authors` (the name there, if an agency is named so), or `note` (what a
    /// person wrote who corrected or limited the document).
    pub field: String,
    /// First byte of the span.
    pub start: usize,
    /// First byte after the span.
    pub end: usize,
    /// The span itself.
    pub text: String,
    /// Name of the rule that found it.
    pub rule: String,
    /// How far the rule can be trusted, from 0 (a guess) to 1 (stated).
    pub confidence: f32,
}
