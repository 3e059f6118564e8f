//! From the parameters of an address to a question.

use super::problem::Problem;
use crate::archive::{Ask, Between, Filter};
use crate::document::PartialDate;
use crate::schema::Schema;
use crate::search::{COPY, Sort};

/// Parameters that are no facet.
const KNOWN: [&str; 19] = [
    "q",
    "all",
    "any",
    "strict",
    "explain",
    "snippets",
    "from",
    "to",
    "sort",
    "limit",
    "cursor",
    "facets",
    "facet_limit",
    "prefix",
    "contains",
    "lang",
    "collapse",
    "copies",
    COPY,
];
/// Most parameters of an address.
const MAX_PARAMETERS: usize = 500;

/// The question that the query string of an address puts.
pub(super) fn ask(query: &str, schema: &Schema) -> Result<Ask, Problem> {
    let mut ask = Ask::default();
    let (mut all, mut any) = (false, false);
    for (index, (name, value)) in form_urlencoded::parse(query.as_bytes()).enumerate() {
        if index >= MAX_PARAMETERS {
            let detail = format!("too many parameters, at most {MAX_PARAMETERS} are allowed");
            return Err(Problem::bad_parameter(detail));
        }
        let value = value.into_owned();
        match name.as_ref() {
            "q" => ask.text = value,
            "all" => all = flag(&name, &value)?,
            "any" => any = flag(&name, &value)?,
            "strict" => ask.strict = flag(&name, &value)?,
            "snippets" => ask.snippets = flag(&name, &value)?,
            "explain" => ask.explain = flag(&name, &value)?,
            "from" => ask.from = date(&name, &value)?,
            "to" => ask.to = date(&name, &value)?,
            "sort" => ask.sort = sort(&value)?,
            "limit" => ask.limit = number(&name, &value)?,
            "facet_limit" => ask.facet_limit = number(&name, &value)?,
            "cursor" => ask.cursor = Some(value).filter(|value| !value.is_empty()),
            "facets" => ask.facets = Some(list(&value)),
            "prefix" | "contains" => {
                ask.facet_contains = Some(value).filter(|value| !value.is_empty());
            }
            "lang" => ask.language = value,
            "collapse" => ask.collapse = flag(&name, &value)?,
            "copies" => ask.copies = flag(&name, &value)?,
            COPY => ask.filters.extend(filter(COPY, &value)),
            facet if schema.field(facet).is_some_and(|field| field.is_facet()) => {
                ask.filters.extend(filter(facet, &value));
            }
            other => return Err(unknown(other, schema)),
        }
    }
    ask.between = match (all, any) {
        (true, true) => {
            return Err(Problem::bad_parameter(
                "all and any exclude each other; give one of them",
            ));
        }
        (true, false) => Between::All,
        (false, true) => Between::Any,
        (false, false) => Between::AllOrAny,
    };
    Ok(ask)
}

/// What an address asks to take away.
pub(super) struct Taken {
    pub(super) ask: Ask,
    /// Name of the format, if one is given.
    pub(super) format: Option<String>,
    /// Most hits, if there is to be an end.
    pub(super) limit: Option<usize>,
    /// Whether an order is given.
    pub(super) sorted: bool,
}

/// The question of an address that takes results away: `format` and any `limit` besides.
pub(super) fn taken(query: &str, schema: &Schema) -> Result<Taken, Problem> {
    let (mut format, mut limit, mut sorted) = (None, None, false);
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "format" => format = Some(value.into_owned()).filter(|value| !value.is_empty()),
            "limit" => limit = Some(number(&name, &value)?),
            "cursor" => {
                let detail = "there are no pages here, all hits come at once; leave cursor out";
                return Err(Problem::bad_parameter(detail));
            }
            _ => {
                sorted |= name == "sort" && !value.is_empty();
                rest.append_pair(&name, &value);
            }
        }
    }
    Ok(Taken {
        ask: ask(&rest.finish(), schema)?,
        format,
        limit,
        sorted,
    })
}

/// A value of a facet; a leading minus excludes it. Empty values, as a form sends them, are
/// nothing.
fn filter(facet: &str, value: &str) -> Option<Filter> {
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

fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    match value {
        "true" | "1" | "" => Ok(true),
        "false" | "0" => Ok(false),
        other => {
            let detail = format!("{name} is \"{other}\", write true or false");
            Err(Problem::bad_parameter(detail))
        }
    }
}

fn date(name: &str, value: &str) -> Result<Option<PartialDate>, Problem> {
    if value.is_empty() {
        return Ok(None);
    }
    let date = value.parse().map(Some);
    date.map_err(|error| Problem::bad_parameter(format!("{name}: {error}")))
}

fn number(name: &str, value: &str) -> Result<usize, Problem> {
    value.parse().map_err(|_| {
        Problem::bad_parameter(format!("{name} is \"{value}\", write a number from 0"))
    })
}

fn sort(value: &str) -> Result<Sort, Problem> {
    match value {
        "relevance" | "" => Ok(Sort::Relevance),
        "newest" => Ok(Sort::Newest),
        "oldest" => Ok(Sort::Oldest),
        other => {
            let detail = format!("sort is \"{other}\", write relevance, newest or oldest");
            Err(Problem::bad_parameter(detail))
        }
    }
}

fn list(value: &str) -> Vec<String> {
    let names = value
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn unknown(name: &str, schema: &Schema) -> Problem {
    let facets: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
    Problem::bad_parameter(format!(
        "unknown parameter \"{name}\", known are: {}, and the facets {}",
        KNOWN.join(", "),
        facets.join(", ")
    ))
}
