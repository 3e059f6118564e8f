//! What documents have in common, and compression that knows of it.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tantivy::directory::OwnedBytes;
use zstd::zstd_safe::{self, CCtx, CDict, DCtx, DDict};

/// How much the compression tries; more would save little, and take much longer.
const LEVEL: i32 = 3;
/// A dictionary is made of so much text, in bytes …
pub(super) const SAMPLES: usize = 4 << 20;
/// … or of less, but not of next to nothing.
const FEWEST: usize = 256 << 10;
/// Its size in bytes: about as much as pays for articles of a few kilobytes.
const SIZE: usize = 112 << 10;
/// A text is never larger than this, in bytes: more says that a file is damaged.
const LARGEST: u64 = 4 << 30;

/// A dictionary that is ready for compressing. The empty one knows nothing.
pub(super) struct Dictionary {
    pub(super) bytes: Vec<u8>,
    prepared: CDict<'static>,
}

/// Compresses with a dictionary.
pub(super) struct Compressor(CCtx<'static>);

impl Dictionary {
    pub(super) fn new(bytes: Vec<u8>) -> io::Result<Dictionary> {
        let prepared = CDict::try_create(&bytes, LEVEL).ok_or_else(unusable)?;
        Ok(Dictionary { bytes, prepared })
    }

    /// The dictionary of some texts; empty if they are too little.
    pub(super) fn of(samples: &[u8], lengths: &[usize]) -> io::Result<Dictionary> {
        if samples.len() < FEWEST {
            return Dictionary::new(Vec::new());
        }
        // Texts of which none can be made are compressed without.
        let bytes = zstd::dict::from_continuous(samples, lengths, SIZE).unwrap_or_default();
        Dictionary::new(bytes)
    }
}

impl Compressor {
    pub(super) fn new() -> io::Result<Compressor> {
        CCtx::try_create().map(Compressor).ok_or_else(unusable)
    }

    /// Appends a frame of `bytes`.
    pub(super) fn append(
        &mut self,
        bytes: &[u8],
        dictionary: &Dictionary,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let mut frame = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        let done = (self.0).compress_using_cdict(&mut frame, bytes, &dictionary.prepared);
        done.map_err(failed)?;
        out.extend(frame);
        Ok(())
    }
}

thread_local! {
    // One for each thread that reads: making one takes longer than reading a document.
    static READING: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// The bytes of a frame.
pub(super) fn decompress(frame: &[u8], dictionary: &Prepared) -> io::Result<Vec<u8>> {
    let size = zstd_safe::get_frame_content_size(frame).ok().flatten();
    let size = size.filter(|size| *size <= LARGEST).ok_or_else(damaged)?;
    let mut bytes = Vec::with_capacity(size as usize);
    READING.with_borrow_mut(|reading| {
        let reading = match reading {
            Some(reading) => reading,
            None => reading.insert(DCtx::try_create().ok_or_else(unusable)?),
        };
        let done = reading.decompress_using_ddict(&mut bytes, frame, &dictionary.ready);
        done.map_err(failed)
    })?;
    Ok(bytes)
}

/// A dictionary with its bytes, ready for reading.
pub(super) struct Prepared {
    bytes: OwnedBytes,
    ready: DDict<'static>,
}

/// All that are in use. Segments have copies of few dictionaries: those that have the same share one
/// that is ready, so that it stays in the processor's cache.
static IN_USE: Mutex<Vec<Weak<Prepared>>> = Mutex::new(Vec::new());

/// A dictionary that is ready for reading.
pub(super) fn prepared(bytes: &OwnedBytes) -> io::Result<Arc<Prepared>> {
    let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    in_use.retain(|known| known.strong_count() > 0);
    let same = |known: &Arc<Prepared>| known.bytes.as_slice() == bytes.as_slice();
    if let Some(known) = in_use.iter().filter_map(Weak::upgrade).find(same) {
        return Ok(known);
    }
    let prepared = Arc::new(Prepared {
        ready: DDict::try_create(bytes).ok_or_else(unusable)?,
        bytes: bytes.clone(),
    });
    in_use.push(Arc::downgrade(&prepared));
    Ok(prepared)
}

fn unusable() -> io::Error {
    io::Error::other("the compression cannot be made ready")
}

pub(super) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged documents")
}

fn failed(code: usize) -> io::Error {
    io::Error::other(zstd_safe::get_error_name(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(number: usize) -> Vec<String> {
        let subjects = ["Der Minister", "Ein Sprecher", "Die Behörde", "Das Gericht"];
        let text = |at: usize| {
            format!(
                "{{\"title\":\"Meldung {at}\"}} {} sagte am {}. Tag, man prüfe Fall {}.",
                subjects[at % 4],
                at % 31,
                at * 7919 % 10_007
            )
        };
        (0..number).map(text).collect()
    }

    #[test]
    fn texts_come_out_as_they_went_in() {
        let texts = texts(6_000);
        let lengths: Vec<usize> = texts.iter().map(String::len).collect();
        let all = texts.concat();
        let made = Dictionary::of(all.as_bytes(), &lengths).unwrap();
        let none = Dictionary::new(Vec::new()).unwrap();
        assert!(!made.bytes.is_empty() && made.bytes.len() <= SIZE);
        let mut sizes = Vec::new();
        for dictionary in [made, none] {
            let reading = prepared(&OwnedBytes::new(dictionary.bytes.clone())).unwrap();
            let mut compressor = Compressor::new().unwrap();
            let mut frames = 0;
            for text in texts.iter().take(200).map(String::as_str).chain(["", "ß"]) {
                let mut frame = Vec::new();
                compressor
                    .append(text.as_bytes(), &dictionary, &mut frame)
                    .unwrap();
                frames += frame.len();
                assert_eq!(decompress(&frame, &reading).unwrap(), text.as_bytes());
            }
            sizes.push(frames);
        }
        assert!(sizes[0] * 2 < sizes[1], "{sizes:?}");
    }

    #[test]
    fn equal_dictionaries_are_made_ready_once() {
        let dictionary = |bytes: &[u8]| prepared(&OwnedBytes::new(bytes.to_vec())).unwrap();
        let first = dictionary(b"gleich");
        assert!(Arc::ptr_eq(&first, &dictionary(b"gleich")));
        assert!(!Arc::ptr_eq(&first, &dictionary(b"anders")));
    }

    #[test]
    fn too_little_text_makes_no_dictionary() {
        let dictionary = Dictionary::of(b"wenig Text", &[10]).unwrap();
        assert!(dictionary.bytes.is_empty());
    }

    #[test]
    fn damaged_frames_are_errors() {
        let dictionary = Dictionary::new(Vec::new()).unwrap();
        let reading = prepared(&OwnedBytes::empty()).unwrap();
        let mut frame = Vec::new();
        let text = "Ein Satz, der lang genug ist. ".repeat(9);
        (Compressor::new().unwrap())
            .append(text.as_bytes(), &dictionary, &mut frame)
            .unwrap();
        for length in 0..frame.len() {
            assert!(decompress(&frame[..length], &reading).is_err(), "{length}");
        }
        assert!(decompress(&[0xff; 40], &reading).is_err());
    }
}
