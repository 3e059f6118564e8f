//! gzip and zstd around any format.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

/// What the content of `reader` is compressed with is taken off; `head` is its beginning.
pub(super) fn unpacked(head: &[u8], reader: Box<dyn BufRead>) -> Box<dyn BufRead> {
    if head.starts_with(b"\x1f\x8b\x08") {
        Box::new(BufReader::with_capacity(
            64 << 10,
            MultiGzDecoder::new(reader),
        ))
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        let frames = Frames::Next(reader);
        Box::new(BufReader::with_capacity(64 << 10, frames))
    } else {
        reader
    }
}

/// The frames of a zstd stream, one after the other.
enum Frames {
    /// Before a frame.
    Next(Box<dyn BufRead>),
    /// Within a frame.
    Within(Box<StreamingDecoder<Box<dyn BufRead>, ruzstd::decoding::FrameDecoder>>),
    /// After the last, or after an error.
    End,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(self, Frames::End) {
                Frames::End => return Ok(0),
                Frames::Next(mut reader) => {
                    if reader.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    *self = Frames::Within(Box::new(begin(reader)?));
                }
                Frames::Within(mut decoder) => {
                    let count = decoder.read(buffer)?;
                    if count > 0 {
                        *self = Frames::Within(decoder);
                        return Ok(count);
                    }
                    *self = Frames::Next(decoder.into_inner());
                }
            }
        }
    }
}

fn begin(
    reader: Box<dyn BufRead>,
) -> io::Result<StreamingDecoder<Box<dyn BufRead>, ruzstd::decoding::FrameDecoder>> {
    StreamingDecoder::new(reader).map_err(|error| match error {
        FrameDecoderError::WindowSizeTooBig { .. } => io::Error::new(
            io::ErrorKind::InvalidData,
            "its zstd window is larger than 100 MiB, unpack it first (zstd -d --long=31)",
        ),
        FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)) => {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "something follows its last zstd frame",
            )
        }
        error => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
    })
}
