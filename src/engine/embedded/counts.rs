//! From counts by ordinal to a tree of values.

use super::collect::Counts;
use super::segment::FacetIndex;
use super::snapshot::{Dictionary, Snapshot};
use crate::document::PartialDate;
use crate::engine::listing::{Id, Value};
use crate::engine::tree::{Count, Tree};
use crate::search::{FacetCounts, FacetFilter, FacetRequest};

/// The values of a facet as the request wants them listed.
pub(super) fn list(
    snapshot: &Snapshot,
    counts: &Counts,
    request: &FacetRequest,
    filter: Option<&FacetFilter>,
) -> FacetCounts {
    let tree = match counts.facet {
        FacetIndex::Keyword(index) => keyword_tree(&snapshot.facets[index], counts, filter),
        FacetIndex::Date => date_tree(snapshot, counts, filter),
    };
    let surplus = counts.surplus.as_ref();
    let excluded = counts
        .excluded
        .iter()
        .enumerate()
        .map(|(bit, count)| Count {
            documents: *count,
            copies: surplus.map(|surplus| count - surplus.excluded.get(bit).unwrap_or(&0)),
        });
    let missing = Count {
        documents: counts.missing,
        copies: surplus.map(|surplus| counts.missing - surplus.missing),
    };
    let is_date = counts.facet == FacetIndex::Date;
    tree.list(request, filter, excluded, missing, is_date)
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
    let mut tree = Tree::new(counts.surplus.is_some());
    for ordinal in &needed {
        let node = &dictionary.nodes[*ordinal as usize];
        let count = counts.values[*ordinal as usize];
        let copies = counts.copies(*ordinal, count);
        let above = parent(*ordinal).and_then(|above| needed.binary_search(&above).ok());
        let value = Value::new(Id::Text(&node.id), &node.name, above, count, copies);
        tree.values.push(value);
    }
    let marked = chosen.into_iter().filter_map(|ordinal| {
        let place = needed.binary_search(&ordinal).ok()?;
        Some((Id::Text(&dictionary.nodes[ordinal as usize].id), place))
    });
    tree.by_id = marked.collect();
    tree
}

/// Documents are counted at their most precise period; each counts for all periods above, too.
fn date_tree<'a>(snapshot: &Snapshot, counts: &Counts, filter: Option<&FacetFilter>) -> Tree<'a> {
    let chosen = filter.map(|filter| filter.include.iter().chain(&filter.exclude));
    let chosen = chosen.into_iter().flatten();
    let chosen = chosen.filter_map(|id| Some(id.parse::<PartialDate>().ok()?.to_bits()));
    let chosen: Vec<u32> = chosen.collect();
    let counted = snapshot
        .periods
        .iter()
        .copied()
        .zip(counts.values.iter().copied());
    let counted = counted.filter(|(_, count)| *count > 0);
    let mut all: Vec<(u32, u64)> = (counted.chain(chosen.iter().map(|bits| (*bits, 0)))).collect();
    // A year comes before its months, a month before its days.
    all.sort_unstable();
    let mut tree = Tree::new(counts.surplus.is_some());
    let mut path: Vec<(u32, usize)> = Vec::new();
    for (bits, count) in all {
        let periods = PartialDate::from_bits(bits).map(PartialDate::periods);
        for (depth, period) in periods.into_iter().flatten().enumerate() {
            let bits = period.to_bits();
            if path.get(depth).is_none_or(|(known, _)| *known != bits) {
                path.truncate(depth);
                let above = path.last().map(|(_, place)| *place);
                path.push((bits, tree.values.len()));
                if chosen.contains(&bits) {
                    tree.by_id.insert(Id::Period(bits), tree.values.len());
                }
                tree.values
                    .push(Value::new(Id::Period(bits), "", above, 0, None));
            }
            tree.values[path[depth].1].count += count;
        }
    }
    for value in &mut tree.values {
        if let Id::Period(bits) = value.id {
            value.copies = counts.copies(bits, value.count);
        }
    }
    tree
}
