//! Distinct copies: collapsing hits, and counting groups instead of documents.
//!
//! Documents without copies need no work: each is one distinct copy. Of those with copies, the ones
//! that match are read with what they count in; what a count has too many, if copies are to count
//! once, is found here, group by group, by the rules of [`crate::search`].

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Value, json};

use super::copies::Groups;
use super::counts::Counted;
use super::plan::Plan;
use super::snapshot::{Snapshot, hits, lock};
use super::template::{BEGINS, ENDS, ID, period_of, values_of};
use crate::document::PartialDate;
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::{FieldKind, Schema};
use crate::search::{FacetFilter, MISSING, SearchRequest, Sort};

/// Documents that are read at once.
const AT_ONCE: usize = 10_000;
/// Most documents with copies.
const MAX_GROUPED: usize = 200_000;
/// Most documents that a hit may stand for, all together.
const MAX_COLLAPSED: usize = 60_000;

/// A document that has copies and matches.
struct Found {
    id: String,
    group: u32,
    rank: u32,
    /// Values of each facet by its name; periods of a date.
    values: HashMap<String, Vec<String>>,
    /// The packed date to the day, 0 if there is none.
    day: u32,
    /// How many filters it fails, and the facet of the last; `None` is the range.
    failed: (usize, Option<String>),
    in_range: bool,
}

/// What is found of documents with copies.
pub(super) struct Distinct<'a> {
    request: &'a SearchRequest,
    schema: &'a Schema,
    /// By group.
    found: Vec<Found>,
}

impl<'a> Distinct<'a> {
    /// Reads the documents that match a plan and have copies.
    pub(super) fn new(
        snapshot: &Snapshot,
        schema: &'a Schema,
        request: &'a SearchRequest,
        plan: &Plan<'_>,
    ) -> Result<Distinct<'a>> {
        let groups = groups(snapshot)?;
        if groups.of.len() > MAX_GROUPED {
            return Err(too_many(MAX_GROUPED, "have copies"));
        }
        let facets = schema
            .fields()
            .iter()
            .filter(|field| !matches!(field.kind, FieldKind::Text(_)));
        let facets: Vec<&str> = facets.map(|field| field.name.as_str()).collect();
        let mut columns: Vec<String> = facets.iter().map(|name| values_of(name)).collect();
        columns.extend([ID, BEGINS, ENDS].map(str::to_owned));
        columns.extend(date_field(schema).map(period_of));
        let mut ids: Vec<&String> = groups.of.keys().collect();
        ids.sort_unstable();
        let mut found = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let answer = snapshot.search(json!({
                "size": AT_ONCE, "track_total_hits": false, "_source": false,
                "query": {"bool": {"must": [plan.ranked()], "filter": [{"terms": {ID: some}}]}},
                "sort": plan.sort(), "docvalue_fields": columns,
            }))?;
            for hit in hits(&answer) {
                let fields = &hit["fields"];
                let Some(id) = fields[ID][0].as_str() else {
                    continue;
                };
                let number = |name: &str| fields[name][0].as_u64().unwrap_or(0) as u32;
                let texts = |name: &&str| {
                    let values = fields[values_of(name)].as_array().into_iter().flatten();
                    let values = values.filter_map(|it| it.as_str().map(str::to_owned));
                    ((*name).to_owned(), values.collect())
                };
                let first = &hit["sort"][0];
                let mut document = Found {
                    id: id.to_owned(),
                    group: groups.of[id],
                    rank: match request.sort {
                        Sort::Relevance => (first.as_f64().unwrap_or(0.0) as f32).to_bits(),
                        _ => first.as_u64().unwrap_or(0) as u32,
                    },
                    values: facets.iter().map(texts).collect(),
                    day: date_field(schema).map_or(0, |name| number(&period_of(name))),
                    failed: (0, None),
                    in_range: request.range.is_open() || {
                        let (from, to) = (request.range.from, request.range.to);
                        fields[BEGINS].is_array()
                            && from.is_none_or(|from| number(BEGINS) >= from.beginning())
                            && to.is_none_or(|to| number(ENDS) <= to.ending())
                    },
                };
                document.failed = document.fails(&request.filters);
                found.push(document);
            }
        }
        found.sort_unstable_by(|a, b| (a.group, &a.id).cmp(&(b.group, &b.id)));
        Ok(Distinct {
            request,
            schema,
            found,
        })
    }

    fn groups(&self) -> impl Iterator<Item = &[Found]> {
        self.found.chunk_by(|a, b| a.group == b.group)
    }

    /// How many of the hits are copies of other hits.
    pub(super) fn surplus(&self) -> u64 {
        let hits = |group: &[Found]| group.iter().filter(|it| it.failed.0 == 0).count() as u64;
        self.groups()
            .map(|group| hits(group).saturating_sub(1))
            .sum()
    }

    /// The ids of hits that others stand for.
    pub(super) fn collapsed(&self) -> Result<Vec<&str>> {
        let mut ids = Vec::new();
        for group in self.groups() {
            let mut hits: Vec<&Found> = group.iter().filter(|it| it.failed.0 == 0).collect();
            hits.sort_unstable_by(|a, b| b.rank.cmp(&a.rank).then_with(|| a.id.cmp(&b.id)));
            ids.extend(hits.iter().skip(1).map(|it| it.id.as_str()));
        }
        if ids.len() > MAX_COLLAPSED {
            return Err(too_many(MAX_COLLAPSED, "are copies of other hits"));
        }
        Ok(ids)
    }

    /// Adds distinct copies to what was counted of a facet.
    pub(super) fn count(&self, facet: &str, counted: &mut Counted) {
        let filter = self.request.filters.iter().find(|it| it.facet == facet);
        let is_date = date_field(self.schema) == Some(facet);
        let mut surplus: HashMap<String, u64> = HashMap::new();
        let mut excluded = vec![0_u64; counted.excluded.len()];
        let mut missing = 0;
        for group in self.groups() {
            let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
            let mut of_group = (vec![0_u64; excluded.len()], 0_u64);
            for document in group {
                let (failures, last) = &document.failed;
                if *failures > 1 || *failures == 1 && last.as_deref() != Some(facet) {
                    continue;
                }
                let values = &document.values[facet];
                let hidden_by = filter.map_or_else(Vec::new, |it| excluded_by(values, it));
                match hidden_by[..] {
                    [] if values.is_empty() => of_group.1 += 1,
                    [] => values
                        .iter()
                        .for_each(|value| *seen.entry(value).or_default() += 1),
                    [only] => of_group.0[only] += 1,
                    _ => {}
                }
            }
            for (value, count) in seen.into_iter().filter(|(_, count)| *count > 1) {
                *surplus.entry(value.to_owned()).or_default() += count - 1;
            }
            for (sum, count) in excluded.iter_mut().zip(of_group.0) {
                *sum += count.saturating_sub(1);
            }
            missing += of_group.1.saturating_sub(1);
        }
        counted.missing.copies = Some(counted.missing.documents - missing);
        for (count, surplus) in counted.excluded.iter_mut().zip(excluded) {
            count.copies = Some(count.documents - surplus);
        }
        if is_date {
            let bits = |id: &str| id.parse::<PartialDate>().ok().map(PartialDate::to_bits);
            let by_period = surplus
                .into_iter()
                .filter_map(|(id, it)| Some((bits(&id)?, it)));
            counted.period_surplus = by_period.collect();
        } else {
            for (id, count) in &mut counted.values {
                count.copies = Some(count.documents - surplus.get(id).unwrap_or(&0));
            }
        }
    }

    /// The packed dates, 0 for none, of the documents that the histogram counts, group by group.
    pub(super) fn in_time(&self) -> Vec<Vec<u32>> {
        let all_time = self.request.histogram.is_some_and(|it| it.all_time);
        let date = date_field(self.schema);
        let counts = |document: &&Found| {
            let mut forgiven = 0;
            if all_time {
                forgiven += usize::from(!document.in_range);
                let filter = (self.request.filters.iter()).find(|it| Some(&*it.facet) == date);
                forgiven += filter.map_or(0, |filter| {
                    let values = &document.values[&filter.facet];
                    let is_forgiven =
                        !includes(values, filter) && excluded_by(values, filter).is_empty();
                    usize::from(is_forgiven)
                });
            }
            document.failed.0 <= forgiven
        };
        let groups = self.groups().map(|group| {
            let counted = group.iter().filter(counts);
            counted.map(|document| document.day).collect::<Vec<u32>>()
        });
        groups.filter(|dates| !dates.is_empty()).collect()
    }
}

impl Found {
    fn fails(&self, filters: &[FacetFilter]) -> (usize, Option<String>) {
        let mut failed = (usize::from(!self.in_range), None);
        for filter in filters {
            let values = &self.values[&filter.facet];
            if !includes(values, filter) || !excluded_by(values, filter).is_empty() {
                failed = (failed.0 + 1, Some(filter.facet.clone()));
            }
        }
        failed
    }
}

fn has(values: &[String], id: &str) -> bool {
    match id {
        MISSING => values.is_empty(),
        id => values.iter().any(|value| value == id),
    }
}

fn includes(values: &[String], filter: &FacetFilter) -> bool {
    filter.include.is_empty() || filter.include.iter().any(|id| has(values, id))
}

/// Places of the exclusions that hide a document with these values.
fn excluded_by(values: &[String], filter: &FacetFilter) -> Vec<usize> {
    let excluded = filter.exclude.iter().enumerate();
    excluded
        .filter(|(_, id)| has(values, id))
        .map(|(place, _)| place)
        .collect()
}

fn date_field(schema: &Schema) -> Option<&str> {
    let mut fields = schema.fields().iter();
    let date = fields.find(|field| matches!(field.kind, FieldKind::Date { .. }));
    date.map(|field| field.name.as_str())
}

/// The groups of a commit; they are made when they are first asked for.
fn groups(snapshot: &Snapshot) -> Result<Arc<Groups>> {
    let mut known = lock(&snapshot.groups);
    if let Some(groups) = &*known {
        return Ok(Arc::clone(groups));
    }
    let groups = Arc::new(Groups::of(snapshot)?);
    *known = Some(Arc::clone(&groups));
    Ok(groups)
}

fn too_many(most: usize, what: &str) -> EngineError {
    let message = format!(
        "more than {most} documents {what}, which is too many to collapse or count copies in a cluster; ask without"
    );
    EngineError::new(EngineErrorKind::Request, message)
}

/// Leaves out documents of which others stand for them.
pub(super) fn without(ids: &[&str]) -> Option<Value> {
    (!ids.is_empty()).then(|| super::query::not(json!({"terms": {ID: ids}})))
}
