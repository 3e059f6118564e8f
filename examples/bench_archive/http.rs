//! What an answer over HTTP takes more than the same answer of the library.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use fundstelle::http::Config;

use crate::archive::Query;
use crate::client::Connection;
use crate::engine::Work;
use crate::german::{German, address};
use crate::measure::{self, Figures};

/// How long a server may take to begin.
const PATIENCE: Duration = Duration::from_secs(30);

/// Times of whole answers with so many clients at once, in microseconds of wall time.
pub(crate) struct Compared {
    pub(crate) clients: usize,
    pub(crate) library: Figures,
    pub(crate) http: Figures,
    /// How much more each query takes over HTTP.
    pub(crate) more: Figures,
}

/// Compares with one client, and with one for each processor.
pub(crate) fn measure(german: &German, queries: &[Query], runs: usize) -> Result<Vec<Compared>> {
    let server = serve(german)?;
    let mut clients = vec![1, measure::processors()];
    clients.dedup();
    clients
        .into_iter()
        .map(|clients| compare(german, server, queries, runs, clients))
        .collect()
}

/// Begins to serve in this process, as long as that lasts.
fn serve(german: &German) -> Result<SocketAddr> {
    let (ready, address) = mpsc::channel();
    let archive = Arc::clone(&german.0);
    thread::spawn(move || {
        let config = Config::new(SocketAddr::from(([127, 0, 0, 1], 0)));
        fundstelle::http::serve(archive, config, |address| {
            // Whoever waits for it is there.
            let _ = ready.send(address);
        })
    });
    let address = address.recv_timeout(PATIENCE);
    address.context("the server did not begin")
}

fn compare(
    german: &German,
    server: SocketAddr,
    queries: &[Query],
    runs: usize,
    clients: usize,
) -> Result<Compared> {
    let mut library = vec![Vec::new(); queries.len()];
    let mut http = vec![Vec::new(); queries.len()];
    // The first run warms up. The two take turns, so that both meet the same machine.
    for run in 0..=runs.max(1) {
        let asked = at_once(queries, clients, || {
            |query: &Query| Ok(german.answer(query, Work::Full)?.shown)
        })?;
        let sent = at_once(queries, clients, || {
            let mut connection = Connection::open(server);
            move |query: &Query| {
                let connection = connection.as_mut().map_err(|error| anyhow!("{error}"))?;
                Ok(connection.get(&address(query))?.len())
            }
        })?;
        if run > 0 {
            for (times, new) in [(&mut library, asked), (&mut http, sent)] {
                for (number, time) in new {
                    times[number].push(time);
                }
            }
        }
    }
    let median = |times: &mut [Vec<f64>]| -> Vec<f64> {
        times.iter_mut().map(|it| measure::median(it)).collect()
    };
    let (library, http) = (median(&mut library), median(&mut http));
    let more: Vec<f64> = http.iter().zip(&library).map(|(a, b)| a - b).collect();
    Ok(Compared {
        clients,
        library: Figures::of(&library),
        http: Figures::of(&http),
        more: Figures::of(&more),
    })
}

/// Wall times of all queries, shared out among so many threads, with the numbers of the queries.
fn at_once<Ask: FnMut(&Query) -> Result<usize>>(
    queries: &[Query],
    threads: usize,
    asking: impl Fn() -> Ask + Sync,
) -> Result<Vec<(usize, f64)>> {
    thread::scope(|scope| {
        let workers = (0..threads).map(|first| {
            let asking = &asking;
            scope.spawn(move || -> Result<Vec<(usize, f64)>> {
                let mut ask = asking();
                let mut times = Vec::new();
                for (number, query) in queries.iter().enumerate().skip(first).step_by(threads) {
                    let (shown, _, wall) = measure::time(|| ask(query));
                    std::hint::black_box(shown?);
                    times.push((number, wall));
                }
                Ok(times)
            })
        });
        let workers: Vec<_> = workers.collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().map_err(|_| anyhow!("a client failed"))??);
        }
        Ok(all)
    })
}
