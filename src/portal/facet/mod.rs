//! Facets: values with their counts, to be selected and excluded.
//!
//! A value is a checkbox of the search form, which works without scripts; its address is what the
//! script goes to when it is ticked. A value below a selected one narrows the selection, so the
//! address leaves the one above out, and the other way round.

mod column;
mod page;
mod rows;
mod value;

pub use column::{Column, FacetView};
pub use page::{FacetPage, VALUES_ON_A_PAGE};
pub use value::Values;
pub(super) use value::{Chosen, key};
