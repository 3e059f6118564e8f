//! The threads that connections are served by.
//!
//! A search runs on the thread that reads the request and writes the answer: to hand it to another and
//! back takes as long as a quick search does. So each connection belongs to one thread. While that
//! searches, its other connections wait; so a new one goes to the thread that has fewest, and there
//! are more threads than searches may run at a time. They are begun when they are needed.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use axum::Router;
use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};

/// All threads.
pub(super) struct Threads {
    router: Router,
    address: SocketAddr,
    /// Most threads.
    most: usize,
    /// Becomes true when they are to stop.
    stop: watch::Sender<bool>,
    threads: Vec<Thread>,
}

/// One thread.
struct Thread {
    /// New connections, with a mark for each.
    connections: mpsc::UnboundedSender<(std::net::TcpStream, Mark)>,
    /// Held once by the thread, and once by each of its connections.
    mark: Mark,
    handle: JoinHandle<io::Result<()>>,
}

/// Is held as long as a connection is open.
type Mark = Arc<()>;

impl Threads {
    /// No threads yet; what listens at `address` is served by `router`, on `most` threads.
    pub(super) fn new(router: Router, address: SocketAddr, most: usize) -> Threads {
        Threads {
            router,
            address,
            most: most.max(1),
            stop: watch::Sender::new(false),
            threads: Vec::new(),
        }
    }

    /// Serves a new connection.
    pub(super) fn serve(&mut self, connection: TcpStream) -> io::Result<()> {
        // An answer is whole when it is sent: nothing is gained by waiting for more.
        connection.set_nodelay(true)?;
        let connection = connection.into_std()?;
        (self.threads).retain(|thread| !thread.connections.is_closed());
        let load = |thread: &Thread| Arc::strong_count(&thread.mark);
        let fewest = (self.threads.iter().enumerate()).min_by_key(|(_, thread)| load(thread));
        let place = match fewest {
            // The first of those that have none remembers most of what words mean.
            Some((place, thread)) if load(thread) == 1 || self.threads.len() >= self.most => place,
            _ => {
                let thread = self.begin()?;
                self.threads.push(thread);
                self.threads.len() - 1
            }
        };
        let thread = &self.threads[place];
        let mark = Arc::clone(&thread.mark);
        let sent = thread.connections.send((connection, mark));
        sent.map_err(|_| io::Error::other("a thread that served connections has failed"))
    }

    fn begin(&self) -> io::Result<Thread> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (connections, new) = mpsc::unbounded_channel();
        let listener = Handed {
            new,
            address: self.address,
        };
        let (router, stop) = (self.router.clone(), self.stop.subscribe());
        let serve = move || run(&runtime, listener, router, stop);
        let name = "connections".to_owned();
        let handle = std::thread::Builder::new().name(name).spawn(serve)?;
        Ok(Thread {
            connections,
            mark: Mark::default(),
            handle,
        })
    }

    /// Waits until the requests that are under way are answered.
    pub(super) fn stop(self) -> io::Result<()> {
        self.stop.send_replace(true);
        for thread in self.threads {
            let served = thread.handle.join();
            served.map_err(|_| io::Error::other("a thread that served connections panicked"))??;
        }
        Ok(())
    }
}

/// What a thread does until it is stopped.
fn run(
    runtime: &Runtime,
    listener: Handed,
    router: Router,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let stopped = async move {
        // Whoever could tell it to stop is gone: that is a reason, too.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    runtime.block_on(async {
        axum::serve(listener, router)
            .with_graceful_shutdown(stopped)
            .await
    })
}

/// Connections that were accepted by another thread.
struct Handed {
    new: mpsc::UnboundedReceiver<(std::net::TcpStream, Mark)>,
    address: SocketAddr,
}

impl Listener for Handed {
    type Io = Marked;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Marked, SocketAddr) {
        loop {
            let Some((stream, mark)) = self.new.recv().await else {
                // There will be none: wait to be told to stop.
                return std::future::pending().await;
            };
            let peer = stream.peer_addr();
            match peer.and_then(|peer| Ok((TcpStream::from_std(stream)?, peer))) {
                Ok((stream, peer)) => return (Marked(stream, mark), peer),
                Err(error) => tracing::debug!("a connection was lost: {error}"),
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// A connection with its mark.
struct Marked(TcpStream, #[expect(dead_code, reason = "it is held")] Mark);

impl AsyncRead for Marked {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, into)
    }
}

impl AsyncWrite for Marked {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::sync::mpsc;
    use std::time::Duration;

    use axum::routing::get;
    use tokio::net::TcpListener;

    use super::*;

    /// Serves connections that ask these addresses on at most so many threads, and stops them when so
    /// many are answered; the addresses in the order in which they were.
    fn asked(
        most: usize,
        addresses: &'static [&'static str],
        stops_after: usize,
    ) -> Vec<&'static str> {
        let (told, answering) = mpsc::channel();
        let answer = |path: &'static str, takes: u64| {
            let told = told.clone();
            get(move || async move {
                std::thread::sleep(Duration::from_millis(takes));
                told.send(path).unwrap();
                path
            })
        };
        let router = Router::new()
            .route("/slow", answer("/slow", 500))
            .route("/quick", answer("/quick", 0));
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let mut order = Vec::new();
        let mut clients = Vec::new();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let mut threads = Threads::new(router, address, most);
            for path in addresses {
                let mut client = std::net::TcpStream::connect(address).unwrap();
                let (connection, _) = listener.accept().await.unwrap();
                threads.serve(connection).unwrap();
                clients.push(std::thread::spawn(move || {
                    let request =
                        format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
                    client.write_all(request.as_bytes()).unwrap();
                    let mut answer = String::new();
                    client.read_to_string(&mut answer).unwrap();
                    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                }));
                // The thread is at it when the next connection comes.
                std::thread::sleep(Duration::from_millis(100));
            }
            order.extend(answering.iter().take(stops_after));
            threads.stop().unwrap();
        });
        clients
            .into_iter()
            .for_each(|client| client.join().unwrap());
        order.extend(answering.try_iter());
        order
    }

    #[test]
    fn a_connection_does_not_wait_for_another_while_there_are_threads() {
        assert_eq!(asked(2, &["/slow", "/quick"], 2), ["/quick", "/slow"]);
        assert_eq!(asked(1, &["/slow", "/quick"], 2), ["/slow", "/quick"]);
    }

    #[test]
    fn stopping_answers_what_is_under_way() {
        assert_eq!(asked(8, &["/slow", "/slow", "/slow"], 0).len(), 3);
    }
}
