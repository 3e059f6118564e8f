//! From counts by ordinal to a tree of values.

use std::collections::{BTreeMap, HashMap};

use super::collect::Counts;
use super::listing::{self, Value};
use super::segment::FacetIndex;
use super::snapshot::{Dictionary, Snapshot};
use crate::document::PartialDate;
use crate::search::{FacetCounts, FacetFilter, FacetRequest, MISSING};

/// The values of a facet as the request wants them listed.
pub(super) fn list(
    snapshot: &Snapshot,
    counts: &Counts,
    request: &FacetRequest,
    filter: Option<&FacetFilter>,
) -> FacetCounts {
    let mut tree = match counts.facet {
        FacetIndex::Keyword(index) => keyword_tree(&snapshot.facets[index], counts, filter),
        FacetIndex::Date => date_tree(snapshot, counts, filter),
    };
    let surplus = counts.surplus.as_ref();
    let mut missing = counts.missing;
    let mut missing_copies = surplus.map(|surplus| missing - surplus.missing);
    if let Some(filter) = filter {
        for id in &filter.include {
            tree.mark(id, |value| value.selected = true);
        }
        for (bit, (id, count)) in filter.exclude.iter().zip(&counts.excluded).enumerate() {
            let copies = surplus.map(|surplus| count - surplus.excluded.get(bit).unwrap_or(&0));
            if id == MISSING {
                (missing, missing_copies) = (*count, copies);
            }
            tree.mark(id, |value| {
                value.excluded = true;
                (value.count, value.copies) = (*count, copies);
            });
        }
    }
    let is_date = counts.facet == FacetIndex::Date;
    let listed = listing::list(tree.values, request, is_date);
    FacetCounts {
        missing,
        missing_copies,
        other_copies: surplus.and(listed.other_copies),
        ..listed
    }
}

/// The values that have documents, are selected or excluded, or stand above such a one.
struct Tree<'a> {
    values: Vec<Value<'a>>,
    by_id: HashMap<String, usize>,
    /// Whether distinct copies are counted, too.
    counts_copies: bool,
}

impl<'a> Tree<'a> {
    fn new(counts: &Counts) -> Tree<'a> {
        Tree {
            values: Vec::new(),
            by_id: HashMap::new(),
            counts_copies: counts.surplus.is_some(),
        }
    }

    /// Changes the value `id`, which is made if no document has it.
    fn mark(&mut self, id: &'a str, change: impl FnOnce(&mut Value<'a>)) {
        if id == MISSING {
            return;
        }
        let place = *self.by_id.entry(id.to_owned()).or_insert_with(|| {
            let copies = self.counts_copies.then_some(0);
            self.values.push(Value::new(id.into(), id, None, 0, copies));
            self.values.len() - 1
        });
        change(&mut self.values[place]);
    }
}

impl Counts {
    /// The distinct copies of `count` documents with a value, if these are counted.
    fn copies(&self, key: u32, count: u64) -> Option<u64> {
        let surplus = self.surplus.as_ref()?;
        Some(count - surplus.values.get(&key).unwrap_or(&0))
    }
}

fn keyword_tree<'a>(
    dictionary: &'a Dictionary,
    counts: &Counts,
    filter: Option<&FacetFilter>,
) -> Tree<'a> {
    let parent = |ordinal: u32| {
        let parent = dictionary.nodes[ordinal as usize].parent.as_deref()?;
        dictionary.ordinal(parent).filter(|above| *above != ordinal)
    };
    // Documents count at all values above theirs, so above what has documents all have some. Only
    // what is chosen may stand below values without any.
    let mut needed: Vec<bool> = counts.values.iter().map(|count| *count > 0).collect();
    let chosen = filter.map(|filter| filter.include.iter().chain(&filter.exclude));
    let chosen: Vec<u32> = (chosen.into_iter().flatten())
        .filter_map(|id| dictionary.ordinal(id))
        .collect();
    for ordinal in &chosen {
        needed[*ordinal as usize] = true;
        let mut next = parent(*ordinal);
        while let Some(above) = next.filter(|above| !needed[*above as usize]) {
            needed[above as usize] = true;
            next = parent(above);
        }
    }
    let needed: Vec<u32> = (0_u32..)
        .zip(needed)
        .filter_map(|(ordinal, needed)| needed.then_some(ordinal))
        .collect();
    let mut tree = Tree::new(counts);
    for ordinal in &needed {
        let node = &dictionary.nodes[*ordinal as usize];
        let count = counts.values[*ordinal as usize];
        let copies = counts.copies(*ordinal, count);
        let above = parent(*ordinal).and_then(|above| needed.binary_search(&above).ok());
        let value = Value::new(node.id.as_str().into(), &node.name, above, count, copies);
        tree.values.push(value);
    }
    let marked = chosen.into_iter().filter_map(|ordinal| {
        let place = needed.binary_search(&ordinal).ok()?;
        Some((dictionary.nodes[ordinal as usize].id.clone(), place))
    });
    tree.by_id = marked.collect();
    tree
}

/// Documents are counted at their most precise period; each counts for all periods above, too.
fn date_tree<'a>(snapshot: &Snapshot, counts: &Counts, filter: Option<&FacetFilter>) -> Tree<'a> {
    let chosen = filter.map(|filter| filter.include.iter().chain(&filter.exclude));
    let chosen = chosen
        .into_iter()
        .flatten()
        .filter_map(|id| id.parse().ok());
    let counted = snapshot.periods.iter().zip(&counts.values);
    let counted = counted
        .filter(|(_, count)| **count > 0)
        .filter_map(|(bits, count)| Some((PartialDate::from_bits(*bits)?, *count)));
    let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
    for (date, count) in counted.chain(chosen.map(|date: PartialDate| (date, 0))) {
        for period in date.periods() {
            *sums.entry(period.to_bits()).or_default() += count;
        }
    }
    let mut tree = Tree::new(counts);
    for (bits, count) in sums {
        let path: Vec<String> = (PartialDate::from_bits(bits).into_iter())
            .flat_map(|date| date.periods())
            .map(|period| period.to_string())
            .collect();
        if let Some((id, above)) = path.split_last() {
            // A year stands before its months, a month before its days.
            let above = above.last().and_then(|above| tree.by_id.get(above));
            let copies = counts.copies(bits, count);
            let value = Value::new(id.clone().into(), "", above.copied(), count, copies);
            tree.by_id.insert(id.clone(), tree.values.len());
            tree.values.push(value);
        }
    }
    tree
}
