//! The page of a search: hits with their passages, and facets to choose from.

mod chips;
mod hit;
mod remarks;
mod start;
mod tools;
mod ways;

use askama::Template;

use self::chips::{Chip, chips};
use self::hit::{HitView, Links};
use self::remarks::Remarks;
use self::start::{Example, examples, most_frequent};
use self::tools::Tools;
use self::ways::{WayView, ways};
use super::facet::Column;
use super::texts::Texts;
use super::{Address, Frame, Place, Timeline, Visit};
use crate::archive::{Archive, WayOut};
use crate::schema::FieldKind;
use crate::search::{SearchResponse, Sort};

pub use self::start::Frequent;

/// What the page of a search is made of, beside the answer.
#[derive(Debug, Clone)]
pub struct SearchFacts {
    /// Number of articles in the archive.
    pub documents: u64,
    /// The order that the hits have.
    pub sort: Sort,
    /// What would find something, if nothing was found.
    pub ways_out: Vec<WayOut>,
}

/// The page of a search.
#[derive(Debug, Clone, Template)]
#[template(path = "search.html")]
pub struct SearchPage<'a> {
    frame: Frame,
    t: &'static Texts,
    /// Whether nothing is asked.
    is_start: bool,
    examples: Vec<Example>,
    /// Number of hits, in words.
    hits_in_words: String,
    /// Number of distinct copies, in words, if it is another one.
    copies_in_words: Option<String>,
    /// How long the answer took, in words.
    time_in_words: String,
    /// What the button says that shows the facets on narrow screens.
    show_filters: String,
    /// What the button says that hides them.
    show_hits: String,
    chips: Vec<Chip>,
    /// The search without anything selected.
    reset: String,
    remarks: Remarks<'a>,
    ways_out: Vec<WayView>,
    tools: Tools,
    take_away_all: String,
    /// Whether nothing is found.
    is_nothing: bool,
    hits: Vec<HitView<'a>>,
    column: Column,
    /// The next page, if there is one.
    next: Option<String>,
    /// The first page, if this is another one.
    first: Option<String>,
    /// The hits over time, if there is a time to choose.
    timeline: Option<Timeline>,
}

impl<'a> SearchPage<'a> {
    /// The page for an answer to what the address asks.
    pub fn new(
        visit: &Visit,
        archive: &Archive,
        response: &'a SearchResponse,
        facts: &SearchFacts,
    ) -> SearchPage<'a> {
        let t = Texts::of(visit.language);
        let (schema, state) = (archive.schema(), &visit.address);
        let facets: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
        let column = Column::new(t, response, schema, state);
        let chips = chips(t, state, &column.chosen, &facets);
        let total = response.total_hits;
        let is_start = state.is_empty();
        let links = Links { t, schema, state };
        let title = match state.get("q") {
            Some(query) => t.search.results.with(&[("query", &query)]),
            None => t.search.title.clone(),
        };
        let time = t.format.milliseconds(response.took_ms);
        let copies = response.total_copies.filter(|copies| *copies != total);
        let show_filters = match chips.len() {
            0 => t.facet.show_filters.clone(),
            chosen => t.counted(&t.facet.show_filters_chosen, chosen as u64),
        };
        SearchPage {
            frame: Frame::new(visit, Place::Search, title)
                .counting(facts.documents)
                .carrying(carried(state, &column)),
            t,
            is_start,
            examples: if is_start {
                let frequent = frequent(archive, response);
                examples(t, &response.hits, &frequent, state)
            } else {
                Vec::new()
            },
            hits_in_words: t.counted(&t.search.hits, total),
            copies_in_words: copies.map(|copies| t.counted(&t.search.copies, copies)),
            time_in_words: t.search.in_time.with(&[("time", &time)]),
            show_filters,
            show_hits: t.counted(&t.facet.show_hits, total),
            chips,
            reset: state.unfiltered(&facets).search(),
            remarks: Remarks::new(t, &response.query, total, schema, state),
            ways_out: ways(t, &facts.ways_out, state, &column.chosen, &facets),
            tools: Tools::new(t, state, facts.sort),
            take_away_all: t.counted(&t.search.take_away_all, total),
            is_nothing: total == 0,
            hits: (response.hits.iter())
                .map(|hit| HitView::new(links, hit))
                .collect(),
            column,
            next: (response.next_cursor.as_deref()).map(|cursor| state.at(cursor).search()),
            first: (state.get("cursor")).map(|_| state.first_page().search()),
            timeline: None,
        }
    }

    /// The same with the hits over time.
    pub fn over_time(mut self, timeline: Option<Timeline>) -> SearchPage<'a> {
        self.timeline = timeline;
        self
    }
}

/// What of the state has no control on the page, so that the form has to carry it along.
fn carried(state: &Address, column: &Column) -> Vec<(String, String)> {
    const CONTROLS: [&str; 7] = ["q", "sort", "limit", "collapse", "from", "to", "cursor"];
    let has_checkbox = |facet: &str, value: &str| {
        let id = value.strip_prefix('-').unwrap_or(value);
        (column.chosen.iter()).any(|chosen| chosen.facet == facet && chosen.id == id)
    };
    let pairs = state
        .pairs()
        .filter(|(name, value)| !CONTROLS.contains(name) && !has_checkbox(name, value));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// For each facet of names, the value that most documents have.
fn frequent(archive: &Archive, response: &SearchResponse) -> Vec<Frequent> {
    let schema = archive.schema();
    let facets = response.facets.iter().filter_map(|(name, facet)| {
        let FieldKind::Keyword(_) = schema.field(name)?.kind else {
            return None;
        };
        let value = most_frequent(&facet.counts.values)?;
        Some(Frequent {
            value: (archive.text_of_value(name, &value.id, &value.name)).to_owned(),
            facet: name.to_owned(),
            label: facet.label.clone(),
        })
    });
    facets.collect()
}
