//! From a clause to the matcher of a segment.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use tantivy::Term as TantivyTerm;
use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;

use super::matcher::{
    self, All, And, AnyOf, BoxMatcher, Leaf, Nothing, Operand, Or, PhraseField, PhraseWord, Run,
    Together, Word,
};
use super::packed::term_text;
use super::pattern::Shape;
use super::score::{Bm25, LengthTable, idf};
use super::segment::{FacetIndex, SegmentData};
use super::selection::Selection;
use super::snapshot::Snapshot;
use crate::analysis::Term;
use crate::document::PartialDate;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::search::{
    Alternative, Clause, DateRange, MISSING, Near, PatternGroup, Phrase, Sequence, Slot, Within,
    WordGroup,
};

/// Builds matchers; counts how many documents have a term once for all segments.
pub(super) struct Builder<'a> {
    snapshot: &'a Snapshot,
    lengths: Vec<LengthTable>,
    frequencies: RefCell<HashMap<(usize, String), u64>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Builder<'a> {
        let lengths =
            (snapshot.words.iter()).map(|words| LengthTable::new(*words, snapshot.documents));
        Builder {
            lengths: lengths.collect(),
            frequencies: RefCell::default(),
            snapshot,
        }
    }

    /// The matcher of `clause` in one segment.
    pub(super) fn matcher(
        &self,
        clause: &Clause,
        segment: &Arc<SegmentData>,
    ) -> Result<BoxMatcher> {
        let documents = segment.documents();
        Ok(match clause {
            Clause::All => Box::new(All { next: 0, documents }),
            Clause::Nothing => Box::new(Nothing),
            Clause::Word(word) => Box::new(self.word(word, segment)?),
            Clause::Phrase(phrase) => Box::new(self.phrase(phrase, segment)?),
            Clause::Value { facet, value } => self.value(facet, value, segment)?,
            Clause::Range(range) => range_matcher(*range, segment),
            Clause::And(clauses) => self.and(clauses, segment)?,
            Clause::Or(clauses) => Box::new(Or::new(self.matchers(clauses.iter(), segment)?)),
            Clause::Not(clause) => matcher::not(self.matcher(clause, segment)?, documents),
            Clause::CopiesOf { id } => self.copies_of(id, segment)?,
            Clause::Near(near) => self.near(near, segment)?,
            Clause::Pattern(group) => self.pattern(group, segment)?,
            Clause::Exists { field } => self.exists(field, segment)?,
        })
    }

    fn matchers<'c>(
        &self,
        clauses: impl Iterator<Item = &'c Clause>,
        segment: &Arc<SegmentData>,
    ) -> Result<Vec<BoxMatcher>> {
        clauses
            .map(|clause| self.matcher(clause, segment))
            .collect()
    }

    fn and(&self, clauses: &[Clause], segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let excluded = clauses.iter().filter_map(|clause| match clause {
            Clause::Not(clause) => Some(clause.as_ref()),
            _ => None,
        });
        let excluded = self.matchers(excluded, segment)?;
        let required = clauses
            .iter()
            .filter(|clause| !matches!(clause, Clause::Not(_)));
        let mut required = self.matchers(required, segment)?;
        if required.is_empty() {
            required.push(self.matcher(&Clause::All, segment)?);
        }
        Ok(Box::new(And::new(required, excluded)))
    }

    fn word(&self, word: &WordGroup, segment: &Arc<SegmentData>) -> Result<Word> {
        let mut fields = Vec::new();
        for (name, boost) in &word.fields {
            let text = self.text(name)?;
            let mut leaves = Vec::new();
            for alternative in &word.alternatives {
                if let Some(leaf) = self.leaf(alternative, text, segment)? {
                    leaves.push((alternative.weight, leaf));
                }
            }
            if !leaves.is_empty() {
                fields.push((*boost, leaves));
            }
        }
        Ok(Word::new(fields))
    }

    fn leaf(
        &self,
        alternative: &Alternative,
        text: usize,
        segment: &Arc<SegmentData>,
    ) -> Result<Option<Leaf>> {
        let several = alternative.terms.len() > 1;
        let option = if several && alternative.window > 0 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut terms = Vec::new();
        for term in &alternative.terms {
            let Some(postings) = self.postings(term, text, option, segment)? else {
                if alternative.any {
                    continue;
                }
                return Ok(None);
            };
            let idf = self.idf(term, text)?;
            terms.push((postings, self.bm25(idf, text, segment)));
        }
        if several && alternative.any {
            return Ok((!terms.is_empty()).then(|| Leaf::AnyOf(AnyOf::new(terms))));
        }
        if several {
            let together = Together::new(terms, alternative.window);
            return Ok(Some(Leaf::Together(together)));
        }
        Ok(terms
            .pop()
            .map(|(postings, bm25)| Leaf::Term(postings, bm25)))
    }

    fn phrase(&self, phrase: &Phrase, segment: &Arc<SegmentData>) -> Result<Or> {
        let mut fields: Vec<BoxMatcher> = Vec::new();
        for (name, boost) in &phrase.fields {
            if let Some(field) = self.phrase_field(phrase, self.text(name)?, *boost, segment)? {
                fields.push(Box::new(field));
            }
        }
        Ok(Or::new(fields))
    }

    fn phrase_field(
        &self,
        phrase: &Phrase,
        text: usize,
        boost: f32,
        segment: &Arc<SegmentData>,
    ) -> Result<Option<PhraseField>> {
        let mut words = Vec::new();
        let mut weight = 0.0;
        for (offset, alternatives) in &phrase.words {
            let mut lists = Vec::new();
            let mut best: f32 = 0.0;
            for alternative in alternatives {
                for term in &alternative.terms {
                    best = best.max(alternative.weight * self.idf(term, text)?);
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    lists.extend(self.postings(term, text, option, segment)?);
                }
            }
            if lists.is_empty() {
                return Ok(None);
            }
            weight += best;
            words.push(PhraseWord::new(*offset, lists));
        }
        if words.is_empty() {
            return Ok(None);
        }
        let bm25 = self.bm25(weight, text, segment);
        Ok(Some(PhraseField::new(words, bm25, boost)))
    }

    fn postings(
        &self,
        term: &Term,
        text: usize,
        option: IndexRecordOption,
        segment: &SegmentData,
    ) -> Result<Option<SegmentPostings>> {
        let term = self.tantivy_term(term, text);
        (segment.texts[text].read_postings(&term, option))
            .map_err(|error| EngineError::from(tantivy::TantivyError::from(error)))
    }

    fn bm25(&self, idf: f32, text: usize, segment: &Arc<SegmentData>) -> Bm25 {
        Bm25::new(idf, self.lengths[text].clone(), Arc::clone(segment), text)
    }

    fn idf(&self, term: &Term, text: usize) -> Result<f32> {
        let key = (text, term_text(term));
        if let Some(matching) = self.frequencies.borrow().get(&key) {
            return Ok(idf(*matching, self.snapshot.documents));
        }
        let tantivy_term = self.tantivy_term(term, text);
        let matching = (self.snapshot.segments.iter())
            .map(|segment| frequency(&tantivy_term, text, segment))
            .sum::<tantivy::Result<u64>>()?;
        self.frequencies.borrow_mut().insert(key, matching);
        Ok(idf(matching, self.snapshot.documents))
    }

    fn tantivy_term(&self, term: &Term, text: usize) -> TantivyTerm {
        TantivyTerm::from_field_text(self.snapshot.layout.texts[text].1, &term_text(term))
    }

    fn text(&self, name: &str) -> Result<usize> {
        (self.snapshot.layout.text_index(name)).ok_or_else(|| unknown_field(name))
    }

    fn near(&self, near: &Near, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let Within::Words(slop) = near.within else {
            let message = "sentences are not kept in this index; ask for NEAR/20 instead";
            return Err(EngineError::new(EngineErrorKind::Request, message));
        };
        let mut fields: Vec<BoxMatcher> = Vec::new();
        for (name, boost) in &near.fields {
            let text = self.text(name)?;
            let operands: Vec<Operand> = (near.operands.iter())
                .map(|sequences| self.operand(sequences, text, segment))
                .collect::<Result<_>>()?;
            if operands.iter().all(|operand| !operand.runs.is_empty()) && !operands.is_empty() {
                fields.push(Box::new(matcher::Near::new(operands, slop, *boost)));
            }
        }
        Ok(Box::new(Or::new(fields)))
    }

    fn operand(
        &self,
        sequences: &[Sequence],
        text: usize,
        segment: &Arc<SegmentData>,
    ) -> Result<Operand> {
        let mut runs = Vec::new();
        let mut best: f32 = 0.0;
        for sequence in sequences {
            let mut words = Vec::new();
            let mut weight = 0.0;
            for (offset, slot) in &sequence.words {
                let (lists, idf) = self.slot(slot, text, segment)?;
                weight += idf;
                words.push((*offset, lists));
            }
            if !words.is_empty() && words.iter().all(|(_, lists)| !lists.is_empty()) {
                let words = words.into_iter();
                let words = words.map(|(offset, lists)| PhraseWord::new(offset, lists));
                runs.push(Run::new(words.collect()));
            }
            best = best.max(weight);
        }
        Ok(Operand {
            runs,
            bm25: self.bm25(best, text, segment),
        })
    }

    /// The lists of all that may stand in the place of one word, and the weight of the best.
    fn slot(
        &self,
        slot: &Slot,
        text: usize,
        segment: &Arc<SegmentData>,
    ) -> Result<(Vec<SegmentPostings>, f32)> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut lists = Vec::new();
        let mut best: f32 = 0.0;
        match slot {
            Slot::Terms(alternatives) => {
                for alternative in alternatives {
                    for term in &alternative.terms {
                        best = best.max(alternative.weight * self.idf(term, text)?);
                        lists.extend(self.postings(term, text, option, segment)?);
                    }
                }
            }
            Slot::Pattern(pattern) => {
                best = 1.0;
                for info in Shape::new(pattern)?.terms(&segment.texts[text])? {
                    let list = segment.texts[text].read_postings_from_terminfo(&info, option);
                    lists.push(list.map_err(tantivy::TantivyError::from)?);
                }
            }
        }
        Ok((lists, best))
    }

    fn pattern(&self, group: &PatternGroup, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let shape = Shape::new(&group.pattern)?;
        let mut fields: Vec<BoxMatcher> = Vec::new();
        for (name, boost) in &group.fields {
            let index = &segment.texts[self.text(name)?];
            let mut lists = Vec::new();
            for info in shape.terms(index)? {
                let list = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic);
                lists.push(list.map_err(tantivy::TantivyError::from)?);
            }
            let lists = lists.into_iter();
            fields.push(matcher::in_any(lists, segment.documents(), *boost));
        }
        Ok(Box::new(Or::new(fields)))
    }

    /// Documents with at least one word in a text field, or with a value in any other.
    fn exists(&self, field: &str, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let Some(text) = self.snapshot.layout.text_index(field) else {
            let missing = self.value(field, MISSING, segment)?;
            return Ok(matcher::not(missing, segment.documents()));
        };
        let data = Arc::clone(segment);
        let test = move |document| data.records.length_code(document, text) > 0;
        Ok(matcher::passing(segment.documents(), test))
    }

    /// The documents of a segment that are in one group of copies.
    fn copies_of(&self, id: &str, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let mut here = Vec::new();
        if let Some((number, document)) = self.snapshot.find(id)? {
            let members = self.snapshot.groups()?.members((number as u32, document));
            let segments = &self.snapshot.segments;
            let members = members
                .into_iter()
                .filter(|(number, _)| Arc::ptr_eq(&segments[*number as usize], segment));
            here.extend(members.map(|(_, document)| document));
            here.sort_unstable();
        }
        Ok(matcher::listed(here))
    }

    fn value(&self, facet: &str, value: &str, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let index = (self.snapshot.facet_index(facet)).ok_or_else(|| unknown_field(facet))?;
        let values = [value.to_owned()];
        let selection = Selection::new(self.snapshot, index, &values, &[])?.in_segment(segment);
        let data = Arc::clone(segment);
        let test = move |document| selection.status(data.column(index), document).included;
        Ok(matcher::passing(segment.documents(), test))
    }
}

/// How many documents of a segment have a term, deleted ones left out.
fn frequency(term: &TantivyTerm, text: usize, segment: &SegmentData) -> tantivy::Result<u64> {
    let inverted = &segment.texts[text];
    let Some(info) = inverted.get_term_info(term)? else {
        return Ok(0);
    };
    match segment.reader.alive_bitset() {
        None => Ok(u64::from(info.doc_freq)),
        Some(alive) => {
            let option = IndexRecordOption::Basic;
            let postings = inverted.read_postings_from_terminfo(&info, option)?;
            Ok(u64::from(postings.doc_freq_given_deletes(alive)))
        }
    }
}

fn range_matcher(range: DateRange, segment: &Arc<SegmentData>) -> BoxMatcher {
    let data = Arc::clone(segment);
    let test = move |document| in_range(range, &data, document);
    matcher::passing(segment.documents(), test)
}

/// Whether the whole period of a document lies in the range.
pub(super) fn in_range(range: DateRange, segment: &SegmentData, document: u32) -> bool {
    PartialDate::from_bits(segment.records.date_bits(document))
        .is_some_and(|date| range.contains(date))
}

fn unknown_field(name: &str) -> EngineError {
    let message = format!("the index has no field \"{name}\" that could be searched in this way");
    EngineError::new(EngineErrorKind::Request, message)
}

/// The index of a facet that is counted or filtered by.
pub(super) fn facet(snapshot: &Snapshot, name: &str) -> Result<FacetIndex> {
    snapshot.facet_index(name).ok_or_else(|| {
        let known: Vec<&str> = (snapshot.schema().facets())
            .map(|field| field.name.as_str())
            .collect();
        let known = known.join(", ");
        let message = format!("unknown facet \"{name}\", known are: {known}");
        EngineError::new(EngineErrorKind::Request, message)
    })
}
