//! From buckets of the cluster to the values of a facet.

use std::collections::HashMap;

use super::document::UNIT;
use super::snapshot::{Snapshot, buckets, lock, refuse_inexact};
use super::template::names_of;
use crate::document::PartialDate;
use crate::engine::Result;
use crate::engine::listing::Id;
use crate::engine::tree::{Count, Tree, settle};
use crate::search::{FacetCounts, FacetFilter, FacetRequest};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// Most values of a facet that are counted.
pub(super) const MAX_VALUES: u64 = 60_000;

/// What was counted of a facet.
#[derive(Default)]
pub(super) struct Counted {
    /// Values with their counts; of a date its most precise period.
    pub(super) values: Vec<(String, Count)>,
    /// For each exclusion, what it alone hides.
    pub(super) excluded: Vec<Count>,
    pub(super) missing: Count,
    /// Distinct copies of periods of every length, if they were asked for.
    pub(super) period_surplus: HashMap<u32, u64>,
}

/// Names of the values of a keyword field, and the values above them.
#[derive(Default)]
pub(super) struct Names {
    by_id: HashMap<String, Node>,
}

struct Node {
    name: String,
    above: Option<String>,
}

impl Names {
    /// Those of a field in a commit.
    pub(super) fn of(snapshot: &Snapshot, field: &str) -> Result<Arc<Names>> {
        if let Some(known) = lock(&snapshot.names).get(field) {
            return Ok(Arc::clone(known));
        }
        let answer = snapshot.search(json!({
            "size": 0, "track_total_hits": false,
            "aggs": {"names": {"terms": {"field": names_of(field), "size": MAX_VALUES}}},
        }))?;
        let aggregation = &answer["aggregations"]["names"];
        refuse_inexact(aggregation, "names of values")?;
        let mut names = Names::default();
        let keys = buckets(aggregation).iter();
        for key in keys.filter_map(|bucket| bucket["key"].as_str()) {
            let mut parts = key.split(UNIT);
            let (id, name) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let above = parts.next().filter(|above| !above.is_empty());
            names.add(id, name, above);
        }
        let names = Arc::new(names);
        lock(&snapshot.names).insert(field.to_owned(), Arc::clone(&names));
        Ok(names)
    }

    fn add(&mut self, id: &str, name: &str, above: Option<&str>) {
        match self.by_id.get_mut(id) {
            None => {
                let node = Node {
                    name: name.to_owned(),
                    above: above.map(str::to_owned),
                };
                self.by_id.insert(id.to_owned(), node);
            }
            Some(node) => settle((&mut node.name, &mut node.above), (name, above)),
        }
    }

    fn above(&self, id: &str) -> Option<&str> {
        let above = self.by_id.get(id)?.above.as_deref();
        above.filter(|above| *above != id && self.by_id.contains_key(*above))
    }
}

/// The buckets of an aggregation of values, all of them.
pub(super) fn values(aggregation: &Json, what: &str) -> Result<Vec<(String, u64)>> {
    refuse_inexact(aggregation, what)?;
    let value = |bucket: &Json| {
        let key = match &bucket["key"] {
            Json::String(key) => key.clone(),
            key => key.to_string(),
        };
        Some((key, bucket["doc_count"].as_u64()?))
    };
    Ok(buckets(aggregation).iter().filter_map(value).collect())
}

/// The values of a facet as the request wants them listed; `names` of a keyword field.
pub(super) fn list(
    counted: &Counted,
    names: Option<&Names>,
    request: &FacetRequest,
    filter: Option<&FacetFilter>,
) -> FacetCounts {
    let mut tree = Tree::new(counted.missing.copies.is_some());
    let chosen = filter.map(|filter| filter.include.iter().chain(&filter.exclude));
    let chosen: Vec<&String> = chosen.into_iter().flatten().collect();
    match names {
        Some(names) => add_keywords(&mut tree, names, counted, &chosen),
        None => add_periods(&mut tree, counted, &chosen),
    }
    let excluded = counted.excluded.iter().copied();
    tree.list(request, filter, excluded, counted.missing, names.is_none())
}

fn add_keywords<'a>(
    tree: &mut Tree<'a>,
    names: &'a Names,
    counted: &'a Counted,
    chosen: &[&'a String],
) {
    for (id, count) in &counted.values {
        if let Some(place) = keyword(tree, names, id) {
            let value = &mut tree.values[place];
            (value.count, value.copies) = (count.documents, count.copies);
        }
    }
    for id in chosen {
        keyword(tree, names, id);
    }
}

/// The place of a value that the names know, with those above it.
fn keyword<'a>(tree: &mut Tree<'a>, names: &'a Names, id: &str) -> Option<usize> {
    let (id, node) = names.by_id.get_key_value(id)?;
    let mut path = vec![(id.as_str(), node.name.as_str())];
    while let Some(above) = names.above(path[path.len() - 1].0) {
        let node = &names.by_id[above];
        if path.iter().any(|(known, _)| *known == above) {
            break;
        }
        path.push((above, &node.name));
    }
    let mut place = None;
    for (id, name) in path.into_iter().rev() {
        place = Some(tree.place(Id::Text(id), name, place));
    }
    place
}

/// Documents are counted at their most precise period; each counts for all periods above, too.
fn add_periods(tree: &mut Tree<'_>, counted: &Counted, chosen: &[&String]) {
    let counts = counted.values.iter();
    let mut all: Vec<(u32, u64)> = counts
        .filter_map(|(bits, count)| Some((bits.parse().ok()?, count.documents)))
        .collect();
    let dates = chosen
        .iter()
        .filter_map(|id| id.parse::<PartialDate>().ok());
    all.extend(dates.map(|date| (date.to_bits(), 0)));
    for (bits, count) in all {
        let mut above = None;
        for period in PartialDate::from_bits(bits)
            .into_iter()
            .flat_map(PartialDate::periods)
        {
            let place = tree.place(Id::Period(period.to_bits()), "", above);
            tree.values[place].count += count;
            above = Some(place);
        }
    }
    if counted.missing.copies.is_some() {
        for value in &mut tree.values {
            if let Id::Period(bits) = value.id {
                let surplus = counted.period_surplus.get(&bits).copied().unwrap_or(0);
                value.copies = Some(value.count - surplus);
            }
        }
    }
}
