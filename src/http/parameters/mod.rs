//! What a request asks, by the names of the parameters.
//!
//! All parameters stand in one table ([`TABLE`]); a new one is an entry there. The same names are
//! read from the query string of an address and from a JSON body, and the description of the API
//! is made from the same entries. Facets are parameters, too, but those of the schema.

mod address;
mod body;
mod kind;
mod table;
#[cfg(test)]
mod tests;

pub(super) use body::FILTERS;
pub(super) use kind::{Choice, Kind, wrong_json};
pub(super) use table::{FEED_ENTRIES, TABLE};

use crate::archive::{Ask, Between};
use crate::export::Format;
use crate::schema::Schema;
use crate::search::{COPY, HistogramRequest, Interval};

use super::problem::Problem;

/// Most values of parameters in one request.
pub(super) const MAX_VALUES: usize = 500;

/// A request that was read.
#[derive(Clone, Default)]
pub(super) struct SearchParameters {
    /// The question.
    pub(super) ask: Ask,
    /// The format of what is taken away, if one is named.
    pub(super) format: Option<&'static dyn Format>,
    /// The number of hits, if one is named.
    pub(super) limit: Option<usize>,
    /// Whether copies are hits, too, where they are not by default.
    pub(super) with_copies: bool,
    all: bool,
    any: bool,
    /// The interval of the histogram, if there is to be one; `Some(None)` lets the dates decide.
    interval: Option<Option<Interval>>,
    all_time: bool,
}

/// What a request is for. Not every parameter makes sense everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A page of hits, or counts.
    Search,
    /// All hits, as a file.
    Export,
    /// The newest hits, to be read again and again.
    Feed,
    /// Completing what was typed.
    Suggest,
    /// Articles that are similar to one.
    Similar,
    /// One article, with what a question finds in it.
    Document,
    /// One article as a citation.
    Cite,
}

/// One parameter.
pub(super) struct Parameter {
    /// Its name in addresses and bodies.
    pub(super) name: &'static str,
    /// What it takes, and where that goes.
    pub(super) kind: Kind,
    /// What it does without being named, as JSON; empty if that is nothing.
    pub(super) default: &'static str,
    /// What it means, for the description of the API.
    pub(super) meaning: &'static str,
    /// A value, for the description of the API.
    pub(super) example: &'static str,
    /// Where it makes sense.
    pub(super) uses: &'static [Use],
}

/// Reads requests of one use of an archive.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    schema: &'a Schema,
    wanted: Use,
}

/// The parameters that make sense for a use, in the order of the table.
pub(super) fn parameters_of(wanted: Use) -> impl Iterator<Item = &'static Parameter> {
    (TABLE.iter()).filter(move |parameter| parameter.uses.contains(&wanted))
}

impl<'a> Reader<'a> {
    pub(super) fn new(schema: &'a Schema, wanted: Use) -> Reader<'a> {
        Reader { schema, wanted }
    }

    fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        parameters_of(self.wanted).find(|parameter| parameter.name == name)
    }

    /// Whether that is the name of something that hits are filtered by.
    fn is_facet(&self, name: &str) -> bool {
        self.facets().contains(&name)
    }

    /// What hits are filtered by, where there are hits.
    fn facets(&self) -> Vec<&str> {
        if !self.wanted.has_filters() {
            return Vec::new();
        }
        let facets = self.schema.facets().map(|field| field.name.as_str());
        facets.chain([COPY]).collect()
    }

    /// What is said of a name that means nothing here.
    fn unknown(&self, what: &str, name: &str, known: &[&str]) -> Problem {
        let nearest = (known.iter())
            .map(|known| (strsim::damerau_levenshtein(known, name), known))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, known)| *distance <= 1 + known.chars().count() / 4);
        let hint = nearest.map_or_else(
            || ",".to_owned(),
            |(_, known)| format!("; did you mean \"{known}\"?"),
        );
        Problem::bad_parameter(format!(
            "unknown {what} \"{name}\" for {}{hint} known are: {}",
            self.wanted.name(),
            known.join(", ")
        ))
    }
}

impl Use {
    /// Whether hits are filtered by facets.
    pub(super) fn has_filters(self) -> bool {
        !matches!(self, Use::Document | Use::Cite)
    }

    /// What it is, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Use::Search => "a search",
            Use::Export => "an export",
            Use::Feed => "a feed",
            Use::Suggest => "suggestions",
            Use::Similar => "similar articles",
            Use::Document => "an article",
            Use::Cite => "a citation",
        }
    }
}

impl SearchParameters {
    /// What can only be said when all parameters are read.
    fn complete(mut self) -> Result<SearchParameters, Problem> {
        self.ask.between = match (self.all, self.any) {
            (true, true) => {
                let detail = "all and any exclude each other; give one of them";
                return Err(Problem::bad_parameter(detail));
            }
            (true, false) => Between::All,
            (false, true) => Between::Any,
            (false, false) => Between::AllOrAny,
        };
        self.ask.histogram = self.interval.map(|interval| HistogramRequest {
            interval,
            all_time: self.all_time,
        });
        Ok(self)
    }
}
