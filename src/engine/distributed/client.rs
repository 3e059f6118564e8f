//! Requests to the cluster: any node that answers will do, and what can be tried again is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::options::{ClusterOptions, Credentials};
use crate::engine::{EngineError, EngineErrorKind, Result};

/// Longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 1 << 30;
/// The first pause before a request is tried again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A body of a request.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    None,
    Json(&'a Value),
    /// Lines of JSON.
    Lines(&'a str),
}

/// What a node says to a request that it did not carry out.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: u16,
    /// The machine's name of the reason.
    pub(super) kind: String,
    /// The reason for people.
    pub(super) reason: String,
}

/// Speaks to a cluster.
pub(super) struct Client {
    agent: Agent,
    urls: Vec<String>,
    authorization: Option<String>,
    patience: Duration,
    /// The node that answered last.
    node: AtomicUsize,
}

/// What came of one attempt.
enum Attempt {
    Answered(Value),
    Refused(Refusal),
    /// No answer: the cause.
    Unreachable(ureq::Error),
}

impl Client {
    pub(super) fn new(options: &ClusterOptions) -> Result<Client> {
        options.check()?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("fundstelle/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(Duration::from_secs(5)))
            .timeout_global(Some(options.timeout));
        if let Some(path) = &options.authorities {
            let pem = std::fs::read(path).map_err(|error| EngineError::io(path, error))?;
            let items = parse_pem(&pem).filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            });
            let certificates: Vec<Certificate<'static>> = items.collect();
            if certificates.is_empty() {
                let message = format!("{}: there is no certificate in this file", path.display());
                return Err(EngineError::new(EngineErrorKind::Request, message));
            }
            let roots = RootCerts::Specific(Arc::new(certificates));
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        let authorization = match &options.credentials {
            Credentials::None => None,
            Credentials::Basic { user, password } => {
                Some(format!("Basic {}", base64(&format!("{user}:{password}"))))
            }
            Credentials::ApiKey(key) => Some(format!("ApiKey {key}")),
        };
        let urls = options.urls.iter();
        Ok(Client {
            agent: config.build().into(),
            urls: urls.map(|url| url.trim_end_matches('/').into()).collect(),
            authorization,
            patience: options.patience,
            node: AtomicUsize::new(0),
        })
    }

    /// Sends a request that may be sent twice without harm; tries again, at other nodes, while the
    /// cluster is not reached or too busy.
    pub(super) fn send(&self, method: Method, path: &str, body: Body<'_>) -> Result<Value> {
        self.try_to_send(method, path, body)?
            .map_err(|refusal| self.error(&refusal))
    }

    /// Sends a request once; whether it arrives does not matter.
    pub(super) fn once(&self, method: Method, path: &str, body: Body<'_>) {
        let node = self.node.load(Ordering::Relaxed) % self.urls.len();
        self.attempt(&self.urls[node], &method, path, body);
    }

    /// The same; what the cluster refuses is handed on.
    pub(super) fn try_to_send(
        &self,
        method: Method,
        path: &str,
        body: Body<'_>,
    ) -> Result<std::result::Result<Value, Refusal>> {
        let began = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let node = self.node.load(Ordering::Relaxed) % self.urls.len();
            let last = match self.attempt(&self.urls[node], &method, path, body) {
                Attempt::Answered(answer) => return Ok(Ok(answer)),
                Attempt::Refused(refusal) if !refusal.is_passing(path) => return Ok(Err(refusal)),
                Attempt::Refused(refusal) => self.error(&refusal),
                Attempt::Unreachable(error) => self.unreachable(&self.urls[node], error),
            };
            self.node.store(node + 1, Ordering::Relaxed);
            if began.elapsed() + pause > self.patience {
                return Err(last);
            }
            // Another node may know better at once.
            if node + 1 == self.urls.len() {
                std::thread::sleep(pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    fn attempt(&self, url: &str, method: &Method, path: &str, body: Body<'_>) -> Attempt {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("{url}{path}"));
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let (kind, text) = match body {
            Body::None => ("application/json", String::new()),
            Body::Json(value) => ("application/json", value.to_string()),
            Body::Lines(lines) => ("application/x-ndjson", lines.to_owned()),
        };
        let answer = if matches!(body, Body::None) {
            let request = request.body(()).map_err(ureq::Error::from);
            request.and_then(|request| self.agent.run(request))
        } else if *method == Method::DELETE {
            // Points in time are let go so, which is not quite usual in HTTP.
            let mut request = self.agent.delete(format!("{url}{path}")).force_send_body();
            if let Some(authorization) = &self.authorization {
                request = request.header("Authorization", authorization);
            }
            request.header("Content-Type", kind).send(text)
        } else {
            let request = request.header("Content-Type", kind).body(text);
            let request = request.map_err(ureq::Error::from);
            request.and_then(|request| self.agent.run(request))
        };
        let mut answer = match answer {
            Ok(answer) => answer,
            Err(error) => return Attempt::Unreachable(error),
        };
        let status = answer.status().as_u16();
        let text = match answer
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec()
        {
            Ok(text) => text,
            Err(error) => return Attempt::Unreachable(error),
        };
        let json = serde_json::from_slice::<Value>(&text);
        match json {
            Ok(json) if status < 300 => Attempt::Answered(json),
            Ok(json) => Attempt::Refused(Refusal::new(status, &json)),
            // Some answers have no body.
            Err(_) if status < 300 && text.is_empty() => Attempt::Answered(Value::Null),
            Err(_) => Attempt::Refused(Refusal {
                status,
                kind: "no_json".into(),
                reason: "the answer is not one of OpenSearch".into(),
            }),
        }
    }

    fn unreachable(&self, url: &str, error: ureq::Error) -> EngineError {
        EngineError {
            kind: EngineErrorKind::Unreachable,
            message: format!(
                "{url}: the cluster cannot be reached ({error}); is it running, and is the address right?"
            ),
            source: Some(Arc::new(error)),
        }
    }

    /// The error that a refusal is.
    pub(super) fn error(&self, refusal: &Refusal) -> EngineError {
        let Refusal {
            status,
            kind,
            reason,
        } = refusal;
        let (error, advice) = match status {
            401 | 403 => (
                EngineErrorKind::Refused,
                "; check user, password or key, and what they may do",
            ),
            404 if kind == "index_not_found_exception" => (
                EngineErrorKind::Missing,
                "; make the index with: fundstelle index PATH --engine opensearch",
            ),
            _ if refusal.is_too_large() => (
                EngineErrorKind::Request,
                "; ask for less (things near each other are the most expensive), or raise indices.query.bool.max_clause_count in the cluster",
            ),
            400 => (EngineErrorKind::Request, ""),
            429 | 502..=504 => (EngineErrorKind::Unreachable, "; try again later"),
            _ => (EngineErrorKind::Io, ""),
        };
        let message = format!("the cluster refuses ({status}, {kind}): {reason}{advice}");
        EngineError::new(error, message)
    }
}

impl Refusal {
    fn new(status: u16, answer: &Value) -> Refusal {
        let error = &answer["error"];
        // What shards say is more to the point than that all of them failed.
        let cause = [
            &error["failed_shards"][0]["reason"]["caused_by"],
            &error["failed_shards"][0]["reason"],
            &error["caused_by"],
            error,
        ];
        let cause = cause.into_iter().find(|it| it["type"].is_string());
        let text = |key: &str| cause.and_then(|cause| cause[key].as_str());
        Refusal {
            status,
            kind: text("type").unwrap_or("unknown").to_owned(),
            reason: (text("reason").or(error.as_str()))
                .unwrap_or("no reason is given")
                .to_owned(),
        }
    }

    /// Whether it may be otherwise soon: too busy, no leader at the moment, or a node has just gone.
    /// A search in a point in time that went with its node finds it no more.
    fn is_passing(&self, path: &str) -> bool {
        match self.status {
            429 => true,
            502..=504 => !path.starts_with("/_search?"),
            _ => self.is_of_a_lost_node() && !path.starts_with("/_search?"),
        }
    }

    /// Whether a node has gone, or what it kept.
    pub(super) fn is_of_a_lost_node(&self) -> bool {
        const GONE: [&str; 7] = [
            "node_not_connected_exception",
            "node_closed_exception",
            "node_disconnected_exception",
            "connect_transport_exception",
            "receive_timeout_transport_exception",
            "search_context_missing_exception",
            "no_shard_available_action_exception",
        ];
        GONE.contains(&&*self.kind)
    }

    /// Whether a query has more clauses than the cluster allows.
    pub(super) fn is_too_large(&self) -> bool {
        self.kind.starts_with("too_many") && self.kind.ends_with("clauses")
    }
}

/// The text in base64, as HTTP wants it for names and passwords.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::with_capacity(text.len().div_ceil(3) * 4);
    for three in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > three.len() {
                '='
            } else {
                letter.into()
            });
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_are_sent_in_base64() {
        assert_eq!(
            base64("Aladdin:open sesame"),
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        assert_eq!(base64("ab:"), "YWI6");
        assert_eq!(base64(""), "");
    }

    #[test]
    fn a_cluster_that_is_not_there_is_unreachable() {
        let mut options = ClusterOptions::new(vec!["http://127.0.0.1:9".into()], "presse");
        options.patience = Duration::from_millis(300);
        let client = Client::new(&options).unwrap();
        let error = client.send(Method::GET, "/", Body::None).unwrap_err();
        assert_eq!(error.kind, EngineErrorKind::Unreachable);
        assert!(
            error
                .message
                .starts_with("http://127.0.0.1:9: the cluster cannot be reached")
        );
    }

    #[test]
    fn what_a_shard_says_is_the_reason() {
        let answer = serde_json::json!({"error": {
            "type": "search_phase_execution_exception", "reason": "all shards failed",
            "failed_shards": [{"reason": {"type": "too_many", "reason": "there are too many"}}],
        }});
        let refusal = Refusal::new(500, &answer);
        assert_eq!(
            (&*refusal.kind, &*refusal.reason),
            ("too_many", "there are too many")
        );
    }
}
