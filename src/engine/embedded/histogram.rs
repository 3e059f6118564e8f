//! What the pass counts for a histogram: documents by period, as for the facet of dates.

use super::plan::Plan;
use super::segment::FacetIndex;
use super::selection::Status;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::engine::timeline;
use crate::search::{Histogram, HistogramRequest};

/// Which documents the histogram counts.
pub(super) struct TimePlan {
    all_time: bool,
    /// Numbers of the plans that filter by date.
    date_filters: Vec<usize>,
}

impl TimePlan {
    pub(super) fn new(request: HistogramRequest, plans: &[Plan]) -> TimePlan {
        let is_date = |plan: &Plan| plan.facet == FacetIndex::Date && plan.filter.is_some();
        let numbered = plans.iter().enumerate();
        TimePlan {
            all_time: request.all_time,
            date_filters: (numbered.filter(|(_, plan)| is_date(plan)))
                .map(|(number, _)| number)
                .collect(),
        }
    }

    /// Whether it counts documents outside the range of dates that is asked for.
    pub(super) fn is_all_time(&self) -> bool {
        self.all_time
    }

    /// How many of the filters that a document fails do not matter; `status` is how it stands to
    /// the plan of that number.
    pub(super) fn forgives(&self, in_range: bool, status: impl Fn(usize) -> Status) -> usize {
        if !self.all_time {
            return 0;
        }
        let not_selected = (self.date_filters.iter())
            .map(|number| status(*number))
            .filter(|status| !status.included && status.excluded == 0);
        usize::from(!in_range) + not_selected.count()
    }
}

/// What the pass counted for the histogram.
pub(super) struct TimeCounts {
    /// By the archive's ordinal of the period.
    pub(super) periods: Vec<u64>,
    pub(super) missing: u64,
    /// The packed dates, 0 for none, of the documents with copies, group by group; only if
    /// distinct copies are counted.
    pub(super) in_groups: Option<Vec<Vec<u32>>>,
}

impl TimeCounts {
    pub(super) fn new(snapshot: &Snapshot) -> TimeCounts {
        TimeCounts {
            periods: vec![0; snapshot.periods.len()],
            missing: 0,
            in_groups: None,
        }
    }

    /// The histogram that was asked for.
    pub(super) fn list(&self, snapshot: &Snapshot, request: &HistogramRequest) -> Histogram {
        let dates: Vec<(PartialDate, u64)> = (snapshot.periods.iter().zip(&self.periods))
            .filter(|(_, count)| **count > 0)
            .filter_map(|(bits, count)| Some((PartialDate::from_bits(*bits)?, *count)))
            .collect();
        timeline::histogram(request, &dates, self.missing, self.in_groups.as_deref())
    }
}
