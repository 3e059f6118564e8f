//! The cluster that tests are run against.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fundstelle::engine::distributed::{ClusterOptions, Distributed};
use fundstelle::schema::Schema;

/// Variable with the addresses of the nodes.
const ADDRESSES: &str = "FUNDSTELLE_TEST_CLUSTER";

/// An index that no other test has.
pub fn options() -> ClusterOptions {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let addresses = std::env::var(ADDRESSES).unwrap_or_else(|_| panic!("{ADDRESSES} is not set"));
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("test-{}-{number}", std::process::id());
    let mut options = ClusterOptions::new(addresses.split(',').map(str::to_owned).collect(), &name);
    options.patience = Duration::from_secs(60);
    options
}

/// An empty index in the cluster.
pub fn empty(schema: &Schema) -> Distributed {
    Distributed::open_or_create(options(), schema).unwrap()
}
