//! What an engine must do, done with one commit or another.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::build::Builder;
use super::locate::Locator;
use super::top::Top;
use super::{Embedded, collect, counts, explain, outline, snapshot, vocabulary, walk};
use crate::analysis::Term;
use crate::document::{Document, PartialDate, Sketch};
use crate::engine::{Engine, Holding, Index, Labels, Result, Stats, Walk, Writer, WriterOptions};
use crate::schema::Schema;
use crate::search::{
    After, ArchiveWord, CopyGroup, EngineHit, EngineResponse, Explanation, Scoring, SearchRequest,
    WordsRequest,
};

impl Engine for Embedded {
    fn search(&self, request: &SearchRequest) -> Result<EngineResponse> {
        let snapshot = self.asked(request);
        // One hit more than is wanted tells whether there are more.
        let mut top = Top::new(match request.limit {
            0 => 0,
            limit => request.skip.saturating_add(limit).saturating_add(1),
        });
        let newest = self.current();
        let withheld = if Arc::ptr_eq(&newest, &snapshot) {
            Vec::new()
        } else {
            snapshot.embargoed_in(&newest, request.now)?
        };
        let collected = collect::collect(&snapshot, request, &withheld, &mut top)?;
        let mut candidates = top.into_sorted(&snapshot.segments)?;
        let end = request.skip.saturating_add(request.limit);
        let goes_on = candidates.len() > end;
        candidates.truncate(end);
        if request.hold && goes_on {
            self.versions().hold(&snapshot, Instant::now());
        }
        // Without hits there is nothing to look for in them.
        let locate = if candidates.is_empty() {
            &[][..]
        } else {
            &request.locate
        };
        let locator = Locator::new(&snapshot, locate)?;
        let hits = candidates.into_iter().skip(request.skip).map(|candidate| {
            let place = (candidate.segment, candidate.document);
            snapshot.hit(request.sort, request.now, candidate.rank, place, &locator)
        });
        let hits: Vec<EngineHit> = hits.collect::<tantivy::Result<_>>()?;
        let next = hits.last().filter(|_| goes_on).map(|last| After {
            rank: last.rank,
            id: last.document.id.clone(),
        });
        let facets = request.facets.iter().zip(&collected.counts);
        let histogram = (request.histogram.as_ref()).zip(collected.time.as_ref());
        Ok(EngineResponse {
            commit: snapshot.commit,
            next,
            total_hits: collected.total,
            total_copies: collected.copies,
            hits,
            facets: facets
                .map(|(facet, counts)| {
                    let filter = (request.filters.iter()).find(|f| f.facet == facet.facet);
                    let list = counts::list(&snapshot, counts, facet, filter);
                    (facet.facet.clone(), list)
                })
                .collect(),
            histogram: histogram.map(|(request, counts)| counts.list(&snapshot, request)),
        })
    }

    fn walk(&self, request: &SearchRequest) -> Result<Walk> {
        walk::walk(self.current(), request)
    }

    fn explain(&self, request: &SearchRequest, id: &str) -> Result<Option<Explanation>> {
        let snapshot = self.asked(request);
        match snapshot.find(id)? {
            Some((segment, document)) => explain::explain(&snapshot, request, segment, document),
            None => Ok(None),
        }
    }

    fn occurs(&self, term: &Term) -> Result<bool> {
        let snapshot = self.current();
        let builder = Builder::new(&snapshot, Scoring::default());
        for text in 0..snapshot.layout.texts.len() {
            if builder.is_in_any_segment(term, text)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn documents_with(&self, terms: &[Term]) -> Result<Vec<u64>> {
        let snapshot = self.current();
        let builder = Builder::new(&snapshot, Scoring::default());
        let fields = 0..snapshot.layout.texts.len();
        let most = |term: &Term| {
            let mut counts = fields.clone().map(|text| builder.matching(term, text));
            counts.try_fold(0, |most, count| Ok(most.max(count?)))
        };
        terms.iter().map(most).collect()
    }

    fn words(&self, request: &WordsRequest) -> Result<Vec<ArchiveWord>> {
        Ok(vocabulary::words(&self.current(), request)?)
    }

    fn document(&self, id: &str) -> Result<Option<Document>> {
        let snapshot = self.current();
        match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.load(segment, document)?)),
            None => Ok(None),
        }
    }

    fn reload(&self) -> Result<bool> {
        let before = self.current().commit;
        if self.index.load_metas()?.opstamp == before {
            self.versions().tidy(Instant::now());
            return Ok(false);
        }
        self.reader.reload()?;
        let fresh = snapshot(&self.index, &self.reader, &self.layout)?;
        let changed = fresh.commit != before;
        self.versions().replace(fresh, Instant::now());
        Ok(changed)
    }

    fn fingerprints(&self, ids: &[&str]) -> Result<Vec<Option<u64>>> {
        let snapshot = self.current();
        let fingerprint = |id: &&str| match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.fingerprint(segment, document)?)),
            None => Ok(None),
        };
        ids.iter().map(fingerprint).collect()
    }

    fn each_document(&self, visit: &mut dyn FnMut(Document)) -> Result<()> {
        let snapshot = self.current();
        for (number, segment) in snapshot.segments.iter().enumerate() {
            for document in segment.reader.doc_ids_alive() {
                visit(snapshot.load(number, document)?);
            }
        }
        Ok(())
    }

    fn copies_of(&self, texts: &[(&Sketch, &str)]) -> Result<Vec<Vec<Labels>>> {
        let snapshot = self.current();
        let copies = |(sketch, id): &(&Sketch, &str)| outline::copies_of(&snapshot, sketch, id);
        Ok(texts.iter().map(copies).collect::<tantivy::Result<_>>()?)
    }

    fn copies(&self, id: &str, now: PartialDate) -> Result<Option<CopyGroup>> {
        let snapshot = self.current();
        match snapshot.find(id)? {
            Some((segment, document)) => Ok(Some(snapshot.copy_group(segment, document, id, now)?)),
            None => Ok(None),
        }
    }

    fn commit(&self) -> u64 {
        self.current().commit
    }

    fn latest_day(&self, now: PartialDate) -> Result<Option<PartialDate>> {
        Ok(self.current().latest_day(now))
    }

    fn embargoed(&self, now: PartialDate) -> u64 {
        self.current().embargoed(now)
    }

    fn documents(&self, now: PartialDate) -> Result<u64> {
        let snapshot = self.current();
        Ok(snapshot.documents - snapshot.embargoed(now))
    }

    fn stats(&self, now: PartialDate) -> Result<Stats> {
        let snapshot = self.current();
        Ok(Stats {
            documents: snapshot.documents,
            embargoed: snapshot.embargoed(now),
            segments: snapshot.segments.len(),
            size_bytes: size_of(&self.folder),
            commit: snapshot.commit,
            committed_at: snapshot.committed_at,
        })
    }
}

impl Index for Embedded {
    fn schema(&self) -> &Schema {
        self.schema()
    }

    fn begin_to_write(&self, options: WriterOptions) -> Result<Box<dyn Writer>> {
        Ok(Box::new(self.writer(options)?))
    }

    fn damaged(&self) -> Result<Vec<String>> {
        self.damaged_files()
    }

    fn hold_for(&self, holding: Holding) {
        self.set_holding(holding);
    }
}

/// Sum of the sizes of all files below a folder; files that vanish meanwhile count nothing.
fn size_of(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter_map(|entry| entry.metadata().ok().filter(|meta| meta.is_file()));
    files.map(|meta| meta.len()).sum()
}
