//! Which values of a facet are selected and excluded, and how a document stands to them.

use std::sync::Arc;

use tantivy::DocId;

use super::kept::Filter;
use super::matcher::{Bits, Passing};
use super::record::{EMPTY, FacetColumn, Narrow, OVERFLOW};
use super::segment::{FacetIndex, SegmentData};
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::engine::Result;
use crate::engine::tree::check_excluded;
use crate::search::MISSING;

/// What is selected and excluded in a facet, by the archive's ordinals.
pub(super) struct Selection {
    facet: FacetIndex,
    /// Ids of what is selected; without any every document fits.
    selected_ids: Vec<String>,
    /// The documents that pass, if they are [remembered](Self::kept_in).
    passing: Option<Arc<Bits>>,
    exclusions: usize,
    /// For each value, whether it or a value above it is selected.
    included: Vec<bool>,
    /// For each value, a bit for each exclusion that hits it.
    excluded: Vec<u64>,
    missing: Status,
    /// In a segment where ordinals are bytes, how a document stands to it by one of its slots;
    /// empty slots change nothing.
    by_byte: Option<Box<[Status; 256]>>,
    /// The same if nothing is excluded: whether it is selected, by its first slot and by another.
    selected: Option<Box<[[bool; 256]; 2]>>,
}

/// How a document stands to a selection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Status {
    /// It has a selected value, or nothing is selected.
    pub(super) included: bool,
    /// A bit for each exclusion that hides it, in the order of the request.
    pub(super) excluded: u64,
}

impl Status {
    /// Whether the document passes the filter.
    pub(super) fn passes(self) -> bool {
        self.included && self.excluded == 0
    }
}

impl Selection {
    pub(super) fn new(
        snapshot: &Snapshot,
        facet: FacetIndex,
        include: &[String],
        exclude: &[String],
    ) -> Result<Selection> {
        check_excluded(exclude)?;
        let len = snapshot.facet_len(facet);
        let mut selection = Selection {
            facet,
            selected_ids: include.to_vec(),
            passing: None,
            exclusions: exclude.len(),
            included: vec![false; len],
            excluded: vec![0; len],
            missing: Status {
                included: include.is_empty() || include.iter().any(|id| id == MISSING),
                excluded: 0,
            },
            by_byte: None,
            selected: None,
        };
        for id in include {
            each_hit(snapshot, facet, id, |ordinal| {
                selection.included[ordinal] = true
            });
        }
        for (bit, id) in exclude.iter().enumerate() {
            each_hit(snapshot, facet, id, |ordinal| {
                selection.excluded[ordinal] |= 1 << bit
            });
            if id == MISSING {
                selection.missing.excluded |= 1 << bit;
            }
        }
        Ok(selection)
    }

    /// The same selection by the ordinals of a segment.
    pub(super) fn in_segment(&self, segment: &SegmentData) -> Selection {
        let ordinals = segment.ordinals(self.facet).iter();
        let included: Vec<bool> = (ordinals.clone())
            .map(|ordinal| self.included.get(*ordinal as usize) == Some(&true))
            .collect();
        let excluded: Vec<u64> = (ordinals)
            .map(|ordinal| (self.excluded.get(*ordinal as usize)).copied().unwrap_or(0))
            .collect();
        let by_byte = segment.column(self.facet).is_narrow().then(|| {
            let mut by_byte = Box::new([Status::default(); 256]);
            let values = included.iter().zip(&excluded);
            for (status, (included, excluded)) in by_byte.iter_mut().zip(values) {
                *status = Status {
                    included: *included,
                    excluded: *excluded,
                };
            }
            by_byte
        });
        let selected = by_byte.as_ref().filter(|_| self.exclusions == 0);
        let selected = selected.map(|by_byte| {
            let other = by_byte
                .each_ref()
                .map(|it| it.included || self.selected_ids.is_empty());
            let mut first = other;
            first[EMPTY] = self.missing.included;
            Box::new([first, other])
        });
        Selection {
            facet: self.facet,
            selected_ids: self.selected_ids.clone(),
            passing: None,
            exclusions: self.exclusions,
            included,
            excluded,
            missing: self.missing,
            by_byte,
            selected,
        }
    }

    /// The same, with the documents that pass if it was filtered by before. Those that are excluded are
    /// told apart, so they are looked at each time.
    pub(super) fn kept_in(&self, segment: &SegmentData) -> Selection {
        let mut own = self.in_segment(segment);
        if self.exclusions == 0 {
            let filter = Filter::Values {
                facet: self.facet,
                ids: self.selected_ids.clone(),
            };
            let column = segment.column(self.facet);
            let test = |documents: &[DocId]| own.passing(column, documents);
            own.passing = segment.kept.passing(filter, segment.documents(), test);
        }
        own
    }

    /// The documents that pass, if they are remembered.
    pub(super) fn kept(&self) -> Option<&Arc<Bits>> {
        self.passing.as_ref()
    }

    /// Number of exclusions.
    pub(super) fn exclusions(&self) -> usize {
        self.exclusions
    }

    /// A bit for each exclusion that hides a document with these values, by the ordinals that the
    /// selection is in.
    pub(super) fn excluded_by(&self, values: &[u32]) -> u64 {
        if values.is_empty() {
            return self.missing.excluded;
        }
        let excluded = values
            .iter()
            .map(|ordinal| self.excluded[*ordinal as usize]);
        excluded.fold(0, |all, one| all | one)
    }

    /// How some documents stand to it, by the ordinals of their segment.
    pub(super) fn statuses(
        &self,
        column: FacetColumn<'_>,
        documents: &[DocId],
        statuses: &mut [Status],
    ) {
        if let Some(selected) = self.selected_of(column, documents) {
            for (place, status) in statuses[..documents.len()].iter_mut().enumerate() {
                *status = Status {
                    included: selected.has(place),
                    excluded: 0,
                };
            }
            return;
        }
        let Some(by_byte) = &self.by_byte else {
            for (document, status) in documents.iter().zip(statuses) {
                *status = self.status(column, *document);
            }
            return;
        };
        for (document, status) in documents.iter().zip(statuses) {
            *status = match column.narrow(*document) {
                Narrow::Slots(slots) => {
                    let mut all = Status {
                        included: self.selected_ids.is_empty(),
                        excluded: 0,
                    };
                    for slot in slots {
                        let one = by_byte[usize::from(*slot)];
                        all.included |= one.included;
                        all.excluded |= one.excluded;
                    }
                    all
                }
                Narrow::Empty => self.missing,
                Narrow::Elsewhere => self.status(column, *document),
            };
        }
    }

    /// Which of some documents pass, by the ordinals of their segment; at most as many as are in a batch.
    pub(super) fn passing(&self, column: FacetColumn<'_>, documents: &[DocId]) -> Passing {
        let selected = self.selected_of(column, documents);
        let test = |document| self.status(column, document).passes();
        selected.unwrap_or_else(|| Passing::of(documents, test))
    }

    /// Which of some documents are selected, at most as many as are in a batch, if nothing is excluded, and
    /// the documents that pass are remembered or ordinals are bytes in few slots.
    fn selected_of(&self, column: FacetColumn<'_>, documents: &[DocId]) -> Option<Passing> {
        if let Some(passing) = &self.passing {
            return Some(passing.passing(documents));
        }
        let selected = self.selected.as_ref()?;
        Some(match column.slots() {
            1 => self.selected_by::<1>(selected, column, documents),
            2 => self.selected_by::<2>(selected, column, documents),
            3 => self.selected_by::<3>(selected, column, documents),
            4 => self.selected_by::<4>(selected, column, documents),
            5 => self.selected_by::<5>(selected, column, documents),
            6 => self.selected_by::<6>(selected, column, documents),
            _ => return None,
        })
    }

    /// The same by so many slots, without a branch for what cannot be foreseen.
    fn selected_by<const SLOTS: usize>(
        &self,
        [first, other]: &[[bool; 256]; 2],
        column: FacetColumn<'_>,
        documents: &[DocId],
    ) -> Passing {
        Passing::of(documents, |document| {
            let Some(slots) = column.bytes(document).first_chunk::<SLOTS>() else {
                return false;
            };
            let mut included = first[usize::from(slots[0])];
            for slot in &slots[1..] {
                included |= other[usize::from(*slot)];
            }
            if slots[0] == OVERFLOW {
                included = self.status(column, document).included;
            }
            included
        })
    }

    /// How a document stands to it, by the ordinals of its segment.
    #[inline]
    pub(super) fn status(&self, column: FacetColumn<'_>, document: u32) -> Status {
        let mut status = Status {
            included: self.selected_ids.is_empty(),
            excluded: 0,
        };
        let mut has_value = false;
        column.each(document, |ordinal| {
            has_value = true;
            status.included |= self.included[ordinal as usize];
            status.excluded |= self.excluded[ordinal as usize];
        });
        if has_value { status } else { self.missing }
    }
}

/// Calls `visit` with the ordinal of every value that the value `id` stands for. A document keeps
/// all values above a keyword, so there it is only the value itself; of its date it keeps only the
/// most precise value, so there it is every period within.
fn each_hit(snapshot: &Snapshot, facet: FacetIndex, id: &str, mut visit: impl FnMut(usize)) {
    match facet {
        FacetIndex::Keyword(index) => {
            if let Some(ordinal) = snapshot.facets[index].ordinal(id) {
                visit(ordinal as usize);
            }
        }
        FacetIndex::Date => {
            let Ok(period) = id.parse::<PartialDate>() else {
                return;
            };
            for (ordinal, bits) in snapshot.periods.iter().enumerate() {
                let date = PartialDate::from_bits(*bits);
                if date.is_some_and(|date| date.periods().any(|above| above == period)) {
                    visit(ordinal);
                }
            }
        }
    }
}
