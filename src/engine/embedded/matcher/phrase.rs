//! Words one after the other in one field.

use tantivy::DocId;

use super::in_fields::InField;
use super::starts::Starts;
use super::{BATCH, Gate, TERMINATED};
use crate::engine::embedded::postings::{Postings, Stretch};

/// So many positions are held against each other by trying all.
const FEW: usize = 8;

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
        self.move_to_start();
    }

    /// The same for a stretch of its only alternative.
    fn read_stretch(&mut self, stretch: Stretch) {
        self.starts.clear();
        if let [postings] = &mut self.alternatives[..] {
            postings.append_stretch(stretch, &mut self.starts);
        }
        self.move_to_start();
    }

    /// Whether the phrase may begin at `start`; the word's only alternative has its positions in this
    /// stretch.
    fn begins_at(&mut self, start: u32, stretch: Stretch) -> bool {
        let wanted = start.saturating_add(self.offset);
        let mut is_there = false;
        self.each_position(stretch, |position| {
            is_there = position == wanted;
            position < wanted
        });
        is_there
    }

    /// Visits the positions of its only alternative, see [`Postings::each_position`].
    #[inline]
    fn each_position(&mut self, stretch: Stretch, visit: impl FnMut(u32) -> bool) {
        if let [postings] = &mut self.alternatives[..] {
            postings.each_position(stretch, visit);
        }
    }

    /// Makes of positions of the word those of the phrase's beginning.
    fn move_to_start(&mut self) {
        let offset = self.offset;
        if offset == 0 {
            return;
        }
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
    candidates: Candidates,
    /// Buffers.
    sets: [Starts; 2],
}

impl PhraseField {
    /// `words` must not be empty.
    pub(in crate::engine::embedded) fn new(mut words: Vec<PhraseWord>) -> PhraseField {
        words.sort_by_key(PhraseWord::cost);
        let mut phrase = PhraseField {
            doc: words[0].doc(),
            candidates: Candidates::new(words.len()),
            words,
            count: 0,
            sets: Default::default(),
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

/// How often the words, of one alternative each, stand one after the other in a document; their
/// positions there stand in these stretches. The sets are buffers.
fn count(
    words: &mut [PhraseWord],
    mut stretches: impl Iterator<Item = Stretch>,
    [all, left]: &mut [Starts; 2],
) -> u32 {
    let Some((first, others)) = words.split_first_mut() else {
        return 0;
    };
    if let Some(stretch) = stretches.next() {
        first.read_stretch(stretch);
    }
    let positions = &mut first.starts;
    if let [start] = positions[..] {
        let mut others = others.iter_mut().zip(stretches);
        return u32::from(others.all(|(word, stretch)| word.begins_at(start, stretch)));
    }
    if !Starts::fit(positions) {
        for (word, stretch) in others.iter_mut().zip(stretches) {
            word.read_stretch(stretch);
            intersect(positions, &word.starts);
        }
        return positions.len() as u32;
    }
    all.fill(positions);
    let last = others.len().saturating_sub(1);
    for (number, (word, stretch)) in others.iter_mut().zip(stretches).enumerate() {
        // Too early positions become too late ones.
        let offset = word.offset;
        if number == last {
            let mut met = 0;
            word.each_position(stretch, |position| {
                met += all.has(position.wrapping_sub(offset));
                true
            });
            return met;
        }
        left.clear_for(all);
        word.each_position(stretch, |position| {
            left.add_if_in(all, position.wrapping_sub(offset));
            true
        });
        std::mem::swap(all, left);
        if all.len() == 0 {
            break;
        }
    }
    all.len()
}

/// Keeps of `left` what is in `right`; both ascend.
fn intersect(left: &mut Vec<u32>, right: &[u32]) {
    if right.len() <= FEW {
        // Without a branch for what cannot be foreseen.
        let is_there = |position: &u32| right.iter().fold(false, |is, it| is | (it == position));
        left.retain(is_there);
        return;
    }
    let mut at = 0;
    left.retain(|position| {
        while right.get(at).is_some_and(|other| other < position) {
            at += 1;
        }
        right.get(at) == Some(position)
    });
}

/// Documents that are looked at together: first those that have all words are found, then the
/// positions of these are read.
struct Candidates {
    docs: [DocId; BATCH],
    len: usize,
    /// For each word, where the positions of its documents stand.
    stretches: Vec<[Stretch; BATCH]>,
}

impl Candidates {
    fn new(words: usize) -> Candidates {
        Candidates {
            docs: [0; BATCH],
            len: 0,
            stretches: vec![[Stretch::default(); BATCH]; words],
        }
    }

    /// The next documents before `end` that have all words, of a batch of those that have the first.
    fn find(&mut self, words: &mut [PhraseWord], end: DocId, gate: Option<&Gate>) {
        self.len = 0;
        for (number, word) in words.iter_mut().enumerate() {
            let [postings] = &mut word.alternatives[..] else {
                self.len = 0;
                return;
            };
            let (before, from) = self.stretches.split_at_mut(number);
            let (docs, len, own) = (&mut self.docs, &mut self.len, &mut from[0]);
            if number == 0 {
                postings.next_before(end, BATCH, |doc, stretch| {
                    (docs[*len], own[*len]) = (doc, stretch);
                    *len += 1;
                });
                if let Some(gate) = gate {
                    let mut kept = 0;
                    gate.passing(&docs[..*len]).each(|place| {
                        (docs[kept], own[kept]) = (docs[place], own[place]);
                        kept += 1;
                    });
                    *len = kept;
                }
                continue;
            }
            let mut places = [0_u8; BATCH];
            let mut kept = 0;
            postings.find(&docs[..*len], |place, stretch| {
                (places[kept], own[kept]) = (place as u8, stretch);
                kept += 1;
            });
            *len = kept;
            keep(docs, &places[..kept]);
            before.iter_mut().for_each(|of| keep(of, &places[..kept]));
        }
    }
}

/// Puts what stands at some places, which ascend, first.
fn keep<T: Copy>(all: &mut [T; BATCH], places: &[u8]) {
    for (to, place) in places.iter().enumerate() {
        all[to] = all[usize::from(*place)];
    }
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

    fn has_batches(&self) -> bool {
        self.words.iter().all(|word| word.alternatives.len() == 1)
    }

    fn next_some(&mut self, end: DocId, gate: Option<&Gate>, visit: &mut dyn FnMut(DocId, f32)) {
        let (words, candidates) = (&mut self.words[..], &mut self.candidates);
        candidates.find(words, end, gate);
        for (place, doc) in candidates.docs[..candidates.len].iter().enumerate() {
            let stretches = candidates.stretches.iter().map(|of| of[place]);
            let count = count(words, stretches, &mut self.sets);
            if count > 0 {
                visit(*doc, count as f32);
            }
        }
        self.doc = words[0].doc();
    }

    fn add_frequencies(&mut self, weight: f32, frequencies: &mut [f32]) {
        for frequency in frequencies {
            *frequency += weight * self.count as f32;
        }
    }
}
