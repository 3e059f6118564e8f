//! Matchers of words, phrases and things near each other.

use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::postings::TermInfo;

use super::{Builder, WeightedField};
use crate::analysis::Term;
use crate::engine::Result;
use crate::engine::embedded::matcher::{
    self, AnyOf, BoxMatcher, InField, InFields, Leaf, Lists, Nearness, Operand, PhraseField,
    PhraseWord, Pooled, Run, Together, Word,
};
use crate::engine::embedded::pattern::Shape;
use crate::engine::embedded::postings::{List, Postings, term_text};
use crate::engine::embedded::segment::SegmentData;
use crate::engine::rarity::{idf, union};
use crate::search::{
    Alternative, Clause, Near, Phrase, Pool, Sequence, Slot, WeightedTerm, Within, WordGroup,
};

/// What the documents of a term are of those that match a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::embedded) enum Share {
    /// All of them.
    All,
    /// All that match the one of several clauses that stands at this place.
    Clause(usize),
    /// Some.
    Part,
}

/// A term of a text field in a segment.
pub(in crate::engine::embedded) struct SegmentTerm {
    pub(in crate::engine::embedded) text: usize,
    pub(in crate::engine::embedded) key: String,
    info: TermInfo,
}

impl SegmentTerm {
    /// The documents that have it.
    pub(in crate::engine::embedded) fn list(&self, segment: &SegmentData) -> List {
        segment.texts[self.text].documents(&self.info)
    }
}

impl Builder<'_> {
    /// The matcher of a word; documents that have the term `marked` are marked in batches.
    pub(in crate::engine::embedded) fn word(
        &self,
        word: &WordGroup,
        marked: Option<&SegmentTerm>,
        segment: &Arc<SegmentData>,
    ) -> Result<Word> {
        let fields = self.fields(&word.fields)?;
        let mut leaves = Vec::new();
        for alternative in &word.alternatives {
            if let Some(leaf) = self.leaf(alternative, &fields, marked, segment)? {
                leaves.push((self.weight(alternative, word, &fields)?, leaf));
            }
        }
        Ok(Word::new(leaves, self.lengths(&fields, segment)))
    }

    /// The most frequent of the terms whose documents all match a clause: of words, by themselves or
    /// among clauses of which any will do.
    pub(in crate::engine::embedded) fn most_frequent_term(
        &self,
        clause: &Clause,
        segment: &SegmentData,
    ) -> Result<Option<(SegmentTerm, Share)>> {
        let mut most: Option<(SegmentTerm, Share)> = None;
        let clauses = match clause {
            Clause::Or(clauses) => &clauses[..],
            other => std::slice::from_ref(other),
        };
        for (place, of) in clauses.iter().enumerate() {
            let Clause::Word(word) = of else {
                continue;
            };
            let mut terms = Vec::new();
            let are_all = self.terms_within(word, segment, &mut terms)?;
            let is_only = are_all && terms.len() == 1;
            for term in terms {
                let share = match clause {
                    Clause::Or(_) if is_only => Share::Clause(place),
                    Clause::Or(_) => Share::Part,
                    _ if is_only => Share::All,
                    _ => Share::Part,
                };
                let frequency = |it: &SegmentTerm| it.info.doc_freq;
                if (most.as_ref()).is_none_or(|(it, _)| frequency(it) < frequency(&term)) {
                    most = Some((term, share));
                }
            }
        }
        Ok(most)
    }

    /// Adds the terms whose documents all match a word, each once; whether no others match.
    fn terms_within(
        &self,
        word: &WordGroup,
        segment: &SegmentData,
        terms: &mut Vec<SegmentTerm>,
    ) -> Result<bool> {
        let fields = self.fields(&word.fields)?;
        let mut are_all = true;
        for alternative in &word.alternatives {
            if alternative.pools.len() != 1 && !alternative.any {
                are_all = false;
                continue;
            }
            let pools = alternative.pools.iter().flat_map(|pool| &pool.terms);
            for WeightedTerm { term, .. } in pools {
                let key = term_text(term);
                for (text, _) in &fields {
                    if terms.iter().any(|it| it.text == *text && it.key == key) {
                        continue;
                    }
                    let info = segment.texts[*text].get(&key).map_err(TantivyError::from)?;
                    terms.extend(info.map(|info| SegmentTerm {
                        text: *text,
                        key: key.clone(),
                        info,
                    }));
                }
            }
        }
        Ok(are_all)
    }

    /// The list of a term in a text field, with frequencies.
    pub(in crate::engine::embedded) fn list(
        &self,
        term: &Term,
        text: usize,
        segment: &SegmentData,
    ) -> Result<Option<List>> {
        let index = &segment.texts[text];
        let info = index.get(&term_text(term)).map_err(TantivyError::from)?;
        Ok(info.map(|info| index.list(&info)))
    }

    /// The factor of an alternative's score.
    pub(in crate::engine::embedded) fn weight(
        &self,
        alternative: &Alternative,
        word: &WordGroup,
        fields: &[WeightedField],
    ) -> Result<f32> {
        let weight = word.boost * alternative.weight;
        let (Some(bound), Some(itself)) = (alternative.bound, &word.itself) else {
            return Ok(weight);
        };
        let mut sum = 0.0;
        for pool in &alternative.pools {
            sum += self.pool_idf(pool, fields)?;
        }
        let most = bound * self.pool_idf(itself, fields)?;
        Ok(if sum > most {
            weight * most / sum
        } else {
            weight
        })
    }

    fn leaf(
        &self,
        alternative: &Alternative,
        fields: &[WeightedField],
        marked: Option<&SegmentTerm>,
        segment: &Arc<SegmentData>,
    ) -> Result<Option<Leaf>> {
        if let [pool] = &alternative.pools[..] {
            return Ok(self
                .pooled(pool, fields, marked, segment)?
                .map(Leaf::Pooled));
        }
        if !alternative.any {
            let together = self.together(alternative, fields, segment)?;
            return Ok(together.map(Leaf::Together));
        }
        let mut things = Vec::new();
        for pool in &alternative.pools {
            things.extend(self.pooled(pool, fields, marked, segment)?);
        }
        Ok((!things.is_empty()).then(|| Leaf::AnyOf(AnyOf::new(things))))
    }

    fn pooled(
        &self,
        pool: &Pool,
        fields: &[WeightedField],
        marked: Option<&SegmentTerm>,
        segment: &Arc<SegmentData>,
    ) -> Result<Option<Pooled>> {
        let mut lists = Lists::new();
        let mut place = None;
        for WeightedTerm { term, weight } in &pool.terms {
            for (text, field_weight) in fields {
                if let Some(list) = self.list(term, *text, segment)? {
                    if marked.is_some_and(|it| it.text == *text && it.key == term_text(term)) {
                        place = Some(lists.len());
                    }
                    lists.push((weight * field_weight, list));
                }
            }
        }
        if lists.is_empty() {
            return Ok(None);
        }
        let idf = self.pool_idf(pool, fields)?;
        Ok(Some(Pooled::new(lists, place, idf)))
    }

    fn together(
        &self,
        alternative: &Alternative,
        fields: &[WeightedField],
        segment: &Arc<SegmentData>,
    ) -> Result<Option<InFields<Together>>> {
        let mut walks = Vec::new();
        'fields: for (text, weight) in fields {
            let mut things = Vec::new();
            for pool in &alternative.pools {
                let terms = pool.terms.iter().map(|it| &it.term);
                let lists = self.all_postings(terms, *text, segment)?;
                if lists.is_empty() {
                    continue 'fields;
                }
                things.push(PhraseWord::new(0, lists));
            }
            walks.push((*weight, Together::new(things, alternative.window)));
        }
        if walks.is_empty() {
            return Ok(None);
        }
        let idfs = (alternative.pools.iter())
            .map(|pool| self.pool_idf(pool, fields))
            .collect::<Result<_>>()?;
        Ok(Some(InFields::new(
            walks,
            idfs,
            self.lengths(fields, segment),
        )))
    }

    pub(in crate::engine::embedded) fn phrase(
        &self,
        phrase: &Phrase,
        segment: &Arc<SegmentData>,
    ) -> Result<BoxMatcher> {
        let fields = self.fields(&phrase.fields)?;
        let mut walks = Vec::new();
        'fields: for (text, weight) in &fields {
            let mut words = Vec::new();
            for (offset, terms) in &phrase.words {
                let lists = self.all_postings(terms.iter().map(|it| &it.term), *text, segment)?;
                if lists.is_empty() {
                    continue 'fields;
                }
                words.push(PhraseWord::new(*offset, lists));
            }
            if !words.is_empty() {
                walks.push((*weight, PhraseField::new(words)));
            }
        }
        let mut weight = 0.0;
        for (_, terms) in &phrase.words {
            weight += self.best_idf(terms, &fields)?;
        }
        Ok(self.in_fields(walks, vec![phrase.boost * weight], &fields, segment))
    }

    pub(in crate::engine::embedded) fn near(
        &self,
        near: &Near,
        segment: &Arc<SegmentData>,
    ) -> Result<BoxMatcher> {
        let fields = self.fields(&near.fields)?;
        let mut walks = Vec::new();
        for (text, weight) in &fields {
            let operands: Vec<Operand> = (near.operands.iter())
                .map(|sequences| self.operand(sequences, *text, segment))
                .collect::<Result<_>>()?;
            if operands.iter().all(|operand| !operand.runs.is_empty()) && !operands.is_empty() {
                let nearness = match near.within {
                    Within::Words(slop) => Nearness::Words(slop),
                    Within::Sentence => Nearness::Sentence(Arc::clone(segment), *text),
                };
                walks.push((*weight, matcher::Near::new(operands, nearness)));
            }
        }
        let mut idfs = Vec::new();
        for sequences in &near.operands {
            let mut best: f32 = 0.0;
            for sequence in sequences {
                best = best.max(self.sequence_idf(sequence, &fields)?);
            }
            idfs.push(near.boost * best);
        }
        Ok(self.in_fields(walks, idfs, &fields, segment))
    }

    fn in_fields<F: InField + 'static>(
        &self,
        walks: Vec<(f32, F)>,
        idfs: Vec<f32>,
        fields: &[WeightedField],
        segment: &Arc<SegmentData>,
    ) -> BoxMatcher {
        Box::new(InFields::new(walks, idfs, self.lengths(fields, segment)))
    }

    fn operand(
        &self,
        sequences: &[Sequence],
        text: usize,
        segment: &Arc<SegmentData>,
    ) -> Result<Operand> {
        let mut runs = Vec::new();
        for sequence in sequences {
            let mut words = Vec::new();
            for (offset, slot) in &sequence.words {
                words.push((*offset, self.slot(slot, text, segment)?));
            }
            if !words.is_empty() && words.iter().all(|(_, lists)| !lists.is_empty()) {
                let words = words.into_iter();
                let words = words.map(|(offset, lists)| PhraseWord::new(offset, lists));
                runs.push(Run::new(words.collect()));
            }
        }
        Ok(Operand { runs })
    }

    /// The lists of all that may stand in the place of one word.
    fn slot(&self, slot: &Slot, text: usize, segment: &Arc<SegmentData>) -> Result<Vec<Postings>> {
        match slot {
            Slot::Terms(terms) => self.all_postings(terms.iter().map(|it| &it.term), text, segment),
            Slot::Pattern(pattern) => {
                let index = &segment.texts[text];
                let mut lists = Vec::new();
                for info in Shape::new(pattern)?.terms(index)? {
                    lists.push(index.postings(&info));
                }
                Ok(lists)
            }
        }
    }

    fn sequence_idf(&self, sequence: &Sequence, fields: &[WeightedField]) -> Result<f32> {
        let mut sum = 0.0;
        for (_, slot) in &sequence.words {
            sum += match slot {
                Slot::Terms(terms) => self.best_idf(terms, fields)?,
                Slot::Pattern(_) => 1.0,
            };
        }
        Ok(sum)
    }

    /// The largest weight of some terms of which any will do.
    fn best_idf(&self, terms: &[WeightedTerm], fields: &[WeightedField]) -> Result<f32> {
        let mut best: f32 = 0.0;
        for WeightedTerm { term, weight } in terms {
            let matching = self.matching_anywhere(term, fields)?;
            best = best.max(weight * idf(matching, self.snapshot.documents));
        }
        Ok(best)
    }

    /// The weight of a pool: that of one term that the documents of all its terms have.
    pub(in crate::engine::embedded) fn pool_idf(
        &self,
        pool: &Pool,
        fields: &[WeightedField],
    ) -> Result<f32> {
        let counts: Vec<u64> = (pool.terms.iter())
            .map(|it| self.matching_anywhere(&it.term, fields))
            .collect::<Result<_>>()?;
        let documents = self.snapshot.documents;
        Ok(idf(union(&counts, documents), documents))
    }

    /// How many documents have a term, by the field in which most have it: what a title says, the
    /// text mostly says again.
    fn matching_anywhere(&self, term: &Term, fields: &[WeightedField]) -> Result<u64> {
        let mut most = 0;
        for (text, _) in fields {
            most = most.max(self.matching(term, *text)?);
        }
        Ok(most)
    }

    fn all_postings<'t>(
        &self,
        terms: impl Iterator<Item = &'t Term>,
        text: usize,
        segment: &SegmentData,
    ) -> Result<Vec<Postings>> {
        let mut lists = Vec::new();
        for term in terms {
            lists.extend(self.postings(term, text, segment)?);
        }
        Ok(lists)
    }

    fn postings(
        &self,
        term: &Term,
        text: usize,
        segment: &SegmentData,
    ) -> Result<Option<Postings>> {
        let index = &segment.texts[text];
        let info = index.get(&term_text(term)).map_err(TantivyError::from)?;
        Ok(info.map(|info| index.postings(&info)))
    }
}
