//! How much of a document may be shown.

use serde::{Deserialize, Serialize};

/// How much of a document may be shown; ordered from little to much, so the least of several is
/// the strictest.
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
pub enum Access {
    /// Title and metadata; nothing of the text, not even a passage. It is found by its words.
    Metadata,
    /// Title, metadata and the passages of a hit.
    Snippet,
    /// Everything.
    #[default]
    Full,
}

impl Access {
    /// All of them, from much to little.
    pub const ALL: [Access; 3] = [Access::Full, Access::Snippet, Access::Metadata];

    /// The id used in JSON and in files.
    pub fn id(self) -> &'static str {
        match self {
            Access::Full => "full",
            Access::Snippet => "snippet",
            Access::Metadata => "metadata",
        }
    }

    /// The access of that id.
    pub fn of_id(id: &str) -> Option<Access> {
        Access::ALL.into_iter().find(|access| access.id() == id)
    }

    /// Whether nothing is withheld.
    pub fn is_full(&self) -> bool {
        *self == Access::Full
    }
}
