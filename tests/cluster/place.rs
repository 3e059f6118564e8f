//! The cluster that tests are run against.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fundstelle::engine::distributed::{ClusterOptions, Distributed};
use fundstelle::schema::Schema;

/// Variable with the addresses of the nodes.
const ADDRESSES: &str = "FUNDSTELLE_TEST_CLUSTER";

/// Variable with the address at which the cluster takes orders.
const ORDERS: &str = "FUNDSTELLE_TEST_CLUSTER_ORDERS";

/// Tells the cluster to stop or start a node, from 1 to 3, and waits until that is done.
pub fn order(what: &str, node: u8) {
    let address = std::env::var(ORDERS).unwrap_or_else(|_| panic!("{ORDERS} is not set"));
    let mut stream = TcpStream::connect(address).unwrap();
    writeln!(stream, "{what} {node}").unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    assert!(!answer.starts_with("failed"), "{what} {node}: {answer}");
}

/// Waits until all copies of all shards are there.
pub fn wait_until_whole() {
    let addresses = std::env::var(ADDRESSES).unwrap();
    let is_whole = |address: &str| {
        let path = format!("{address}/_cluster/health?wait_for_status=green&timeout=60s");
        let health = path + "&wait_for_nodes=3";
        ureq::get(&health).call().is_ok()
    };
    assert!(
        addresses.split(',').any(is_whole),
        "copies of shards are missing"
    );
}

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

/// An empty index in the cluster, and what removes it at the end.
pub fn empty(schema: &Schema) -> (Distributed, Tidy) {
    let options = options();
    let tidy = Tidy(options.index.clone());
    (Distributed::open_or_create(options, schema).unwrap(), tidy)
}

/// Removes what a test has left in the cluster under this name: copies of it would be made anew
/// whenever a node is lost.
pub struct Tidy(pub String);

impl Drop for Tidy {
    fn drop(&mut self) {
        let addresses = std::env::var(ADDRESSES).unwrap_or_default();
        let remove = |address: &str| {
            ureq::delete(format!("{address}/{}-*", self.0))
                .call()
                .is_ok()
        };
        addresses.split(',').any(remove);
    }
}
