//! The values of a facet, level by level.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::search::{FacetCount, MISSING};

/// Values of one level.
#[derive(Debug, Clone, Template)]
#[template(path = "facet_values.html")]
pub struct Values {
    values: Vec<ValueView>,
    /// The rest of the level, if not all of it is listed.
    more: Option<More>,
}

/// Templates write their texts escaped.
impl HtmlSafe for Values {}

/// A link to all values of a level.
#[derive(Debug, Clone)]
pub(super) struct More {
    /// Where it leads.
    pub(super) href: String,
    /// What it says.
    pub(super) text: String,
    /// What it leads to.
    pub(super) title: String,
}

/// One value.
#[derive(Debug, Clone)]
struct ValueView {
    /// What ids of its elements have in them.
    key: String,
    facet: String,
    name: String,
    count: String,
    /// What its checkbox sends.
    sent: String,
    is_chosen: bool,
    is_excluded: bool,
    /// Where a click on the checkbox leads.
    toggle: String,
    /// Where a click on the control beside it leads.
    exclude: String,
    exclude_label: String,
    below: Option<Below>,
}

/// The values below one.
#[derive(Debug, Clone)]
struct Below {
    values: Values,
    is_open: bool,
    label: String,
}

/// A value that is selected or excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::portal) struct Chosen {
    /// Name of the facet.
    pub(in crate::portal) facet: String,
    /// Id of the value.
    pub(in crate::portal) id: String,
    /// Its name.
    pub(in crate::portal) name: String,
}

/// What the values of one facet have in common while they are made.
pub(super) struct Maker<'a> {
    pub(super) t: &'static Texts,
    pub(super) state: &'a Address,
    pub(super) facet: &'a str,
    pub(super) label: &'a str,
    /// Whether values are periods.
    pub(super) is_date: bool,
    /// Most values of a level that are listed, those that are chosen left out.
    pub(super) most: usize,
    /// What is found to be selected or excluded.
    pub(super) chosen: Vec<Chosen>,
}

impl Maker<'_> {
    /// The values of a level below others; `missing` documents have none. `more` leads to all of
    /// them, and is there if they are more than are listed, as `has_more` says of what was counted.
    pub(super) fn values(
        &mut self,
        counts: &[FacetCount],
        above: &[&FacetCount],
        missing: Option<u64>,
        has_more: bool,
        more: More,
    ) -> Values {
        let most = self.most;
        let is_listed = |(place, count): &(usize, &FacetCount)| *place < most || is_chosen(count);
        let listed: Vec<&FacetCount> = (counts.iter().enumerate())
            .filter(is_listed)
            .map(|(_, count)| count)
            .collect();
        let more = (has_more || listed.len() < counts.len()).then_some(more);
        let mut values: Vec<ValueView> = (listed.into_iter())
            .map(|count| self.value(count, above))
            .collect();
        if let Some(missing) = self.missing(missing) {
            values.push(self.value(&missing, above));
        }
        Values { values, more }
    }

    /// The value of what has none, if there is anything to be said of it.
    fn missing(&self, count: Option<u64>) -> Option<FacetCount> {
        let values = || self.state.all(self.facet);
        let selected = values().any(|value| value == MISSING);
        let excluded = values().any(|value| value.strip_prefix('-') == Some(MISSING));
        let count = count?;
        (count > 0 || selected || excluded).then(|| FacetCount {
            id: MISSING.to_owned(),
            name: self.t.facet.missing.clone(),
            count,
            selected,
            excluded,
            ..FacetCount::default()
        })
    }

    fn value(&mut self, count: &FacetCount, above: &[&FacetCount]) -> ValueView {
        let (t, state, facet) = (self.t, self.state, self.facet);
        let name = if self.is_date && count.id != MISSING {
            t.format.date_text(&count.id)
        } else {
            count.name.clone()
        };
        let is_chosen = count.selected || count.excluded;
        if is_chosen {
            self.chosen.push(Chosen {
                facet: facet.to_owned(),
                id: count.id.clone(),
                name: name.clone(),
            });
        }
        // What lies below goes with the value, in either way.
        let alone = each_below(count)
            .into_iter()
            .fold(state.clone(), |state, below| {
                state.freeing(facet, &below.id)
            });
        let narrowed = (above.iter())
            .filter(|above| above.selected)
            .fold(alone.clone(), |state, above| {
                state.freeing(facet, &above.id)
            });
        let toggle = if is_chosen {
            state.freeing(facet, &count.id)
        } else {
            narrowed.selecting(facet, &count.id)
        };
        let (exclude, exclude_label) = if count.excluded {
            (state.freeing(facet, &count.id), &t.facet.include)
        } else {
            (alone.excluding(facet, &count.id), &t.facet.exclude)
        };
        let sign = if count.excluded { "-" } else { "" };
        ValueView {
            key: key(facet, &count.id),
            facet: facet.to_owned(),
            count: t.number(count.count),
            sent: format!("{sign}{}", count.id),
            is_chosen,
            is_excluded: count.excluded,
            toggle: toggle.search(),
            exclude: exclude.search(),
            exclude_label: exclude_label.with(&[("name", &name)]),
            below: self.below(count, above, &name),
            name,
        }
    }

    fn below(&mut self, count: &FacetCount, above: &[&FacetCount], name: &str) -> Option<Below> {
        // The hits over time have the days; here, they would be too many.
        let is_month = self.is_date && count.id.len() > "2025".len();
        let listed: Vec<FacetCount> = (count.children.iter())
            .filter(|child| !is_month || is_chosen(child))
            .cloned()
            .collect();
        if listed.is_empty() {
            return None;
        }
        let more = More {
            href: (self.state.with("facet_under", &count.id)).facet(self.facet),
            text: (self.t).counted(&self.t.facet.all, count.total_children),
            title: self.t.facet.all_of.with(&[("name", &name)]),
        };
        let has_more = count.children_other > 0 && !is_month;
        let mut path = above.to_vec();
        path.push(count);
        let is_open = count.children.iter().any(is_chosen);
        Some(Below {
            values: self.values(&listed, &path, None, has_more, more),
            is_open,
            label: self.t.facet.below.with(&[("name", &name)]),
        })
    }
}

/// Whether a value, or one below it, is selected or excluded.
fn is_chosen(count: &FacetCount) -> bool {
    count.selected || count.excluded || count.children.iter().any(is_chosen)
}

/// All values below one.
fn each_below(count: &FacetCount) -> Vec<&FacetCount> {
    let children = count.children.iter();
    children
        .flat_map(|child| [vec![child], each_below(child)].concat())
        .collect()
}

/// A text for ids of elements: without spaces, another one for each value.
pub(in crate::portal) fn key(facet: &str, id: &str) -> String {
    let escaped =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    format!("{}.{}", escaped(facet), escaped(id))
}
