//! The facets of a search, one below the other.

use super::value::{Chosen, Maker, More, Values, key};
use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::schema::{FieldKind, Schema};
use crate::search::{Facet, SearchResponse};

/// Values of a level that are listed, if the address does not say how many.
const LISTED: usize = 8;

/// The facets of a search.
#[derive(Debug, Clone)]
pub struct Column {
    /// The facets, in the order of the schema.
    pub facets: Vec<FacetView>,
    /// What is selected or excluded in them.
    pub(in crate::portal) chosen: Vec<Chosen>,
}

/// One facet.
#[derive(Debug, Clone)]
pub struct FacetView {
    /// What ids of its elements have in them.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// Whether values have values below them.
    pub has_levels: bool,
    /// Its values.
    pub values: Values,
}

impl Column {
    /// The facets of an answer to what the address asks; those without any value are left out.
    pub fn new(
        t: &'static Texts,
        response: &SearchResponse,
        schema: &Schema,
        state: &Address,
    ) -> Column {
        let mut column = Column {
            facets: Vec::new(),
            chosen: Vec::new(),
        };
        for (name, facet) in response.facets.iter() {
            let Facet { label, counts } = facet;
            let is_date = (schema.field(name))
                .is_some_and(|field| matches!(field.kind, FieldKind::Date { .. }));
            // The address may say how many values there are to be; a year has twelve months.
            let is_free = is_date || state.get("facet_limit").is_some();
            let mut maker = Maker {
                t,
                state,
                facet: name,
                label,
                is_date,
                most: if is_free { usize::MAX } else { LISTED },
                chosen: Vec::new(),
            };
            let more = More {
                href: state.facet(name),
                text: t.counted(&t.facet.all, counts.total_values),
                title: t.facet.all_of.with(&[("name", &maker.label)]),
            };
            let has_more = counts.other > 0;
            let values = maker.values(&counts.values, &[], Some(counts.missing), has_more, more);
            column.chosen.append(&mut maker.chosen);
            if counts.values.is_empty() && counts.missing == 0 {
                continue;
            }
            column.facets.push(FacetView {
                key: key(name, ""),
                has_levels: (counts.values.iter()).any(|value| !value.children.is_empty()),
                values,
                label: label.clone(),
            });
        }
        column
    }
}
