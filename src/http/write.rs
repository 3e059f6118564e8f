//! Writing: `POST /api/documents` and `DELETE /api/documents/{id}`.
//!
//! One request writes at a time, others wait; so many wait that their bodies fit into memory.
//! Searches go on meanwhile. An answer means that what it says is durable, and that searches of
//! this server see it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::App;
use super::problem::{Problem, internal};
use super::token::Token;
use crate::pipeline::{Intake, IntakeError, Receipt, Tidying};

/// Requests that may wait or write at the same time; more are refused.
const QUEUE: usize = 8;
/// How long a request waits for others that write, and for its own body.
const PATIENCE: Duration = Duration::from_secs(60);

type Answer = Result<Response, Problem>;

/// What writing needs: where documents go, and who may send them.
#[derive(Clone)]
pub struct Writing {
    intake: Arc<Intake>,
    token: Token,
    max_body_bytes: usize,
    queue: Arc<Semaphore>,
    turn: Arc<Semaphore>,
}

impl Writing {
    /// Writing into `intake` for those who show `token`, up to `max_body_bytes` at once.
    pub fn new(intake: Intake, token: Token, max_body_bytes: usize) -> Writing {
        Writing {
            intake: Arc::new(intake),
            token,
            max_body_bytes,
            queue: Arc::new(Semaphore::new(QUEUE)),
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// A place in the queue, or a refusal.
    fn wait(&self) -> Result<OwnedSemaphorePermit, Problem> {
        (self.queue.clone().try_acquire_owned()).map_err(|_| busy())
    }

    /// The right to write, when its turn comes.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let turn = self.turn.clone().acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            // The semaphore is never closed.
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(busy()),
        }
    }

    /// The body of a request, if it is not too long.
    async fn body(&self, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
        let is_plain = (headers.get(header::CONTENT_ENCODING))
            .is_none_or(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
        if !is_plain {
            let detail = "the body is compressed; send it as it is";
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "compressed", detail));
        }
        let stated = (headers.get(header::CONTENT_LENGTH))
            .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if stated.is_some_and(|stated| stated > self.max_body_bytes as u64) {
            return Err(self.too_large());
        }
        let read = axum::body::to_bytes(body, self.max_body_bytes);
        match tokio::time::timeout(PATIENCE, read).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) if is_too_long(&error) => Err(self.too_large()),
            Ok(Err(_)) => {
                let detail = "the body broke off; nothing was taken in, send it again";
                Err(Problem::new(StatusCode::BAD_REQUEST, "broken_body", detail))
            }
            Err(_) => {
                let detail = "the body took too long; send less at once";
                let status = StatusCode::REQUEST_TIMEOUT;
                Err(Problem::new(status, "timeout", detail))
            }
        }
    }

    fn too_large(&self) -> Problem {
        let detail = format!(
            "the body is longer than {} bytes; send it in parts, or start the server with a \
             larger --max-body",
            self.max_body_bytes
        );
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (f.debug_struct("Writing"))
            .field("max_body_bytes", &self.max_body_bytes)
            .finish_non_exhaustive()
    }
}

/// `POST /api/documents`: takes in JSON Lines, and says what became of each line.
pub(super) async fn add(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Answer {
    let writing = app.allowed(request.headers())?;
    let strict = is_strict(query.as_deref().unwrap_or_default())?;
    let place = writing.wait()?;
    let (parts, body) = request.into_parts();
    let body = writing.body(&parts.headers, body).await?;
    let receipt = write(writing, place, move |intake| {
        let (receipt, tidying) = intake.take(&body, strict)?;
        Ok((receipt, Some(tidying)))
    });
    let receipt: Receipt = receipt.await?;
    Ok(Json(receipt).into_response())
}

/// `DELETE /api/documents/{id}`
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let writing = app.allowed(&headers)?;
    let place = writing.wait()?;
    let wanted = id.clone();
    let was_there = write(writing, place, move |intake| {
        let tidying = intake.delete(&wanted)?;
        Ok((tidying.is_some(), tidying))
    });
    if was_there.await? {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let detail = format!("there is no document with the id \"{id}\"");
    Err(Problem::new(StatusCode::NOT_FOUND, "no_document", detail))
}

impl App {
    /// Writing, for those who may.
    fn allowed(&self, headers: &HeaderMap) -> Result<&Writing, Problem> {
        let Some(writing) = &self.writing else {
            let detail = "this server only reads; to write, start it with a token: \
                          fundstelle serve --token-file FILE";
            return Err(Problem::new(StatusCode::FORBIDDEN, "writing_off", detail));
        };
        writing.token.check(headers)?;
        Ok(writing)
    }
}

/// Has work done when its turn comes. It is done to the end, whether or not the client waits; the
/// answer comes before segments are merged, the next turn after that.
async fn write<T: Send + 'static>(
    writing: &Writing,
    place: OwnedSemaphorePermit,
    work: impl FnOnce(&Intake) -> Result<(T, Option<Tidying>), IntakeError> + Send + 'static,
) -> Result<T, Problem> {
    let turn = writing.turn().await?;
    let intake = Arc::clone(&writing.intake);
    let (say, said) = oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let _held = (place, turn);
        match work(&intake) {
            Err(error) => drop(say.send(Err(error))),
            Ok((answer, tidying)) => {
                let _ = say.send(Ok(answer));
                if let Some(Err(error)) = tidying.map(Tidying::finish) {
                    tracing::warn!("segments could not be merged: {error}");
                }
            }
        }
    });
    match said.await {
        Ok(answer) => Ok(answer?),
        Err(_) => {
            let detail = "this request failed and nothing was taken in; the log says why";
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Err(Problem::new(status, "failed", detail))
        }
    }
}

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Problem {
        let detail = error.to_string();
        match error {
            IntakeError::Empty => Problem::new(StatusCode::BAD_REQUEST, "empty", detail),
            IntakeError::TooManyLines => {
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
            }
            IntakeError::Refused { lines, .. } => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", detail)
                    .with("lines", json!(lines))
            }
            IntakeError::Rights(error) => internal(&error, "rights"),
            IntakeError::Engine(error) => Problem::from(error),
        }
    }
}

fn busy() -> Problem {
    Problem::busy("others are writing just now; try again", "5")
}

fn is_strict(query: &str) -> Result<bool, Problem> {
    let mut strict = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        strict = match (name.as_ref(), value.as_ref()) {
            ("strict", "true" | "1" | "") => true,
            ("strict", "false" | "0") => false,
            ("strict", other) => {
                let detail = format!("strict is \"{other}\", write true or false");
                return Err(Problem::bad_parameter(detail));
            }
            (other, _) => {
                let detail = format!("unknown parameter \"{other}\", known is: strict");
                return Err(Problem::bad_parameter(detail));
            }
        };
    }
    Ok(strict)
}

/// Whether reading a body ended at the limit.
fn is_too_long(error: &axum::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
