//! Figures for those who watch over the server, in the text format of Prometheus: `/metrics`.
//!
//! Requests are counted by route, never by what was asked. How many documents are under embargo is
//! not said: whoever reads this may be anyone.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::App;
use super::problem::Problem;

/// What the text of `/metrics` is.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper bounds of the classes of durations, in seconds.
const DURATIONS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
}

/// What is counted while the server runs.
#[derive(Clone)]
pub(super) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    waiting: Arc<AtomicI64>,
}

/// Somebody who waits for their turn to search, as long as this is held.
pub(super) struct Waiting(Arc<AtomicI64>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub(super) fn new() -> Metrics {
        let requests = Family::default();
        let histogram: fn() -> Histogram = || Histogram::new(DURATIONS);
        let durations = Family::new_with_constructor(histogram);
        let mut registry = Registry::with_prefix("fundstelle");
        let help = "Requests that were answered, by method, route and status";
        registry.register("http_requests", help, Family::clone(&requests));
        let help = "Time to the head of the answer, by route";
        registry.register(
            "http_request_duration_seconds",
            help,
            Family::clone(&durations),
        );
        Metrics {
            registry: Arc::new(registry),
            requests,
            durations,
            waiting: Arc::default(),
        }
    }

    /// Counts somebody as waiting.
    pub(super) fn wait(&self) -> Waiting {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Waiting(Arc::clone(&self.waiting))
    }
}

/// Counts a request and how long it takes, and writes it to the log at the level `debug`, without
/// what was asked.
pub(super) async fn watch(
    State(metrics): State<Metrics>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    };
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    tracing::debug!("{method} {route} {status} in {:.1} ms", seconds * 1000.0);
    let asked = Asked {
        route: route.clone(),
    };
    metrics.durations.get_or_create(&asked).observe(seconds);
    let answered = Answered {
        method,
        route,
        status,
    };
    metrics.requests.get_or_create(&answered).inc();
    response
}

/// `GET /metrics`
pub(super) async fn metrics(State(app): State<App>) -> Result<Response, Problem> {
    let mut out = String::new();
    let encoded =
        prometheus_client::encoding::text::encode_registry(&mut out, &app.metrics.registry);
    if encoded.is_err() {
        tracing::error!("the figures could not be written");
    }
    let searching = app
        .limits
        .0
        .saturating_sub(app.searches.available_permits());
    let exporting = app.limits.1.saturating_sub(app.exports.available_permits());
    gauge(
        &mut out,
        "searches_running",
        "Searches that run now",
        searching,
    );
    let waiting = app.metrics.waiting.load(Ordering::Relaxed);
    gauge(
        &mut out,
        "searches_waiting",
        "Searches that wait for their turn",
        waiting,
    );
    gauge(
        &mut out,
        "exports_running",
        "Exports that run now",
        exporting,
    );
    if let Some(bytes) = resident_bytes() {
        gauge(
            &mut out,
            "process_resident_memory_bytes",
            "Memory of the process",
            bytes,
        );
    }
    // A server that cannot read its index still tells what it counted.
    let archive = Arc::clone(&app.archive);
    let stats = tokio::task::spawn_blocking(move || archive.stats()).await;
    if let Ok(Ok(stats)) = stats {
        gauge(
            &mut out,
            "index_documents",
            "Documents that are to be found now",
            stats.documents,
        );
        gauge(
            &mut out,
            "index_commit",
            "Number of the commit, rising",
            stats.commit,
        );
        gauge(
            &mut out,
            "index_segments",
            "Segments of the index",
            stats.segments,
        );
        gauge(
            &mut out,
            "index_size_bytes",
            "Size of the index on disk",
            stats.size_bytes,
        );
    }
    out.push_str("# EOF\n");
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], out).into_response())
}

fn gauge(out: &mut String, name: &str, help: &str, value: impl std::fmt::Display) {
    // Writing to a text cannot fail.
    let _ = writeln!(
        out,
        "# HELP fundstelle_{name} {help}.\n# TYPE fundstelle_{name} gauge\nfundstelle_{name} {value}"
    );
}

/// Memory of the process, where the system tells it in a file.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
