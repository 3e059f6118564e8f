//! Several questions in one request: `POST /api/multi-search`.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;

use super::body;
use super::parameters::{Reader, Use, wrong_json};
use super::problem::{Description, Problem};
use super::{App, MAX_SEARCHES};
use crate::archive::Ask;
use crate::search::SearchResponse;

/// The answers to several questions, all of the same commit of the index.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct MultiSearchResponse {
    /// One for each question, in the same order.
    answers: Vec<Answered>,
    /// Number of the commit that was searched.
    commit: u64,
    /// Time from the first question to the last answer, in milliseconds.
    took_ms: f64,
}

/// What becomes of one question.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
enum Answered {
    /// It is answered.
    Response(Box<SearchResponse>),
    /// It is refused; the others are answered all the same.
    Problem(Description),
}

/// `POST /api/multi-search`
pub(super) async fn search(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let body = body::json(request, app.timeout).await?;
    let reader = Reader::new(app.archive.schema(), Use::Search);
    let asked: Vec<Result<Ask, Problem>> = (searches(&body)?.iter())
        .map(|question| Ok(reader.body(question)?.ask))
        .collect();
    // Whoever asked is told then that it took too long: what comes later nobody reads.
    let deadline = Instant::now() + app.timeout;
    app.answer(move |archive| {
        let started = Instant::now();
        let answered = archive.at_one_commit(|commit| {
            let in_time = asked.iter().take_while(|_| Instant::now() < deadline);
            let answers = in_time.map(|ask| match ask {
                Ok(ask) => match archive.search(ask) {
                    Ok(response) => Answered::Response(Box::new(response)),
                    Err(error) => Answered::Problem(Problem::from(error).description()),
                },
                Err(problem) => Answered::Problem(problem.clone().description()),
            });
            (answers.collect(), commit)
        });
        let detail = "the index changes all the time just now; ask again";
        let (answers, commit) = answered.ok_or_else(|| Problem::busy(detail, "1"))?;
        let took_ms = crate::archive::milliseconds(started);
        Ok(MultiSearchResponse {
            answers,
            commit,
            took_ms,
        })
    })
    .await
}

/// The questions of a body.
fn searches(body: &Value) -> Result<&Vec<Value>, Problem> {
    const SHAPE: &str =
        "an object with a list of questions, as {\"searches\": [{\"q\": \"Kursk\"}]}";
    let object = body.as_object();
    let object = object.ok_or_else(|| wrong_json("the body", body, SHAPE))?;
    if let Some(other) = object.keys().find(|name| *name != "searches") {
        let detail = format!("unknown member \"{other}\", write {SHAPE}");
        return Err(Problem::bad_parameter(detail));
    }
    let searches = object.get("searches").unwrap_or(&Value::Null);
    let list = searches.as_array();
    let list = list.ok_or_else(|| wrong_json("searches", searches, "a list of questions"))?;
    if list.len() > MAX_SEARCHES {
        let detail = format!(
            "{} searches, at most {MAX_SEARCHES} are allowed",
            list.len()
        );
        return Err(Problem::bad_parameter(detail));
    }
    Ok(list)
}
