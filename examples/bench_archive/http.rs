//! What an answer over HTTP takes more than the same answer of the library.

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use cpu_time::ProcessTime;
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
    /// The same of processor time, of all threads of client and server; told with one client only.
    pub(crate) more_cpu: Option<Figures>,
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

/// Each client has its share of the queries, and asks each of the library and then of the server.
fn compare(
    german: &German,
    server: SocketAddr,
    queries: &[Query],
    runs: usize,
    clients: usize,
) -> Result<Compared> {
    let client = |first: usize| -> Result<Vec<[f64; 4]>> {
        let mut connection = Connection::open(server)?;
        let own: Vec<&Query> = queries.iter().skip(first).step_by(clients).collect();
        let mut times: Vec<[Vec<f64>; 4]> = vec![Default::default(); own.len()];
        // The first run warms up.
        for run in 0..=runs.max(1) {
            for (query, times) in own.iter().zip(&mut times) {
                let (answer, asked) = timed(|| german.answer(query, Work::Full));
                std::hint::black_box(answer?.shown);
                let (answer, sent) = timed(|| connection.get(&address(query)));
                std::hint::black_box(answer?.len());
                let new = [asked[0], sent[0], asked[1], sent[1]];
                if run > 0 {
                    times
                        .iter_mut()
                        .zip(new)
                        .for_each(|(times, new)| times.push(new));
                }
            }
        }
        let medians = times.into_iter();
        let medians = medians.map(|times| times.map(|mut times| measure::median(&mut times)));
        Ok(medians.collect())
    };
    let times = thread::scope(|scope| {
        let client = &client;
        let threads = (0..clients).map(|first| scope.spawn(move || client(first)));
        let threads: Vec<_> = threads.collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| anyhow!("a client failed"))??);
        }
        anyhow::Ok(all)
    })?;
    let column = |column: usize| -> Vec<f64> { times.iter().map(|it| it[column]).collect() };
    let more =
        |of: usize, than: usize| -> Vec<f64> { times.iter().map(|it| it[of] - it[than]).collect() };
    Ok(Compared {
        clients,
        library: Figures::of(&column(0)),
        http: Figures::of(&column(1)),
        more: Figures::of(&more(1, 0)),
        more_cpu: (clients == 1).then(|| Figures::of(&more(3, 2))),
    })
}

/// Wall time of a piece of work, and processor time of the whole process meanwhile, in
/// microseconds.
fn timed<T>(work: impl FnOnce() -> T) -> (T, [f64; 2]) {
    let cpu = ProcessTime::now();
    let (done, _, wall) = measure::time(work);
    (done, [wall, cpu.elapsed().as_secs_f64() * 1e6])
}
