//! The group of one document, found from its labels without the groups of all others.

use std::collections::HashSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::groups::Place;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::search::{CopyGroup, Print};

impl Snapshot {
    /// The documents of the group of copies that a document is in, itself first, in no order.
    pub(super) fn copies(&self, place: Place) -> tantivy::Result<Vec<Place>> {
        let mut members = vec![place];
        let mut known = HashSet::from([place]);
        let mut labels = HashSet::new();
        let mut next = 0;
        while let Some((segment, document)) = members.get(next).copied() {
            next += 1;
            for label in self.segments[segment as usize].labels(document) {
                if labels.insert(label) {
                    let joined = self.joined_by(label)?;
                    members.extend(joined.into_iter().filter(|place| known.insert(*place)));
                }
            }
        }
        Ok(members)
    }

    /// The documents that have a label, if it is the own label of one of them.
    fn joined_by(&self, label: u64) -> tantivy::Result<Vec<Place>> {
        let term = Term::from_field_u64(self.layout.label, label);
        let mut documents = Vec::new();
        let mut is_own = false;
        for (number, segment) in self.segments.iter().enumerate() {
            let list = segment
                .with_label
                .read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut list) = list else { continue };
            while list.doc() != TERMINATED {
                if segment.is_alive(list.doc()) {
                    is_own |= segment.labels(list.doc()).next() == Some(label);
                    documents.push((number as u32, list.doc()));
                }
                list.advance();
            }
        }
        Ok(if is_own { documents } else { Vec::new() })
    }

    /// The group of copies that a document with this id is in.
    ///
    /// Documents under embargo at `now` are left out.
    pub(super) fn copy_group(
        &self,
        segment: usize,
        document: DocId,
        id: &str,
        now: PartialDate,
    ) -> tantivy::Result<CopyGroup> {
        let place = (segment as u32, document);
        let mut members = self.copies(place)?;
        members.retain(|(segment, document)| {
            !self.segments[*segment as usize]
                .embargoes
                .hides(*document, now)
        });
        let size = members.len() as u64;
        if members == [place] {
            return Ok(CopyGroup {
                id: id.to_owned(),
                size,
                also_in: Vec::new(),
            });
        }
        members.sort_unstable();
        let mut id: Option<String> = None;
        let mut others = Vec::new();
        // The ids of a segment are compared by number, so that few have to be read.
        for of_segment in members.chunk_by(|a, b| a.0 == b.0) {
            let segment = &self.segments[of_segment[0].0 as usize];
            let documents = of_segment.iter().map(|(_, document)| *document);
            if let Some(first) = documents.min_by_key(|document| segment.id_ordinal(*document)) {
                let first = segment.id(first)?;
                id = Some(id.map_or_else(|| first.clone(), |id| id.min(first.clone())));
            }
            let date = |document: DocId| {
                let date = PartialDate::from_bits(segment.records.date_bits(document));
                date.map_or(u32::MAX, |date| date.beginning())
            };
            let mut dated: Vec<(u32, u64, Place)> = (of_segment.iter())
                .filter(|other| **other != place)
                .map(|other| (date(other.1), segment.id_ordinal(other.1), *other))
                .collect();
            dated.sort_unstable();
            for (date, _, other) in dated.into_iter().take(CopyGroup::MAX_LISTED) {
                others.push((date, segment.id(other.1)?, other));
            }
        }
        others.sort_unstable();
        others.truncate(CopyGroup::MAX_LISTED);
        let prints = others.into_iter().map(|(_, _, (segment, document))| {
            let document = self.load(segment as usize, document)?;
            Ok(Print::from(document))
        });
        Ok(CopyGroup {
            id: id.unwrap_or_default(),
            size,
            also_in: prints.collect::<tantivy::Result<_>>()?,
        })
    }
}
