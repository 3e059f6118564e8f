//! Reading a list from its beginning to its end, as merging does.

use std::io;

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::DocId;

use super::{BLOCK, HEAD, number, packed_len};
use crate::engine::embedded::numbers::Bytes;
use crate::engine::embedded::postings::damaged;

/// Visits all documents of a list, there are `len`, with their frequencies: as many at once as stand
/// side by side. What is damaged is an error, as far as it shows.
pub(in crate::engine::embedded::postings) fn each_block(
    bytes: &[u8],
    len: u32,
    mut visit: impl FnMut(&[DocId], &[u32]) -> io::Result<()>,
) -> io::Result<()> {
    let (full, others) = (len as usize / BLOCK, len as usize % BLOCK);
    let parts = bytes.split_at_checked(full * HEAD);
    let (heads, mut packed) = parts.ok_or_else(damaged)?;
    let (mut docs, mut frequencies) = ([0; BLOCK], [0; BLOCK]);
    let mut last = None;
    let packer = BitPacker4x::new();
    let (heads, _) = heads.as_chunks::<HEAD>();
    for head in heads {
        let [of_docs, of_frequencies] = [head[8], head[9]];
        let of_block = packed_len(of_docs) + packed_len(of_frequencies);
        let parts = packed.split_at_checked(of_block);
        let parts = parts.filter(|_| of_docs <= 32 && of_frequencies <= 32);
        let (block, rest) = parts.ok_or_else(damaged)?;
        let (block_docs, block_frequencies) = block.split_at(packed_len(of_docs));
        packer.decompress_strictly_sorted(last, block_docs, &mut docs, of_docs);
        packer.decompress(block_frequencies, &mut frequencies, of_frequencies);
        (frequencies.iter_mut()).for_each(|it| *it = it.wrapping_add(1));
        if docs[BLOCK - 1] != number(head, 0) {
            return Err(damaged());
        }
        visit(&docs, &frequencies)?;
        last = Some(docs[BLOCK - 1]);
        packed = rest;
    }
    let mut rest = Bytes::new(packed);
    let mut doc = last.unwrap_or(0);
    for (at, frequency) in frequencies[..others].iter_mut().enumerate() {
        let distance = rest.number().ok_or_else(damaged)?;
        doc = doc.wrapping_add((distance >> 1) as DocId);
        docs[at] = doc;
        *frequency = match distance & 1 {
            1 => 1,
            _ => rest.number().ok_or_else(damaged)? as u32,
        };
    }
    match others {
        0 => Ok(()),
        _ => visit(&docs[..others], &frequencies[..others]),
    }
}
