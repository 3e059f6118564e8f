//! Suggestions for the search box.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::asked::asked;
use super::{Visitor, html, page};
use crate::archive::Ask;
use crate::http::App;
use crate::portal::SuggestionList;

/// Most suggestions: what can be seen at once.
const MOST: usize = 10;

/// `GET /suggestions`: the list below the search box, as a piece of a page.
pub(in crate::http) async fn suggest(
    State(app): State<App>,
    Visitor(visit): Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    page(&app, visit, move |archive, visit| {
        let asked = asked(archive, visit, query)?;
        // What else the address says is about how hits are shown.
        let found = archive.suggest(&Ask {
            text: asked.ask.text,
            filters: asked.ask.filters,
            from: asked.ask.from,
            to: asked.ask.to,
            known_to: asked.ask.known_to,
            language: asked.ask.language,
            limit: MOST,
            ..Ask::default()
        })?;
        html(&SuggestionList::new(&asked.visit, archive.schema(), &found))
    })
    .await
}
