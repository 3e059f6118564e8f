//! The page of a search: hits with their passages, and facets to choose from.

mod hit;

use askama::Template;

use self::hit::HitView;
use super::texts::Texts;
use super::{Address, Frame, Place, Timeline, Visit};
use crate::search::SearchResponse;

/// The page of a search.
#[derive(Debug, Clone, Template)]
#[template(path = "search.html")]
pub struct SearchPage<'a> {
    frame: Frame,
    t: &'static Texts,
    /// Number of hits, in words.
    hits_in_words: String,
    /// How long the answer took, in words.
    time_in_words: String,
    hits: Vec<HitView<'a>>,
    /// The next page, if there is one.
    next: Option<String>,
    /// The hits over time, if there is a time to choose.
    timeline: Option<Timeline>,
}

impl<'a> SearchPage<'a> {
    /// The page for an answer to what the address asks; `documents` is the number of articles in
    /// the archive.
    pub fn new(visit: &Visit, response: &'a SearchResponse, documents: u64) -> SearchPage<'a> {
        let t = Texts::of(visit.language);
        let title = title(t, &visit.address);
        let time = t.format.milliseconds(response.took_ms);
        let next = response.next_cursor.as_deref();
        SearchPage {
            frame: Frame::new(visit, Place::Search, title).counting(documents),
            t,
            hits_in_words: t.counted(&t.search.hits, response.total_hits),
            time_in_words: t.search.in_time.with(&[("time", &time)]),
            hits: (response.hits.iter())
                .map(|hit| HitView::new(t, hit, &visit.address))
                .collect(),
            next: next.map(|cursor| visit.address.at(cursor).search()),
            timeline: None,
        }
    }

    /// The same with the hits over time.
    pub fn over_time(mut self, timeline: Option<Timeline>) -> SearchPage<'a> {
        self.timeline = timeline;
        self
    }
}

fn title(t: &Texts, address: &Address) -> String {
    match address.get("q") {
        Some(query) => t.search.results.with(&[("query", &query)]),
        None => t.search.title.clone(),
    }
}
