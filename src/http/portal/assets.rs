//! The files that pages load.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::problem::Problem;
use crate::portal::assets;

/// For addresses of this version: what they name never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For addresses of another version, which pages of a moment ago may still have.
const FOR_NOW: HeaderValue = HeaderValue::from_static("no-cache");

/// `GET /assets/{version}/{name}`
pub(in crate::http) async fn asset(
    Path((version, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let Some(asset) = assets::find(&name) else {
        let detail = "there is no such file";
        return Err(Problem::new(StatusCode::NOT_FOUND, "not_found", detail));
    };
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_static(asset.media_type);
    headers.insert(header::CONTENT_TYPE, kind);
    let keep = if version == assets::version() {
        FOR_EVER
    } else {
        FOR_NOW
    };
    headers.insert(header::CACHE_CONTROL, keep);
    Ok((headers, asset.content).into_response())
}
