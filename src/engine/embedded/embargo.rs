//! Which documents of a segment are under embargo.
//!
//! The moments stand in a column of their own, in which only documents with an embargo have a
//! place. Opened, they are a list, the latest first: what is hidden now is its beginning. Where
//! no embargo lies ahead, a search looks at the first entry and does nothing more.

use tantivy::{DocId, SegmentReader};

use super::layout::EMBARGO;
use crate::document::PartialDate;

/// The embargoes of a segment.
pub(super) struct Embargoes {
    /// Moment and document, the latest moment first; deleted documents are left out.
    latest_first: Vec<(u32, DocId)>,
}

impl Embargoes {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Embargoes> {
        let mut latest_first = Vec::new();
        if let Some(column) = reader.fast_fields().column_opt::<u64>(EMBARGO)? {
            for document in reader.doc_ids_alive() {
                let moment = column.first(document).map(|moment| moment as u32);
                latest_first.extend(moment.map(|moment| (moment, document)));
            }
        }
        latest_first.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Embargoes { latest_first })
    }

    fn ahead_of(&self, now: PartialDate) -> &[(u32, DocId)] {
        let now = now.beginning();
        let end = self
            .latest_first
            .partition_point(|(moment, _)| *moment > now);
        &self.latest_first[..end]
    }

    /// How many documents are hidden at `now`.
    pub(super) fn count(&self, now: PartialDate) -> u64 {
        self.ahead_of(now).len() as u64
    }

    /// Whether one document is hidden at `now`.
    pub(super) fn hides(&self, document: DocId, now: PartialDate) -> bool {
        (self.ahead_of(now).iter()).any(|(_, hidden)| *hidden == document)
    }

    /// The documents that are hidden at `now`.
    pub(super) fn hidden(&self, now: PartialDate) -> Hidden {
        self.hidden_with(now, &[])
    }

    /// The documents that are hidden at `now`, and `others` besides.
    pub(super) fn hidden_with(&self, now: PartialDate, others: &[DocId]) -> Hidden {
        let ahead = self.ahead_of(now).iter().map(|(_, document)| *document);
        let mut documents: Vec<DocId> = ahead.chain(others.iter().copied()).collect();
        documents.sort_unstable();
        Hidden { documents, at: 0 }
    }
}

/// Hidden documents, asked about in ascending order.
#[derive(Clone)]
pub(super) struct Hidden {
    documents: Vec<DocId>,
    at: usize,
}

impl Hidden {
    /// All of them, ascending.
    pub(super) fn documents(&self) -> &[DocId] {
        &self.documents
    }

    /// Whether `document` is hidden; each call asks about a later document than the one before.
    #[inline]
    pub(super) fn hides(&mut self, document: DocId) -> bool {
        while let Some(hidden) = self.documents.get(self.at) {
            if *hidden >= document {
                return *hidden == document;
            }
            self.at += 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_document_is_free_from_the_minute_of_its_embargo_on() {
        let moment = now("2025-05-12T18:00").to_bits();
        let day = now("2025-05-13").beginning();
        let embargoes = Embargoes {
            latest_first: vec![(day, 2), (moment, 7), (moment, 3)],
        };
        for (at, hidden) in [
            ("2025-05-12T17:59", vec![2, 3, 7]),
            ("2025-05-12T18:00", vec![2]),
            ("2025-05-13T00:00", vec![]),
        ] {
            assert_eq!(embargoes.count(now(at)), hidden.len() as u64);
            let mut asked = embargoes.hidden_with(now(at), &[9]);
            let found: Vec<DocId> = (0..9).filter(|id| asked.hides(*id)).collect();
            assert_eq!(found, hidden, "{at}");
        }
    }
}
