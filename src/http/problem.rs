//! Errors as problem descriptions (RFC 9457).

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::archive::AskError;
use crate::engine::{EngineError, EngineErrorKind};

/// An error as the client sees it.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    /// Stable name, for programs.
    code: &'static str,
    /// A sentence, for people: what is wrong and what to do.
    detail: String,
    /// What else the description says: `span`, the bytes of the query that it is about; `line` and
    /// `column` of the body, from 1; and whatever a route adds.
    more: Vec<(&'static str, Value)>,
    /// What else the answer says.
    headers: Vec<(HeaderName, &'static str)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Problem {
            status,
            code,
            detail: detail.into(),
            more: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// It is neither the question's fault nor the index's.
    pub(super) fn failed() -> Problem {
        let detail = "this request failed; the log of the server says why";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", detail)
    }

    /// Others are at it; what was asked may be asked again after so many seconds.
    pub(super) fn busy(detail: impl Into<String>, seconds: &'static str) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail)
            .with_header(header::RETRY_AFTER, seconds)
    }

    /// It was not done in time.
    pub(super) fn late() -> Problem {
        let detail = "this took too long; ask for less, or later";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", detail)
    }

    /// Status, stable name and sentence.
    pub(super) fn into_parts(self) -> (StatusCode, &'static str, String) {
        (self.status, self.code, self.detail)
    }

    /// The same with a further key in the description.
    pub(super) fn with(mut self, key: &'static str, value: Value) -> Problem {
        self.more.push((key, value));
        self
    }

    /// The same with a further header.
    pub(super) fn with_header(mut self, name: HeaderName, value: &'static str) -> Problem {
        self.headers.push((name, value));
        self
    }

    /// A body that is no JSON.
    pub(super) fn bad_body(error: &serde_json::Error) -> Problem {
        let detail = format!("the body is no JSON: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "bad_body", detail)
            .with("line", json!(error.line()))
            .with("column", json!(error.column()))
    }

    /// The stable name.
    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// A page about the problem, with its status and headers.
    pub(super) fn into_page(self, mut page: Response) -> Response {
        *page.status_mut() = self.status;
        for (name, value) in self.headers {
            page.headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
        page
    }

    /// The sentence for people.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    pub(super) fn bad_parameter(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", detail)
    }
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Problem {
        if let AskError::Engine(error) = &error
            && error.kind == EngineErrorKind::Busy
        {
            return Problem::busy("another program is writing to this index; try again", "5");
        }
        if let AskError::Engine(error) = &error
            && error.kind == EngineErrorKind::Late
        {
            return Problem::late();
        }
        if !error.is_callers_fault() {
            return internal(&error, error.code());
        }
        let problem = Problem::new(StatusCode::BAD_REQUEST, error.code(), error.to_string());
        match &error {
            AskError::Query(error) => problem.with("span", json!(error.span)),
            _ => problem,
        }
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Problem {
        Problem::from(AskError::from(error))
    }
}

/// Trouble of ours: the log has the cause, the client does not.
pub(super) fn internal(error: &dyn std::error::Error, code: &'static str) -> Problem {
    tracing::error!("cannot answer: {error}");
    let detail = "the archive cannot answer just now; the log of the server says why";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, code, detail)
}

/// A problem as it is written (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
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
    /// What else is to be said, as [`Problem::more`].
    #[serde(flatten)]
    #[schema(ignore)]
    more: Map<String, Value>,
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
            more: (self.more.into_iter())
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let status = self.status;
        let extra = std::mem::take(&mut self.headers);
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, kind, json!(self.description()).to_string()).into_response();
        for (name, value) in extra {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
        response
    }
}
