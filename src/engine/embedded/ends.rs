//! Where what a file has of each document ends: a table of u64, one for each document, read from the file.

use std::io;
use std::ops::Range;

use tantivy::directory::FileSlice;
use tantivy::{DocId, HasLen};

/// Where what is of the document before the first of some ends, and where that of each of them does; the
/// table stands at `ends_at`, behind all of it.
pub(super) fn read(
    file: &FileSlice,
    ends_at: usize,
    documents: Range<DocId>,
) -> io::Result<Vec<usize>> {
    let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a damaged table of ends");
    let place = |document: DocId| ends_at + document as usize * 8;
    let before = documents.start.saturating_sub(1);
    if place(documents.end) > file.len() {
        return Err(damaged());
    }
    let bytes = file.read_bytes_slice(place(before)..place(documents.end))?;
    let mut ends = Vec::with_capacity(documents.len() + 1);
    if documents.start == 0 {
        ends.push(0);
    }
    for end in bytes.chunks_exact(8) {
        let end = u64::from_le_bytes(std::array::from_fn(|at| end[at]));
        ends.push(usize::try_from(end).unwrap_or(usize::MAX));
    }
    let are_sound = ends.is_sorted() && ends.last().is_some_and(|last| *last <= ends_at);
    are_sound.then_some(ends).ok_or_else(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_read_with_the_one_before() {
        let table = |ends: &[u64]| {
            let bytes: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
            FileSlice::from([vec![0; 30], bytes].concat())
        };
        let file = table(&[10, 10, 30]);
        assert_eq!(read(&file, 30, 0..3).unwrap(), [0, 10, 10, 30]);
        assert_eq!(read(&file, 30, 0..1).unwrap(), [0, 10]);
        assert_eq!(read(&file, 30, 2..3).unwrap(), [10, 30]);
        assert!(read(&file, 30, 3..4).is_err());
        assert!(read(&table(&[10, 9]), 30, 0..2).is_err());
        assert!(read(&table(&[31]), 30, 0..1).is_err());
    }
}
