//! The handlers of what leads on: suggestions while typing, and similar articles.

use axum::extract::{Path, State};
use axum::response::Response;

use super::App;
use super::document::permitted;
use super::problem::Problem;
use super::question::{Compared, Typed};

type Answer = Result<Response, Problem>;

/// `GET` and `POST /api/suggest`
pub(super) async fn suggest(State(app): State<App>, Typed(typed): Typed) -> Answer {
    let ask = typed.ask;
    app.answer(move |archive| {
        let mut answer = archive.suggest(&ask)?;
        answer.count_in(ask.offsets);
        Ok(answer)
    })
    .await
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
    app.answer(move |archive| permitted(archive.similar(&id, &ask, asked.with_copies)?, &id))
        .await
}
