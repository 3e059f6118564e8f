//! The keys of a segment, with the number of documents: a file that is written with the segment.
//!
//! The file is a transducer (crate `fst`) from keys to [`cost`]s: the more documents, the less. A
//! transducer keeps on the way to a group of keys the least cost of all of them, so the best keys
//! of a group are found first without a look at the rest ([`Best`]).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use fst::raw::{CompiledAddr, Fst, Output};
use smallvec::SmallVec;
use tantivy::TantivyError;
use tantivy::directory::OwnedBytes;

use super::component::EXTENSION;
use super::shape::{Shape, State};
use crate::engine::embedded::component::Files;

/// The keys of one segment.
pub(in crate::engine::embedded) struct Tree(Fst<OwnedBytes>);

/// What a number of documents costs.
pub(super) fn cost(documents: u64) -> u64 {
    u64::from(u32::MAX).saturating_sub(documents)
}

impl Tree {
    pub(in crate::engine::embedded) fn open(files: &impl Files) -> tantivy::Result<Tree> {
        let tree = Fst::new(files.bytes(EXTENSION)?)
            .map_err(|error| TantivyError::InternalError(format!("damaged vocabulary: {error}")))?;
        Ok(Tree(tree))
    }

    /// The keys of a shape, those in most documents first.
    pub(super) fn best<'a>(&'a self, shape: &'a Shape) -> Best<'a> {
        let start = shape.start().map(|state| Way {
            cost: 0,
            key: Key::new(),
            end: Some((self.0.root().addr(), state)),
        });
        Best {
            tree: &self.0,
            shape,
            heap: start.into_iter().collect(),
        }
    }
}

/// Keys of a shape, the best first. Documents that were deleted since are counted still, so the
/// numbers are bounds.
pub(super) struct Best<'a> {
    tree: &'a Fst<OwnedBytes>,
    shape: &'a Shape,
    heap: BinaryHeap<Way>,
}

/// The letters of a key; nearly all have room without memory of their own.
type Key = SmallVec<[u8; 24]>;

/// A way into the tree: to a node, or to the end of a key.
struct Way {
    /// The least cost of all keys that begin so.
    cost: u64,
    key: Key,
    /// The node and how far it has come; `None` at the end of a key.
    end: Option<(CompiledAddr, State)>,
}

impl Best<'_> {
    /// The most documents that any of the keys to come may have.
    pub(super) fn bound(&self) -> u64 {
        (self.heap.peek()).map_or(0, |way| u64::from(u32::MAX).saturating_sub(way.cost))
    }
}

impl Iterator for Best<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        while let Some(way) = self.heap.pop() {
            let Some((address, state)) = way.end else {
                return Some(way.key.into_vec());
            };
            let node = self.tree.node(address);
            if node.is_final() && self.shape.fits(&state) {
                self.heap.push(Way {
                    cost: Output::new(way.cost).cat(node.final_output()).value(),
                    key: way.key.clone(),
                    end: None,
                });
            }
            for transition in node.transitions() {
                if let Some(state) = self.shape.step(&state, transition.inp) {
                    let mut key = way.key.clone();
                    key.push(transition.inp);
                    self.heap.push(Way {
                        cost: Output::new(way.cost).cat(transition.out).value(),
                        key,
                        end: Some((transition.addr, state)),
                    });
                }
            }
        }
        None
    }
}

// The greatest of the heap is the cheapest way; of equally cheap ones the first in order.
impl Ord for Way {
    fn cmp(&self, other: &Way) -> Ordering {
        (other.cost, &other.key).cmp(&(self.cost, &self.key))
    }
}

impl PartialOrd for Way {
    fn partial_cmp(&self, other: &Way) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Way {
    fn eq(&self, other: &Way) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Way {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::WordsLike;

    #[test]
    fn the_best_keys_come_first() {
        let mut words = [
            ("kasten", 5),
            ("kursk", 40),
            ("kurse", 7),
            ("kur", 7),
            ("rad", 90),
        ];
        words.sort_unstable();
        let keys = words.map(|(key, documents)| (key, cost(documents)));
        let bytes = Fst::from_iter_map(keys).unwrap().into_inner();
        let tree = Tree(Fst::new(OwnedBytes::new(bytes)).unwrap());
        let shape = Shape::new(&WordsLike::Beginning {
            key: "kur".into(),
            typos: 0,
        });
        let mut best = tree.best(&shape);
        let mut found = Vec::new();
        loop {
            let bound = best.bound();
            let Some(key) = best.next() else { break };
            found.push((String::from_utf8(key).unwrap(), bound));
        }
        assert_eq!(best.bound(), 0);
        // The bound before the first step is that of the whole tree.
        assert_eq!(
            found
                .iter()
                .map(|(key, _)| key.as_str())
                .collect::<Vec<_>>(),
            ["kursk", "kur", "kurse"]
        );
        assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    }
}
