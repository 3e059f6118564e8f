//! Requests to the cluster: any node that answers will do, and what can be tried again is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::options::ClusterOptions;
use super::refusal::Refusal;
use crate::engine::{EngineError, EngineErrorKind, Result};

/// Longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 1 << 30;
/// The first pause before a request is tried again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long a cluster is waited for that has not answered yet: then the address is likely wrong.
const FIRST_PATIENCE: Duration = Duration::from_secs(5);

/// A body of a request.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    None,
    Json(&'a Value),
    /// Lines of JSON.
    Lines(&'a str),
}

/// Speaks to a cluster.
pub(super) struct Client {
    agent: Agent,
    urls: Vec<String>,
    authorization: Option<String>,
    patience: Duration,
    /// The node that answered last.
    node: AtomicUsize,
    /// Whether any has answered.
    is_known: AtomicBool,
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
        let urls = options.urls.iter();
        Ok(Client {
            agent: config.build().into(),
            urls: urls.map(|url| url.trim_end_matches('/').into()).collect(),
            authorization: options.credentials.header(),
            patience: options.patience,
            node: AtomicUsize::new(0),
            is_known: AtomicBool::new(false),
        })
    }

    /// Sends a request that may be sent twice without harm; tries again, at other nodes, while the
    /// cluster is not reached or too busy.
    pub(super) fn send(&self, method: Method, path: &str, body: Body<'_>) -> Result<Value> {
        self.try_to_send(method, path, body)?
            .map_err(|refusal| refusal.error())
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
                Attempt::Refused(refusal) => refusal.error(),
                Attempt::Unreachable(error) => unreachable(&self.urls[node], error),
            };
            self.node.store(node + 1, Ordering::Relaxed);
            let patience = if self.is_known.load(Ordering::Relaxed) {
                self.patience
            } else {
                self.patience.min(FIRST_PATIENCE)
            };
            if began.elapsed() + pause > patience || last.kind == EngineErrorKind::Refused {
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
        self.is_known.store(true, Ordering::Relaxed);
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
}

/// What it means that there is no answer. A certificate that is not trusted will not be so later.
fn unreachable(url: &str, error: ureq::Error) -> EngineError {
    let cause = error.to_string();
    let (kind, message) = if cause.contains("certificate") {
        let advice = "name the certificate of its authority: --ca-file FILE";
        let message = format!("{url}: the cluster is not trusted ({cause}); {advice}");
        (EngineErrorKind::Refused, message)
    } else {
        let question = "is it running, and is the address right?";
        let message = format!("{url}: the cluster cannot be reached ({cause}); {question}");
        (EngineErrorKind::Unreachable, message)
    };
    EngineError {
        kind,
        message,
        source: Some(Arc::new(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    use super::*;
    use crate::engine::distributed::Credentials;

    /// A cluster that answers each request in turn, and what was asked.
    fn cluster(answers: &'static [&'static str]) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = std::thread::spawn(move || {
            let answer = |answer: &&str| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                    request.push(byte[0]);
                }
                let (status, body) = answer.split_once(' ').unwrap();
                let length = body.len();
                write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
                )
                .unwrap();
                String::from_utf8(request).unwrap()
            };
            answers.iter().map(answer).collect()
        });
        (url, requests)
    }

    #[test]
    fn every_request_says_who_asks() {
        let user = Credentials::Basic {
            user: "presse".into(),
            password: "geheim".into(),
        };
        let key = Credentials::ApiKey("c2NobHVlc3NlbA==".into());
        for (credentials, expected) in [
            (user, "authorization: basic chjlc3nlomdlagvpbq=="),
            (key, "authorization: apikey c2nobhvlc3nlba=="),
        ] {
            let (url, requests) = cluster(&["200 {}", "200 {}", "200 {}"]);
            let mut options = ClusterOptions::new(vec![url], "presse");
            options.credentials = credentials;
            let client = Client::new(&options).unwrap();
            let body = serde_json::json!({});
            client.send(Method::GET, "/a", Body::None).unwrap();
            client.send(Method::POST, "/b", Body::Json(&body)).unwrap();
            client.once(Method::DELETE, "/c", Body::Json(&body));
            for request in requests.join().unwrap() {
                let request = request.to_lowercase();
                assert!(request.contains(expected), "{request}");
            }
        }
    }

    #[test]
    fn what_is_too_busy_is_asked_again_and_what_refuses_is_not() {
        const BUSY: &str = r#"429 {"error": {"type": "busy", "reason": "too much to do"}}"#;
        let (url, requests) = cluster(&[BUSY, "503 {}", r#"200 {"a": 1}"#]);
        let client = Client::new(&ClusterOptions::new(vec![url], "presse")).unwrap();
        let answer = client.send(Method::GET, "/", Body::None).unwrap();
        assert_eq!(answer["a"], 1);
        assert_eq!(requests.join().unwrap().len(), 3);

        const CLOSED: &str = r#"401 {"error": {"type": "security", "reason": "who is there"}}"#;
        let (url, requests) = cluster(&[CLOSED]);
        let client = Client::new(&ClusterOptions::new(vec![url], "presse")).unwrap();
        let error = client.send(Method::GET, "/", Body::None).unwrap_err();
        assert_eq!(error.kind, EngineErrorKind::Refused);
        assert!(error.message.contains("check user, password or key"));
        assert_eq!(requests.join().unwrap().len(), 1);
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
}
