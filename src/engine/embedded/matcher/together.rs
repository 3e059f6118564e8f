//! Several things that stand for a word only together, as the parts of a compound do.

use tantivy::DocId;

use super::in_fields::InField;
use super::{PhraseWord, TERMINATED};

/// Documents that have all things in one field, within a stretch of `window` words.
pub(in crate::engine::embedded) struct Together {
    things: Vec<PhraseWord>,
    window: u32,
    doc: DocId,
}

impl Together {
    /// `things` must not be empty; a `window` of 0 is the whole field.
    pub(in crate::engine::embedded) fn new(things: Vec<PhraseWord>, window: u32) -> Together {
        let mut together = Together {
            doc: 0,
            things,
            window,
        };
        together.settle();
        together
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for thing in &mut self.things {
                let found = thing.seek(self.doc);
                if found > self.doc {
                    self.doc = found;
                    continue 'candidates;
                }
            }
            if self.window == 0 || self.is_near() {
                return;
            }
            self.doc = self.things[0].seek(self.doc + 1);
        }
    }

    /// Whether one stretch of `window` words has all things: walk their positions in parallel,
    /// always moving on the one that is farthest behind.
    fn is_near(&mut self) -> bool {
        let doc = self.doc;
        for thing in &mut self.things {
            thing.read(doc);
        }
        let mut at = vec![0; self.things.len()];
        loop {
            let mut first = (u32::MAX, 0);
            let mut last = 0;
            for (index, thing) in self.things.iter().enumerate() {
                let Some(position) = thing.starts().get(at[index]) else {
                    return false;
                };
                first = first.min((*position, index));
                last = last.max(*position);
            }
            if last - first.0 < self.window {
                return true;
            }
            at[first.1] += 1;
        }
    }
}

impl InField for Together {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = target;
        self.settle();
        self.doc
    }

    fn cost(&self) -> u32 {
        self.things.iter().map(PhraseWord::cost).min().unwrap_or(0)
    }

    fn add_frequencies(&mut self, weight: f32, frequencies: &mut [f32]) {
        for (thing, frequency) in self.things.iter().zip(frequencies) {
            *frequency += weight * thing.frequency(self.doc);
        }
    }
}
