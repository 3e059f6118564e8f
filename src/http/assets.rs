//! The page: plain files, put into the binary.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

const PAGE: &str = include_str!("assets/page.html");
/// Name, content type and content of each file that the page loads.
const ASSETS: [(&str, &str, &str); 2] = [
    (
        "page.css",
        "text/css; charset=utf-8",
        include_str!("assets/page.css"),
    ),
    (
        "page.js",
        "text/javascript; charset=utf-8",
        include_str!("assets/page.js"),
    ),
];

/// `GET /`
pub(super) async fn page() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (kind, PAGE).into_response()
}

/// `GET /assets/{name}`
pub(super) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    match ASSETS.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, content)) => Ok(([(header::CONTENT_TYPE, *kind)], *content).into_response()),
        None => {
            let detail = "there is no such file";
            Err(Problem::new(StatusCode::NOT_FOUND, "not_found", detail))
        }
    }
}
