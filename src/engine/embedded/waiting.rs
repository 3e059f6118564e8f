//! How much may wait between those who make documents and those who write them.
//!
//! tantivy lets ten thousand documents wait, however large they are. Here it is their size that is
//! bounded, so that memory is, too.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Bytes that may wait. One document always may, however large.
#[derive(Clone)]
pub(super) struct Waiting(Arc<Room>);

struct Room {
    bytes: usize,
    taken: Mutex<usize>,
    freed: Condvar,
}

/// The room that a document takes until this is dropped.
pub(super) struct Place {
    waiting: Waiting,
    bytes: usize,
}

impl Waiting {
    pub(super) fn new(bytes: usize) -> Waiting {
        Waiting(Arc::new(Room {
            bytes,
            taken: Mutex::new(0),
            freed: Condvar::new(),
        }))
    }

    /// Takes room for so many bytes, and waits until there is.
    pub(super) fn take(&self, bytes: usize) -> Place {
        let room = &self.0;
        let taken = room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken > 0 && *taken + bytes > room.bytes;
        let taken = room.freed.wait_while(taken, is_full);
        *taken.unwrap_or_else(PoisonError::into_inner) += bytes;
        Place {
            waiting: self.clone(),
            bytes,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let room = &self.waiting.0;
        let taken = room.taken.lock();
        *taken.unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        room.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_waits() {
        let waiting = Waiting::new(100);
        let large = waiting.take(500);
        let (send, taken) = std::sync::mpsc::channel();
        let (other, number) = (waiting.clone(), send.clone());
        let thread = std::thread::spawn(move || {
            let _places = [other.take(60), other.take(40)];
            number.send("small").unwrap();
        });
        std::thread::sleep(std::time::Duration::from_millis(20));
        send.send("freed").unwrap();
        drop(large);
        thread.join().unwrap();
        drop(send);
        assert_eq!(taken.iter().collect::<Vec<_>>(), ["freed", "small"]);
        assert_eq!(*waiting.0.taken.lock().unwrap(), 0);
    }
}
