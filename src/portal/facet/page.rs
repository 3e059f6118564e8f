//! All values of a facet, page by page.
//!
//! The whole page is one form, which always leads back to this page: to the next values, to other
//! ones that are looked for, to another order. So what was ticked is never lost, and needs no script.
//! `apply` leads to the search. Values that are selected or excluded are on every page.

use askama::Template;

use super::rows::{Rows, rows};
use crate::portal::texts::Texts;
use crate::portal::{Address, Frame, Place, Visit};
use crate::schema::{Field, FieldKind};
use crate::search::Facet;

/// Values on one page, and on each level below.
pub const VALUES_ON_A_PAGE: usize = 60;

/// Parameters that are of this page and mean nothing to the search that it leads back to.
const OWN: [&str; 7] = [
    "facet_offset",
    "facet_under",
    "facet_sort",
    "facet_limit",
    "contains",
    FacetPage::APPLY,
    FacetPage::UP,
];

/// The page with all values of a facet.
#[derive(Debug, Clone, Template)]
#[template(path = "facet.html")]
pub struct FacetPage {
    frame: Frame,
    t: &'static Texts,
    /// Where the form leads.
    action: String,
    /// What the form carries along.
    carried: Vec<(String, String)>,
    /// Names of the parameters that are of this page, for the script.
    own: String,
    contains: String,
    orders: Vec<Order>,
    /// The order that is kept if no other is chosen.
    order: Option<String>,
    /// The value whose values are listed, by id and name.
    under: Option<(String, String)>,
    rows: Rows,
    /// Which values these are, in words.
    extent: String,
    previous: Option<usize>,
    next: Option<usize>,
    /// The search, as it was.
    back: String,
}

/// An order of values.
#[derive(Debug, Clone)]
struct Order {
    name: &'static str,
    text: String,
    is_current: bool,
}

impl FacetPage {
    /// The parameter that leads to the search.
    pub const APPLY: &'static str = "apply";
    /// The parameter that leads from the values below one back to all.
    pub const UP: &'static str = "up";

    /// The page for the counts of a facet in the state of a search; `offset` values come before.
    pub fn new(
        visit: &Visit,
        field: Option<&Field>,
        name: &str,
        facet: &Facet,
        offset: usize,
    ) -> FacetPage {
        let t = Texts::of(visit.language);
        let state = &visit.address;
        let is_date = field.is_some_and(|field| matches!(field.kind, FieldKind::Date { .. }));
        let language = visit.language.code();
        let under = state.get("facet_under").map(|id| {
            let label = field.and_then(|field| field.value_label(id, language));
            let name = match label {
                Some(label) => label.to_owned(),
                None => t.format.date_text(id),
            };
            (id.to_owned(), name)
        });
        let is_narrowed = under.is_some() || state.get("contains").is_some();
        let missing = (!is_narrowed && offset == 0).then_some(facet.counts.missing);
        let rows = rows(t, state, name, is_date, &facet.counts.values, missing);
        let all = facet.counts.total_values as usize;
        let last = all.min(offset + VALUES_ON_A_PAGE);
        let extent = if last > offset {
            let number = |number: usize| t.number(number as u64);
            let values = [number(offset + 1), number(last), number(all)];
            t.facet.extent.with(&[
                ("first", &values[0]),
                ("last", &values[1]),
                ("all", &values[2]),
            ])
        } else {
            t.facet.no_values.clone()
        };
        let search = FacetPage::search(state);
        let title = t.facet.all_of.with(&[("name", &facet.label)]);
        FacetPage {
            frame: Frame::new(visit, Place::Facet, title),
            t,
            action: Address::default().facet(name),
            carried: (search.pairs())
                .filter(|(parameter, value)| *parameter != name || !rows.have(value))
                .map(|(parameter, value)| (parameter.to_owned(), value.to_owned()))
                .collect(),
            own: OWN.join(" "),
            contains: state.get("contains").unwrap_or_default().to_owned(),
            orders: orders(t, state, is_date),
            order: state.get("facet_sort").map(str::to_owned),
            under,
            rows,
            extent,
            previous: (offset > 0).then(|| offset.saturating_sub(VALUES_ON_A_PAGE)),
            next: (last < all).then_some(last),
            back: search.search(),
        }
    }

    /// The same with the number of articles in the archive.
    pub fn with_documents(mut self, documents: u64) -> FacetPage {
        self.frame = self.frame.counting(documents);
        self
    }

    /// Where the state of the page `name` leads if something else is to be shown.
    pub fn elsewhere(state: &Address, name: &str) -> Option<String> {
        let has = |parameter| state.get(parameter).is_some();
        if has(FacetPage::APPLY) {
            return Some(FacetPage::search(state).search());
        }
        has(FacetPage::UP).then(|| {
            let gone = [FacetPage::UP, "facet_under", "facet_offset"];
            let all = gone
                .iter()
                .fold(state.clone(), |state, name| state.without(name));
            all.facet(name)
        })
    }

    /// The state of the search that the page leads back to.
    pub fn search(state: &Address) -> Address {
        OWN.iter()
            .fold(state.first_page(), |state, name| state.without(name))
    }
}

fn orders(t: &Texts, state: &Address, is_date: bool) -> Vec<Order> {
    let known: &[(&'static str, &String)] = if is_date {
        &[
            ("id_descending", &t.facet.latest),
            ("id", &t.facet.earliest),
            ("count", &t.facet.by_count),
        ]
    } else {
        &[("count", &t.facet.by_count), ("name", &t.facet.by_name)]
    };
    let chosen = state.get("facet_sort");
    (known.iter().enumerate())
        .map(|(place, (name, text))| Order {
            name,
            text: (*text).clone(),
            is_current: chosen.map_or(place == 0, |chosen| chosen == *name),
        })
        .collect()
}
