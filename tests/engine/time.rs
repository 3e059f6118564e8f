//! What a histogram means, written down as plainly as possible.

use fundstelle::document::{PartialDate, Precision};
use fundstelle::engine::IndexDocument;
use fundstelle::search::{DateRange, Histogram, Interval, SearchRequest};

use super::naive;

/// Checks a histogram bar by bar against the documents it is of.
pub fn check(documents: &[IndexDocument], request: &SearchRequest, histogram: &Histogram) {
    let of = counted(request);
    let total = naive::totals(documents, &of);
    assert_eq!((histogram.total, histogram.total_copies.unwrap()), total);
    for bar in &histogram.bars {
        let within = within(&of, bar.start, bar.end);
        let counts = (bar.count, bar.copies.unwrap());
        assert_eq!(counts, naive::totals(documents, &within), "{bar:?}");
        assert_eq!(bar.end, last_day(histogram.interval, bar.start), "{bar:?}");
    }
    for pair in histogram.bars.windows(2) {
        assert_eq!(pair[0].end.days_later(1), Some(pair[1].start));
    }
    for bar in [histogram.bars.first(), histogram.bars.last()] {
        assert!(bar.is_none_or(|bar| bar.count > 0));
    }
    let needed = match histogram.interval {
        Interval::Day | Interval::Week => Precision::Day,
        Interval::Month => Precision::Month,
        Interval::Year => Precision::Year,
    };
    let coarser = naive::totals_of(documents, &of, |document| {
        (document.document.date).is_some_and(|date| date.value.precision() < needed)
    });
    let mut periods = histogram.coarser_periods.clone();
    periods.dedup_by_key(|coarser| coarser.period);
    assert_eq!(periods, histogram.coarser_periods);
    assert!(periods.is_sorted_by_key(|coarser| coarser.period.to_bits()));
    for coarser in &periods {
        let (count, _) = naive::totals_of(documents, &of, |document| {
            (document.document.date).is_some_and(|date| date.value == coarser.period)
        });
        assert_eq!(coarser.count, count, "{coarser:?}");
    }
    let of_periods: u64 = periods.iter().map(|coarser| coarser.count).sum();
    assert_eq!(of_periods, histogram.coarser);
    let missing = naive::totals_of(documents, &of, |document| document.document.date.is_none());
    let told = (histogram.coarser, histogram.coarser_copies.unwrap());
    assert_eq!(told, coarser);
    let told = (histogram.missing, histogram.missing_copies.unwrap());
    assert_eq!(told, missing);
    let bars: u64 = histogram.bars.iter().map(|bar| bar.count).sum();
    assert_eq!(
        bars + histogram.coarser + histogram.missing,
        histogram.total
    );
}

/// The request whose hits the histogram counts.
pub fn counted(request: &SearchRequest) -> SearchRequest {
    let mut request = request.clone();
    if request
        .histogram
        .is_some_and(|histogram| histogram.all_time)
    {
        request.range = DateRange::default();
        let dates = request.filters.iter_mut().filter(|it| it.facet == "date");
        dates.for_each(|filter| filter.include.clear());
    }
    request
}

/// The request with its range narrowed to some days.
pub fn within(request: &SearchRequest, first: PartialDate, last: PartialDate) -> SearchRequest {
    let DateRange { from, to } = request.range;
    let later = from.filter(|from| from.beginning() > first.beginning());
    let earlier = to.filter(|to| to.ending() < last.ending());
    SearchRequest {
        range: DateRange {
            from: Some(later.unwrap_or(first)),
            to: Some(earlier.unwrap_or(last)),
        },
        ..request.clone()
    }
}

fn last_day(interval: Interval, first: PartialDate) -> PartialDate {
    let period = match interval {
        Interval::Day => return first,
        Interval::Week => {
            assert_eq!(first.weekday(), Some(0));
            return first.days_later(6).unwrap();
        }
        Interval::Month => PartialDate::month(first.year_number(), first.month_number().unwrap()),
        Interval::Year => PartialDate::year(first.year_number()),
    };
    let period = period.unwrap();
    assert_eq!(
        first.at(0, 0).map(PartialDate::to_bits),
        Some(period.beginning())
    );
    PartialDate::from_bits(period.ending())
        .unwrap()
        .without_time()
}
