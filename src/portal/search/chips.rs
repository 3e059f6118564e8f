//! What is selected, each with a way to be rid of it.

use crate::portal::Address;
use crate::portal::facet::{Chosen, key};
use crate::portal::texts::Texts;
use crate::search::COPY;

/// Something that is selected.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    /// What ids of its elements have in them.
    pub(super) key: String,
    /// Its name.
    pub(super) name: String,
    /// What a click does.
    pub(super) remove_label: String,
    /// The search without it.
    pub(super) remove: String,
    pub(super) is_excluded: bool,
}

/// All that is selected in an address, in its order; `chosen` knows the names of values, `facets`
/// are the names of all facets.
pub(super) fn chips(t: &Texts, state: &Address, chosen: &[Chosen], facets: &[&str]) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut add = |key: String, name: String, remove: Address, is_excluded: bool| {
        chips.push(Chip {
            key,
            remove_label: t.search.remove.with(&[("name", &name)]),
            remove: remove.search(),
            name,
            is_excluded,
        });
    };
    for (facet, value) in state.pairs() {
        if facet != COPY && !facets.contains(&facet) {
            continue;
        }
        let id = value.strip_prefix('-').unwrap_or(value);
        let name = name_of(t, chosen, facet, id);
        let is_excluded = id != value;
        let name = if is_excluded {
            t.search.excluding.with(&[("name", &name)])
        } else {
            name
        };
        add(key(facet, id), name, state.freeing(facet, id), is_excluded);
    }
    if let Some(range) = t.format.range(state.get("from"), state.get("to")) {
        add("range".to_owned(), range, state.within("", ""), false);
    }
    if let Some(period) = state.get("known_to") {
        let period = t.format.date_text(period);
        let name = t.timeline.known_to.with(&[("period", &period)]);
        add(
            "known_to".to_owned(),
            name,
            state.without("known_to"),
            false,
        );
    }
    chips
}

/// The name of a value; its id if nobody names it.
pub(super) fn name_of(t: &Texts, chosen: &[Chosen], facet: &str, id: &str) -> String {
    if facet == COPY {
        return t.search.same_text.clone();
    }
    let known = (chosen.iter()).find(|chosen| chosen.facet == facet && chosen.id == id);
    known.map_or_else(|| id.to_owned(), |chosen| chosen.name.clone())
}
