//! What a node says to a request that it did not carry out, and what that means.

use serde_json::Value;

use crate::engine::{EngineError, EngineErrorKind};

/// What a node says to a request that it did not carry out.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: u16,
    /// The machine's name of the reason.
    pub(super) kind: String,
    /// The reason for people.
    pub(super) reason: String,
}

impl Refusal {
    pub(super) fn new(status: u16, answer: &Value) -> Refusal {
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
    pub(super) fn is_passing(&self, path: &str) -> bool {
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

    /// The error that this is to whoever asked.
    pub(super) fn error(&self) -> EngineError {
        let Refusal {
            status,
            kind,
            reason,
        } = self;
        let (error, advice) = match status {
            401 | 403 => (
                EngineErrorKind::Refused,
                "; check user, password or key, and what they may do",
            ),
            404 if kind == "index_not_found_exception" => (
                EngineErrorKind::Missing,
                "; make the index with: fundstelle index PATH --engine opensearch",
            ),
            _ if self.is_too_large() => (
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

#[cfg(test)]
mod tests {
    use super::*;

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
