//! Things that stand near each other in one field.

use tantivy::DocId;

use super::in_fields::InField;
use super::{PhraseWord, TERMINATED};

/// Words one after the other: one way in which an operand may stand in the text.
pub(in crate::engine::embedded) struct Run {
    words: Vec<PhraseWord>,
    /// Number of words from the first to the last.
    length: u32,
}

impl Run {
    /// `words` must not be empty.
    pub(in crate::engine::embedded) fn new(words: Vec<PhraseWord>) -> Run {
        let length = words.iter().map(PhraseWord::offset).max().unwrap_or(0) + 1;
        Run { words, length }
    }

    /// Goes to the first document from `target` on that has all words.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = target;
        'candidates: while doc != TERMINATED {
            for word in &mut self.words {
                let found = word.seek(doc);
                if found > doc {
                    doc = found;
                    continue 'candidates;
                }
            }
            break;
        }
        doc
    }
}

/// One of the things: any of several runs.
pub(in crate::engine::embedded) struct Operand {
    pub(in crate::engine::embedded) runs: Vec<Run>,
}

/// Where an operand stands: first word and first word after it.
type Stretch = (u32, u32);

/// Documents in which all operands stand within one stretch, no two of them sharing a word.
pub(in crate::engine::embedded) struct Near {
    operands: Vec<Operand>,
    /// How many other words the stretch may hold.
    slop: u32,
    doc: DocId,
    /// Where each operand stands in the current document, ascending.
    stretches: Vec<Vec<Stretch>>,
}

impl Near {
    /// `operands` must not be empty.
    pub(in crate::engine::embedded) fn new(operands: Vec<Operand>, slop: u32) -> Near {
        let mut near = Near {
            stretches: vec![Vec::new(); operands.len()],
            operands,
            slop,
            doc: 0,
        };
        near.settle();
        near
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for operand in &mut self.operands {
                let doc = self.doc;
                let found = operand.runs.iter_mut().map(|run| run.seek(doc)).min();
                let found = found.unwrap_or(TERMINATED);
                if found > self.doc {
                    self.doc = found;
                    continue 'candidates;
                }
            }
            self.read();
            if self.is_near() {
                return;
            }
            self.doc += 1;
        }
    }

    fn read(&mut self) {
        let doc = self.doc;
        for (operand, stretches) in self.operands.iter_mut().zip(&mut self.stretches) {
            stretches.clear();
            for run in &mut operand.runs {
                if run.seek(doc) == doc {
                    let length = run.length;
                    let starts = super::phrase::starts(&mut run.words, doc);
                    stretches.extend(starts.iter().map(|start| (*start, start + length)));
                }
            }
            stretches.sort_unstable();
            stretches.dedup();
        }
    }

    /// Whether some choice of one stretch per operand fits: try each as the leftmost one.
    fn is_near(&self) -> bool {
        (self.stretches.iter().enumerate()).any(|(first, stretches)| {
            stretches.iter().any(|stretch| {
                let mut chosen = vec![None; self.stretches.len()];
                chosen[first] = Some(*stretch);
                self.complete(&mut chosen, stretch.0)
            })
        })
    }

    /// Whether the choice can be completed by stretches that begin after `left` and fit.
    fn complete(&self, chosen: &mut Vec<Option<Stretch>>, left: u32) -> bool {
        let taken: u32 = chosen
            .iter()
            .flatten()
            .map(|(start, end)| end - start)
            .sum();
        let right = chosen
            .iter()
            .flatten()
            .map(|(_, end)| *end)
            .max()
            .unwrap_or(left);
        let Some(next) = chosen.iter().position(Option::is_none) else {
            return right - left - taken <= self.slop;
        };
        // The longest that the whole may become: all that is still to be chosen, and the slop.
        let longest = self
            .stretches
            .iter()
            .zip(chosen.iter())
            .filter(|(_, c)| c.is_none());
        let longest = longest.map(|(all, _)| all.iter().map(|(s, e)| e - s).max().unwrap_or(0));
        let limit = left + taken + longest.sum::<u32>() + self.slop;
        let from = self.stretches[next].partition_point(|(start, _)| *start <= left);
        for stretch in &self.stretches[next][from..] {
            if stretch.0 >= limit {
                break;
            }
            let free = (chosen.iter().flatten())
                .all(|(start, end)| stretch.1 <= *start || *end <= stretch.0);
            if free {
                chosen[next] = Some(*stretch);
                if self.complete(chosen, left) {
                    return true;
                }
                chosen[next] = None;
            }
        }
        false
    }
}

impl InField for Near {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = target;
        self.settle();
        self.doc
    }

    fn cost(&self) -> u32 {
        let costs = self.operands.iter().map(|operand| {
            let runs = operand.runs.iter().flat_map(|run| &run.words);
            runs.map(PhraseWord::cost).max().unwrap_or(0)
        });
        costs.min().unwrap_or(0)
    }

    fn add_frequencies(&mut self, weight: f32, frequencies: &mut [f32]) {
        for (stretches, frequency) in self.stretches.iter().zip(frequencies) {
            *frequency += weight * stretches.len() as f32;
        }
    }
}
