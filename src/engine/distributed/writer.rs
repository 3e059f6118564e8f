//! Writing: one process at a time; nothing is seen before the commit.
//!
//! Documents go in bulk. What the cluster does not acknowledge on a majority of the copies of a shard
//! is sent again, as often as patience lasts: by its id, a document that arrives twice is there once.
//! A commit marks the index, makes everything visible and unmarks it with the next number; who opens
//! it in between waits. What a writer had sent that died before its commit is seen with the next.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::http::Method;

use super::client::{Body, Client};
use super::document::{key, source};
use super::lease::Lease;
use super::options::ClusterOptions;
use super::template::State;
use crate::document::Moment;
use crate::engine::{EngineError, EngineErrorKind, IndexDocument, Result, Writer};
use crate::schema::Schema;

/// A bulk request is sent when it has so many bytes.
const BULK_BYTES: usize = 8 << 20;
/// A bulk request is sent when it has so many documents.
const BULK_ITEMS: usize = 1000;

/// Writes to an index of a cluster.
pub struct ClusterWriter {
    client: Arc<Client>,
    schema: Schema,
    index: String,
    lease: Lease,
    patience: Duration,
    /// Copies of a shard that must have a document before it counts as written.
    majority: u64,
    /// What waits to be sent: id, and its lines.
    waiting: Vec<(String, String)>,
    bytes: usize,
}

impl ClusterWriter {
    pub(super) fn open(
        client: &Arc<Client>,
        options: &ClusterOptions,
        schema: &Schema,
        index: &str,
    ) -> Result<ClusterWriter> {
        let lease = Lease::take(client, &options.index)?;
        let settings = client.send(Method::GET, &format!("/{index}/_settings"), Body::None)?;
        let replicas = &settings[index]["settings"]["index"]["number_of_replicas"];
        let replicas: u64 = replicas
            .as_str()
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        Ok(ClusterWriter {
            client: Arc::clone(client),
            schema: schema.clone(),
            index: index.to_owned(),
            lease,
            patience: options.patience,
            majority: replicas.div_ceil(2) + 1,
            waiting: Vec::new(),
            bytes: 0,
        })
    }

    fn put(&mut self, id: &str, lines: String) -> Result<()> {
        self.bytes += lines.len();
        self.waiting.push((id.to_owned(), lines));
        if self.bytes >= BULK_BYTES || self.waiting.len() >= BULK_ITEMS {
            self.flush()?;
        }
        Ok(())
    }

    /// Sends what waits; ends when all of it is acknowledged.
    fn flush(&mut self) -> Result<()> {
        self.lease.renew()?;
        let began = Instant::now();
        let mut pause = Duration::from_millis(100);
        while !self.waiting.is_empty() {
            let lines: String = self
                .waiting
                .iter()
                .map(|(_, lines)| lines.as_str())
                .collect();
            let path = format!(
                "/{}/_bulk?wait_for_active_shards={}&timeout=10s",
                self.index, self.majority
            );
            let answer = self.client.send(Method::POST, &path, Body::Lines(&lines))?;
            let mut items = answer["items"].as_array().into_iter().flatten();
            let mut again = Vec::new();
            let mut trouble = None;
            for (id, lines) in std::mem::take(&mut self.waiting) {
                let item = items
                    .next()
                    .and_then(|item| item.as_object()?.values().next());
                match outcome(item, self.majority) {
                    Outcome::Written => {}
                    Outcome::NotYet(why) => {
                        trouble.get_or_insert((id.clone(), why));
                        again.push((id, lines));
                    }
                    Outcome::Never(why) => {
                        let message = format!("document {id} cannot be stored: {why}");
                        return Err(EngineError::new(EngineErrorKind::Request, message));
                    }
                }
            }
            self.waiting = again;
            let Some((id, why)) = trouble else { break };
            if began.elapsed() + pause > self.patience {
                let message = format!(
                    "{} documents are not acknowledged by a majority of the copies of their shards, {id} among them: {why}; see that the nodes run, and index again",
                    self.waiting.len()
                );
                return Err(EngineError::new(EngineErrorKind::Unreachable, message));
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(5));
        }
        self.bytes = 0;
        Ok(())
    }

    fn set_state(&self, state: &State) -> Result<()> {
        let mapping = json!({"_meta": state.to_meta(&self.schema)});
        let path = format!("/{}/_mapping", self.index);
        let answer = self.client.send(Method::PUT, &path, Body::Json(&mapping))?;
        acknowledged(&answer, "the commit")
    }
}

/// Whether the cluster has carried out what it was told.
pub(super) fn acknowledged(answer: &Value, what: &str) -> Result<()> {
    if answer["acknowledged"] == true {
        return Ok(());
    }
    let message = format!("the cluster does not acknowledge {what}; see that its nodes run");
    Err(EngineError::new(EngineErrorKind::Unreachable, message))
}

/// What became of one document of a bulk request.
#[derive(Debug, PartialEq)]
enum Outcome {
    Written,
    /// It may be written if it is sent again.
    NotYet(String),
    /// The document itself is refused.
    Never(String),
}

fn outcome(item: Option<&Value>, majority: u64) -> Outcome {
    let Some(item) = item else {
        return Outcome::NotYet("there is no answer".into());
    };
    let status = item["status"].as_u64().unwrap_or(500);
    let copies = item["_shards"]["successful"].as_u64().unwrap_or(0);
    let why = || {
        let reason = item["error"]["reason"].as_str();
        reason.unwrap_or("no reason is given").to_owned()
    };
    match status {
        // What is deleted may not have been there.
        200..=299 | 404 if copies >= majority => Outcome::Written,
        200..=299 | 404 => Outcome::NotYet(format!("only {copies} copies have it")),
        429 | 500..=599 => Outcome::NotYet(why()),
        _ => Outcome::Never(why()),
    }
}

impl Writer for ClusterWriter {
    fn add(&mut self, document: IndexDocument) -> Result<()> {
        let id = &document.document.id;
        let source = source(&document, &self.schema).map_err(|error| {
            let message = format!("document {id} cannot be stored: {error}");
            EngineError::new(EngineErrorKind::Request, message)
        })?;
        let action = json!({"index": {"_id": key(id)}});
        let id = id.clone();
        self.put(&id, format!("{action}\n{source}\n"))
    }

    fn delete(&mut self, id: &str) -> Result<()> {
        let action = json!({"delete": {"_id": key(id)}});
        self.put(id, format!("{action}\n"))
    }

    fn commit(&mut self) -> Result<()> {
        self.flush()?;
        let (_, _, meta) = super::find(&self.client, &self.index)?;
        let mut state = State::of(&meta).unwrap_or_default();
        state.committing = true;
        self.set_state(&state)?;
        let health = format!(
            "/_cluster/health/{}?wait_for_status=yellow&timeout=10s",
            self.index
        );
        let refresh = format!("/{}/_refresh", self.index);
        let began = Instant::now();
        loop {
            // Shards that have no place at the moment would be passed over in silence.
            let health = self.client.try_to_send(Method::GET, &health, Body::None)?;
            let is_whole = health.is_ok_and(|it| it["timed_out"] == false && it["status"] != "red");
            let answer = self.client.send(Method::POST, &refresh, Body::None)?;
            if is_whole && answer["_shards"]["failed"].as_u64() == Some(0) {
                break;
            }
            if began.elapsed() > self.patience {
                let message = "some shards of the index cannot be reached, so nothing is committed; see that the nodes run, and index again";
                return Err(EngineError::new(EngineErrorKind::Unreachable, message));
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        self.set_state(&State {
            commit: state.commit + 1,
            committing: false,
            committed_at: Some(Moment::now()),
        })
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.lease.release()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_is_what_a_majority_has() {
        let item =
            |status: u64, copies: u64| json!({"status": status, "_shards": {"successful": copies}});
        assert_eq!(outcome(Some(&item(201, 2)), 2), Outcome::Written);
        assert_eq!(outcome(Some(&item(404, 3)), 2), Outcome::Written);
        assert!(matches!(
            outcome(Some(&item(201, 1)), 2),
            Outcome::NotYet(_)
        ));
        assert!(matches!(
            outcome(Some(&item(503, 0)), 2),
            Outcome::NotYet(_)
        ));
        assert!(matches!(outcome(None, 1), Outcome::NotYet(_)));
        let refused = json!({"status": 400, "error": {"reason": "too long"}});
        assert_eq!(
            outcome(Some(&refused), 2),
            Outcome::Never("too long".into())
        );
    }
}
