//! Why a hit ranks where it does.

use serde::Serialize;

use crate::analysis::TermClass;
use crate::document::PartialDate;

/// Why a document has a score: a tree in the shape of the query.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Explanation {
    /// What this node adds to the score of the node above, or could have added.
    pub score: f32,
    /// How the score comes about.
    #[serde(flatten)]
    pub reason: Reason,
    /// What it is made of; only what the document has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub details: Vec<Explanation>,
}

/// How a score comes about.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The sum of the details.
    Sum,
    /// The best of the details, which are the alternatives of a word.
    Best,
    /// `weight × idf × (k1 + 1) × frequency ∕ (frequency + norm)`, for terms that count as one.
    Terms {
        /// Factor of the alternative and of the query.
        weight: f32,
        /// How much the terms weigh, by how few documents have them.
        idf: f32,
        /// The sum over the terms of frequency times weight.
        frequency: f32,
        /// What the frequency is weighed against: it grows with the length of the document.
        norm: f32,
        /// The terms that the document has.
        terms: Vec<TermFrequency>,
    },
    /// Several terms that had to stand near each other, or one after the other.
    Together {
        /// The terms, or what stands for them.
        words: Vec<String>,
    },
    /// The detail times a factor that falls with age.
    Recency {
        /// The factor.
        factor: f32,
        /// After how many days half of what is above `floor` is left.
        half_life_days: u32,
        /// The day from which ages are counted.
        origin: PartialDate,
        /// The factor of what is very old or has no date.
        floor: f32,
    },
    /// It had to be so, and adds what the engine says.
    Clause {
        /// What kind of clause.
        kind: &'static str,
    },
}

/// How often a document has a term in a field.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TermFrequency {
    /// The term.
    pub term: String,
    /// Its class, as [`TermClass::name`] says.
    pub class: &'static str,
    /// The field.
    pub field: String,
    /// How often it is there.
    pub count: u32,
    /// What each occurrence counts: the weight of the term times that of the field.
    pub weight: f32,
}

impl TermFrequency {
    /// Of a term in a field.
    pub fn new(term: &str, class: TermClass, field: &str, count: u32, weight: f32) -> Self {
        TermFrequency {
            term: term.to_owned(),
            class: class.name(),
            field: field.to_owned(),
            count,
            weight,
        }
    }
}
