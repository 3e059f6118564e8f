//! The handlers of what leads on: suggestions while typing, and similar articles.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::App;
use super::problem::Problem;
use super::question::{Compared, Typed};
use super::routes::{embargoed, no_document};
use crate::archive::Similar;

type Answer = Result<Response, Problem>;

/// `GET` and `POST /api/suggest`
pub(super) async fn suggest(State(app): State<App>, Typed(typed): Typed) -> Answer {
    let ask = typed.ask;
    let answer = app
        .run(move |archive| {
            let mut answer = archive.suggest(&ask)?;
            answer.count_in(ask.offsets);
            Ok(answer)
        })
        .await?;
    Ok(Json(answer).into_response())
}

/// `GET` and `POST /api/documents/{id}/similar`
pub(super) async fn similar(
    State(app): State<App>,
    Path(id): Path<String>,
    Compared(asked): Compared,
) -> Answer {
    let mut ask = asked.ask;
    ask.facets = Some(ask.facets.unwrap_or_default());
    ask.collapse = !asked.with_copies;
    let wanted = id.clone();
    let answer = app.run(move |archive| Ok(archive.similar(&wanted, &ask, asked.with_copies)?));
    match answer.await? {
        Similar::Found(found) => Ok(Json(found).into_response()),
        Similar::Embargoed(until) => Err(embargoed(until)),
        Similar::Unknown => Err(no_document(&id)),
    }
}
