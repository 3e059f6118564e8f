//! The terms of a field, in the order of their bytes: how many documents each has, and where its list and
//! its places stand.
//!
//! ```text
//! blocks      of 16 terms, the last of fewer: how many, where the lists of the block begin and where
//!             its places do; for each term: how many of its first bytes are those of the term before,
//!             how many others it has, these; its documents; bytes of its list, bytes of its places
//! index       a map (`fst`) from the last term of each block to where the block begins
//! u64         bytes of the index
//! ```
//!
//! Numbers have seven bits a byte. A map of all terms takes several times as long to make, which was a
//! tenth of the time that indexing takes, and longer to read from one end to the other.

mod entries;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub(super) use read::Dictionary;
pub(super) use write::DictionaryWriter;

/// Terms of a block: so many are looked through for one of them.
const BLOCK_TERMS: usize = 16;
/// Bytes of the length of the index.
const TRAILER_BYTES: usize = 8;

/// How many first bytes are the same.
fn common(one: &[u8], other: &[u8]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.take_while(|(one, other)| one == other).count()
}
