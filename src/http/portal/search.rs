//! The page of a search.

use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::asked::asked;
use super::{Visitor, html, page, timeline};
use crate::archive::{Archive, Ask};
use crate::http::App;
use crate::portal::{SearchFacts, SearchPage, Visit};
use crate::schema::FieldKind;
use crate::search::Sort;

/// Values of a facet that are counted on each level, enough for the months of a year; all of them
/// have a page of their own.
const FACET_VALUES: usize = 12;

/// `GET /`
pub(in crate::http) async fn search(
    State(app): State<App>,
    Visitor(visit): Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    page(&app, visit, move |archive, visit| {
        let asked = asked(archive, visit, query)?;
        let visit = &asked.visit;
        let ask = timeline::asking(laid_out(asked.ask, archive, visit));
        let response = archive.search(&ask)?;
        let timeline = timeline::timeline(archive, visit, &ask, &asked.wrong, &response)?;
        let facts = SearchFacts {
            documents: archive.documents()?,
            sort: ask.sort,
            ways_out: if response.total_hits == 0 {
                archive.ways_out(&ask)?
            } else {
                Vec::new()
            },
        };
        let page = SearchPage::new(visit, archive, &response, &facts);
        html(&page.over_time(timeline))
    })
    .await
}

/// The question with what the page wants unless the address says otherwise.
fn laid_out(mut ask: Ask, archive: &Archive, visit: &Visit) -> Ask {
    let is_open = |name| visit.address.get(name).is_none();
    // Without words, nothing is more relevant than anything else.
    if is_open("q") && is_open("sort") {
        ask.sort = Sort::Newest;
    }
    if is_open("facet_limit") {
        ask.facet_limit = FACET_VALUES;
    }
    if is_open("facet_sort") {
        let dates = (archive.schema().facets())
            .filter(|field| matches!(field.kind, FieldKind::Date { .. }));
        ask.facet_sort = dates
            .map(|field| format!("{}:id_descending", field.name))
            .collect();
    }
    ask
}
