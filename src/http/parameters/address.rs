//! Parameters in the query string of an address.
//!
//! Each facet is a parameter of its own name, to be repeated; a leading minus excludes the value.

use super::{MAX_VALUES, Reader, SearchParameters, parameters_of};
use crate::archive::Filter;
use crate::http::problem::Problem;

impl Reader<'_> {
    /// Reads a query string.
    pub(in crate::http) fn address(&self, query: &str) -> Result<SearchParameters, Problem> {
        let mut into = SearchParameters::default();
        for (index, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
            if index >= MAX_VALUES {
                let detail = format!("too many parameters, at most {MAX_VALUES} are allowed");
                return Err(Problem::bad_parameter(detail));
            }
            if let Some(parameter) = self.parameter(&name) {
                parameter.kind.take_text(&mut into, &name, &value)?;
            } else if self.is_facet(&name) {
                into.ask.filters.extend(filter(&name, &value));
            } else {
                let known = parameters_of(self.wanted).map(|parameter| parameter.name);
                let known: Vec<&str> = known.chain(self.facets()).collect();
                return Err(self.unknown("parameter", &name, &known));
            }
        }
        into.complete()
    }
}

/// A value of a facet; a leading minus excludes it. Empty values, as a form sends them, are
/// nothing.
pub(super) fn filter(facet: &str, value: &str) -> Option<Filter> {
    let (value, exclude) = match value.strip_prefix('-') {
        Some(value) => (value, true),
        None => (value, false),
    };
    (!value.is_empty()).then(|| Filter {
        facet: facet.to_owned(),
        value: value.to_owned(),
        exclude,
    })
}
