//! Who may write: one at a time, as long as he shows that he is there.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use ureq::http::Method;

use super::client::{Body, Client};
use super::snapshot::unreadable;
use crate::engine::{EngineError, EngineErrorKind, Result};

/// How long a writer that is heard no more keeps others away.
const TERM: Duration = Duration::from_secs(120);

/// The right to write to an index.
pub(super) struct Lease {
    client: Arc<Client>,
    path: String,
    index: String,
    /// Which writing of the lease is ours: `_seq_no` and `_primary_term`.
    version: (u64, u64),
    renewed: Instant,
    is_held: bool,
}

impl Lease {
    /// Takes the lease; refused while somebody else has it.
    pub(super) fn take(client: &Arc<Client>, index: &str) -> Result<Lease> {
        let locks = format!("/{index}-writer");
        let settings = json!({"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2"}});
        match client.try_to_send(Method::PUT, &locks, Body::Json(&settings))? {
            Err(refusal) if refusal.kind != "resource_already_exists_exception" => {
                return Err(refusal.error());
            }
            _ => {}
        }
        let path = format!("{locks}/_doc/lease");
        let known = client.try_to_send(Method::GET, &path, Body::None)?;
        let condition = match known {
            Ok(known) => {
                if known["_source"]["until"].as_u64().unwrap_or(0) > now() {
                    return Err(busy(index));
                }
                condition(version(&known)?)
            }
            Err(_) => "op_type=create".to_owned(),
        };
        let mut lease = Lease {
            client: Arc::clone(client),
            path,
            index: index.to_owned(),
            version: (0, 0),
            renewed: Instant::now(),
            is_held: false,
        };
        lease.write(&condition, now() + TERM.as_secs())?;
        lease.is_held = true;
        Ok(lease)
    }

    /// Shows that we are still there.
    pub(super) fn renew(&mut self) -> Result<()> {
        if self.renewed.elapsed() < TERM / 4 {
            return Ok(());
        }
        self.write(&condition(self.version), now() + TERM.as_secs())
    }

    fn write(&mut self, condition: &str, until: u64) -> Result<()> {
        let path = format!("{}?{condition}", self.path);
        let body = json!({"until": until});
        match self
            .client
            .try_to_send(Method::PUT, &path, Body::Json(&body))?
        {
            Ok(written) => {
                self.version = version(&written)?;
                self.renewed = Instant::now();
                Ok(())
            }
            Err(refusal) if refusal.status == 409 => Err(busy(&self.index)),
            Err(refusal) => Err(refusal.error()),
        }
    }

    /// Gives it back.
    pub(super) fn release(mut self) -> Result<()> {
        self.is_held = false;
        self.write(&condition(self.version), 0)
    }
}

impl Drop for Lease {
    /// Who writes no more because something went wrong does not keep others away. If that fails,
    /// the lease ends by itself.
    fn drop(&mut self) {
        if self.is_held {
            let path = format!("{}?{}", self.path, condition(self.version));
            let body = json!({"until": 0});
            self.client.once(Method::PUT, &path, Body::Json(&body));
        }
    }
}

fn condition((number, term): (u64, u64)) -> String {
    format!("if_seq_no={number}&if_primary_term={term}")
}

fn version(answer: &Value) -> Result<(u64, u64)> {
    let version = (answer["_seq_no"].as_u64()).zip(answer["_primary_term"].as_u64());
    version.ok_or_else(|| unreadable("a document has no version"))
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn busy(index: &str) -> EngineError {
    let message = format!(
        "{index}: another process is writing to this index of the cluster; wait for it to end (or two minutes, if it was killed)"
    );
    EngineError::new(EngineErrorKind::Busy, message)
}
