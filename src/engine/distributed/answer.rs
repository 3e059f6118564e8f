//! Answers to requests.

use std::sync::Arc;

use serde_json::{Value, json};

use super::copies::{Member, Neighbourhood};
use super::counts::{Names, list, values};
use super::distinct::{self, Distinct};
use super::plan::Plan;
use super::query::embargoed;
use super::reading::document_of;
use super::snapshot::{Snapshot, hits, total, unreadable};
use super::template::ID;
use crate::document::PartialDate;
use crate::engine::{EngineError, EngineErrorKind, Result, Walk, timeline};
use crate::schema::{FieldKind, Schema};
use crate::search::{After, EngineHit, EngineResponse, SearchRequest, Sort};

/// Hits that a walk reads at once.
const WALK_PAGE: usize = 500;
/// Most documents that a newer commit may hide from those who look at an older one.
const MAX_WITHHELD: usize = 10_000;

/// Answers a request with one commit; `newest` is the newest one.
pub(super) fn search(
    snapshot: &Arc<Snapshot>,
    newest: &Arc<Snapshot>,
    schema: &Schema,
    request: &SearchRequest,
) -> Result<EngineResponse> {
    let plan = Plan::new(
        snapshot,
        schema,
        request,
        hidden(snapshot, newest, request.now)?,
        request.limit > 0,
    )?;
    let distinct = match request.collapse || request.count_copies {
        true => Some(Distinct::new(snapshot, schema, request, &plan)?),
        false => None,
    };
    let collapsed = match &distinct {
        Some(distinct) if request.collapse => distinct::without(&distinct.collapsed()?),
        _ => None,
    };
    // One hit more than is wanted tells whether there are more.
    let (from, passed) = match request.after {
        None => (request.skip, 0),
        Some(_) => (0, request.skip),
    };
    let size = match request.limit {
        0 => 0,
        limit => passed.saturating_add(limit).saturating_add(1),
    };
    let from = if size == 0 { 0 } else { from };
    let mut body = plan.body((from, size), request.after.as_ref(), collapsed);
    body["aggs"] = plan.aggregations()?;
    let answer = snapshot.search(body)?;
    let found = hits(&answer);
    let goes_on = request.limit > 0 && found.len() == size;
    let end = found.len().min(passed + request.limit);
    let hits = shown(
        snapshot,
        request,
        found.get(passed..end).unwrap_or_default(),
    )?;
    let counted = &answer["aggregations"];
    let total_hits = counted["hits"]["doc_count"].as_u64().unwrap_or(0);
    let counting = distinct.as_ref().filter(|_| request.count_copies);
    let mut facets = Vec::new();
    for facet in &request.facets {
        let names = match schema.field(&facet.facet).map(|field| &field.kind) {
            Some(FieldKind::Keyword(_)) => Some(Names::of(snapshot, &facet.facet)?),
            _ => None,
        };
        let filter = request.filters.iter().find(|it| it.facet == facet.facet);
        let mut counts = plan.counted(counted, &facet.facet)?;
        if let Some(distinct) = counting {
            distinct.count(&facet.facet, &mut counts);
        }
        facets.push((
            facet.facet.clone(),
            list(&counts, names.as_deref(), facet, filter),
        ));
    }
    let histogram = match &request.histogram {
        None => None,
        Some(asked) => {
            let dates = values(&counted["time"]["values"], "days")?;
            let mut dates: Vec<(PartialDate, u64)> = (dates.into_iter())
                .filter_map(|(bits, count)| {
                    Some((PartialDate::from_bits(bits.parse().ok()?)?, count))
                })
                .collect();
            dates.sort_unstable_by_key(|(date, _)| date.to_bits());
            let missing = counted["time"]["missing"]["doc_count"].as_u64();
            let in_groups = counting.map(Distinct::in_time);
            let missing = missing.unwrap_or(0);
            Some(timeline::histogram(
                asked,
                &dates,
                missing,
                in_groups.as_deref(),
            ))
        }
    };
    Ok(EngineResponse {
        commit: snapshot.state.commit,
        total_hits,
        total_copies: distinct.map(|distinct| total_hits - distinct.surplus()),
        next: hits.last().filter(|_| goes_on).map(place),
        hits,
        facets,
        histogram,
    })
}

fn place(hit: &EngineHit) -> After {
    After {
        rank: hit.rank,
        id: hit.document.id.clone(),
    }
}

/// Queries for what is not there: documents under embargo, also by what a newer commit says.
fn hidden(
    snapshot: &Arc<Snapshot>,
    newest: &Arc<Snapshot>,
    now: PartialDate,
) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    if snapshot.embargoed(now) > 0 {
        all.push(embargoed(now));
    }
    if !Arc::ptr_eq(snapshot, newest) && newest.embargoed(now) > 0 {
        let answer = newest.search(json!({
            "size": MAX_WITHHELD, "query": {"bool": {"filter": [embargoed(now)]}},
            "track_total_hits": true, "_source": false, "docvalue_fields": [ID],
        }))?;
        let ids: Vec<&Value> = hits(&answer)
            .iter()
            .map(|hit| &hit["fields"][ID][0])
            .collect();
        if total(&answer) > ids.len() as u64 {
            let message = "too many documents came under embargo; begin again with the first page";
            return Err(EngineError::new(EngineErrorKind::Request, message));
        }
        all.push(json!({"terms": {ID: ids}}));
    }
    Ok(all)
}

/// Hits with everything that is shown of them.
fn shown(snapshot: &Snapshot, request: &SearchRequest, found: &[Value]) -> Result<Vec<EngineHit>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let members: Vec<Member> = found.iter().filter_map(Member::of).collect();
    let ids: Vec<String> = members.iter().map(|member| member.id.clone()).collect();
    if ids.len() != found.len() {
        return Err(unreadable("a hit has no id"));
    }
    let copies = Neighbourhood::of(snapshot, members)?.shown(snapshot, &ids, request.now)?;
    let each = found.iter().zip(copies).map(|(hit, copy)| {
        let first = &hit["sort"][0];
        let (score, rank) = match request.sort {
            Sort::Relevance => {
                let score = first.as_f64().unwrap_or(0.0) as f32;
                (score, score.to_bits())
            }
            _ => (0.0, first.as_u64().unwrap_or(0) as u32),
        };
        Ok(EngineHit {
            score,
            rank,
            document: document_of(hit)?,
            copy,
            located: Vec::new(),
        })
    });
    each.collect()
}

/// All hits of a request, page by page.
pub(super) fn walk(
    snapshot: Arc<Snapshot>,
    schema: &Schema,
    request: &SearchRequest,
) -> Result<Walk> {
    let counting = SearchRequest {
        facets: Vec::new(),
        histogram: None,
        limit: 0,
        after: None,
        ..request.clone()
    };
    let counted = search(&snapshot, &snapshot, schema, &counting)?;
    let mut page = SearchRequest {
        skip: 0,
        limit: WALK_PAGE,
        ..counting
    };
    let schema = schema.clone();
    let mut buffer: Vec<EngineHit> = Vec::new();
    let mut is_over = false;
    let hits = std::iter::from_fn(move || {
        if buffer.is_empty() && !is_over {
            match search(&snapshot, &snapshot, &schema, &page) {
                Ok(answer) => {
                    is_over = answer.next.is_none();
                    page.after = answer.next;
                    buffer = answer.hits;
                    buffer.reverse();
                }
                Err(error) => {
                    is_over = true;
                    return Some(Err(error));
                }
            }
        }
        buffer.pop().map(Ok)
    });
    Ok(Walk {
        total_hits: counted.total_hits,
        total_copies: counted.total_copies,
        hits: Box::new(hits),
    })
}
