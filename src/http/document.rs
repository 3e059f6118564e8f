//! The handlers of one article: all that is known about it, and how it is cited.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::App;
use super::parameters::{Reader, SearchParameters, Use};
use super::problem::Problem;
use crate::archive::Availability;
use crate::document::{Document, Moment, PartialDate};
use crate::export;
use crate::search::CopyGroup;

type Answer = Result<Response, Problem>;

/// One article with all that is known about it, as far as it may be shown.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct DocumentResponse {
    #[serde(flatten)]
    document: Document,
    /// The same text elsewhere.
    copy: Option<CopyGroup>,
    /// What the query finds in the article, by field, if there is a query: spans in bytes,
    /// ascending, none overlapping another. Only the first million bytes of a text are looked
    /// through, and only texts that are shown as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    highlights: Option<std::collections::BTreeMap<String, Vec<(usize, usize)>>>,
}

/// `GET /api/documents/{id}`
pub(super) async fn document(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let ask = read(&app, query, Use::Document)?.ask;
    let is_asked = !ask.text.trim().is_empty();
    let wanted = id.clone();
    let article = app.run(move |archive| Ok(archive.article(&wanted, &ask)?));
    let article = permitted(article.await?, &id)?;
    Ok(Json(DocumentResponse {
        document: article.document,
        copy: article.copy,
        highlights: is_asked.then_some(article.highlights),
    })
    .into_response())
}

/// `GET /api/documents/{id}/cite`
pub(super) async fn cite(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let format = read(&app, query, Use::Cite)?.format;
    let format = format.unwrap_or(export::PLAIN);
    let wanted = id.clone();
    let hit = app.run(move |archive| Ok(archive.cited(&wanted)?));
    let hit = permitted(hit.await?, &id)?;
    let text = export::citation(format, &hit, Moment::now());
    let kind = [(header::CONTENT_TYPE, format.media_type())];
    Ok((kind, text).into_response())
}

fn read(app: &App, query: Option<String>, wanted: Use) -> Result<SearchParameters, Problem> {
    Reader::new(app.archive.schema(), wanted).address(&query.unwrap_or_default())
}

/// What may be shown of an article, or the problem that says why nothing may.
pub(super) fn permitted<T>(availability: Availability<T>, id: &str) -> Result<T, Problem> {
    match availability {
        Availability::Permitted(it) => Ok(it),
        Availability::Embargoed(until) => Err(embargoed(until)),
        Availability::Unknown => Err(no_document(id)),
    }
}

fn embargoed(until: PartialDate) -> Problem {
    let detail = format!("this article is under embargo until {until} (time of Berlin)");
    Problem::new(StatusCode::FORBIDDEN, "embargo", detail)
}

fn no_document(id: &str) -> Problem {
    let detail = format!("there is no document with the id \"{id}\"");
    Problem::new(StatusCode::NOT_FOUND, "no_document", detail)
}
