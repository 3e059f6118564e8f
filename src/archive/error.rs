//! Why a question is not answered.

use crate::engine::{EngineError, EngineErrorKind};
use crate::query::QueryError;

/// Why a question is not answered.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The query text was refused.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A cursor that no answer gave.
    #[error("this cursor is none that an answer gave; begin again without it")]
    Cursor,
    /// A cursor of a page in another order.
    #[error(
        "this cursor goes on in another order than the one asked for; \
         ask for the order of the page that gave it, or begin again without it"
    )]
    CursorOrder,
    /// A number that is out of bounds.
    #[error("{name} is {value}, at most {most} is allowed")]
    TooLarge {
        /// What the number is of.
        name: &'static str,
        /// The number.
        value: usize,
        /// The largest that is allowed.
        most: usize,
    },
    /// A filter or facet that the schema does not have, or a value that cannot be.
    #[error("{0}")]
    Filter(String),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl AskError {
    /// Stable name of the trouble.
    pub fn code(&self) -> &'static str {
        match self {
            AskError::Query(error) => error.code,
            AskError::Cursor | AskError::CursorOrder => "bad_cursor",
            AskError::TooLarge { .. } => "too_large",
            AskError::Filter(_) => "bad_filter",
            AskError::Engine(error) => match error.kind {
                EngineErrorKind::Request => "bad_request",
                EngineErrorKind::Missing => "no_index",
                EngineErrorKind::NotAnIndex => "not_an_index",
                EngineErrorKind::Version => "other_version",
                EngineErrorKind::Busy => "busy",
                EngineErrorKind::Io => "io",
                EngineErrorKind::Unreachable => "unreachable",
                EngineErrorKind::Refused => "refused",
                EngineErrorKind::Late => "timeout",
            },
        }
    }

    /// Whether it is the question that is at fault, not the archive.
    pub fn is_callers_fault(&self) -> bool {
        match self {
            AskError::Engine(error) => error.kind == EngineErrorKind::Request,
            _ => true,
        }
    }
}
