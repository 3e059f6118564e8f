//! Errors in the shape that clients of Meilisearch read.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::archive::AskError;
use crate::http::problem::Problem;

/// Why there is no answer.
#[derive(Debug)]
pub(in crate::http) struct Refusal {
    status: StatusCode,
    /// Stable name, one of Meilisearch's where it has one.
    code: &'static str,
    message: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Refusal {
        Refusal {
            status: StatusCode::BAD_REQUEST,
            code,
            message: message.into(),
        }
    }

    /// A request of the wrong shape.
    pub(super) fn bad(message: impl Into<String>) -> Refusal {
        Refusal::new("bad_request", message)
    }

    pub(super) fn no_index(uid: &str, known: &str) -> Refusal {
        Refusal {
            status: StatusCode::NOT_FOUND,
            ..Refusal::new(
                "index_not_found",
                format!("there is no index \"{uid}\", the only one is \"{known}\""),
            )
        }
    }

    /// The same with the part of the request that it is about.
    pub(super) fn inside(self, part: &str) -> Refusal {
        Refusal {
            message: format!("inside {part}: {}", self.message),
            ..self
        }
    }

    pub(super) fn into_message(self) -> String {
        self.message
    }

    #[cfg(test)]
    pub(super) fn message(&self) -> &str {
        &self.message
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Refusal {
        let (status, code, message) = problem.into_parts();
        let code = match (status, code) {
            (StatusCode::PAYLOAD_TOO_LARGE, _) => "payload_too_large",
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, _) => "invalid_content_type",
            (_, "bad_body") => "malformed_payload",
            (_, "bad_filter") => "invalid_search_filter",
            (_, code) => code,
        };
        Refusal {
            status,
            code,
            message,
        }
    }
}

impl From<AskError> for Refusal {
    fn from(error: AskError) -> Refusal {
        Refusal::from(Problem::from(error))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let kind = match self.status.is_server_error() {
            true => "internal",
            false => "invalid_request",
        };
        let body = json!({
            "message": self.message,
            "code": self.code,
            "type": kind,
            "link": "",
        });
        (self.status, Json(body)).into_response()
    }
}
