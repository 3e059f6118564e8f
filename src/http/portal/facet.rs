//! The page with all values of a facet.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::asked::asked;
use super::{Visitor, html, page};
use crate::archive::Ask;
use crate::http::App;
use crate::portal::{FacetPage, VALUES_ON_A_PAGE};

/// `GET /facets/{name}`: all values of a facet for a search, page by page. Whoever is done with
/// choosing (`apply`) is led back to the search.
pub(in crate::http) async fn facet(
    State(app): State<App>,
    Visitor(visit): Visitor,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    if let Some(address) = FacetPage::elsewhere(&visit.address, &name) {
        return Redirect::to(&address).into_response();
    }
    page(&app, visit, move |archive, visit| {
        let asked = asked(archive, visit, query)?;
        let mut response = archive.search(&Ask {
            facets: Some(vec![name.clone()]),
            facet_limit: VALUES_ON_A_PAGE,
            limit: 0,
            cursor: None,
            histogram: None,
            copies: false,
            ..asked.ask.clone()
        })?;
        let facet = response.facets.remove(&name).unwrap_or_default();
        let documents = archive.documents()?;
        let field = archive.schema().field(&name);
        let page = FacetPage::new(&asked.visit, field, &name, &facet, asked.ask.facet_offset);
        html(&page.with_documents(documents))
    })
    .await
}
