//! What to do where nothing is found.

use super::chips::name_of;
use crate::archive::{Change, WayOut};
use crate::portal::Address;
use crate::portal::facet::Chosen;
use crate::portal::texts::Texts;

/// A change that finds something.
#[derive(Debug, Clone)]
pub(super) struct WayView {
    pub(super) text: String,
    pub(super) href: String,
    /// Number of hits, in words.
    pub(super) hits: String,
}

/// Ways out as links; `chosen` knows the names of values, `facets` are the names of all facets.
pub(super) fn ways(
    t: &Texts,
    ways: &[WayOut],
    state: &Address,
    chosen: &[Chosen],
    facets: &[&str],
) -> Vec<WayView> {
    let view = |way: &WayOut| {
        let (text, address) = match &way.change {
            Change::Without(filter) => {
                let name = name_of(t, chosen, &filter.facet, &filter.value);
                let name = if filter.exclude {
                    t.search.excluding.with(&[("name", &name)])
                } else {
                    name
                };
                let text = t.search.without.with(&[("name", &name)]);
                (text, state.freeing(&filter.facet, &filter.value))
            }
            Change::AnyTime => (
                t.search.any_time.clone(),
                state.within("", "").without("known_to"),
            ),
            Change::WithoutAny => (t.search.without_any.clone(), state.unfiltered(facets)),
            Change::AnyWord => (
                t.search.any_word.clone(),
                state.without("all").with("any", "true"),
            ),
        };
        WayView {
            text,
            href: address.search(),
            hits: t.counted(&t.search.hits, way.total_hits),
        }
    };
    ways.iter().map(view).collect()
}
