//! Bodies that are written while they are read.
//!
//! The writer works on a thread of its own and waits for the reader: a few pieces are held at
//! most. A reader who takes nothing for too long is given up.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Size of a piece, in bytes.
const PIECE: usize = 32 << 10;
/// Pieces that wait to be read.
const PIECES: usize = 4;

/// Both ends of a body; a reader who takes nothing for `patience` is given up.
pub(super) fn body(patience: Duration) -> (BodyWriter, Body) {
    let (sender, receiver) = channel(PIECES);
    let writer = BodyWriter {
        buffer: Vec::with_capacity(PIECE),
        sender,
        complete: Arc::default(),
        patience,
    };
    let pieces = Pieces {
        receiver,
        complete: Arc::clone(&writer.complete),
    };
    (writer, Body::from_stream(pieces))
}

/// The end that is written to; not from a thread that runs futures.
pub(super) struct BodyWriter {
    buffer: Vec<u8>,
    sender: Sender<Bytes>,
    complete: Arc<AtomicBool>,
    patience: Duration,
}

impl BodyWriter {
    /// Ends the body. If the writer goes without this, the body is broken off, so that no reader
    /// takes it for complete.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.complete.store(true, Ordering::Release);
        Ok(())
    }

    fn send(&self, piece: Bytes) -> io::Result<()> {
        // The runtime must be there for the clock; this thread belongs to it.
        let sent = Handle::current()
            .block_on(async { tokio::time::timeout(self.patience, self.sender.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::from(io::ErrorKind::BrokenPipe)),
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut)),
        }
    }
}

impl Write for BodyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
        self.send(Bytes::from(piece))
    }
}

/// The end that is read from.
struct Pieces {
    receiver: Receiver<Bytes>,
    complete: Arc<AtomicBool>,
}

impl futures_core::Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        self.receiver.poll_recv(context).map(|piece| match piece {
            Some(piece) => Some(Ok(piece)),
            None if self.complete.swap(true, Ordering::AcqRel) => None,
            None => Some(Err(io::Error::other(
                "the answer breaks off before its end",
            ))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader gets of a body that `write` writes.
    fn read(write: impl FnOnce(BodyWriter) + Send + 'static) -> Result<Bytes, axum::Error> {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (writer, body) = body(Duration::from_millis(50));
            tokio::task::spawn_blocking(move || write(writer));
            axum::body::to_bytes(body, usize::MAX).await
        })
    }

    #[test]
    fn a_body_that_was_finished_is_complete() {
        let text = "Zeile\n".repeat(100_000);
        let expected = text.clone();
        let read = read(move |mut writer| {
            writer.write_all(text.as_bytes()).unwrap();
            writer.finish().unwrap();
        });
        assert_eq!(read.unwrap(), expected.as_bytes());
    }

    #[test]
    fn a_body_that_was_not_finished_is_broken_off() {
        let broken = read(|mut writer| writer.write_all(&[b'x'; 3 * PIECE]).unwrap());
        assert!(broken.is_err());
    }

    #[test]
    fn a_reader_who_takes_nothing_is_given_up() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (mut writer, _unread) = body(Duration::from_millis(50));
        let ended = runtime.block_on(async {
            let writing = tokio::task::spawn_blocking(move || {
                (0..100).try_for_each(|_| writer.write_all(&[b'x'; PIECE]))
            });
            writing.await.unwrap()
        });
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
