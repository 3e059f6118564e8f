//! The values on the page of a facet, each with a box to select and one to exclude it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::value::key;
use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::search::{FacetCount, MISSING};

/// With more values than this, those below others are listed only when they are asked for.
const MOST_WITH_LEVELS: usize = 300;

/// Values of one level.
#[derive(Debug, Clone, Template)]
#[template(path = "facet_rows.html")]
pub(super) struct Rows {
    t: &'static Texts,
    rows: Vec<Row>,
}

/// Templates write their texts escaped.
impl HtmlSafe for Rows {}

/// One value.
#[derive(Debug, Clone)]
struct Row {
    /// What ids of its elements have in them.
    key: String,
    facet: String,
    id: String,
    name: String,
    count: String,
    is_selected: bool,
    is_excluded: bool,
    exclude_label: String,
    /// Those of the values below it that are listed.
    below: Option<Rows>,
    /// How many values are below it, if not all are listed.
    deeper: Option<String>,
}

impl Rows {
    /// Whether there is a box that sends this.
    pub(super) fn have(&self, sent: &str) -> bool {
        let id = sent.strip_prefix('-').unwrap_or(sent);
        (self.rows.iter())
            .any(|row| row.id == id || row.below.as_ref().is_some_and(|below| below.have(sent)))
    }
}

/// The rows of values; `missing` documents have none.
pub(super) fn rows(
    t: &'static Texts,
    state: &Address,
    facet: &str,
    is_date: bool,
    values: &[FacetCount],
    missing: Option<u64>,
) -> Rows {
    let maker = Maker {
        t,
        facet,
        is_date,
        has_levels: number_of(values) <= MOST_WITH_LEVELS,
    };
    let mut rows = maker.rows(values);
    let is_chosen = |sent: &str| state.all(facet).any(|value| value == sent);
    let (selected, excluded) = (is_chosen(MISSING), is_chosen(&format!("-{MISSING}")));
    if missing.is_some_and(|count| count > 0) || selected || excluded {
        rows.rows.extend(missing.map(|count| {
            maker.row(&FacetCount {
                id: MISSING.to_owned(),
                name: t.facet.missing.clone(),
                count,
                selected,
                excluded,
                ..FacetCount::default()
            })
        }));
    }
    rows
}

fn number_of(values: &[FacetCount]) -> usize {
    let below = values.iter().map(|value| number_of(&value.children));
    values.len() + below.sum::<usize>()
}

struct Maker<'a> {
    t: &'static Texts,
    facet: &'a str,
    is_date: bool,
    /// Whether all levels are listed.
    has_levels: bool,
}

impl Maker<'_> {
    fn rows(&self, values: &[FacetCount]) -> Rows {
        Rows {
            t: self.t,
            rows: values.iter().map(|value| self.row(value)).collect(),
        }
    }

    fn row(&self, value: &FacetCount) -> Row {
        let t = self.t;
        let name = match self.is_date && value.id != MISSING {
            true => t.format.date_text(&value.id),
            false => value.name.clone(),
        };
        let listed: Vec<FacetCount> = (value.children.iter())
            .filter(|child| self.has_levels || is_chosen(child))
            .cloned()
            .collect();
        let is_all = listed.len() as u64 == value.total_children;
        Row {
            key: key(self.facet, &value.id),
            facet: self.facet.to_owned(),
            id: value.id.clone(),
            count: t.number(value.count),
            is_selected: value.selected,
            is_excluded: value.excluded,
            exclude_label: t.facet.exclude.with(&[("name", &name)]),
            below: (!listed.is_empty()).then(|| self.rows(&listed)),
            deeper: (!is_all).then(|| t.counted(&t.facet.deeper, value.total_children)),
            name,
        }
    }
}

/// Whether a value or one below it is selected or excluded.
fn is_chosen(value: &FacetCount) -> bool {
    value.selected || value.excluded || value.children.iter().any(is_chosen)
}
