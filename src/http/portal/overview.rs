//! The page that shows what is in the archive.

use axum::extract::State;
use axum::response::Response;

use super::{Visitor, html, page};
use crate::http::App;
use crate::portal::OverviewPage;

/// `GET /overview`
pub(in crate::http) async fn overview(State(app): State<App>, Visitor(visit): Visitor) -> Response {
    page(&app, visit, move |archive, visit| {
        let (values, additions) = (OverviewPage::VALUES, OverviewPage::ADDITIONS);
        let overview = archive.overview(values, additions, visit.language.code())?;
        html(&OverviewPage::new(visit, archive.schema(), &overview))
    })
    .await
}
