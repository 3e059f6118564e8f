//! Parameters in a JSON body.
//!
//! The names are those of addresses, and the values what JSON has for them. Facets stand under
//! `filters`, each with a list of values, as in `{"agency": ["kr-nis", "-kcna"]}`; a leading minus
//! excludes. Values that begin with a minus themselves are named in the long form,
//! `{"agency": {"include": ["-x"], "exclude": []}}`.

use serde_json::{Map, Value};

use super::address::filter;
use super::kind::wrong_json;
use super::{MAX_VALUES, Reader, SearchParameters, parameters_of};
use crate::archive::Filter;
use crate::http::problem::Problem;

/// The member that holds the facets.
pub(in crate::http) const FILTERS: &str = "filters";

impl Reader<'_> {
    /// Reads a body.
    pub(in crate::http) fn body(&self, body: &Value) -> Result<SearchParameters, Problem> {
        let mut into = SearchParameters::default();
        for (name, value) in object("the body", body)? {
            if let Some(parameter) = self.parameter(name) {
                parameter.kind.take_json(&mut into, name, value)?;
            } else if name == FILTERS {
                self.filters(&mut into.ask.filters, value)?;
            } else if self.is_facet(name) {
                let detail = format!(
                    "facets stand under {FILTERS}: {{\"{name}\": [\"…\"]}}; write it there"
                );
                return Err(Problem::bad_parameter(detail));
            } else {
                let known = parameters_of(self.wanted).map(|parameter| parameter.name);
                let known: Vec<&str> = known.chain([FILTERS]).collect();
                return Err(self.unknown("member", name, &known));
            }
        }
        into.complete()
    }

    fn filters(&self, into: &mut Vec<Filter>, value: &Value) -> Result<(), Problem> {
        if value.is_null() {
            return Ok(());
        }
        for (facet, values) in object(FILTERS, value)? {
            if !self.is_facet(facet) {
                return Err(self.unknown("facet", facet, &self.facets()));
            }
            let place = format!("{FILTERS}.{facet}");
            match values {
                Value::Array(list) => {
                    for value in texts(&place, list)? {
                        into.extend(filter(facet, value));
                    }
                }
                Value::Object(sides) => long_form(into, facet, &place, sides)?,
                other => return Err(wrong_json(&place, other, "a list of texts")),
            }
        }
        if into.len() > MAX_VALUES {
            let detail = format!("too many values in {FILTERS}, at most {MAX_VALUES} are allowed");
            return Err(Problem::bad_parameter(detail));
        }
        Ok(())
    }
}

fn long_form(
    into: &mut Vec<Filter>,
    facet: &str,
    place: &str,
    sides: &Map<String, Value>,
) -> Result<(), Problem> {
    for (side, list) in sides {
        let exclude = match side.as_str() {
            "include" => false,
            "exclude" => true,
            other => {
                let detail =
                    format!("unknown member \"{other}\" in {place}, known are: include, exclude");
                return Err(Problem::bad_parameter(detail));
            }
        };
        let place = format!("{place}.{side}");
        let Value::Array(list) = list else {
            return Err(wrong_json(&place, list, "a list of texts"));
        };
        into.extend(texts(&place, list)?.into_iter().map(|value| Filter {
            facet: facet.to_owned(),
            value: value.to_owned(),
            exclude,
        }));
    }
    Ok(())
}

fn texts<'a>(place: &str, list: &'a [Value]) -> Result<Vec<&'a str>, Problem> {
    let texts = list.iter().enumerate().map(|(at, value)| {
        let text = value.as_str();
        text.ok_or_else(|| wrong_json(&format!("{place}[{at}]"), value, "a text"))
    });
    texts.collect()
}

fn object<'a>(place: &str, value: &'a Value) -> Result<&'a Map<String, Value>, Problem> {
    let object = value.as_object();
    object.ok_or_else(|| wrong_json(place, value, "an object, as {\"q\": \"Kursk\"}"))
}
