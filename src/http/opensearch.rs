//! `/opensearch.xml`: lets browsers and readers of feeds search here.

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// Media type of the description.
pub(super) const MEDIA_TYPE: &str = "application/opensearchdescription+xml";

/// `GET /opensearch.xml`
pub(super) async fn description(headers: HeaderMap) -> Response {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // Addresses have to be whole. A proxy that encrypts says so in the usual header.
    let scheme = match text("x-forwarded-proto") {
        Some("https") => "https",
        _ => "http",
    };
    let is_host = |host: &&str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        !host.is_empty() && host.chars().all(allowed)
    };
    let host = text(header::HOST.as_str())
        .filter(is_host)
        .unwrap_or("localhost");
    let base = format!("{scheme}://{host}");
    let xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Fundstelle</ShortName>
  <Description>Suche im Pressearchiv</Description>
  <Language>de</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
  <Url type="text/html" template="{base}/?q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{base}/feed.atom?q={{searchTerms}}"/>
  <Url type="application/json" rel="suggestions" template="{base}/api/suggest?q={{searchTerms}}"/>
  <Url type="{MEDIA_TYPE}" rel="self" template="{base}/opensearch.xml"/>
</OpenSearchDescription>
"#
    );
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], xml).into_response()
}
