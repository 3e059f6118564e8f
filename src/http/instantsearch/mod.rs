//! A door for ready-made search pages: InstantSearch and whatever else speaks as Meilisearch does.
//!
//! Widgets ask through `instant-meilisearch`, which needs two routes of Meilisearch's; they are
//! answered from the same archive, with its exact counts. What differs from Meilisearch:
//!
//! * There is one index, [`INDEX`]. Its facets can be filtered; a hierarchical facet `x` has
//!   the attributes `x.lvl0`, `x.lvl1` … for menus, a date also `x.year`, a number.
//! * Values of facets go by their names, ids do as well; a value with a minus before it is excluded.
//! * A query is one of ours, with its operators; totals are exact whichever way pages are counted.
//! * A hit is one of ours; its `body` are passages, highlighted in `_formatted`. Tags that are HTML
//!   make all text around them HTML, too: it is escaped then.
//!
//! [`request`] reads what is asked, [`filter`] its filters, [`facets`] makes distributions of
//! counts, [`answer`] puts hits and counts into shape, [`refusal`] says no.

mod answer;
mod facets;
mod filter;
mod refusal;
mod request;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use self::refusal::Refusal;
use self::request::Search;
use super::body;
use super::problem::Problem;
use super::{App, MAX_SEARCHES};
use crate::archive::Archive;

/// The only index.
const INDEX: &str = "articles";

type Answer = Result<Response, Refusal>;

/// `POST /multi-search`
pub(super) async fn multi_search(State(app): State<App>, request: Request) -> Answer {
    let mut body = body::json(request, app.timeout).await?;
    let queries = match body.get_mut("queries").map(Value::take) {
        Some(Value::Array(queries)) => queries,
        _ => return Err(Refusal::bad("the body has no list \"queries\"")),
    };
    if queries.len() > MAX_SEARCHES {
        let message = format!(
            "{} queries, at most {MAX_SEARCHES} are allowed",
            queries.len()
        );
        return Err(Refusal::bad(message));
    }
    let results = app.ask(move |archive| {
        // Counts of one page must fit together.
        let results = archive.at_one_commit(|_| {
            let results = queries.iter().enumerate().map(|(number, query)| {
                let inside = |refusal: Refusal| refusal.inside(&format!("queries[{number}]"));
                let search = Search::read(query.clone(), None).map_err(inside)?;
                search.answer(archive).map_err(inside)
            });
            results.collect::<Result<Vec<Value>, Refusal>>()
        });
        let detail = "the index changes all the time just now; ask again";
        results.ok_or_else(|| Problem::busy(detail, "1"))?
    });
    let results = results.await?;
    Ok(Json(json!({ "results": results })).into_response())
}

/// `POST /indexes/{uid}/search`
pub(super) async fn search(
    State(app): State<App>,
    Path(uid): Path<String>,
    request: Request,
) -> Answer {
    let query = body::json(request, app.timeout).await?;
    let answer = app.ask(move |archive| Search::read(query, Some(uid))?.answer(archive));
    Ok(Json(answer.await?).into_response())
}

/// `POST /indexes/{uid}/facet-search`: values of a facet that have some text in them.
pub(super) async fn facet_search(
    State(app): State<App>,
    Path(uid): Path<String>,
    request: Request,
) -> Answer {
    let query = body::json(request, app.timeout).await?;
    let answer = app.ask(move |archive| Search::read(query, Some(uid))?.facet_values(archive));
    Ok(Json(answer.await?).into_response())
}

/// `GET /version`
pub(super) async fn version() -> Json<Value> {
    Json(json!({
        "commitSha": "unknown",
        "commitDate": "unknown",
        "pkgVersion": env!("CARGO_PKG_VERSION"),
    }))
}

impl App {
    /// Runs work on the archive when its turn comes.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.run(move |archive| Ok::<_, Problem>(work(archive)))
            .await?
    }
}
