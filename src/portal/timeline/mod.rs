//! Hits over time: a picture to choose a time in.
//!
//! The picture is drawn on the server: columns that are links to their periods. Below stand the
//! articles of which only a month or year is known, and those without a date. Where a time was
//! chosen, a second, low chart shows all time with that part of it. Everything is also a table.
//! The script `timeline.js` lets one draw a range and walk with the keys.

mod axis;
mod chart;
mod columns;
mod period;
mod typed;

pub use self::chart::Chart;
use self::chart::{Heights, Subject, known_to};
use self::columns::Columns;
use self::period::Period;
pub use self::typed::TypedRange;
use super::Address;
use super::texts::Texts;
use crate::document::PartialDate;
use crate::search::{CoarserPeriod, Histogram, Interval, MISSING};

/// Most periods that are listed below the columns; the table lists all.
const MOST_LISTED: usize = 8;

/// The hits over time.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The charts: of the hits, and of all time if the hits are of a part of it.
    pub(super) charts: Vec<Chart>,
    /// The way out: longer periods that the chosen one lies in, from all time on.
    pub(super) above: Vec<Link>,
    /// The time that is shown, in words.
    pub(super) here: String,
    /// What has no column.
    pub(super) beside: Vec<Link>,
    /// What is not listed in `beside`: number of articles.
    pub(super) further: Option<String>,
    /// What to make columns of.
    pub(super) intervals: Vec<Link>,
    /// What is in the fields for a range.
    pub(super) from: Field,
    pub(super) to: Field,
    /// Rows of the table that are no columns.
    pub(super) rows: Vec<Row>,
    /// The state without a range, for the fields.
    pub(super) is_empty: bool,
}

/// A link with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) address: String,
    pub(super) text: String,
    pub(super) is_current: bool,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) address: String,
    pub(super) period: String,
    pub(super) number: String,
}

/// A field for an end of a range.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) value: String,
    /// What is wrong with what was typed.
    pub(super) wrong: Option<String>,
}

/// What a timeline is made of.
pub struct Times<'a> {
    /// The texts of the page.
    pub t: &'a Texts,
    /// The state of the search, its range as the archive reads it.
    pub address: &'a Address,
    /// The facet of dates, if there is one.
    pub facet: Option<&'a str>,
    /// How the hits are spread.
    pub hits: &'a Histogram,
    /// How they would be without a range, if there is one: [`Times::needs_whole`].
    pub whole: Option<&'a Histogram>,
    /// The ends of a range that are no dates, with what was typed.
    pub wrong: &'a [(&'static str, String)],
}

impl Times<'_> {
    /// Whether an address chooses a part of the time, so that all time has to be asked for, too.
    pub fn needs_whole(address: &Address, facet: Option<&str>) -> bool {
        let is_ranged = ["from", "to"].iter().any(|end| address.get(end).is_some());
        is_ranged
            || facet.is_some_and(|facet| address.all(facet).any(|value| !value.starts_with('-')))
    }

    /// The hits over time; `None` if there is nothing to choose from.
    pub fn timeline(&self) -> Option<Timeline> {
        let t = self.t;
        let nothing =
            |histogram: &Histogram| histogram.total == histogram.missing && histogram.missing == 0;
        if nothing(self.hits) && self.whole.is_none_or(nothing) && self.wrong.is_empty() {
            return None;
        }
        let range = self.range();
        let hits = Subject {
            t,
            histogram: self.hits,
            range,
            base: &self.address.first_page(),
        };
        let free = self.free();
        let heights = if self.whole.is_some() {
            Heights::PART
        } else {
            Heights::ALONE
        };
        let mut charts = vec![hits.chart(&t.timeline.title, heights, None)];
        if let Some(histogram) = self.whole {
            let whole = Subject {
                t,
                histogram,
                range: None,
                base: &free,
            };
            charts.push(whole.chart(
                &t.timeline.whole_name,
                Heights::WHOLE,
                range.or(self.shown()),
            ));
        }
        let beside = self.beside();
        let listed: Vec<Link> = beside
            .iter()
            .take(MOST_LISTED)
            .map(|(link, _, _)| link.clone())
            .collect();
        let further: u64 = beside
            .iter()
            .skip(MOST_LISTED)
            .map(|(_, _, count)| count)
            .sum();
        Some(Timeline {
            is_empty: charts.iter().all(|chart| chart.bars.is_empty()),
            charts,
            above: self.above(range),
            here: self.here(range),
            rows: beside.iter().map(|(_, row, _)| row.clone()).collect(),
            beside: listed,
            further: (further > 0).then(|| t.counted(&t.timeline.further, further)),
            intervals: self.intervals(),
            from: self.field("from"),
            to: self.field("to"),
        })
    }

    /// The chosen time, as far as it has both ends; an open one ends with the hits of all time.
    fn range(&self) -> Option<Period> {
        let end = |name| self.address.get(name)?.parse::<PartialDate>().ok();
        let (from, to) = (end("from"), end("to"));
        if from.is_none() && to.is_none() {
            return None;
        }
        let bars = &self.whole.unwrap_or(self.hits).bars;
        let from = from.or_else(|| Some(bars.first()?.start))?;
        let to = to.or_else(|| Some(bars.last()?.end))?;
        Period::between(from, to)
    }

    /// The time that the hits are of, if it was not chosen as a range.
    fn shown(&self) -> Option<Period> {
        Period::between(self.hits.bars.first()?.start, self.hits.bars.last()?.end)
    }

    /// The state of the search at all time.
    fn free(&self) -> Address {
        let mut free = self.address.within("", "");
        if let Some(facet) = self.facet {
            let chosen: Vec<&str> = self.address.all(facet).collect();
            for value in chosen.into_iter().filter(|value| !value.starts_with('-')) {
                free = free.freeing(facet, value);
            }
        }
        free
    }

    fn above(&self, range: Option<Period>) -> Vec<Link> {
        let link = |address: Address, text: String| Link {
            address: address.search(),
            text,
            is_current: false,
        };
        let known_to = self.address.get("known_to");
        if self.whole.is_none() && known_to.is_none() {
            return Vec::new();
        }
        let free = self.free().without("known_to");
        let mut above = vec![link(free.clone(), self.t.timeline.all_time.clone())];
        for period in range.map(Period::above).unwrap_or_default() {
            let text = period.to_string();
            above.push(link(free.within(&text, &text), self.t.format.date(period)));
        }
        above
    }

    /// The time that is shown, in words.
    fn here(&self, range: Option<Period>) -> String {
        let t = self.t;
        if let Some(period) = self.address.get("known_to") {
            let period = t.format.date_text(period);
            return t.timeline.known_to.with(&[("period", &period)]);
        }
        let (from, to) = match (self.address.get("from"), self.address.get("to"), range) {
            (Some(_), Some(_), Some(range)) => {
                let (from, to) = range.ends();
                (Some(from.to_string()), Some(to.to_string()))
            }
            (from, to, _) => (from.map(str::to_owned), to.map(str::to_owned)),
        };
        if let Some(range) = t.format.range(from.as_deref(), to.as_deref()) {
            return range;
        }
        let chosen: Vec<String> = (self.facet.into_iter())
            .flat_map(|facet| self.address.all(facet))
            .filter(|value| !value.starts_with('-'))
            .map(|value| match value {
                MISSING => t.timeline.missing.clone(),
                value => t.format.date_text(value),
            })
            .collect();
        if chosen.is_empty() {
            return t.timeline.all_time.clone();
        }
        chosen.join(", ")
    }

    /// What has no column, each with its row of the table and its number.
    fn beside(&self) -> Vec<(Link, Row, u64)> {
        let t = self.t;
        let base = self.address.first_page();
        let coarser = Columns::of(self.hits, self.range()).coarser;
        let mut beside: Vec<(Link, Row, u64)> = (coarser.iter())
            .map(|coarser: &CoarserPeriod| {
                let address = base.with("known_to", &coarser.period.to_string()).search();
                let period = t.format.date(coarser.period);
                let link = Link {
                    address: address.clone(),
                    text: known_to(t, coarser),
                    is_current: false,
                };
                let row = Row {
                    address,
                    period: t.timeline.known_to.with(&[("period", &period)]),
                    number: t.number(coarser.count),
                };
                (link, row, coarser.count)
            })
            .collect();
        if let Some(facet) = self.facet.filter(|_| self.hits.missing > 0) {
            let address = base.selecting(facet, MISSING).search();
            let articles = t.counted(&t.timeline.articles, self.hits.missing);
            let period = &t.timeline.missing;
            let link = Link {
                address: address.clone(),
                text: t
                    .timeline
                    .bar
                    .with(&[("period", period), ("articles", &articles)]),
                is_current: false,
            };
            let row = Row {
                address,
                period: period.clone(),
                number: t.number(self.hits.missing),
            };
            beside.insert(0, (link, row, self.hits.missing));
        }
        beside
    }

    /// What columns can be made of: what is asked for, and what is neither too much nor too little.
    fn intervals(&self) -> Vec<Link> {
        let Some(shown) = self.shown() else {
            return Vec::new();
        };
        let asked = self.address.get("histogram").and_then(Interval::from_name);
        let days = (shown.end() - shown.begin()) as usize;
        let fits = |interval: Interval| {
            let columns = match interval {
                Interval::Day => days,
                Interval::Week => days / 7,
                Interval::Month => days / 30,
                Interval::Year => days / 365,
            };
            (2..=columns::MOST).contains(&columns) || asked == Some(interval)
        };
        let name = |interval| match interval {
            Interval::Day => &self.t.timeline.days,
            Interval::Week => &self.t.timeline.weeks,
            Interval::Month => &self.t.timeline.months,
            Interval::Year => &self.t.timeline.years,
        };
        let known = (Interval::ALL.into_iter().rev()).filter(|interval| fits(*interval));
        let links: Vec<Link> = known
            .map(|interval| Link {
                address: self.address.with("histogram", interval.name()).search(),
                text: name(interval).clone(),
                is_current: interval == self.hits.interval,
            })
            .collect();
        if links.len() < 2 { Vec::new() } else { links }
    }

    fn field(&self, name: &'static str) -> Field {
        let t = self.t;
        let wrong = self.wrong.iter().find(|(end, _)| *end == name);
        let read = self.address.get(name).unwrap_or_default();
        Field {
            value: wrong.map_or_else(|| read.to_owned(), |(_, typed)| typed.clone()),
            wrong: wrong.map(|(_, typed)| t.timeline.wrong.with(&[("text", typed)])),
        }
    }
}

impl Chart {
    /// A chart of what is in the archive, without a way to draw a range in it.
    pub fn overview(t: &Texts, histogram: &Histogram, base: &Address) -> Chart {
        let subject = Subject {
            t,
            histogram,
            range: None,
            base,
        };
        Chart {
            base: None,
            ..subject.chart(&t.timeline.title, Heights::ALONE, None)
        }
    }
}
