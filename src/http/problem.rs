//! Errors as problem descriptions (RFC 9457).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use crate::archive::AskError;
use crate::engine::EngineError;

/// An error as the client sees it.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    /// Stable name, for programs.
    code: &'static str,
    /// A sentence, for people: what is wrong and what to do.
    detail: String,
    /// The bytes of the query that it is about.
    span: Option<(usize, usize)>,
    /// Line and column of the body that it is about, counted from 1.
    place: Option<(usize, usize)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Problem {
            status,
            code,
            detail: detail.into(),
            span: None,
            place: None,
        }
    }

    /// A body that is no JSON.
    pub(super) fn bad_body(error: &serde_json::Error) -> Problem {
        let detail = format!("the body is no JSON: {error}");
        Problem {
            place: Some((error.line(), error.column())),
            ..Problem::new(StatusCode::BAD_REQUEST, "bad_body", detail)
        }
    }

    /// The sentence for people.
    #[cfg(test)]
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    pub(super) fn bad_parameter(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", detail)
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Problem {
        if !error.is_callers_fault() {
            return internal(&error, error.code());
        }
        let span = match &error {
            AskError::Query(error) => Some(error.span),
            _ => None,
        };
        Problem {
            span,
            ..Problem::new(StatusCode::BAD_REQUEST, error.code(), error.to_string())
        }
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Problem {
        Problem::from(AskError::from(error))
    }
}

/// Trouble of ours: the log has the cause, the client does not.
fn internal(error: &dyn std::error::Error, code: &'static str) -> Problem {
    tracing::error!("cannot answer: {error}");
    let detail = "the archive cannot answer just now; the log of the server says why";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, code, detail)
}

/// A problem as it is written (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Description {
    /// Always `about:blank`: the code says more.
    r#type: &'static str,
    /// What the status means.
    title: &'static str,
    /// The status of HTTP.
    status: u16,
    /// Stable name of the problem, for programs.
    code: &'static str,
    /// A sentence, for people: what is wrong and what to do.
    detail: String,
    /// The bytes of the query that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<(usize, usize)>,
    /// The line of the body that it is about, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The column in that line, in bytes, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

impl Problem {
    /// The problem as it is written.
    pub(super) fn description(self) -> Description {
        Description {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail,
            span: self.span,
            line: self.place.map(|(line, _)| line),
            column: self.place.map(|(_, column)| column),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, kind, json!(self.description()).to_string()).into_response()
    }
}
