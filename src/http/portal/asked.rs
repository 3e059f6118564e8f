//! The question that the address of a page puts.

use crate::archive::{Archive, Ask};
use crate::http::parameters::{Reader, Use};
use crate::http::problem::Problem;
use crate::portal::{TypedRange, Visit};

/// A question, and who puts it.
pub(super) struct Asked {
    /// The question.
    pub(super) ask: Ask,
    /// Who puts it: with dates and values in the address as the archive names them.
    pub(super) visit: Visit,
    /// Ends of the range that are no dates, with what was typed.
    pub(super) wrong: Vec<(&'static str, String)>,
}

/// Reads the address of a visit, whose query string is `query`.
pub(super) fn asked(
    archive: &Archive,
    visit: &Visit,
    query: Option<String>,
) -> Result<Asked, Problem> {
    let typed = TypedRange::read(&visit.address);
    // Too many parameters are refused by the reader, unless they had to be changed.
    let query = if typed.address == visit.address {
        query.unwrap_or_default()
    } else {
        typed.address.to_string()
    };
    let reader = Reader::new(archive.schema(), Use::Search);
    let mut ask = reader.address(&query)?.ask;
    ask.language = visit.language.code().to_owned();
    // Filters by names are filters by ids, as the links of the page are.
    for filter in &mut ask.filters {
        if let Ok(id) = archive.id_of_value(&filter.facet, &filter.value) {
            filter.value = id;
        }
    }
    let visit = Visit {
        address: typed.address,
        ..visit.clone()
    };
    Ok(Asked {
        ask,
        visit: visit.naming(archive),
        wrong: typed.wrong,
    })
}
