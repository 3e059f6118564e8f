//! One query word: any of its alternatives in any of its fields.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::any_of::AnyOf;
use super::together::Together;
use super::{Matcher, TERMINATED};
use crate::engine::embedded::score::Bm25;

/// One alternative of a word in one field.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every leaf is a term, and a word has few leaves"
)]
pub(in crate::engine::embedded) enum Leaf {
    /// A term.
    Term(SegmentPostings, Bm25),
    /// Several terms that must stand near each other.
    Together(Together),
    /// Several terms of which any will do.
    AnyOf(AnyOf),
}

impl Leaf {
    fn doc(&self) -> DocId {
        match self {
            Leaf::Term(postings, _) => postings.doc(),
            Leaf::Together(together) => together.doc(),
            Leaf::AnyOf(any) => any.doc(),
        }
    }

    fn advance(&mut self) {
        match self {
            Leaf::Term(postings, _) => postings.advance(),
            Leaf::Together(together) => together.advance(),
            Leaf::AnyOf(any) => any.advance(),
        };
    }

    fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            match self {
                Leaf::Term(postings, _) => postings.seek(target),
                Leaf::Together(together) => together.seek(target),
                Leaf::AnyOf(any) => any.seek(target),
            };
        }
    }

    fn score(&mut self) -> f32 {
        match self {
            Leaf::Term(postings, bm25) => bm25.score(postings.doc(), postings.term_freq()),
            Leaf::Together(together) => together.score(),
            Leaf::AnyOf(any) => any.score(),
        }
    }

    fn cost(&self) -> u32 {
        match self {
            Leaf::Term(postings, _) => postings.size_hint(),
            Leaf::Together(together) => together.cost(),
            Leaf::AnyOf(any) => any.cost(),
        }
    }
}

/// Documents that have a word. In a field the best alternative scores; the fields add up.
pub(in crate::engine::embedded) struct Word {
    /// By field, in the order of the request: boost, and the alternatives with their weights.
    fields: Vec<(f32, Vec<(f32, Leaf)>)>,
    doc: DocId,
}

impl Word {
    pub(in crate::engine::embedded) fn new(fields: Vec<(f32, Vec<(f32, Leaf)>)>) -> Word {
        let mut word = Word { fields, doc: 0 };
        word.settle();
        word
    }

    fn leaves(&mut self) -> impl Iterator<Item = &mut Leaf> {
        let alternatives = self.fields.iter_mut().flat_map(|(_, leaves)| leaves);
        alternatives.map(|(_, leaf)| leaf)
    }

    fn settle(&mut self) {
        self.doc = self
            .leaves()
            .map(|leaf| leaf.doc())
            .min()
            .unwrap_or(TERMINATED);
    }
}

impl Matcher for Word {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        if doc != TERMINATED {
            for leaf in self.leaves() {
                if leaf.doc() == doc {
                    leaf.advance();
                }
            }
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for leaf in self.leaves() {
                leaf.seek(target);
            }
            self.settle();
        }
        self.doc
    }

    fn score(&mut self) -> f32 {
        let doc = self.doc;
        let mut sum = 0.0;
        for (boost, alternatives) in &mut self.fields {
            let mut best: f32 = 0.0;
            for (weight, leaf) in alternatives {
                if leaf.doc() == doc {
                    best = best.max(*weight * leaf.score());
                }
            }
            sum += *boost * best;
        }
        sum
    }

    fn cost(&self) -> u32 {
        let leaves = self.fields.iter().flat_map(|(_, leaves)| leaves);
        leaves.fold(0, |sum, (_, leaf)| sum.saturating_add(leaf.cost()))
    }
}
