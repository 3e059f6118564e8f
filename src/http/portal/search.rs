//! The page of a search.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::{Visitor, html, page};
use crate::http::App;
use crate::http::parameters::{Reader, Use};
use crate::portal::SearchPage;

/// `GET /`
pub(in crate::http) async fn search(
    State(app): State<App>,
    Visitor(visit): Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    page(&app, visit, move |archive, visit| {
        let reader = Reader::new(archive.schema(), Use::Search);
        let mut ask = reader.address(&query.unwrap_or_default())?.ask;
        ask.language = visit.language.code().to_owned();
        let response = archive.search(&ask)?;
        html(&SearchPage::new(
            visit,
            &response,
            archive.stats()?.documents,
        ))
    })
    .await
}
