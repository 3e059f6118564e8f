//! Reading for the tokenizer, so that no tag can exhaust the stack.
//!
//! The tokenizer calls itself for every quoted attribute of a tag. No page that people write has
//! more than some dozens; one of a hundred thousand must not end the program. So after many quotes
//! in one tag the reader reports an error, by which all those calls return, and reading goes on.

use std::cell::Cell;
use std::rc::Rc;

use html5gum::{Readable, Reader, StringReader};

/// Quotes in one tag before a pause; two make an attribute. Unoptimised, a call needs some kilobytes
/// of the two megabytes that a thread has.
const MOST_QUOTES: u32 = 200;

/// The text of a page, with pauses.
pub(super) struct PausingReader<'a> {
    text: StringReader<'a>,
    quotes: Quotes,
}

/// How many quotes the tag that is being read has so far.
#[derive(Clone, Default)]
pub(super) struct Quotes(Rc<Cell<u32>>);

/// The tag has very many attributes; whoever asks again reads on.
#[derive(Debug, thiserror::Error)]
#[error("paused")]
pub(super) struct Paused;

impl<'a> PausingReader<'a> {
    pub(super) fn new(source: &'a str, quotes: Quotes) -> PausingReader<'a> {
        PausingReader {
            text: source.to_reader(),
            quotes,
        }
    }
}

impl Quotes {
    /// A tag begins or ends.
    pub(super) fn reset(&self) {
        self.0.set(0);
    }

    fn count(&self, read: Option<&[u8]>) {
        if matches!(read, Some(b"\"" | b"'")) {
            self.0.set(self.0.get() + 1);
        }
    }

    fn pause(&self) -> Result<(), Paused> {
        if self.0.get() < MOST_QUOTES {
            return Ok(());
        }
        self.reset();
        Err(Paused)
    }
}

/// What cannot happen: a text in memory is always read.
fn read<T>(result: Result<T, std::convert::Infallible>) -> T {
    match result {
        Ok(read) => read,
        Err(never) => match never {},
    }
}

impl Reader for PausingReader<'_> {
    type Error = Paused;

    fn read_byte(&mut self) -> Result<Option<u8>, Paused> {
        self.quotes.pause()?;
        let byte = read(self.text.read_byte());
        self.quotes.count(byte.as_ref().map(std::slice::from_ref));
        Ok(byte)
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Paused> {
        Ok(read(self.text.try_read_string(wanted, case_sensitive)))
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Paused> {
        self.quotes.pause()?;
        let found = read(self.text.read_until(needle, buffer));
        self.quotes.count(found);
        Ok(found)
    }
}
