//! What one question asks of the cluster: filters, order and counts.
//!
//! Filters on facets are applied to the hits only; each count brings the filters that hold for it
//! along. So the counts that ignore a facet's own selection come with the same answer.

use serde_json::{Map, Value, json};

use super::counts::{Counted, MAX_VALUES, values};
use super::query::{Queries, Statistics, in_range, not};
use super::snapshot::Snapshot;
use super::template::{ADDED, ID, MIDDLE, NEWEST, OLDEST, period_of, values_of};
use crate::engine::tree::{Count, check_excluded};
use crate::engine::{EngineError, EngineErrorKind, Result};
use crate::schema::{FieldKind, Schema};
use crate::search::{After, Recency, SearchRequest, Sort};

/// A filter as queries.
struct Filter {
    facet: String,
    is_date: bool,
    /// Any selected value, if anything is selected.
    included: Option<Value>,
    /// Each excluded value.
    excluded: Vec<Value>,
}

impl Filter {
    fn passes(&self) -> Vec<Value> {
        let mut all: Vec<Value> = self.excluded.iter().cloned().map(not).collect();
        all.extend(self.included.clone());
        all
    }
}

/// The queries of a request.
pub(super) struct Plan<'a> {
    request: &'a SearchRequest,
    schema: &'a Schema,
    /// What matches, without filters, with scores if hits are ranked by them.
    scored: Value,
    filters: Vec<Filter>,
}

impl<'a> Plan<'a> {
    /// `hidden` are documents that are not there.
    pub(super) fn new(
        snapshot: &Snapshot,
        schema: &'a Schema,
        request: &'a SearchRequest,
        hidden: Vec<Value>,
        is_ranked: bool,
    ) -> Result<Plan<'a>> {
        let is_scored = is_ranked && request.sort == Sort::Relevance;
        let mut queries = Queries {
            snapshot,
            schema,
            scoring: request.scoring,
            statistics: None,
        };
        let there = |clause: Value| json!({"bool": {"must": [clause], "must_not": hidden}});
        let matching = there(queries.clause(&request.clause)?);
        let filter = |filter: &crate::search::FacetFilter| -> Result<Filter> {
            check_excluded(&filter.exclude)?;
            let field = known(schema, &filter.facet)?;
            let value = |id: &String| queries.value(&filter.facet, id);
            let included: Vec<Value> = filter.include.iter().map(value).collect::<Result<_>>()?;
            Ok(Filter {
                facet: filter.facet.clone(),
                is_date: matches!(field.kind, FieldKind::Date { .. }),
                included: (!included.is_empty())
                    .then(|| json!({"bool": {"should": included, "minimum_should_match": 1}})),
                excluded: filter.exclude.iter().map(value).collect::<Result<_>>()?,
            })
        };
        let filters = request.filters.iter().map(filter).collect::<Result<_>>()?;
        let scored = if is_scored {
            queries.statistics = Some(Statistics::of(snapshot, &request.clause)?);
            there(with_age(queries.clause(&request.clause)?, request.recency))
        } else {
            matching
        };
        Ok(Plan {
            request,
            schema,
            scored,
            filters,
        })
    }

    fn range(&self) -> Option<Value> {
        (!self.request.range.is_open()).then(|| in_range(self.request.range))
    }

    /// What every hit must be.
    pub(super) fn of_hits(&self) -> Vec<Value> {
        let filters = self.filters.iter().flat_map(Filter::passes);
        filters.chain(self.range()).collect()
    }

    /// What documents must be that count in a facet, apart from its own exclusions.
    fn beside(&self, facet: &str) -> Vec<Value> {
        let others = self.filters.iter().filter(|filter| filter.facet != facet);
        others
            .flat_map(Filter::passes)
            .chain(self.range())
            .collect()
    }

    /// What documents must be that count in the histogram.
    fn of_time(&self) -> Vec<Value> {
        if !self.request.histogram.is_some_and(|it| it.all_time) {
            return self.of_hits();
        }
        let each = self.filters.iter().flat_map(|filter| match filter.is_date {
            true => filter.excluded.iter().cloned().map(not).collect(),
            false => filter.passes(),
        });
        each.collect()
    }

    /// The order: by rank, then by id.
    pub(super) fn sort(&self) -> Value {
        let rank = match self.request.sort {
            Sort::Relevance => "_score",
            Sort::Newest => NEWEST,
            Sort::Oldest => OLDEST,
            Sort::Added => ADDED,
        };
        json!([{rank: "desc"}, {ID: "asc"}])
    }

    /// What matches, ranked.
    pub(super) fn ranked(&self) -> &Value {
        &self.scored
    }

    /// The body of a search for hits and counts; not shown are those that `also` leaves out.
    pub(super) fn body(
        &self,
        (skip, size): (usize, usize),
        after: Option<&After>,
        also: Option<Value>,
    ) -> Value {
        let mut shown = self.of_hits();
        shown.extend(also);
        let mut body = json!({
            "query": self.scored, "sort": self.sort(), "from": skip, "size": size,
            "track_total_hits": true,
            "post_filter": {"bool": {"filter": shown}},
            "_source": [super::template::DOCUMENT],
            "docvalue_fields": super::copies::Member::FIELDS,
        });
        if let Some(after) = after {
            body["search_after"] = match self.request.sort {
                Sort::Relevance => json!([f32::from_bits(after.rank), after.id]),
                _ => json!([after.rank, after.id]),
            };
        }
        body
    }

    /// The aggregations of all counts.
    pub(super) fn aggregations(&self) -> Result<Value> {
        let mut all = Map::new();
        all.insert(
            "hits".into(),
            json!({"filter": {"bool": {"filter": self.of_hits()}}}),
        );
        let filtered = |filter: Vec<Value>, within: Value| json!({"filter": {"bool": {"filter": filter}}, "aggs": within});
        for requested in &self.request.facets {
            let name = &requested.facet;
            let field = known(self.schema, name)?;
            let own = self.filters.iter().find(|filter| filter.facet == *name);
            let excluded = own.map_or(&[][..], |filter| &filter.excluded);
            let mut filter = self.beside(name);
            filter.extend(excluded.iter().cloned().map(not));
            let values = column_of(field);
            let counts = json!({
                "values": {"terms": {"field": values, "size": MAX_VALUES}},
                "missing": {"missing": {"field": values_of(name)}},
            });
            all.insert(format!("f:{name}"), filtered(filter, counts));
            for (place, value) in excluded.iter().enumerate() {
                let mut filter = self.beside(name);
                filter.push(value.clone());
                let others = excluded
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != place);
                filter.extend(others.map(|(_, other)| not(other.clone())));
                all.insert(format!("x:{place}:{name}"), filtered(filter, json!({})));
            }
        }
        if self.request.histogram.is_some() {
            // A schema has one date field.
            if let Some(field) = date_field(self.schema) {
                let counts = json!({
                    "values": {"terms": {"field": column_of(field), "size": MAX_VALUES}},
                    "missing": {"missing": {"field": values_of(&field.name)}},
                });
                all.insert("time".into(), filtered(self.of_time(), counts));
            }
        }
        Ok(Value::Object(all))
    }

    /// What was counted of a facet.
    pub(super) fn counted(&self, aggregations: &Value, facet: &str) -> Result<Counted> {
        let own = self.filters.iter().find(|filter| filter.facet == facet);
        let excluded = own.map_or(0, |filter| filter.excluded.len());
        let of_documents = |count: &Value| Count {
            documents: count["doc_count"].as_u64().unwrap_or(0),
            copies: None,
        };
        let counts = &aggregations[format!("f:{facet}")];
        let counted = values(&counts["values"], &format!("values of {facet}"))?;
        Ok(Counted {
            values: (counted.into_iter())
                .map(|(id, documents)| {
                    let copies = None;
                    (id, Count { documents, copies })
                })
                .collect(),
            excluded: (0..excluded)
                .map(|place| of_documents(&aggregations[format!("x:{place}:{facet}")]))
                .collect(),
            missing: of_documents(&counts["missing"]),
            ..Counted::default()
        })
    }
}

/// The field of a schema that holds dates.
fn date_field(schema: &Schema) -> Option<&crate::schema::Field> {
    let mut fields = schema.fields().iter();
    fields.find(|field| matches!(field.kind, FieldKind::Date { .. }))
}

/// The column that a facet is counted by.
fn column_of(field: &crate::schema::Field) -> String {
    match field.kind {
        FieldKind::Date { .. } => period_of(&field.name),
        _ => values_of(&field.name),
    }
}

/// The field of a facet that is counted or filtered by.
fn known<'s>(schema: &'s Schema, name: &str) -> Result<&'s crate::schema::Field> {
    let field = schema.field(name);
    let field = field.filter(|field| !matches!(field.kind, FieldKind::Text(_)));
    field.ok_or_else(|| {
        let known: Vec<&str> = schema.facets().map(|field| field.name.as_str()).collect();
        let message = format!("unknown facet \"{name}\", known are: {}", known.join(", "));
        EngineError::new(EngineErrorKind::Request, message)
    })
}

/// A query whose scores fall with age, see [`Recency`].
pub(super) fn with_age(query: Value, recency: Option<Recency>) -> Value {
    let origin = recency.and_then(|recency| recency.origin.days_since_1970());
    let (Some(recency), Some(origin)) = (recency, origin) else {
        return query;
    };
    let source = format!(
        "float floor = (float)params.floor; if (doc['{MIDDLE}'].size() == 0) {{ return (float)_score * floor; }} \
         float age = (float)Math.max(0L, (long)params.origin - (long)doc['{MIDDLE}'].value) / 2f; \
         float left = (float)Math.pow(2.0, -age / (float)params.half); \
         return (float)_score * (floor + (1f - floor) * left);"
    );
    json!({"script_score": {"query": query, "script": {"source": source, "params": {
        "floor": Recency::FLOOR, "origin": 2 * origin, "half": recency.half_life.in_days(),
    }}}})
}
