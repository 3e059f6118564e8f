//! An open file: what it is made of, and its lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use super::{Skipped, SourceFile, compressed};

/// How much of the content is looked at to tell its format.
const HEAD_BYTES: usize = 64 << 10;

/// A file that is being read.
pub(super) struct Input<'a> {
    /// The file.
    pub(super) file: &'a SourceFile,
    /// The first bytes of the content; all of it if it is shorter than 64 KiB.
    pub(super) head: Vec<u8>,
    reader: Box<dyn BufRead>,
    line: u64,
}

/// What [`Input::line`] found.
pub(super) enum NextLine {
    /// A line is in the buffer.
    Line,
    /// The line is longer than allowed and was passed over.
    TooLong,
    /// There is no further line.
    End,
}

impl<'a> Input<'a> {
    /// Opens `file`, unpacks it if it is compressed, and looks at its beginning.
    pub(super) fn open(file: &'a SourceFile) -> Result<Input<'a>, Skipped> {
        let mut input = Input {
            file,
            head: Vec::new(),
            reader: Box::new(io::empty()),
            line: 0,
        };
        let opened = File::open(&file.path).and_then(|opened| {
            if opened.metadata()?.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            Ok(opened)
        });
        match opened {
            Ok(opened) => input.reader = Box::new(BufReader::with_capacity(HEAD_BYTES, opened)),
            Err(error) => return Err(input.io_error(&error)),
        }
        if let Err(error) = input.look_at_head() {
            return Err(input.io_error(&error));
        }
        let packed = std::mem::replace(&mut input.reader, Box::new(io::empty()));
        input.reader = compressed::unpacked(&input.head, packed);
        if let Err(error) = input.look_at_head() {
            return Err(input.io_error(&error));
        }
        match binary(&input.head) {
            Some(reason) => Err(input.skip(None, reason)),
            None => Ok(input),
        }
    }

    fn look_at_head(&mut self) -> io::Result<()> {
        let mut head = Vec::new();
        (&mut self.reader)
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)?;
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head.clone()).chain(rest));
        self.head = head;
        Ok(())
    }

    /// The beginning as text, without its byte order mark.
    pub(super) fn head_text(&self) -> std::borrow::Cow<'_, str> {
        super::decode::decode(&self.head)
    }

    /// Reads all of the content; refuses more than `limit` bytes.
    pub(super) fn read_all(&mut self, limit: u64) -> Result<Vec<u8>, Skipped> {
        let mut bytes = Vec::new();
        match (&mut self.reader)
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
        {
            Err(error) => Err(self.io_error(&error)),
            Ok(_) if bytes.len() as u64 > limit => Err(self.skip(
                None,
                &format!("longer than {}, split it into documents", size(limit)),
            )),
            Ok(_) => match binary(&bytes) {
                Some(reason) => Err(self.skip(None, reason)),
                None => Ok(bytes),
            },
        }
    }

    /// Reads the next line into `buffer`, without its line break.
    pub(super) fn line(&mut self, buffer: &mut Vec<u8>, limit: u64) -> io::Result<NextLine> {
        buffer.clear();
        let mut any = false;
        let mut too_long = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            any = true;
            let end = available.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(available.len());
            if too_long || (buffer.len() + taken) as u64 > limit {
                too_long = true;
                *buffer = Vec::new();
            } else {
                buffer.extend_from_slice(&available[..taken]);
            }
            self.reader.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(NextLine::End);
        }
        self.line += 1;
        Ok(if too_long {
            NextLine::TooLong
        } else {
            NextLine::Line
        })
    }

    /// The content for a reader of records, of which none may be longer than `limit` bytes.
    pub(super) fn bounded(&mut self, limit: u64) -> Bounded {
        Bounded {
            reader: std::mem::replace(&mut self.reader, Box::new(io::empty())),
            limit,
            read: 0,
        }
    }

    /// Number of the line that was read last, from 1.
    pub(super) fn line_number(&self) -> u64 {
        self.line
    }

    /// Says that (a line of) this file is skipped.
    pub(super) fn skip(&self, line: Option<u64>, reason: &str) -> Skipped {
        Skipped {
            path: self.file.path.display().to_string(),
            line,
            reason: reason.to_owned(),
        }
    }

    /// Says that reading failed.
    pub(super) fn io_error(&self, error: &io::Error) -> Skipped {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder, check the path".to_owned(),
            io::ErrorKind::PermissionDenied => {
                "no permission to read, grant it or leave the path out".to_owned()
            }
            io::ErrorKind::IsADirectory => "a folder, not a file".to_owned(),
            _ => format!("cannot be read: {error}"),
        };
        let line = (self.line > 0).then_some(self.line + 1);
        self.skip(line, &reason)
    }
}

/// A reader that fails once it has read too much since the last record.
pub(super) struct Bounded {
    reader: Box<dyn BufRead>,
    limit: u64,
    read: u64,
}

impl Bounded {
    /// A record has ended.
    pub(super) fn next_record(&mut self) {
        self.read = 0;
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read > self.limit {
            let reason = format!("a record is longer than {}", size(self.limit));
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let count = self.reader.read(buffer)?;
        self.read += count as u64;
        Ok(count)
    }
}

/// A number of bytes for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes} bytes"),
        1024..=1_048_575 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// Why the bytes are no text, if they are none.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (
            b"%PDF-",
            "a PDF, which is not read, convert it to text first",
        ),
        (
            b"PK\x03\x04",
            "a ZIP archive or office document, unpack it or save it as text first",
        ),
        (b"{\\rtf", "a rich text document, save it as text first"),
        (
            b"\xd0\xcf\x11\xe0",
            "an old office document, save it as text first",
        ),
        (b"\x1f\x8b", "compressed more than once, unpack it first"),
    ];
    if let Some((_, reason)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(reason);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) && bytes.len() < HEAD_BYTES {
        return Some("empty, nothing to read");
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if utf16 {
        return None;
    }
    let control = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31);
    let many_controls = bytes.iter().filter(control).count() * 50 > bytes.len();
    (bytes.contains(&0) || many_controls)
        .then_some("a binary file, not text, leave it out or convert it to text")
}
