//! The handlers of what leads on: suggestions while typing, and similar articles.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::App;
use super::document::permitted;
use super::problem::Problem;
use super::question::{Compared, Typed};

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
    let similar = permitted(answer.await?, &id)?;
    Ok(Json(similar).into_response())
}
