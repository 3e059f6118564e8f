//! The page of an article.

use axum::extract::{Path, State};
use axum::response::Response;

use super::{Visitor, html, page};
use crate::archive::{Archive, Article, Ask, AskError, Availability};
use crate::document::Moment;
use crate::http::App;
use crate::http::document::permitted;
use crate::portal::{ArticlePage, ArticleParts};

/// Most articles like it that are shown.
const SIMILAR: usize = 5;

/// `GET /articles/{id}`
pub(in crate::http) async fn article(
    State(app): State<App>,
    Visitor(visit): Visitor,
    Path(id): Path<String>,
) -> Response {
    page(&app, visit, move |archive, visit| {
        let ask = Ask {
            text: visit.address.get("q").unwrap_or_default().to_owned(),
            ..Ask::default()
        };
        let article = permitted(found(archive, &id, &ask)?, &id)?;
        let similar = Ask {
            limit: SIMILAR,
            snippets: false,
            collapse: true,
            facets: Some(Vec::new()),
            ..Ask::default()
        };
        let similar = permitted(archive.similar(&id, &similar, false)?, &id)?;
        html(&ArticlePage::new(
            visit,
            ArticleParts {
                schema: archive.schema(),
                article: &article,
                hit: &article.as_hit(),
                similar: Some(&similar),
                accessed: Moment::now(),
                documents: archive.documents()?,
            },
        ))
    })
    .await
}

/// The article; a query that cannot be put finds nothing in it, but is no reason not to show it.
fn found(archive: &Archive, id: &str, ask: &Ask) -> Result<Availability<Box<Article>>, AskError> {
    match archive.article(id, ask) {
        Err(AskError::Query(_)) => archive.article(id, &Ask::default()),
        found => found,
    }
}
