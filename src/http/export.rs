//! Whole results, streamed: `/api/export` and `/feed.atom`.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot;

use super::App;
use super::parameters::{FEED_ENTRIES, Reader, SearchParameters, Use};
use super::problem::Problem;
use super::question::Exported;
use super::stream;
use crate::archive::{Archive, AskError};
use crate::document::Moment;
use crate::engine::{EngineError, EngineErrorKind};
use crate::export::{self, Format, Head};
use crate::search::{Hit, Sort};

type Answer = Result<Response, Problem>;

/// `GET` and `POST /api/export`: all hits in the format that `format` or `Accept` names.
pub(super) async fn export(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Exported(asked): Exported,
) -> Answer {
    let format = match asked.format {
        Some(format) => format,
        None => accepted(&headers)?,
    };
    let name = format!("fundstelle-{}.{}", Moment::now().date(), format.extension());
    // What was asked in a body has no address.
    let address = (method != Method::POST).then(|| uri.to_string());
    let mut response = app.stream(format, asked, address).await?;
    let headers = response.headers_mut();
    if let Ok(value) = format!("attachment; filename=\"{name}\"").parse() {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::VARY, header::HeaderValue::from_static("accept"));
    Ok(response)
}

/// `GET /feed.atom`: the newest hits of any search.
pub(super) async fn feed(State(app): State<App>, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let mut asked = Reader::new(app.archive.schema(), Use::Feed).address(&query)?;
    let Some(format) = export::by_name("atom") else {
        return Err(super::routes::unknown().await);
    };
    asked.ask.sort = Sort::Newest;
    asked.limit = asked.limit.or(Some(FEED_ENTRIES));
    let address = match query.as_str() {
        "" => "/feed.atom".to_owned(),
        query => format!("/feed.atom?{query}"),
    };
    app.stream(format, asked, Some(address)).await
}

/// The format that the header `Accept` prefers; without it, or if it takes anything, the first.
fn accepted(headers: &HeaderMap) -> Result<&'static dyn Format, Problem> {
    let values = headers.get_all(header::ACCEPT).iter();
    let text: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    let text = text.join(",");
    if text.trim().is_empty() {
        return Ok(export::FORMATS[0]);
    }
    let mut best: Option<(f32, &'static dyn Format)> = None;
    for range in text.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
        let quality: f32 = quality.unwrap_or(1.0);
        let fits = |format: &&dyn Format| {
            let media_type = format.media_type();
            let own = media_type.split(';').next().unwrap_or_default();
            kind == own
                || kind == "*/*"
                || kind == "application/*" && own.starts_with("application/")
        };
        let Some(format) = export::FORMATS.iter().copied().find(fits) else {
            continue;
        };
        if quality > 0.0 && best.is_none_or(|(known, _)| quality > known) {
            best = Some((quality, format));
        }
    }
    let found = best.map(|(_, format)| format);
    found.ok_or_else(|| {
        let known: Vec<&str> = (export::FORMATS.iter())
            .map(|format| format.media_type())
            .collect();
        let detail = format!(
            "none of the accepted types, known are: {}",
            known.join(", ")
        );
        Problem::new(StatusCode::NOT_ACCEPTABLE, "not_acceptable", detail)
    })
}

impl App {
    /// Answers with all hits; what is wrong with the question is said before the first byte.
    async fn stream(
        &self,
        format: &'static dyn Format,
        asked: SearchParameters,
        address: Option<String>,
    ) -> Answer {
        let turn = self.exports.clone().acquire_owned();
        let Ok(Ok(turn)) = tokio::time::timeout(self.timeout, turn).await else {
            let detail = "others are taking away results just now; try again later";
            return Err(Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                detail,
            ));
        };
        let (mut out, body) = stream::body(self.timeout);
        let (say, begun) = oneshot::channel();
        let archive = self.archive.clone();
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let ended = write(&archive, format, asked, address, say, &mut out)
                .and_then(|()| Ok(out.finish()?));
            if let Err(Broken::Archive(error)) = ended {
                tracing::error!("an export breaks off: {error}");
            }
        });
        match tokio::time::timeout(self.timeout, begun).await {
            Ok(Ok(Ok(()))) => {
                let kind = [(header::CONTENT_TYPE, format.media_type())];
                Ok((kind, body).into_response())
            }
            Ok(Ok(Err(error))) => Err(Problem::from(error)),
            Ok(Err(_)) => {
                let error = EngineError::new(EngineErrorKind::Io, "an export ended early");
                Err(Problem::from(error))
            }
            Err(_) => Err(Problem::late()),
        }
    }
}

/// Why an answer that was begun is not complete.
enum Broken {
    /// Nobody reads it any more.
    Reader,
    /// A hit could not be read.
    Archive(EngineError),
}

impl From<std::io::Error> for Broken {
    fn from(_: std::io::Error) -> Broken {
        Broken::Reader
    }
}

/// Searches, says whether that went well, and writes the hits.
fn write(
    archive: &Archive,
    format: &dyn Format,
    asked: SearchParameters,
    address: Option<String>,
    say: oneshot::Sender<Result<(), AskError>>,
    out: &mut stream::BodyWriter,
) -> Result<(), Broken> {
    let mut ask = asked.ask;
    ask.snippets &= format.shows_passages();
    let accessed = Moment::now();
    let export = match archive.export(&ask) {
        Ok(export) => export,
        Err(error) => {
            let _ = say.send(Err(error));
            return Ok(());
        }
    };
    if say.send(Ok(())).is_err() {
        return Err(Broken::Reader);
    }
    let head = Head {
        query: export.query,
        total_hits: export.total_hits,
        accessed,
        question: ask.identity(),
        address,
    };
    let limit = asked.limit.unwrap_or(usize::MAX);
    let hits = export.hits.take(limit);
    let hits = hits.map(|hit| -> Result<Hit, Broken> { hit.map_err(Broken::Archive) });
    export::write(format, &head, hits, out)?;
    Ok(())
}
