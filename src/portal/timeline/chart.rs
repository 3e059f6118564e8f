//! A chart: columns as links, what is known less precisely, the axis below.
//!
//! Places from left to right are in per cent, so a chart is as wide as there is room; heights are
//! in pixels, so nothing moves when it is drawn.

use std::fmt;

use super::axis::{self, Tick};
use super::columns::{Column, Columns};
use super::period::Period;
use crate::document::PartialDate;
use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::search::{CoarserPeriod, Histogram};

/// The least height of a column that is not empty.
const LEAST: f64 = 2.0;
/// The width of a column at the most, in per cent: a single one is no wall.
const WIDEST: f64 = 7.0;
/// The part of its place that a column fills.
const FILLED: f64 = 0.78;

/// How high the parts of a chart are, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::portal) struct Heights {
    /// Above the columns: the number of the highest.
    pub(in crate::portal) above: f64,
    /// The highest column.
    pub(in crate::portal) columns: f64,
    /// Below them: what is known less precisely, and labels.
    pub(in crate::portal) below: f64,
}

impl Heights {
    /// A chart that is alone.
    pub(in crate::portal) const ALONE: Heights = Heights {
        above: 18.0,
        columns: 96.0,
        below: 34.0,
    };
    /// A chart of a part of the time.
    pub(in crate::portal) const PART: Heights = Heights {
        above: 18.0,
        columns: 58.0,
        below: 34.0,
    };
    /// Height of what is known less precisely, as far as it is there.
    const BANDS: f64 = 14.0;
    /// The chart of all time below it. Both are as high as one alone.
    pub(in crate::portal) const WHOLE: Heights = Heights {
        above: 10.0,
        columns: 28.0,
        below: 0.0,
    };

    /// The same with the place of bands given to the columns.
    fn without_bands(mut self) -> Heights {
        if self.below > 0.0 {
            self.columns += Heights::BANDS;
            self.below -= Heights::BANDS;
        }
        self
    }

    /// The height of all parts.
    pub(in crate::portal) fn all(self) -> f64 {
        self.above + self.columns + self.below
    }
}

/// A place from left to right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::portal) struct Percent(pub(in crate::portal) f64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.3}", self.0);
        write!(f, "{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// A chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it is, for those who listen.
    pub(in crate::portal) name: String,
    pub(in crate::portal) heights: Heights,
    pub(in crate::portal) bars: Vec<BarView>,
    pub(in crate::portal) bands: Vec<Band>,
    /// The labels for each width, with its name.
    pub(in crate::portal) axes: Vec<(&'static str, Vec<TickView>)>,
    /// The highest count.
    pub(in crate::portal) highest: String,
    /// The part of the time that is shown elsewhere: where it begins, and how wide it is.
    pub(in crate::portal) window: Option<(Percent, Percent)>,
    /// The address of the search without a range, to set another one; only if that can be done in
    /// this chart.
    pub(in crate::portal) base: Option<String>,
    /// What lies in a range although it lies in no column: first day, last day, number.
    pub(in crate::portal) coarser: String,
}

impl Chart {
    /// Where columns stand, in pixels from above.
    pub(in crate::portal) fn base_line(&self) -> f64 {
        self.heights.above + self.heights.columns
    }

    /// Whether there is room for labels.
    pub(in crate::portal) fn has_labels(&self) -> bool {
        self.heights.below > 0.0
    }
}

/// A column as a link.
#[derive(Debug, Clone)]
pub(in crate::portal) struct BarView {
    /// The articles of this period.
    pub(in crate::portal) address: String,
    /// Period and number of articles, in words.
    pub(in crate::portal) name: String,
    /// Period and number of articles.
    pub(in crate::portal) period: String,
    pub(in crate::portal) number: String,
    pub(in crate::portal) from: PartialDate,
    pub(in crate::portal) to: PartialDate,
    pub(in crate::portal) count: u64,
    /// Its place, the gap beside it included.
    pub(in crate::portal) place: (Percent, Percent),
    /// What is drawn of it.
    pub(in crate::portal) drawn: (Percent, Percent),
    pub(in crate::portal) y: f64,
    pub(in crate::portal) height: f64,
    /// Whether it lies in the part of the time that is shown elsewhere.
    pub(in crate::portal) is_chosen: bool,
}

/// Articles of which only a month or year is known, below the columns of it.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Band {
    pub(in crate::portal) place: (Percent, Percent),
    pub(in crate::portal) y: f64,
    /// Period and number of articles, in words.
    pub(in crate::portal) name: String,
    pub(in crate::portal) address: String,
}

/// A label.
#[derive(Debug, Clone)]
pub(in crate::portal) struct TickView {
    pub(in crate::portal) at: Percent,
    pub(in crate::portal) text: String,
    pub(in crate::portal) anchor: &'static str,
}

/// What a chart is of.
pub(super) struct Subject<'a> {
    pub(super) t: &'a Texts,
    pub(super) histogram: &'a Histogram,
    /// The time that is shown; `None` is all of it.
    pub(super) range: Option<Period>,
    /// The search in which a column chooses its period.
    pub(super) base: &'a Address,
}

impl Subject<'_> {
    /// The chart with these heights. Where a window is given, columns in it are told from others.
    pub(super) fn chart(&self, name: &str, heights: Heights, window: Option<Period>) -> Chart {
        let columns = Columns::of(self.histogram, self.range);
        let heights = match columns.coarser.is_empty() {
            true => heights.without_bands(),
            false => heights,
        };
        let scale = Scale {
            columns: &columns,
            heights,
        };
        let axis = |(name, width)| {
            let ticks = axis::ticks(&self.t.format, &columns, width);
            let ticks = ticks.into_iter().map(|tick| scale.tick(tick));
            (name, ticks.collect())
        };
        Chart {
            name: name.to_owned(),
            heights,
            bars: (columns.columns.iter().enumerate())
                .map(|(place, column)| self.bar(&scale, place, *column, window))
                .collect(),
            bands: (columns.coarser.iter())
                .filter_map(|coarser| self.band(&scale, coarser))
                .collect(),
            axes: axis::WIDTHS.into_iter().map(axis).collect(),
            highest: self.t.number(columns.highest()),
            window: window.map(|window| {
                let begin = scale.percent(columns.position(window.begin()));
                let end = scale.percent(columns.position(window.end()));
                // A day in a century can be seen, too.
                let width = (end - begin).max(0.4);
                (Percent(begin.min(100.0 - width)), Percent(width))
            }),
            base: Some(self.base.search()),
            coarser: (columns.coarser.iter())
                .filter_map(days_and_number)
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    fn bar(
        &self,
        scale: &Scale<'_>,
        place: usize,
        column: Column,
        window: Option<Period>,
    ) -> BarView {
        let (from, to) = column.period.ends();
        let (from_text, to_text) = (from.to_string(), to.to_string());
        let period = (self.t.format)
            .range(Some(&from_text), Some(&to_text))
            .unwrap_or_default();
        let articles = self.t.counted(&self.t.timeline.articles, column.count);
        let height = scale.height(column.count);
        let (step, middle) = (scale.percent(1.0), scale.percent(place as f64 + 0.5));
        let width = (step * FILLED).min(WIDEST);
        BarView {
            address: self.base.within(&from_text, &to_text).search(),
            name: self
                .t
                .timeline
                .bar
                .with(&[("period", &period), ("articles", &articles)]),
            period,
            number: self.t.number(column.count),
            from,
            to,
            count: column.count,
            place: (Percent(middle - step / 2.0), Percent(step)),
            drawn: (Percent(middle - width / 2.0), Percent(width)),
            y: scale.base() - height,
            height,
            is_chosen: window.is_none_or(|window| window.within(column.period).is_some()),
        }
    }

    /// The band of a period; `None` if there are no columns over it.
    fn band(&self, scale: &Scale<'_>, coarser: &CoarserPeriod) -> Option<Band> {
        let whole = Period::between(coarser.period, coarser.period)?;
        scale
            .columns
            .under(whole)
            .filter(|_| scale.heights.below > 0.0)?;
        let begin = scale.percent(scale.columns.position(whole.begin()));
        let end = scale.percent(scale.columns.position(whole.end()));
        let gap = 0.15;
        // Months above, years below.
        let row = if coarser.period.month_number().is_some() {
            0.0
        } else {
            7.0
        };
        Some(Band {
            place: (
                Percent(begin + gap),
                Percent((end - begin - 2.0 * gap).max(gap)),
            ),
            y: scale.base() + 3.0 + row,
            name: known_to(self.t, coarser),
            address: self
                .base
                .with("known_to", &coarser.period.to_string())
                .search(),
        })
    }
}

/// In words: of how many articles no more than a period is known.
pub(super) fn known_to(t: &Texts, coarser: &CoarserPeriod) -> String {
    let articles = t.counted(&t.timeline.articles, coarser.count);
    let period = t.format.date(coarser.period);
    t.timeline
        .only
        .with(&[("period", &period), ("articles", &articles)])
}

fn days_and_number(coarser: &CoarserPeriod) -> Option<String> {
    let whole = Period::between(coarser.period, coarser.period)?;
    Some(format!("{}/{}/{}", whole.first, whole.last, coarser.count))
}

/// From columns and counts to places.
struct Scale<'a> {
    columns: &'a Columns,
    heights: Heights,
}

impl Scale<'_> {
    /// Columns from the left, in per cent.
    fn percent(&self, columns: f64) -> f64 {
        columns * 100.0 / self.columns.columns.len().max(1) as f64
    }

    /// Where columns stand.
    fn base(&self) -> f64 {
        self.heights.above + self.heights.columns
    }

    fn height(&self, count: u64) -> f64 {
        if count == 0 {
            return 0.0;
        }
        let part = count as f64 / self.columns.highest().max(1) as f64;
        let height = (part * self.heights.columns).max(LEAST);
        (height * 10.0).round() / 10.0
    }

    fn tick(&self, tick: Tick) -> TickView {
        TickView {
            at: Percent(self.percent(tick.at)),
            text: tick.text,
            anchor: tick.anchor,
        }
    }
}
