//! Words one after the other in one field.

use tantivy::DocId;

use super::TERMINATED;
use super::in_fields::InField;
use crate::engine::embedded::postings::Postings;

/// One word of a phrase: its distance from the first word, and the lists of its alternatives.
pub(in crate::engine::embedded) struct PhraseWord {
    offset: u32,
    alternatives: Vec<Postings>,
    /// Where the phrase would have to begin for this word; buffer.
    starts: Vec<u32>,
}

impl PhraseWord {
    pub(in crate::engine::embedded) fn new(offset: u32, alternatives: Vec<Postings>) -> PhraseWord {
        PhraseWord {
            offset,
            alternatives,
            starts: Vec::new(),
        }
    }

    /// Where the document that was [read](Self::read) last has it, ascending.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// How often it is in the document that all stand on or behind.
    pub(super) fn frequency(&self, doc: DocId) -> f32 {
        (self.alternatives.iter())
            .filter(|postings| postings.doc() == doc)
            .map(|postings| postings.frequency() as f32)
            .sum()
    }

    pub(super) fn offset(&self) -> u32 {
        self.offset
    }

    fn doc(&self) -> DocId {
        let docs = self.alternatives.iter().map(|postings| postings.doc());
        docs.min().unwrap_or(TERMINATED)
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        for postings in &mut self.alternatives {
            postings.seek(target);
        }
        self.doc()
    }

    pub(super) fn cost(&self) -> u32 {
        let sizes = self.alternatives.iter().map(Postings::len);
        sizes.fold(0, u32::saturating_add)
    }

    /// Fills `starts` for the document all stand on, ascending and each once.
    pub(super) fn read(&mut self, doc: DocId) {
        self.starts.clear();
        let mut several = false;
        for postings in &mut self.alternatives {
            if postings.doc() == doc {
                several |= !self.starts.is_empty();
                postings.append_positions(&mut self.starts);
            }
        }
        if several {
            self.starts.sort_unstable();
            self.starts.dedup();
        }
        let offset = self.offset;
        self.starts
            .retain_mut(|position| match position.checked_sub(offset) {
                Some(start) => {
                    *position = start;
                    true
                }
                None => false,
            });
    }
}

/// Documents that have the phrase in one field.
pub(in crate::engine::embedded) struct PhraseField {
    words: Vec<PhraseWord>,
    doc: DocId,
    count: u32,
}

impl PhraseField {
    /// `words` must not be empty.
    pub(in crate::engine::embedded) fn new(mut words: Vec<PhraseWord>) -> PhraseField {
        words.sort_by_key(PhraseWord::cost);
        let mut phrase = PhraseField {
            doc: words[0].doc(),
            words,
            count: 0,
        };
        phrase.settle();
        phrase
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for word in &mut self.words {
                let found = word.seek(self.doc);
                if found > self.doc {
                    self.doc = found;
                    continue 'candidates;
                }
            }
            self.count = starts(&mut self.words, self.doc).len() as u32;
            if self.count > 0 {
                return;
            }
            self.doc = self.words[0].seek(self.doc + 1);
        }
    }
}

/// Where the words stand one after the other in a document that all of them are in: the positions
/// of the phrase's beginning, ascending. `words` must not be empty.
pub(super) fn starts(words: &mut [PhraseWord], doc: DocId) -> &[u32] {
    let (first, others) = words.split_at_mut(1);
    first[0].read(doc);
    let starts = &mut first[0].starts;
    for word in others {
        if starts.is_empty() {
            break;
        }
        word.read(doc);
        intersect(starts, &word.starts);
    }
    starts
}

/// Keeps of `left` what is in `right`; both ascend.
fn intersect(left: &mut Vec<u32>, right: &[u32]) {
    let mut rest = right;
    left.retain(|position| {
        let skip = rest.iter().take_while(|other| *other < position).count();
        rest = &rest[skip..];
        rest.first() == Some(position)
    });
}

impl InField for PhraseField {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = self.words[0].seek(target);
        self.settle();
        self.doc
    }

    fn cost(&self) -> u32 {
        self.words[0].cost()
    }

    fn add_frequencies(&mut self, weight: f32, frequencies: &mut [f32]) {
        for frequency in frequencies {
            *frequency += weight * self.count as f32;
        }
    }
}
