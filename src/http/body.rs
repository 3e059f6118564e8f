//! JSON bodies: bounded in size and time, and refused with the place of what is wrong.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::problem::Problem;

/// Most bytes of a body that puts questions.
pub(super) const MAX_QUESTION: usize = 64 << 10;

/// The JSON of a body. How large it may be is a matter of its route ([`MAX_QUESTION`] is set as
/// a `DefaultBodyLimit`), how long it may take that of `patience`.
pub(super) async fn json(request: Request, patience: Duration) -> Result<Value, Problem> {
    if !is_json(request.headers()) {
        let detail = "the body has to be JSON; send it with content-type: application/json";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "unsupported_media_type", detail));
    }
    let bytes = tokio::time::timeout(patience, Bytes::from_request(request, &())).await;
    let bytes = match bytes {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let detail = format!("the body is too large, at most {MAX_QUESTION} bytes are allowed");
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Err(Problem::new(status, "body_too_large", detail));
        }
        Ok(Err(rejection)) => {
            let detail = format!("the body cannot be read: {}", rejection.body_text());
            return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_body", detail));
        }
        Err(_) => {
            let detail = "the body did not come in time; send it again";
            let status = StatusCode::REQUEST_TIMEOUT;
            return Err(Problem::new(status, "body_timeout", detail));
        }
    };
    serde_json::from_slice(&bytes).map_err(|error| Problem::bad_body(&error))
}

/// Whether the headers say that the body is JSON, in whatever dialect.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_recognised_by_its_type() {
        let is_json = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            is_json(&headers)
        };
        for kind in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/x+json",
        ] {
            assert!(is_json(kind), "{kind}");
        }
        for kind in [
            "",
            "text/plain",
            "text/json",
            "application/jsonp",
            "application/x-ndjson",
        ] {
            assert!(!is_json(kind), "{kind}");
        }
    }
}
