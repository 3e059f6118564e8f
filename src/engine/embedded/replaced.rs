//! Which documents have to go because others take their places.
//!
//! tantivy would have every document that is added deleted first, in case it is there: it keeps each
//! of these deletions, with more than a kilobyte, until the commit, and seeks it in every segment
//! that is written or merged meanwhile. Nearly always nothing is there. So here it is asked first
//! whether anything can be, and a deletion is kept as what it is: an id.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashSet};
use tantivy::directory::META_LOCK;
use tantivy::index::SegmentId;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Directory, DocId, Index, InvertedIndexReader, Score, SegmentReader, Term};

/// The ids that the index may have.
pub(super) struct Ids {
    field: Field,
    /// Hashes of those that were added since the last commit. If two are the same, something is
    /// deleted that is not there.
    added: FxHashSet<u64>,
    /// Those of the last commit, segment by segment.
    committed: Vec<(SegmentId, Arc<InvertedIndexReader>)>,
    /// Whether the segments are those of the last commit: they are opened when they are asked.
    is_open: bool,
}

impl Ids {
    pub(super) fn new(field: Field) -> Ids {
        Ids {
            field,
            added: FxHashSet::default(),
            committed: Vec::new(),
            is_open: false,
        }
    }

    /// Adds the id of a document; whether the index may have another with it.
    pub(super) fn add(&mut self, id: &str, index: &Index) -> tantivy::Result<bool> {
        if !self.added.insert(FxBuildHasher.hash_one(id)) {
            return Ok(true);
        }
        if !self.is_open {
            self.open(index)?;
        }
        let term = Term::from_field_text(self.field, id);
        for (_, ids) in &self.committed {
            if ids.get_term_info(&term)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What was added is committed now.
    pub(super) fn commit(&mut self) {
        self.added.clear();
        self.is_open = false;
    }

    /// Opens the segments of the last commit that are not open yet.
    fn open(&mut self, index: &Index) -> tantivy::Result<()> {
        // Keeps files from being collected meanwhile.
        let _lock = index.directory().acquire_lock(&META_LOCK)?;
        let mut known = std::mem::take(&mut self.committed);
        for segment in index.searchable_segments()? {
            let same = known.iter().position(|(id, _)| *id == segment.id());
            self.committed.push(match same {
                Some(place) => known.swap_remove(place),
                None => {
                    let ids = SegmentReader::open(&segment)?.inverted_index(self.field)?;
                    (segment.id(), ids)
                }
            });
        }
        self.is_open = true;
        Ok(())
    }
}

/// The documents with an id.
#[derive(Debug, Clone)]
pub(super) struct WithId {
    field: Field,
    id: Box<str>,
}

impl WithId {
    pub(super) fn new(field: Field, id: &str) -> WithId {
        WithId {
            field,
            id: id.into(),
        }
    }
}

impl Query for WithId {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WithId {
    fn scorer(&self, segment: &SegmentReader, score: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let term = Term::from_field_text(self.field, &self.id);
        let ids = segment.inverted_index(self.field)?;
        Ok(match ids.read_postings(&term, IndexRecordOption::Basic)? {
            Some(documents) => Box::new(ConstScorer::new(documents, score)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("the id", 1.0))
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{IndexWriter, TantivyDocument};

    use super::*;

    #[test]
    fn only_what_may_be_there_is_deleted() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("id", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
        let mut ids = Ids::new(field);
        let add = |writer: &IndexWriter, ids: &mut Ids, id: &str| {
            let is_there = ids.add(id, &index).unwrap();
            if is_there {
                let documents = WithId::new(field, id);
                writer.delete_query(Box::new(documents)).unwrap();
            }
            let mut document = TantivyDocument::new();
            document.add_text(field, id);
            writer.add_document(document).unwrap();
            is_there
        };
        let there = ["a", "b", "a"].map(|id| add(&writer, &mut ids, id));
        assert_eq!(there, [false, false, true]);
        writer.commit().unwrap();
        ids.commit();
        let there = ["c", "b", "c"].map(|id| add(&writer, &mut ids, id));
        assert_eq!(there, [false, true, true]);
        writer.commit().unwrap();
        ids.commit();
        assert!(ids.add("c", &index).unwrap() && !ids.add("d", &index).unwrap());

        let searcher = index.reader().unwrap().searcher();
        assert_eq!(searcher.num_docs(), 3);
        for id in ["a", "b", "c"] {
            let found = searcher.search(&WithId::new(field, id), &Count).unwrap();
            assert_eq!(found, 1, "{id}");
        }
    }
}
