//! Entity tags: an answer that is the same as before is not sent again.
//!
//! What an address answers depends on the commit, on which embargoes have ended, on the day (scores
//! may fall with age) and on the program with its schema. All of this is in the tag, together with
//! the address, the languages of the reader, and the moment at which this process began, so that no
//! tag outlives a server. Tags are weak: the time that an answer took is in it, too, and it may be
//! compressed.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::App;
use crate::archive::Archive;
use crate::document::PartialDate;

/// May be kept by whoever asked, and has to be asked for again each time: rights do not wait.
const KEEP: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Answers 304 where nothing has changed; puts a tag on what is answered else.
pub(super) async fn revalidate(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // Further pages are of older commits, which are not held for ever.
    let pages = (request.uri().query()).is_some_and(|query| query.contains("cursor="));
    if !reads || pages {
        return next.run(request).await;
    }
    let address = request.uri().path_and_query();
    let spoken = request.headers().get(header::ACCEPT_LANGUAGE);
    let tag = app.tags.tag(
        &app.archive,
        address.map_or("", |path| path.as_str()),
        spoken.map_or(&[], HeaderValue::as_bytes),
    );
    let mut response = if is_known(request.headers(), &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        next.run(request).await
    };
    if matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED)
        && let Ok(tag) = HeaderValue::from_str(&tag)
    {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::CACHE_CONTROL, KEEP);
    }
    response
}

/// Makes the tags of a server.
#[derive(Clone)]
pub(super) struct Tags {
    /// What is the same in all of them: process, program and schema.
    server: Sha256,
}

impl Tags {
    pub(super) fn new(archive: &Archive) -> Tags {
        static BEGUN: OnceLock<u128> = OnceLock::new();
        let begun = BEGUN.get_or_init(|| {
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            now.map_or(0, |since| since.as_nanos())
        });
        let version = env!("CARGO_PKG_VERSION");
        let server = Sha256::new_with_prefix(format!("{begun} {version} "));
        Tags {
            server: server.chain_update(archive.schema().source()),
        }
    }

    /// The tag of what an address answers now to those who speak some languages.
    fn tag(&self, archive: &Archive, address: &str, spoken: &[u8]) -> String {
        let now = PartialDate::now();
        let (commit, embargoed) = archive.version(now);
        let day = now.without_time();
        let mut hash = self.server.clone();
        hash.update(format!(" {commit} {embargoed} {day} {address} "));
        hash.update(spoken);
        let hash: String = (hash.finalize().iter().take(12))
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("W/\"{hash}\"")
    }
}

/// Whether one of the tags that the client knows is this one. Tags are compared weakly.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| strong(known) == strong(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        let is_known = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, value.parse().unwrap());
            is_known(&headers, "W/\"a1\"")
        };
        assert!(is_known("W/\"a1\"") && is_known("\"a1\"") && is_known("\"b\", W/\"a1\""));
        // A tag is only known to those who were answered; any tag at all is none of ours.
        assert!(!is_known("\"b\"") && !is_known("*") && !is_known(""));
    }
}
