//! What is filtered by and counted in one pass.

use std::rc::Rc;
use std::sync::Arc;

use tantivy::DocId;

use super::build::facet;
use super::collect::Counts;
use super::matcher::Gate;
use super::segment::{FacetIndex, SegmentData};
use super::selection::Selection;
use super::snapshot::Snapshot;
use crate::engine::Result;
use crate::search::SearchRequest;

/// A facet that is filtered by, counted, or both.
pub(super) struct Plan {
    pub(super) facet: FacetIndex,
    pub(super) filter: Option<Selection>,
    /// Where its counts stand in the answer.
    pub(super) counts: Option<usize>,
}

impl Plan {
    /// The same facet, counted among documents that pass all filters; `None` if it is filtered by.
    pub(super) fn unfiltered(&self) -> Option<Plan> {
        (self.filter.is_none()).then(|| self.without_filter())
    }

    /// The same facet, counted as if it were not filtered by.
    pub(super) fn without_filter(&self) -> Plan {
        Plan {
            facet: self.facet,
            filter: None,
            counts: self.counts,
        }
    }

    /// Lets documents of a segment pass that pass the filter.
    pub(super) fn gate(&self, segment: &Arc<SegmentData>) -> Option<Gate> {
        let selection = self.filter.as_ref()?.kept_in(segment);
        if let Some(kept) = selection.kept() {
            return Some(Gate::Kept(Arc::clone(kept)));
        }
        let (segment, facet) = (Arc::clone(segment), self.facet);
        Some(Gate::Test(Rc::new(move |documents: &[DocId]| {
            selection.passing(segment.column(facet), documents)
        })))
    }
}

/// The facets of a request, and room for the counts of those that are asked for.
pub(super) fn plan(
    snapshot: &Snapshot,
    request: &SearchRequest,
) -> Result<(Vec<Plan>, Vec<Counts>)> {
    let mut plans: Vec<Plan> = Vec::new();
    let mut counts = Vec::new();
    for filter in &request.filters {
        let index = facet(snapshot, &filter.facet)?;
        plans.push(Plan {
            facet: index,
            filter: Some(Selection::new(
                snapshot,
                index,
                &filter.include,
                &filter.exclude,
            )?),
            counts: None,
        });
    }
    for requested in &request.facets {
        let index = facet(snapshot, &requested.facet)?;
        let filter = request
            .filters
            .iter()
            .find(|filter| filter.facet == requested.facet);
        let position = plans.iter().position(|plan| plan.facet == index);
        let position = position.unwrap_or_else(|| {
            plans.push(Plan {
                facet: index,
                filter: None,
                counts: None,
            });
            plans.len() - 1
        });
        plans[position].counts = Some(counts.len());
        counts.push(Counts {
            facet: index,
            values: vec![0; snapshot.facet_len(index)],
            excluded: vec![0; filter.map_or(0, |filter| filter.exclude.len())],
            missing: 0,
            surplus: None,
        });
    }
    Ok((plans, counts))
}
