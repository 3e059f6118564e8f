//! From a clause to the matcher of a segment.

mod words;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) use self::words::{SegmentTerm, Share};
use super::matcher::{self, All, And, Bits, BoxMatcher, InSet, Nothing, TERMINATED};
use super::pattern::Shape;
use super::postings::term_text;
use super::score::{LengthTables, Lengths};
use super::segment::{FacetIndex, SegmentData};
use super::selection::Selection;
use super::snapshot::Snapshot;
use crate::analysis::Term;
use crate::document::PartialDate;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::search::{Clause, DateRange, MISSING, PatternGroup, Scoring};

/// A text field by its place in the schema, with its weight.
pub(super) type WeightedField = (usize, f32);

/// Builds matchers; counts how many documents have a term once for all segments.
pub(super) struct Builder<'a> {
    snapshot: &'a Snapshot,
    scoring: Scoring,
    /// The tables of lengths, by the fields that they are for: a query looks in few sets of fields.
    lengths: RefCell<Vec<(Vec<WeightedField>, Arc<LengthTables>)>>,
    frequencies: RefCell<HashMap<(usize, String), u64>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, scoring: Scoring) -> Builder<'a> {
        Builder {
            snapshot,
            scoring,
            lengths: RefCell::default(),
            frequencies: RefCell::default(),
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
            Clause::Word(word) => Box::new(self.word(word, None, segment)?),
            Clause::Phrase(phrase) => self.phrase(phrase, segment)?,
            Clause::Value { facet, value } => self.value(facet, value, segment)?,
            Clause::Range(range) => range_matcher(*range, segment),
            Clause::And(clauses) => self.and(clauses, segment)?,
            Clause::Or(clauses) => matcher::any_of(self.matchers(clauses.iter(), segment)?),
            Clause::Kept(clause) => {
                let find = || self.matcher(clause, segment);
                let bits = segment.kept.documents(clause, documents, find)?;
                Box::new(InSet::new(bits, 0.0))
            }
            Clause::Not(clause) => matcher::not(self.matcher(clause, segment)?, documents),
            Clause::CopiesOf { id } => self.copies_of(id, segment)?,
            Clause::Document { id } => self.document(id, segment)?,
            Clause::Near(near) => self.near(near, segment)?,
            Clause::Pattern(group) => self.pattern(group, segment)?,
            Clause::Exists { field } => self.exists(field, segment)?,
        })
    }

    /// The same for a clause of which whoever asks knows the documents of a term: they are
    /// [marked](matcher::Batch::leave_out_marked) in batches, and may be left out if they are all that a
    /// clause matches, see [`matcher::any_of_known`].
    pub(super) fn matcher_known(
        &self,
        clause: &Clause,
        (term, share): (&SegmentTerm, Share),
        segment: &Arc<SegmentData>,
    ) -> Result<BoxMatcher> {
        let marked = |clause: &Clause| -> Result<BoxMatcher> {
            match clause {
                Clause::Word(word) => Ok(Box::new(self.word(word, Some(term), segment)?)),
                _ => self.matcher(clause, segment),
            }
        };
        match (clause, share) {
            (Clause::Or(clauses), Share::Clause(place)) => {
                let clauses = self.matchers(clauses.iter(), segment)?;
                Ok(matcher::any_of_known(clauses, place))
            }
            (Clause::Or(clauses), Share::Part) => {
                let clauses = clauses.iter().map(marked);
                Ok(matcher::any_of(clauses.collect::<Result<_>>()?))
            }
            (clause, Share::Part) => marked(clause),
            _ => self.matcher(clause, segment),
        }
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

    pub(super) fn fields(&self, fields: &[(String, f32)]) -> Result<Vec<WeightedField>> {
        let field = |(name, weight): &(String, f32)| {
            let text = self.snapshot.layout.text_index(name);
            Ok((text.ok_or_else(|| unknown_field(name))?, *weight))
        };
        fields.iter().map(field).collect()
    }

    pub(super) fn lengths(&self, fields: &[WeightedField], segment: &Arc<SegmentData>) -> Lengths {
        let mut known = self.lengths.borrow_mut();
        let tables = match known.iter().find(|(these, _)| these == fields) {
            Some((_, tables)) => Arc::clone(tables),
            None => {
                let snapshot = self.snapshot;
                let tables =
                    LengthTables::new(fields, &snapshot.words, snapshot.documents, self.scoring);
                let tables = Arc::new(tables);
                known.push((fields.to_vec(), Arc::clone(&tables)));
                tables
            }
        };
        Lengths::new(tables, Arc::clone(segment))
    }

    /// How many documents have a term in a field.
    pub(super) fn matching(&self, term: &Term, text: usize) -> Result<u64> {
        let key = (text, term_text(term));
        if let Some(matching) = self.frequencies.borrow().get(&key) {
            return Ok(*matching);
        }
        let matching = (self.snapshot.segments.iter())
            .map(|segment| frequency(&key.1, text, segment))
            .sum::<tantivy::Result<u64>>()?;
        self.frequencies.borrow_mut().insert(key, matching);
        Ok(matching)
    }

    /// Whether a term stands in the dictionary of a field, be it for deleted documents.
    pub(super) fn is_in_any_segment(&self, term: &Term, text: usize) -> Result<bool> {
        let term = term_text(term);
        for segment in &self.snapshot.segments {
            let info = segment.texts[text].get(&term);
            if info.map_err(tantivy::TantivyError::from)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn pattern(&self, group: &PatternGroup, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let shape = Shape::new(&group.pattern)?;
        let mut fields: Vec<BoxMatcher> = Vec::new();
        for (text, weight) in self.fields(&group.fields)? {
            let index = &segment.texts[text];
            let mut bits = Bits::new(segment.documents());
            for info in shape.terms(index)? {
                bits.insert_all(&mut index.documents(&info));
            }
            let score = group.boost * weight;
            fields.push(Box::new(InSet::new(Arc::new(bits), score)));
        }
        Ok(matcher::any_of(fields))
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
            let members = self.snapshot.copies((number as u32, document))?;
            let segments = &self.snapshot.segments;
            let members = members
                .into_iter()
                .filter(|(number, _)| Arc::ptr_eq(&segments[*number as usize], segment));
            here.extend(members.map(|(_, document)| document));
            here.sort_unstable();
        }
        Ok(matcher::listed(here))
    }

    /// The document with that id, if this segment has it.
    fn document(&self, id: &str, segment: &Arc<SegmentData>) -> Result<BoxMatcher> {
        let place = self.snapshot.find(id)?;
        let here =
            place.filter(|(number, _)| Arc::ptr_eq(&self.snapshot.segments[*number], segment));
        let here = here.map(|(_, document)| document);
        Ok(matcher::listed(here.into_iter().collect()))
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
fn frequency(term: &str, text: usize, segment: &SegmentData) -> tantivy::Result<u64> {
    let index = &segment.texts[text];
    let Some(info) = index.get(term)? else {
        return Ok(0);
    };
    if !segment.reader.has_deletes() {
        return Ok(u64::from(info.doc_freq));
    }
    let mut count = 0;
    index
        .documents(&info)
        .each_before(TERMINATED, usize::MAX, |document, _| {
            count += u64::from(segment.is_alive(document));
        });
    Ok(count)
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

pub(super) fn unknown_field(name: &str) -> EngineError {
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
