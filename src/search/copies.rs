//! The same text elsewhere.

use serde::Serialize;

use crate::document::{Document, Publisher};

/// Documents whose texts are copies of each other; one alone is a group of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CopyGroup {
    /// Id of the group: the smallest of the ids of its documents.
    pub id: String,
    /// Number of its documents.
    pub size: u64,
    /// The other documents, by date and id; of those, the first [`CopyGroup::MAX_LISTED`].
    pub also_in: Vec<Print>,
}

impl CopyGroup {
    /// Most documents that are listed.
    pub const MAX_LISTED: usize = 10;
}

/// Where a copy stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Print {
    /// Id of the document.
    pub id: String,
    /// Publisher, if known.
    pub publisher: Option<Publisher>,
    /// Date to the day at most, if known.
    pub date: Option<String>,
    /// The headline, if there is one.
    pub title: Option<String>,
}

impl From<Document> for Print {
    fn from(document: Document) -> Print {
        Print {
            date: (document.date).map(|date| date.value.without_time().to_string()),
            id: document.id,
            publisher: document.publisher,
            title: document.title,
        }
    }
}
