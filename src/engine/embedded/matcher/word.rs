//! One query word: any of its alternatives in any of its fields.

use tantivy::DocId;

use super::in_fields::InFields;
use super::window::Window;
use super::{AnyOf, Batch, Found, Matcher, Pooled, TERMINATED, Together};
use crate::engine::embedded::score::Lengths;

/// One alternative of a word.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every leaf is a pool, and a word has few leaves"
)]
pub(in crate::engine::embedded) enum Leaf {
    /// Terms that are one thing.
    Pooled(Pooled),
    /// Several things that must stand near each other.
    Together(InFields<Together>),
    /// Several things of which any will do.
    AnyOf(AnyOf),
}

impl Leaf {
    fn doc(&self) -> DocId {
        match self {
            Leaf::Pooled(pooled) => pooled.doc(),
            Leaf::Together(together) => together.doc(),
            Leaf::AnyOf(any) => any.doc(),
        }
    }

    fn advance(&mut self) {
        match self {
            Leaf::Pooled(pooled) => pooled.advance(),
            Leaf::Together(together) => {
                together.advance();
            }
            Leaf::AnyOf(any) => any.advance(),
        }
    }

    fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            match self {
                Leaf::Pooled(pooled) => pooled.seek(target),
                Leaf::Together(together) => {
                    together.seek(target);
                }
                Leaf::AnyOf(any) => any.seek(target),
            }
        }
    }

    fn score(&mut self, lengths: &Lengths, norm: f32) -> f32 {
        match self {
            Leaf::Pooled(pooled) => lengths.score(pooled.idf, pooled.frequency(), norm),
            Leaf::Together(together) => together.score(),
            Leaf::AnyOf(any) => any.score(lengths, norm),
        }
    }

    /// Raises the scores of its documents before `end` in a window.
    fn raise(
        &mut self,
        weight: f32,
        lengths: &Lengths,
        (window, frequencies): (&mut Window, &mut Window),
        is_scored: bool,
        end: DocId,
    ) {
        if let Leaf::Pooled(pooled) = self {
            return pooled.raise(weight, lengths, (window, frequencies), is_scored, end);
        }
        while self.doc() < end {
            let doc = self.doc();
            let score = if is_scored {
                weight * self.score(lengths, lengths.norm(doc))
            } else {
                0.0
            };
            window.raise(doc, score);
            if let Leaf::AnyOf(any) = self
                && any.is_marked()
            {
                window.mark(doc);
            }
            self.advance();
        }
    }

    /// Raises the scores of those of some documents that have it; see [`Matcher::find`].
    fn find(
        &mut self,
        weight: f32,
        lengths: &Lengths,
        docs: &[DocId],
        is_scored: bool,
        best: &mut Found,
    ) {
        if let Leaf::Pooled(pooled) = self {
            let mut frequencies = Found::new();
            pooled.find(docs, &mut frequencies);
            let score = |docs: &[DocId], numbers: &mut [f32]| {
                if is_scored {
                    lengths.scores(weight, pooled.idf, docs, numbers);
                }
            };
            return frequencies.each_changed(docs, score, |place, score| best.raise(place, score));
        }
        for (place, doc) in docs.iter().enumerate() {
            self.seek(*doc);
            if self.doc() == *doc {
                let score = if is_scored {
                    weight * self.score(lengths, lengths.norm(*doc))
                } else {
                    0.0
                };
                best.raise(place, score);
            }
        }
    }

    fn cost(&self) -> u32 {
        match self {
            Leaf::Pooled(pooled) => pooled.cost(),
            Leaf::Together(together) => together.cost(),
            Leaf::AnyOf(any) => any.cost(),
        }
    }
}

/// Documents that have a word; the best alternative scores.
pub(in crate::engine::embedded) struct Word {
    /// The alternatives with their weights, in the order of the request.
    leaves: Vec<(f32, Leaf)>,
    lengths: Lengths,
    doc: DocId,
    /// Made when the first batch is asked for: scores, and frequencies of one leaf.
    windows: Option<Box<[Window; 2]>>,
}

impl Word {
    pub(in crate::engine::embedded) fn new(leaves: Vec<(f32, Leaf)>, lengths: Lengths) -> Word {
        let mut word = Word {
            leaves,
            lengths,
            doc: 0,
            windows: None,
        };
        word.settle();
        word
    }

    fn settle(&mut self) {
        let docs = self.leaves.iter().map(|(_, leaf)| leaf.doc());
        self.doc = docs.min().unwrap_or(TERMINATED);
    }
}

impl Matcher for Word {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let doc = self.doc;
        if doc != TERMINATED {
            for (_, leaf) in &mut self.leaves {
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
            for (_, leaf) in &mut self.leaves {
                leaf.seek(target);
            }
            self.settle();
        }
        self.doc
    }

    fn find(&mut self, docs: &[DocId], is_scored: bool, found: &mut Found) {
        match &mut self.leaves[..] {
            [(_, Leaf::Pooled(pooled))] => pooled.find(docs, found),
            leaves => {
                for (weight, leaf) in leaves {
                    leaf.find(*weight, &self.lengths, docs, is_scored, found);
                }
            }
        }
        self.settle();
    }

    fn fill(&mut self, batch: &mut Batch, end: DocId) {
        if let [(_, Leaf::Pooled(pooled))] = &mut self.leaves[..]
            && pooled.fill(batch, end)
        {
            self.doc = pooled.doc();
            return;
        }
        let windows =
            (self.windows).get_or_insert_with(|| Box::new([Window::new(), Window::new()]));
        let [window, frequencies] = windows.as_mut();
        loop {
            window.take_into(batch);
            if batch.is_full() || self.doc >= end {
                return;
            }
            let stretch_end = window.begin(self.doc).min(end);
            frequencies.begin(self.doc);
            match &mut self.leaves[..] {
                [(_, Leaf::Pooled(pooled))] => pooled.add_to(window, stretch_end),
                leaves => {
                    for (weight, leaf) in leaves {
                        let windows = (&mut *window, &mut *frequencies);
                        let is_scored = batch.is_scored();
                        leaf.raise(*weight, &self.lengths, windows, is_scored, stretch_end);
                    }
                }
            }
            let docs = self.leaves.iter().map(|(_, leaf)| leaf.doc());
            self.doc = docs.min().unwrap_or(TERMINATED);
        }
    }

    /// The numbers of the only leaf are frequencies; those of several are scores already, since the best
    /// counts.
    fn scores(&mut self, docs: &[DocId], numbers: &mut [f32]) {
        if let [(weight, Leaf::Pooled(pooled))] = &self.leaves[..] {
            self.lengths.scores(*weight, pooled.idf, docs, numbers);
        }
    }

    fn scores_found(&mut self, docs: &[DocId], numbers: &mut [f32]) {
        self.scores(docs, numbers);
    }

    fn score(&mut self) -> f32 {
        let norm = self.lengths.norm(self.doc);
        let mut best: f32 = 0.0;
        for (weight, leaf) in &mut self.leaves {
            if leaf.doc() == self.doc {
                best = best.max(*weight * leaf.score(&self.lengths, norm));
            }
        }
        best
    }

    fn most(&self) -> f32 {
        let mut most: f32 = 0.0;
        for (weight, leaf) in &self.leaves {
            let Leaf::Pooled(pooled) = leaf else {
                return f32::INFINITY;
            };
            most = most.max(weight * self.lengths.most(pooled.idf));
        }
        most
    }

    fn cost(&self) -> u32 {
        let costs = self.leaves.iter().map(|(_, leaf)| leaf.cost());
        costs.fold(0, u32::saturating_add)
    }
}
