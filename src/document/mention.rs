//! Agencies and countries that a document names, with role and evidence.

use serde::{Deserialize, Serialize};

use super::Evidence;

/// What kind of agency.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    utoipa::ToSchema,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum AgencyKind {
    /// A news agency: dpa, Reuters, KCNA.
    News,
    /// An intelligence or security service: NIS, HUR, BND.
    Intelligence,
}

impl AgencyKind {
    /// The id used in facets and JSON.
    pub fn id(self) -> &'static str {
        match self {
            AgencyKind::News => "news",
            AgencyKind::Intelligence => "intelligence",
        }
    }
}

/// What the agency has to do with the text.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    utoipa::ToSchema,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A statement is attributed to it.
    Cited,
    /// The text (or a picture) is its material: by-line, dateline, signature, source line.
    Credited,
    /// It is only talked about.
    Mentioned,
}

impl Role {
    /// The id used in schema, facets and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Role::Cited => "cited",
            Role::Credited => "credited",
            Role::Mentioned => "mentioned",
        }
    }
}

/// What a credit is for.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    utoipa::ToSchema,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The text.
    #[default]
    Text,
    /// A picture.
    Photo,
}

impl Scope {
    /// The id used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Text => "text",
            Scope::Photo => "photo",
        }
    }
}

/// One agency in one role.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema, Deserialize)]
pub struct AgencyMention {
    /// Id from the gazetteer (`kr-nis`), `<country>-generic`, or the stated name of an unknown one.
    pub id: String,
    /// News agency or intelligence service.
    pub kind: AgencyKind,
    /// German name.
    pub name: String,
    /// What it has to do with the text.
    pub role: Role,
    /// Text or picture.
    #[serde(default)]
    pub scope: Scope,
    /// Where that was read, in the order of the text; empty if the input stated it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// An official source other than an agency that the text cites: a ministry, a general staff, a
/// government.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema, Deserialize)]
pub struct SourceMention {
    /// `<country>-<office>`, such as `ru-mod`; or the id of an organisation.
    pub id: String,
    /// German name.
    pub name: String,
    /// Where it is cited, in the order of the text.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// What a country has to do with the text.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    utoipa::ToSchema,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum CountryRole {
    /// The article is set there, or the country is a main actor.
    About,
    /// Any other reference.
    Mentioned,
}

impl CountryRole {
    /// The id used in schema, facets and JSON.
    pub fn id(self) -> &'static str {
        match self {
            CountryRole::About => "about",
            CountryRole::Mentioned => "mentioned",
        }
    }
}

/// One country in one document.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema, Deserialize)]
pub struct CountryMention {
    /// ISO 3166-1 alpha-2, or the stated name of an unknown one.
    pub id: String,
    /// German name.
    pub name: String,
    /// What it has to do with the text.
    pub role: CountryRole,
    /// How often the text refers to it.
    #[serde(default)]
    pub count: u32,
    /// Where, in the order of the text (the first few); empty if the input stated it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}
