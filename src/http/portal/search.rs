//! The page of a search.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::{Visitor, html, page, timeline};
use crate::http::App;
use crate::http::parameters::{Reader, Use};
use crate::portal::{SearchPage, TypedRange, Visit};

/// `GET /`
pub(in crate::http) async fn search(
    State(app): State<App>,
    Visitor(visit): Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    page(&app, visit, move |archive, visit| {
        let reader = Reader::new(archive.schema(), Use::Search);
        let typed = TypedRange::read(&visit.address);
        // Too many parameters are refused by the reader, if they were not changed.
        let query = match typed.address == visit.address {
            true => query.unwrap_or_default(),
            false => typed.address.to_string(),
        };
        let visit = &Visit {
            address: typed.address.clone(),
            ..visit.clone()
        };
        let mut ask = timeline::asking(reader.address(&query)?.ask);
        ask.language = visit.language.code().to_owned();
        let response = archive.search(&ask)?;
        let timeline = timeline::timeline(archive, visit, &ask, &typed, &response)?;
        let page = SearchPage::new(visit, &response, archive.stats()?.documents);
        html(&page.over_time(timeline))
    })
    .await
}
