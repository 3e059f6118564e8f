//! Things that stand near each other in one field.

use std::sync::Arc;

use tantivy::DocId;

use super::in_fields::InField;
use super::{PhraseWord, TERMINATED};
use crate::analysis::Sentence;
use crate::engine::embedded::segment::SegmentData;

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

/// How near operands must stand to each other.
pub(in crate::engine::embedded) enum Nearness {
    /// Within one stretch that holds at most so many other words.
    Words(u32),
    /// In one sentence of a text field, given by its place in the schema.
    Sentence(Arc<SegmentData>, usize),
}

/// Documents in which all operands stand near each other, no two of them sharing a word.
pub(in crate::engine::embedded) struct Near {
    operands: Vec<Operand>,
    nearness: Nearness,
    doc: DocId,
    /// Where each operand stands in the current document, ascending.
    stretches: Vec<Vec<Stretch>>,
}

impl Near {
    /// `operands` must not be empty.
    pub(in crate::engine::embedded) fn new(operands: Vec<Operand>, nearness: Nearness) -> Near {
        let mut near = Near {
            stretches: vec![Vec::new(); operands.len()],
            operands,
            nearness,
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

    fn is_near(&self) -> bool {
        match &self.nearness {
            Nearness::Words(slop) => fits(&self.stretches, *slop),
            Nearness::Sentence(segment, text) => {
                let sentences = segment.sentences.sentences(self.doc, *text);
                self.share_one_of(&sentences)
            }
        }
    }

    /// Whether all operands stand in one of the sentences.
    fn share_one_of(&self, sentences: &[Sentence]) -> bool {
        let Some(rarest) = self.stretches.iter().min_by_key(|all| all.len()) else {
            return false;
        };
        let mut last = None;
        rarest.iter().any(|(start, _)| {
            let at = sentences.partition_point(|sentence| sentence.words.end <= *start);
            let Some(sentence) = sentences.get(at).filter(|_| last != Some(at)) else {
                return false;
            };
            last = Some(at);
            let words = &sentence.words;
            let within = |all: &Vec<Stretch>| -> Vec<Stretch> {
                let from = all.partition_point(|(start, _)| *start < words.start);
                let here = all[from..].iter().take_while(|it| it.0 < words.end);
                here.filter(|it| it.1 <= words.end).copied().collect()
            };
            let within: Vec<Vec<Stretch>> = self.stretches.iter().map(within).collect();
            within.iter().all(|all| !all.is_empty()) && fits(&within, u32::MAX)
        })
    }
}

/// Whether some choice of one stretch per operand fits: try each as the leftmost one.
fn fits(operands: &[Vec<Stretch>], slop: u32) -> bool {
    (operands.iter().enumerate()).any(|(first, stretches)| {
        if twin(operands, first).is_some() {
            return false;
        }
        stretches.iter().any(|stretch| {
            let mut chosen = vec![None; operands.len()];
            chosen[first] = Some(*stretch);
            complete(operands, &mut chosen, stretch.0, slop)
        })
    })
}

/// The last operand before this one that stands in the same places. Of such twins the earlier
/// stands first: to try their other orders, too, would find nothing new and take ages.
fn twin(operands: &[Vec<Stretch>], operand: usize) -> Option<usize> {
    let (before, rest) = operands.split_at(operand);
    before.iter().rposition(|other| *other == rest[0])
}

/// Whether the choice can be completed by stretches that begin after `left` and fit.
fn complete(
    operands: &[Vec<Stretch>],
    chosen: &mut [Option<Stretch>],
    left: u32,
    slop: u32,
) -> bool {
    let taken: u32 = chosen
        .iter()
        .flatten()
        .map(|(start, end)| end - start)
        .sum();
    let right = chosen.iter().flatten().map(|(_, end)| *end).max();
    let Some(next) = chosen.iter().position(Option::is_none) else {
        return right.unwrap_or(left) - left - taken <= slop;
    };
    // The longest that the whole may become: all that is still to be chosen, and the slop.
    let open = (operands.iter().zip(chosen.iter())).filter(|(_, chosen)| chosen.is_none());
    let longest = open.map(|(all, _)| all.iter().map(|(s, e)| e - s).max().unwrap_or(0));
    let limit = (left + taken + longest.sum::<u32>()).saturating_add(slop);
    let before = twin(operands, next).and_then(|twin| chosen[twin]);
    let after = before.map_or(left, |(start, _)| start.max(left));
    let from = operands[next].partition_point(|(start, _)| *start <= after);
    for stretch in &operands[next][from..] {
        if stretch.0 >= limit {
            break;
        }
        let free =
            (chosen.iter().flatten()).all(|(start, end)| stretch.1 <= *start || *end <= stretch.0);
        if free {
            chosen[next] = Some(*stretch);
            if complete(operands, chosen, left, slop) {
                return true;
            }
            chosen[next] = None;
        }
    }
    false
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
