//! The same answers over HTTP.
//!
//! This is the only home of axum. All routes stand in [`router`]; every error is a problem
//! description (RFC 9457). The server listens on loopback unless told otherwise, and only reads
//! unless it is given a token: whoever shows that may write ([`mod@write`]).

mod body;
mod cors;
mod document;
mod endpoints;
mod export;
mod guard;
mod instantsearch;
mod metrics;
mod multi;
mod openapi;
mod opensearch;
mod parameters;
mod portal;
mod problem;
mod question;
mod related;
mod routes;
mod stream;
mod tag;
mod threads;
mod token;
mod write;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

pub use self::cors::{Origin, OriginError};
use self::metrics::Metrics;
use self::tag::Tags;
use self::threads::Threads;
pub use self::token::{Token, TokenError};
pub use self::write::Writing;
use crate::archive::Archive;

/// How often the server looks for a new commit.
const RELOAD_INTERVAL: Duration = Duration::from_millis(500);
/// How long the server waits when no connection can be taken in.
const PAUSE: Duration = Duration::from_millis(100);
/// For each search that may run at a time there are so many threads that serve connections.
const THREADS_A_SEARCH: usize = 4;
/// Most searches of one request. Widgets send one, and one more for each refined facet.
const MAX_SEARCHES: usize = 50;

/// How the server runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Longest time for one answer.
    pub timeout: Duration,
    /// Searches that run at the same time; more wait.
    pub searches: usize,
    /// Exports that run at the same time; more wait, but not longer than for an answer.
    pub exports: usize,
    /// Writing, if it is allowed.
    pub writing: Option<Writing>,
    /// Where pages come from that may ask, beside the own one.
    pub origins: Vec<Origin>,
}

impl Config {
    /// The default limits: ten seconds for an answer, two searches and one export per processor at
    /// a time. Nobody may write.
    pub fn new(listen: SocketAddr) -> Config {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Config {
            listen,
            timeout: Duration::from_secs(10),
            searches: processors * 2,
            exports: processors,
            writing: None,
            origins: Vec::new(),
        }
    }
}

/// What every handler can reach.
#[derive(Clone)]
struct App {
    archive: Arc<Archive>,
    searches: Arc<Semaphore>,
    exports: Arc<Semaphore>,
    /// Most searches and exports at the same time.
    limits: (usize, usize),
    timeout: Duration,
    metrics: Metrics,
    tags: Tags,
    writing: Option<Writing>,
}

/// All routes.
pub fn router(archive: Arc<Archive>, config: &Config) -> Router {
    let app = App {
        tags: Tags::new(&archive),
        archive,
        searches: Arc::new(Semaphore::new(config.searches)),
        exports: Arc::new(Semaphore::new(config.exports)),
        limits: (config.searches, config.exports),
        timeout: config.timeout,
        metrics: Metrics::new(),
        writing: config.writing.clone(),
    };
    let loopback = config.listen.ip().is_loopback();
    let router = (endpoints::endpoints().into_iter())
        .fold(Router::new(), |router, endpoint| {
            let methods = if endpoint.is_tagged {
                let tags = axum::middleware::from_fn_with_state(app.clone(), tag::revalidate);
                endpoint.methods.layer(tags)
            } else {
                endpoint.methods
            };
            router.route(endpoint.path, methods)
        })
        .fallback(portal::unknown)
        .method_not_allowed_fallback(routes::wrong_method)
        .layer(DefaultBodyLimit::max(body::MAX_QUESTION))
        .layer(axum::middleware::from_fn_with_state(loopback, guard::host))
        .layer(axum::middleware::from_fn(guard::headers));
    // Where nobody is named, browsers are not even told what would be allowed.
    let router = match config.origins.as_slice() {
        [] => router,
        origins => router.layer(cors::layer(origins)),
    };
    router
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(
            app.metrics.clone(),
            metrics::watch,
        ))
        .with_state(app)
}

/// Serves until the process is told to stop (Ctrl-C or a termination signal); requests that are
/// under way are answered first. `ready` is called with the address when the server listens.
pub fn serve(
    archive: Arc<Archive>,
    config: Config,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(config.listen).await.map_err(|error| {
            let message = format!("cannot listen on {}: {error}", config.listen);
            std::io::Error::new(error.kind(), message)
        })?;
        let stop = told_to_stop()?;
        let address = listener.local_addr()?;
        ready(address);
        let reloading = tokio::spawn(reload(Arc::clone(&archive)));
        let most = config.searches.saturating_mul(THREADS_A_SEARCH);
        let mut threads = Threads::new(router(archive, &config), address, most);
        tokio::select! {
            () = stop => {}
            () = accept(listener, &mut threads) => {}
        }
        reloading.abort();
        std::io::Result::Ok(threads)
    })?;
    served.stop()
}

/// Takes in connections as they come.
async fn accept(listener: TcpListener, threads: &mut Threads) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionReset};
    loop {
        match listener.accept().await {
            Ok((connection, _)) => {
                if let Err(error) = threads.serve(connection) {
                    tracing::warn!("a connection could not be served: {error}");
                }
            }
            // Whoever it was has gone.
            Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionReset) => {}
            Err(error) => {
                tracing::warn!("no connection could be taken in: {error}");
                // Mostly there are too many: some may end meanwhile.
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Opens new commits as they come.
async fn reload(archive: Arc<Archive>) {
    let mut ticks = tokio::time::interval(RELOAD_INTERVAL);
    loop {
        ticks.tick().await;
        let archive = Arc::clone(&archive);
        match tokio::task::spawn_blocking(move || archive.reload()).await {
            Ok(Ok(true)) => tracing::info!("opened a new commit"),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::warn!("cannot open the new commit: {error}"),
            Err(error) => tracing::error!("reloading failed: {error}"),
        }
    }
}

/// A future that ends when the process is told to stop. Signals are caught from now on, not from
/// when it is first asked.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// A future that ends when the process is told to stop.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
