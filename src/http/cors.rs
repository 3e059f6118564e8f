//! Which pages from elsewhere may ask.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser need not ask again whether it may ask.
const KNOWN_FOR: Duration = Duration::from_secs(3600);

/// Where pages come from that may ask: `https://portal.example`, or `*` for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(HeaderValue);

/// A text that is no origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no origin; write * or scheme and host, as https://portal.example:8443")]
pub struct OriginError(String);

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Origin, OriginError> {
        let wrong = || OriginError(text.to_owned());
        let host = (text.strip_prefix("https://")).or_else(|| text.strip_prefix("http://"));
        let is_host = |host: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
            !host.is_empty() && host.chars().all(allowed)
        };
        if text != "*" && !host.is_some_and(is_host) {
            return Err(wrong());
        }
        // Browsers write the host in small letters.
        let value = HeaderValue::from_str(&text.to_ascii_lowercase());
        Ok(Origin(value.map_err(|_| wrong())?))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_str().unwrap_or_default())
    }
}

/// Lets pages of these origins ask.
pub(super) fn layer(origins: &[Origin]) -> CorsLayer {
    let all = origins.iter().any(|origin| origin.0 == "*");
    let allowed = if all {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().map(|origin| origin.0.clone()))
    };
    CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::DELETE])
        .allow_headers([
            header::CONTENT_TYPE,
            header::AUTHORIZATION,
            header::IF_NONE_MATCH,
            HeaderName::from_static("x-meilisearch-client"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER])
        .max_age(KNOWN_FOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for text in [
            "*",
            "https://portal.example",
            "http://localhost:3000",
            "http://[::1]:80",
        ] {
            assert!(text.parse::<Origin>().is_ok(), "{text}");
        }
        for text in [
            "",
            "portal.example",
            "https://",
            "https://a/b",
            "https://a b",
            "ftp://a",
            "null",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
