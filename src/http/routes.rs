//! The handlers of the API.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use super::App;
use super::problem::Problem;
use super::question::Searched;
use crate::archive::Archive;
use crate::engine::deadline;
use crate::search::{Facet, Histogram, QueryEcho};

type Answer = Result<Response, Problem>;

/// The counts of one facet.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct FacetResponse {
    #[serde(flatten)]
    facet: Facet,
    /// Name of the facet.
    name: String,
    /// What was asked, and what became of it.
    query: QueryEcho,
    /// Number of all hits, exact.
    total_hits: u64,
    /// How hits are spread over time, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    histogram: Option<Histogram>,
    /// Number of distinct copies among all hits, exact, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total_copies: Option<u64>,
}

/// That the server runs, whether or not it can answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Alive {
    /// Always `live`.
    status: &'static str,
}

/// Whether the server can answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Health {
    /// Always `available`; a server that is not does not answer so.
    status: &'static str,
    /// Number of documents, those under embargo left out.
    documents: u64,
}

/// `GET` and `POST /api/search`
pub(super) async fn search(State(app): State<App>, Searched(asked): Searched) -> Answer {
    let ask = asked.ask;
    app.answer(move |archive| Ok(archive.search(&ask)?)).await
}

/// `GET` and `POST /api/facets/{name}`: the counts of one facet; `contains` searches in its
/// values. What is said of hits does not matter.
pub(super) async fn facet(
    State(app): State<App>,
    Path(name): Path<String>,
    Searched(asked): Searched,
) -> Answer {
    let mut ask = asked.ask;
    ask.facets = Some(vec![name.clone()]);
    ask.limit = 0;
    app.answer(move |archive| {
        let mut response = archive.search(&ask)?;
        let facet = response.facets.remove(&name).unwrap_or_default();
        Ok(FacetResponse {
            facet,
            name,
            query: response.query,
            total_hits: response.total_hits,
            histogram: response.histogram,
            total_copies: response.total_copies,
        })
    })
    .await
}

/// `GET /api/schema`: the fields, for pages and clients.
pub(super) async fn schema(State(app): State<App>) -> Answer {
    let schema: Value = serde_json::from_str(app.archive.schema().source()).unwrap_or_default();
    Ok(Json(schema).into_response())
}

/// `GET /health`
pub(super) async fn health(State(app): State<App>) -> Answer {
    let stats = app.run(|archive| Ok(archive.stats()?)).await?;
    Ok(Json(Health {
        status: "available",
        documents: stats.documents,
    })
    .into_response())
}

/// `GET /health/live`
pub(super) async fn live() -> Response {
    Json(Alive { status: "live" }).into_response()
}

/// `GET /health/ready`: 503 while the index cannot be read.
pub(super) async fn ready(State(app): State<App>) -> Answer {
    match app.run(|archive| Ok(archive.stats()?)).await {
        Ok(stats) => Ok(Json(Health {
            status: "available",
            documents: stats.documents,
        })
        .into_response()),
        Err(_) => {
            let detail = "the index cannot be read just now; the log of the server says why";
            Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "not_ready",
                detail,
            ))
        }
    }
}

/// Any other address.
pub(super) async fn unknown() -> Problem {
    let detail = "there is nothing at this address; try /api/search?q=Kursk";
    Problem::new(StatusCode::NOT_FOUND, "not_found", detail)
}

/// Any other method.
pub(super) async fn wrong_method() -> Problem {
    let detail = "this address does not answer this method; the header allow names those it does";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", detail)
}

/// Room for the text of most answers: it need not be copied while it grows.
const USUAL_ANSWER: usize = 40 << 10;

impl App {
    /// Runs work as [`App::run`] does, and answers what comes of it as JSON, which is written while it is
    /// its turn, too.
    pub(super) async fn answer<T: Serialize>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, Problem> + Send,
    ) -> Answer {
        let text = self.run(|archive| {
            let answer = work(archive)?;
            let mut text = Vec::with_capacity(USUAL_ANSWER);
            serde_json::to_writer(&mut text, &answer).map_err(|error| {
                tracing::error!("an answer cannot be written as JSON: {error}");
                Problem::failed()
            })?;
            Ok(text)
        });
        let kind = [(header::CONTENT_TYPE, "application/json")];
        Ok((kind, text.await?).into_response())
    }

    /// Runs work on the archive when its turn comes, and gives up when it takes too long.
    ///
    /// It runs on the thread that reads the request and writes the answer ([`super::threads`]).
    pub(super) async fn run<T>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, Problem> + Send,
    ) -> Result<T, Problem> {
        let until = Instant::now() + self.timeout;
        let waiting = self.metrics.wait();
        let turn = tokio::time::timeout(self.timeout, self.searches.acquire()).await;
        drop(waiting);
        let _turn = turn.map_err(|_| Problem::late())?;
        let work = || deadline::within(until, || work(&self.archive));
        let done = catch_unwind(AssertUnwindSafe(work));
        done.unwrap_or_else(|_| {
            tracing::error!("a request failed: the program panicked");
            Err(Problem::failed())
        })
    }
}
