//! One commit of the index, as the cluster keeps it for us: a point in time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use ureq::http::Method;

use super::client::{Body, Client};
use super::copies::Groups;
use super::counts::Names;
use super::refusal::Refusal;
use super::template::{EMBARGO, State, words_of};
use crate::document::PartialDate;
use crate::engine::versions::Numbered;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::Schema;

/// How long the cluster keeps a point in time after its last use.
const KEEP: &str = "10m";
/// How long it is waited until other copies stand in for those that are lost.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a search is tried that fails for a reason which may lie in itself.
const ATTEMPTS: u32 = 3;
/// Most different ends of embargoes that may lie ahead.
const MAX_EMBARGOES: u64 = 10_000;

/// The documents of one commit.
pub(super) struct Snapshot {
    client: Arc<Client>,
    /// Name of the index behind the alias.
    index: String,
    pub(super) state: State,
    /// The point in time; it changes when a node that kept it is lost.
    point: Mutex<String>,
    /// Number of documents.
    pub(super) documents: u64,
    /// Number of words of each text field, in the order of the schema.
    pub(super) words: Vec<u64>,
    /// Ends of embargoes with the number of documents, the latest first.
    embargoes: Vec<(u32, u64)>,
    /// In how many documents terms are that were asked for, by field and term.
    pub(super) frequencies: Mutex<HashMap<(String, String), u64>>,
    /// Names of the values of keyword fields that were asked for.
    pub(super) names: Mutex<HashMap<String, Arc<Names>>>,
    /// The groups of copies, if they were asked for.
    pub(super) groups: Mutex<Option<Arc<Groups>>>,
}

impl Numbered for Snapshot {
    fn commit(&self) -> u64 {
        self.state.commit
    }
}

/// What is in a lock; whoever died in it left it as it should be.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Snapshot {
    /// Opens what an index holds that says this of itself.
    pub(super) fn open(
        client: &Arc<Client>,
        index: &str,
        schema: &Schema,
        state: State,
    ) -> Result<Snapshot> {
        let mut snapshot = Snapshot {
            client: Arc::clone(client),
            index: index.to_owned(),
            state,
            point: Mutex::new(point_in_time(client, index)?),
            documents: 0,
            words: Vec::new(),
            embargoes: Vec::new(),
            frequencies: Mutex::default(),
            names: Mutex::default(),
            groups: Mutex::default(),
        };
        let texts: Vec<String> = (schema.text_fields())
            .map(|(field, _)| words_of(&field.name))
            .collect();
        let sums = texts
            .iter()
            .map(|text| (text.clone(), json!({"sum": {"field": text}})));
        let mut aggregations: Map<String, Value> = sums.collect();
        let embargoes = json!({"terms": {"field": EMBARGO, "size": MAX_EMBARGOES}});
        aggregations.insert(EMBARGO.to_owned(), embargoes);
        let answer = snapshot.search(json!({
            "size": 0, "track_total_hits": true, "aggs": aggregations,
        }))?;
        snapshot.documents = total(&answer);
        snapshot.words = (texts.iter())
            .map(|text| {
                answer["aggregations"][text]["value"]
                    .as_f64()
                    .unwrap_or(0.0) as u64
            })
            .collect();
        let embargoes = &answer["aggregations"][EMBARGO];
        refuse_inexact(embargoes, "ends of embargoes")?;
        snapshot.embargoes = (buckets(embargoes).iter())
            .filter_map(|it| Some((it["key"].as_u64()? as u32, it["doc_count"].as_u64()?)))
            .collect();
        Ok(snapshot)
    }

    /// Searches this commit. The body names neither an index nor a point in time.
    pub(super) fn search(&self, mut body: Value) -> Result<Value> {
        let began = Instant::now();
        let mut failures = 0;
        loop {
            let point = lock(&self.point).clone();
            body["pit"] = json!({"id": point, "keep_alive": KEEP});
            // What some shards say is no answer.
            let path = "/_search?allow_partial_search_results=false";
            let body = Body::Json(&body);
            let refusal = match self.client.try_to_send(Method::POST, path, body)? {
                Ok(answer) => return Ok(answer),
                Err(refusal) => refusal,
            };
            let may_help = match Cause::of(&refusal) {
                Cause::Lost => true,
                Cause::Unclear => {
                    failures += 1;
                    failures < ATTEMPTS
                }
                Cause::Request => false,
            };
            if !may_help || began.elapsed() > PATIENCE {
                return Err(refusal.error());
            }
            match self.reopen(&point) {
                // Other copies may not have taken over yet.
                Err(error) if error.kind != EngineErrorKind::Missing => {
                    std::thread::sleep(Duration::from_millis(200));
                }
                opened => opened?,
            }
        }
    }

    /// Searches this commit for several things at once; the answers in their order.
    pub(super) fn search_all(&self, bodies: Vec<Value>) -> Result<Vec<Value>> {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let point = json!({"id": *lock(&self.point), "keep_alive": KEEP});
        let mut lines = String::new();
        for body in &bodies {
            let mut body = body.clone();
            body["pit"] = point.clone();
            lines.push_str(r#"{"allow_partial_search_results":false}"#);
            lines.push_str(&format!("\n{body}\n"));
        }
        let all = (self.client).send(Method::POST, "/_msearch", Body::Lines(&lines))?;
        let mut answers = all["responses"].as_array().into_iter().flatten();
        let answer = |body| match answers.next() {
            Some(answer) if answer["status"] == 200 => Ok(answer.clone()),
            // By itself it is tried again, if need be.
            _ => self.search(body),
        };
        bodies.into_iter().map(answer).collect()
    }

    /// Looks at the same commit anew: the nodes that kept the point in time for us are gone, or have
    /// forgotten it. Another thread may have done so meanwhile.
    fn reopen(&self, lost: &str) -> Result<()> {
        if *lock(&self.point) != lost {
            return Ok(());
        }
        let point = point_in_time(&self.client, &self.index)?;
        let found = super::find(&self.client, &self.index);
        if !matches!(&found, Ok((_, _, meta)) if State::of(meta).as_ref() == Some(&self.state)) {
            self.let_go(&point);
            found?;
            let message = "the cluster no longer holds this state of the index; begin again with the first page";
            return Err(EngineError::new(EngineErrorKind::Missing, message));
        }
        let mut current = lock(&self.point);
        let unneeded = if *current == lost {
            std::mem::replace(&mut *current, point)
        } else {
            point
        };
        drop(current);
        self.let_go(&unneeded);
        Ok(())
    }

    /// Tells the cluster that a point in time is not needed any more. If that fails, the cluster
    /// forgets it by itself.
    fn let_go(&self, point: &str) {
        let point = json!({"pit_id": [point]});
        let path = "/_search/point_in_time";
        self.client.once(Method::DELETE, path, Body::Json(&point));
    }

    /// How many documents are under embargo at `now`.
    pub(super) fn embargoed(&self, now: PartialDate) -> u64 {
        let ahead = self.embargoes.iter().filter(|it| it.0 > now.beginning());
        ahead.map(|(_, count)| count).sum()
    }

    /// The name of the index behind the alias.
    pub(super) fn index(&self) -> &str {
        &self.index
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let point = lock(&self.point).clone();
        self.let_go(&point);
    }
}

fn point_in_time(client: &Client, index: &str) -> Result<String> {
    let path = format!(
        "/{index}/_search/point_in_time?keep_alive={KEEP}&allow_partial_pit_creation=false"
    );
    let answer = client.send(Method::POST, &path, Body::None)?;
    let id = answer["pit_id"].as_str().map(str::to_owned);
    id.ok_or_else(|| unreadable("a point in time has no id"))
}

/// Why a search in a point in time was refused.
#[derive(Debug, PartialEq, Eq)]
enum Cause {
    /// The point in time is gone, or a node that kept it.
    Lost,
    /// What was asked for.
    Request,
    /// A node that dies fails in many ways, and so do some requests that are too large.
    Unclear,
}

impl Cause {
    fn of(refusal: &Refusal) -> Cause {
        match refusal.status {
            404 | 502..=504 => Cause::Lost,
            _ if refusal.is_of_a_lost_node() => Cause::Lost,
            _ if refusal.is_too_large() => Cause::Request,
            500.. => Cause::Unclear,
            _ => Cause::Request,
        }
    }
}

/// An answer that is not what OpenSearch answers.
pub(super) fn unreadable(what: &str) -> EngineError {
    let message = format!("the cluster's answer cannot be read: {what}");
    EngineError::new(EngineErrorKind::Io, message)
}

/// The number of all hits.
pub(super) fn total(answer: &Value) -> u64 {
    answer["hits"]["total"]["value"].as_u64().unwrap_or(0)
}

/// The hits of an answer.
pub(super) fn hits(answer: &Value) -> &[Value] {
    answer["hits"]["hits"].as_array().map_or(&[], Vec::as_slice)
}

/// The buckets of an aggregation.
pub(super) fn buckets(aggregation: &Value) -> &[Value] {
    aggregation["buckets"].as_array().map_or(&[], Vec::as_slice)
}

/// Refuses counts that are not exact, or not all there.
pub(super) fn refuse_inexact(aggregation: &Value, what: &str) -> Result<()> {
    let is_zero = |key: &str| aggregation[key].as_u64().unwrap_or(0) == 0;
    if is_zero("sum_other_doc_count") && is_zero("doc_count_error_upper_bound") {
        return Ok(());
    }
    let message = format!(
        "there are too many different {what} to be counted exactly over all shards; ask for less"
    );
    Err(EngineError::new(EngineErrorKind::Request, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_looked_for_again_and_what_is_too_large_is_not() {
        let cause = |status: u16, kind: &str| {
            Cause::of(&Refusal {
                status,
                kind: kind.to_owned(),
                reason: String::new(),
            })
        };
        assert_eq!(cause(404, "search_context_missing_exception"), Cause::Lost);
        assert_eq!(cause(500, "node_disconnected_exception"), Cause::Lost);
        assert_eq!(cause(503, "search_phase_execution_exception"), Cause::Lost);
        assert_eq!(cause(500, "too_many_nested_clauses"), Cause::Request);
        assert_eq!(cause(400, "too_many_clauses"), Cause::Request);
        assert_eq!(cause(400, "parsing_exception"), Cause::Request);
        assert_eq!(cause(500, "already_closed_exception"), Cause::Unclear);
    }
}
