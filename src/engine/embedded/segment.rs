//! One segment, opened: postings, records, ids.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyError};

use super::embargo::Embargoes;
use super::kept::Kept;
use super::layout::{ID, ID_HEAD, INDEXED_AT, LABEL, Layout, OUTLINE};
use super::outline;
use super::postings::{self, FieldPostings};
use super::precounted::CountsReader;
use super::record::{FacetColumn, RecordReader};
use super::sentences::SentencesReader;
use super::stored::DocumentsReader;
use super::vocabulary::Tree;
use crate::document::Outline;

/// Which column of the record a facet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FacetIndex {
    /// A keyword field, by its place among the keyword fields of the schema.
    Keyword(usize),
    /// The date.
    Date,
}

/// A segment with everything a search needs of it.
pub(super) struct SegmentData {
    pub(super) reader: SegmentReader,
    pub(super) records: RecordReader,
    pub(super) sentences: SentencesReader,
    pub(super) counts: CountsReader,
    /// The documents as they are stored.
    pub(super) documents: DocumentsReader,
    /// The deleted documents, ascending; `None` if they are many.
    pub(super) deleted: Option<Vec<DocId>>,
    /// Postings of each text field, in the order of the schema.
    pub(super) texts: Vec<Arc<FieldPostings>>,
    pub(super) embargoes: Embargoes,
    pub(super) kept: Kept,
    /// The words as documents write them.
    pub(super) words: Arc<FieldPostings>,
    pub(super) vocabulary: Tree,
    /// Ids of the documents; ordinals are in the order of the ids.
    ids: Option<StrColumn>,
    /// The first bytes of the ids.
    id_heads: Option<Column<u64>>,
    labels: Option<Column<u64>>,
    /// The documents that have a label.
    pub(super) with_label: Arc<InvertedIndexReader>,
    outlines: Option<Column<u64>>,
    indexed_at: Option<Column<u64>>,
    /// The bands of the sketches.
    pub(super) bands: Arc<InvertedIndexReader>,
    /// For each keyword field, the archive's ordinal of each ordinal of this segment.
    pub(super) keyword_ordinals: Vec<Vec<u32>>,
    /// The same for the periods of the date column.
    pub(super) period_ordinals: Vec<u32>,
}

impl SegmentData {
    pub(super) fn open(reader: SegmentReader, layout: &Layout) -> tantivy::Result<SegmentData> {
        // The words of the vocabulary are the field behind the text fields.
        let mut texts = postings::open(&reader, layout.texts.len() + 1)?;
        let words = texts.remove(layout.texts.len());
        Ok(SegmentData {
            records: RecordReader::open(&reader)?,
            sentences: SentencesReader::open(&reader)?,
            counts: CountsReader::open(&reader)?,
            deleted: deleted(&reader),
            documents: DocumentsReader::open(&reader)?,
            texts,
            embargoes: Embargoes::open(&reader)?,
            kept: Kept::default(),
            words,
            vocabulary: Tree::open(&reader)?,
            ids: reader.fast_fields().str(ID)?,
            id_heads: reader.fast_fields().column_opt(ID_HEAD)?,
            labels: reader.fast_fields().column_opt(LABEL)?,
            with_label: reader.inverted_index(layout.label)?,
            outlines: reader.fast_fields().column_opt(OUTLINE)?,
            indexed_at: reader.fast_fields().column_opt(INDEXED_AT)?,
            bands: reader.inverted_index(layout.band)?,
            keyword_ordinals: Vec::new(),
            period_ordinals: Vec::new(),
            reader,
        })
    }

    /// Number of documents, deleted ones included: document numbers are below it.
    pub(super) fn documents(&self) -> DocId {
        self.reader.max_doc()
    }

    pub(super) fn is_alive(&self, document: DocId) -> bool {
        !self.reader.is_deleted(document)
    }

    /// When a document was taken in, in seconds since 1970; 0 if that is not known.
    pub(super) fn indexed_at(&self, document: DocId) -> u32 {
        let column = self.indexed_at.as_ref();
        let seconds = column.and_then(|column| column.first(document));
        seconds.map_or(0, |seconds| u32::try_from(seconds).unwrap_or(u32::MAX))
    }

    /// Total length of a text field in words, deleted documents left out.
    pub(super) fn words(&self, text: usize) -> u64 {
        let alive = (self.reader.has_deletes()).then(|| self.reader.doc_ids_alive());
        self.records.words(text, alive)
    }

    pub(super) fn column(&self, facet: FacetIndex) -> FacetColumn<'_> {
        match facet {
            FacetIndex::Keyword(index) => self.records.column(index),
            FacetIndex::Date => self.records.date_column(),
        }
    }

    /// For each value in the dictionary of a facet, whether a document that is not deleted has it.
    pub(super) fn used(&self, facet: FacetIndex) -> Vec<bool> {
        let len = match facet {
            FacetIndex::Keyword(index) => self.records.nodes(index).len(),
            FacetIndex::Date => self.records.periods().len(),
        };
        if !self.reader.has_deletes() {
            return vec![true; len];
        }
        let mut used = vec![false; len];
        for document in self.reader.doc_ids_alive() {
            (self.column(facet)).each(document, |ordinal| used[ordinal as usize] = true);
        }
        used
    }

    /// The archive's ordinal of each ordinal of this segment.
    pub(super) fn ordinals(&self, facet: FacetIndex) -> &[u32] {
        match facet {
            FacetIndex::Keyword(index) => &self.keyword_ordinals[index],
            FacetIndex::Date => &self.period_ordinals,
        }
    }

    /// A number by which the ids of this segment's documents can be compared.
    pub(super) fn id_ordinal(&self, document: DocId) -> u64 {
        let ordinal = self.ids.as_ref().and_then(|ids| ids.ords().first(document));
        ordinal.unwrap_or(u64::MAX)
    }

    /// The beginning of the id of a document: ids are in the order of these, as far as they differ.
    pub(super) fn id_head(&self, document: DocId) -> u64 {
        let head = self
            .id_heads
            .as_ref()
            .and_then(|heads| heads.first(document));
        head.unwrap_or(0)
    }

    /// The id of a document.
    pub(super) fn id(&self, document: DocId) -> tantivy::Result<String> {
        let mut id = String::new();
        if let Some(ids) = &self.ids {
            ids.ord_to_str(self.id_ordinal(document), &mut id)?;
        }
        Ok(id)
    }

    /// The ids of some documents, in the order of the ids, each with the place of its document in
    /// the list: reading many in this order takes much less time.
    pub(super) fn ids(&self, documents: &[DocId]) -> tantivy::Result<Vec<(String, usize)>> {
        let Some(ids) = &self.ids else {
            return Ok(Vec::new());
        };
        let numbered = documents.iter().enumerate();
        let mut ordinals: Vec<(u64, usize)> = numbered
            .map(|(place, document)| (self.id_ordinal(*document), place))
            .collect();
        ordinals.sort_unstable();
        let mut all = Vec::with_capacity(documents.len());
        let mut places = ordinals.iter().map(|(_, place)| *place);
        let sorted: Vec<u64> = ordinals.iter().map(|(ordinal, _)| *ordinal).collect();
        ids.dictionary().sorted_ords_to_term_cb(&sorted, |id| {
            all.extend(
                places
                    .next()
                    .map(|place| (String::from_utf8_lossy(id).into_owned(), place)),
            );
        })?;
        Ok(all)
    }

    /// The labels of a document.
    pub(super) fn labels(&self, document: DocId) -> impl Iterator<Item = u64> {
        let column = self.labels.iter();
        column.flat_map(move |labels| labels.values_for_doc(document))
    }

    /// Number of labels of all documents.
    pub(super) fn label_count(&self) -> usize {
        (self.labels.as_ref()).map_or(0, |labels| labels.values.num_vals() as usize)
    }

    /// The outline of a document's text, if it has words.
    pub(super) fn outline(&self, document: DocId) -> Option<Outline> {
        outline::from_words(self.outlines.as_ref()?.values_for_doc(document))
    }

    /// The first documents in the order of their ids, at most `most` of them and only those whose ids
    /// come after `after`; deleted ones are left out, and so are those in `hidden`, which ascends.
    pub(super) fn first_by_id(
        &self,
        id: Field,
        after: Option<&str>,
        most: usize,
        hidden: &[DocId],
    ) -> tantivy::Result<Vec<DocId>> {
        let inverted = self.reader.inverted_index(id)?;
        let range = inverted.terms().range();
        let range = match after {
            Some(after) => range.gt(after.as_bytes()),
            None => range,
        };
        let mut ids = range.into_stream()?;
        let mut first = Vec::new();
        while first.len() < most
            && let Some((_, info)) = ids.next()
        {
            let option = IndexRecordOption::Basic;
            let mut list = inverted.read_postings_from_terminfo(info, option)?;
            while list.doc() != TERMINATED {
                let document = list.doc();
                if self.is_alive(document) && hidden.binary_search(&document).is_err() {
                    first.push(document);
                }
                list.advance();
            }
        }
        Ok(first)
    }

    /// How many ids of this segment are not greater than `id`: those ordinals come up to it.
    pub(super) fn ids_up_to(&self, id: &str) -> tantivy::Result<u64> {
        let Some(ids) = &self.ids else {
            return Ok(0);
        };
        let (mut low, mut high) = (0, ids.num_terms() as u64);
        let mut term = String::new();
        while low < high {
            let middle = low + (high - low) / 2;
            term.clear();
            if !ids.ord_to_str(middle, &mut term)? {
                return Err(TantivyError::InternalError(
                    "damaged column of ids".to_owned(),
                ));
            }
            if term.as_str() <= id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }
}

/// The deleted documents of a segment, ascending, if they are few enough for each to be looked at
/// when many documents are counted.
fn deleted(reader: &SegmentReader) -> Option<Vec<DocId>> {
    /// One in so many documents at most.
    const FEW: u32 = 20;
    if reader.num_deleted_docs() > reader.max_doc() / FEW {
        return None;
    }
    if !reader.has_deletes() {
        return Some(Vec::new());
    }
    let all = 0..reader.max_doc();
    Some(
        all.filter(|document| reader.is_deleted(*document))
            .collect(),
    )
}
