//! The hits over time, for the page of a search.

use crate::archive::{Archive, Ask};
use crate::http::problem::Problem;
use crate::portal::texts::Texts;
use crate::portal::{Timeline, Times, Visit};
use crate::schema::{FieldKind, Schema};
use crate::search::{HistogramRequest, SearchResponse};

/// The same question, with what the timeline needs of its answer.
pub(super) fn asking(ask: Ask) -> Ask {
    let interval = ask.histogram.and_then(|histogram| histogram.interval);
    Ask {
        histogram: Some(HistogramRequest {
            interval,
            all_time: false,
        }),
        ..ask
    }
}

/// The timeline of an answer; all time is asked for if the answer is of a part of it.
pub(super) fn timeline(
    archive: &Archive,
    visit: &Visit,
    ask: &Ask,
    wrong: &[(&'static str, String)],
    response: &SearchResponse,
) -> Result<Option<Timeline>, Problem> {
    let Some(hits) = &response.histogram else {
        return Ok(None);
    };
    let facet = date_facet(archive.schema());
    let whole = if Times::needs_whole(&visit.address, facet) {
        let all_time = Ask {
            histogram: Some(HistogramRequest {
                interval: None,
                all_time: true,
            }),
            limit: 0,
            cursor: None,
            facets: Some(Vec::new()),
            copies: false,
            ..ask.clone()
        };
        archive.search(&all_time)?.histogram
    } else {
        None
    };
    let times = Times {
        t: Texts::of(visit.language),
        address: &visit.address,
        facet,
        hits,
        whole: whole.as_ref(),
        wrong,
    };
    Ok(times.timeline())
}

/// Name of the facet of dates, if there is one.
fn date_facet(schema: &Schema) -> Option<&str> {
    let is_date = |kind: &FieldKind| matches!(kind, FieldKind::Date { .. });
    let mut facets = schema.facets();
    (facets.find(|field| is_date(&field.kind))).map(|field| field.name.as_str())
}
