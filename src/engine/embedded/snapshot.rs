//! One commit of the index, opened for searching.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tantivy::{DocId, Searcher, Term};

use super::groups::Groups;
use super::layout::{FINGERPRINT, Layout};
use super::locate::Locator;
use super::record::NodeEntry;
use super::segment::{FacetIndex, SegmentData};
use crate::document::{Document, Moment, PartialDate};
use crate::engine::versions::Numbered;
use crate::schema::{Field, FieldKind, Schema};
use crate::search::{EngineHit, Sort};

/// The archive's ordinal of a value that only deleted documents have: none.
pub(super) const UNUSED: u32 = u32::MAX;

/// The documents of one commit with what is the same for all searches in them.
pub(super) struct Snapshot {
    pub(super) layout: Layout,
    pub(super) segments: Vec<Arc<SegmentData>>,
    /// Dictionaries of the keyword fields over all segments.
    pub(super) facets: Vec<Dictionary>,
    /// The periods that occur in any segment, ascending, as packed dates.
    pub(super) periods: Vec<u32>,
    /// Number of documents.
    pub(super) documents: u64,
    /// Total length of each text field in words.
    pub(super) words: Vec<u64>,
    /// Number of the commit.
    pub(super) commit: u64,
    /// When it was made, if it says so.
    pub(super) committed_at: Option<Moment>,
    /// Made when they are first asked for.
    groups: OnceLock<Groups>,
}

/// The values of a keyword field over all segments.
#[derive(Default)]
pub(super) struct Dictionary {
    pub(super) nodes: Vec<NodeEntry>,
    by_id: HashMap<String, u32>,
}

impl Dictionary {
    fn add(&mut self, entry: &NodeEntry) -> u32 {
        if let Some(ordinal) = self.by_id.get(&entry.id) {
            self.nodes[*ordinal as usize].settle(&entry.name, entry.parent.as_deref());
            return *ordinal;
        }
        let ordinal = self.nodes.len() as u32;
        self.nodes.push(entry.clone());
        self.by_id.insert(entry.id.clone(), ordinal);
        ordinal
    }

    pub(super) fn ordinal(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }
}

impl Snapshot {
    pub(super) fn open(
        searcher: Searcher,
        layout: Layout,
        (commit, committed_at): (u64, Option<Moment>),
    ) -> tantivy::Result<Snapshot> {
        let mut segments = (searcher.segment_readers().iter())
            .map(|reader| SegmentData::open(reader.clone(), &layout))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let mut facets: Vec<Dictionary> = Vec::new();
        facets.resize_with(layout.keywords.len(), Dictionary::default);
        let mut periods = Vec::new();
        for segment in &segments {
            let used = segment.used(FacetIndex::Date);
            let known = segment.records.periods().iter().zip(used);
            periods.extend(known.filter(|(_, used)| *used).map(|(bits, _)| *bits));
        }
        periods.sort_unstable();
        periods.dedup();
        for segment in &mut segments {
            let mut keyword_ordinals = Vec::new();
            for (index, dictionary) in facets.iter_mut().enumerate() {
                let used = segment.used(FacetIndex::Keyword(index));
                let nodes = segment.records.nodes(index).iter().zip(used);
                let ordinals =
                    nodes.map(|(node, used)| if used { dictionary.add(node) } else { UNUSED });
                keyword_ordinals.push(ordinals.collect());
            }
            segment.keyword_ordinals = keyword_ordinals;
            segment.period_ordinals = (segment.records.periods().iter())
                .map(|bits| {
                    periods
                        .binary_search(bits)
                        .map_or(UNUSED, |place| place as u32)
                })
                .collect();
        }
        Ok(Snapshot {
            documents: searcher.num_docs(),
            words: (0..layout.texts.len())
                .map(|text| segments.iter().map(|segment| segment.words(text)).sum())
                .collect(),
            segments: segments.into_iter().map(Arc::new).collect(),
            layout,
            facets,
            periods,
            commit,
            committed_at,
            groups: OnceLock::new(),
        })
    }

    /// How many documents are under embargo at `now`.
    pub(super) fn embargoed(&self, now: PartialDate) -> u64 {
        let counts = self.segments.iter().map(|data| data.embargoes.count(now));
        counts.sum()
    }

    /// The documents here, by segment, that are under embargo at `now` in a newer commit: an embargo
    /// holds from the commit that brings it, also for those who look at an older one.
    pub(super) fn embargoed_in(
        &self,
        newer: &Snapshot,
        now: PartialDate,
    ) -> tantivy::Result<Vec<Vec<DocId>>> {
        let mut here = vec![Vec::new(); self.segments.len()];
        for segment in &newer.segments {
            for document in segment.embargoes.hidden(now).documents() {
                if let Some((number, document)) = self.find(&segment.id(*document)?)? {
                    here[number].push(document);
                }
            }
        }
        Ok(here)
    }

    /// The latest day that has a document, days after `now` and what is under embargo then left out.
    pub(super) fn latest_day(&self, now: PartialDate) -> Option<PartialDate> {
        let is_past = |bits: &u32| {
            PartialDate::from_bits(*bits).is_some_and(|date| date.beginning() <= now.beginning())
        };
        let latest = if self.embargoed(now) == 0 {
            let past = self.periods.iter().copied().filter(is_past);
            past.filter_map(PartialDate::from_bits)
                .map(PartialDate::beginning)
                .max()
        } else {
            let of_segments = self.segments.iter().filter_map(|segment| {
                let mut hidden = segment.embargoes.hidden(now);
                let shown = segment
                    .reader
                    .doc_ids_alive()
                    .filter(|it| !hidden.hides(*it));
                let dates = shown.map(|it| segment.records.date_bits(it));
                let days = dates
                    .filter_map(PartialDate::from_bits)
                    .map(PartialDate::without_time);
                let days = days.map(PartialDate::to_bits).filter(is_past);
                days.filter_map(PartialDate::from_bits)
                    .map(PartialDate::beginning)
                    .max()
            });
            of_segments.max()
        };
        PartialDate::from_bits(latest?).map(PartialDate::without_time)
    }

    pub(super) fn schema(&self) -> &Schema {
        &self.layout.schema
    }

    /// The groups of all copies; for one group, [`Snapshot::copies`] is cheaper.
    pub(super) fn groups(&self) -> tantivy::Result<&Groups> {
        if let Some(groups) = self.groups.get() {
            return Ok(groups);
        }
        // Two threads may come here at once: both make the same.
        let groups = Groups::of(self)?;
        Ok(self.groups.get_or_init(|| groups))
    }

    /// The column of a keyword or date field.
    pub(super) fn facet_index(&self, name: &str) -> Option<FacetIndex> {
        let field: &Field = self.schema().field(name)?;
        match field.kind {
            FieldKind::Text(_) => None,
            FieldKind::Date { .. } => Some(FacetIndex::Date),
            FieldKind::Keyword(_) => {
                let keywords = &self.layout.keywords;
                (keywords.iter().position(|keyword| keyword == name)).map(FacetIndex::Keyword)
            }
        }
    }

    /// Number of values of a facet over all segments.
    pub(super) fn facet_len(&self, facet: FacetIndex) -> usize {
        match facet {
            FacetIndex::Keyword(index) => self.facets[index].nodes.len(),
            FacetIndex::Date => self.periods.len(),
        }
    }

    /// Where the document with that id stands.
    pub(super) fn find(&self, id: &str) -> tantivy::Result<Option<(usize, DocId)>> {
        let term = Term::from_field_text(self.layout.id, id);
        for (index, segment) in self.segments.iter().enumerate() {
            let inverted = segment.reader.inverted_index(self.layout.id)?;
            let option = tantivy::schema::IndexRecordOption::Basic;
            let Some(mut postings) = inverted.read_postings(&term, option)? else {
                continue;
            };
            use tantivy::DocSet;
            while postings.doc() != tantivy::TERMINATED {
                if segment.is_alive(postings.doc()) {
                    return Ok(Some((index, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// The stored form of a document.
    pub(super) fn load(&self, segment: usize, document: DocId) -> tantivy::Result<Document> {
        Ok(self.segments[segment].documents.load(document)?)
    }

    /// The hit at a place, with everything that is shown of it.
    pub(super) fn hit(
        &self,
        sort: Sort,
        now: PartialDate,
        rank: u32,
        (segment, document): (usize, DocId),
        locator: &Locator,
    ) -> tantivy::Result<EngineHit> {
        let stored = match locator.is_empty() {
            true => self.segments[segment].documents.load_head(document)?,
            false => self.load(segment, document)?,
        };
        Ok(EngineHit {
            score: match sort {
                Sort::Relevance => f32::from_bits(rank),
                Sort::Newest | Sort::Oldest | Sort::Added => 0.0,
            },
            rank,
            copy: self.copy_group(segment, document, &stored.id, now)?,
            document: stored,
            located: locator.locate(self, (segment, document))?,
        })
    }

    /// The fingerprint of a document.
    pub(super) fn fingerprint(&self, segment: usize, document: DocId) -> tantivy::Result<u64> {
        let column = self.segments[segment]
            .reader
            .fast_fields()
            .u64(FINGERPRINT)?;
        Ok(column.first(document).unwrap_or(0))
    }
}

impl Numbered for Snapshot {
    fn commit(&self) -> u64 {
        self.commit
    }
}
