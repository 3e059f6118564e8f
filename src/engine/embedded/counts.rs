//! From counts by ordinal to the values that are listed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::collect::Counts;
use super::segment::FacetIndex;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::search::{FacetCount, FacetCounts, FacetFilter, FacetRequest, MISSING};

/// The values of a facet as the request wants them listed.
pub(super) fn list(
    snapshot: &Snapshot,
    counts: &Counts,
    request: &FacetRequest,
    filter: Option<&FacetFilter>,
) -> FacetCounts {
    let mut tree = match counts.facet {
        FacetIndex::Keyword(index) => keyword_tree(snapshot, index, counts),
        FacetIndex::Date => date_tree(snapshot, counts),
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
    let wanted = (request.contains.as_deref()).map(|text| tree.containing(text));
    let is_date = counts.facet == FacetIndex::Date;
    let lister = Lister {
        tree,
        wanted,
        limit: request.limit,
        is_date,
    };
    let (values, other, other_copies) = lister.list(None);
    FacetCounts {
        values,
        other,
        missing,
        other_copies: surplus.map(|_| other_copies),
        missing_copies,
    }
}

/// Values by id, and below which value they stand.
#[derive(Default)]
struct Tree {
    values: BTreeMap<String, FacetCount>,
    parents: HashMap<String, String>,
    children: HashMap<Option<String>, Vec<String>>,
    /// Whether distinct copies are counted, too.
    counts_copies: bool,
}

impl Counts {
    /// The distinct copies of `count` documents with a value, if these are counted.
    fn copies(&self, key: u32, count: u64) -> Option<u64> {
        let surplus = self.surplus.as_ref()?;
        Some(count - surplus.values.get(&key).unwrap_or(&0))
    }

    fn tree(&self) -> Tree {
        Tree {
            counts_copies: self.surplus.is_some(),
            ..Tree::default()
        }
    }
}

impl Tree {
    fn add(
        &mut self,
        id: String,
        name: String,
        parent: Option<String>,
        count: u64,
        copies: Option<u64>,
    ) {
        (self.children.entry(parent.clone()).or_default()).push(id.clone());
        if let Some(parent) = parent {
            self.parents.insert(id.clone(), parent);
        }
        let value = FacetCount {
            id: id.clone(),
            name,
            count,
            copies,
            ..FacetCount::default()
        };
        self.values.insert(id, value);
    }

    /// Changes the value `id`, which is made if no document has it.
    fn mark(&mut self, id: &str, change: impl FnOnce(&mut FacetCount)) {
        if id == MISSING {
            return;
        }
        if !self.values.contains_key(id) {
            let copies = self.counts_copies.then_some(0);
            self.add(id.to_owned(), id.to_owned(), None, 0, copies);
        }
        if let Some(value) = self.values.get_mut(id) {
            change(value);
        }
    }

    /// The ids of all values whose name or id has `text` in it, and of those above them.
    fn containing(&self, text: &str) -> HashSet<String> {
        let text = text.to_lowercase();
        let mut found = HashSet::new();
        for value in self.values.values() {
            let hit = value.name.to_lowercase().contains(&text)
                || value.id.to_lowercase().contains(&text);
            let mut next = hit.then_some(&value.id);
            while let Some(id) = next {
                if !found.insert(id.clone()) {
                    break;
                }
                next = self.parents.get(id);
            }
        }
        found
    }
}

fn keyword_tree(snapshot: &Snapshot, facet: usize, counts: &Counts) -> Tree {
    let mut tree = counts.tree();
    let dictionary = &snapshot.facets[facet];
    for (ordinal, (node, count)) in dictionary.nodes.iter().zip(&counts.values).enumerate() {
        let parent = (node.parent.clone()).filter(|parent| *parent != node.id);
        let copies = counts.copies(ordinal as u32, *count);
        tree.add(node.id.clone(), node.name.clone(), parent, *count, copies);
    }
    tree
}

/// Documents are counted at their most precise period; each counts for all periods above, too.
fn date_tree(snapshot: &Snapshot, counts: &Counts) -> Tree {
    let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
    for (bits, count) in snapshot.periods.iter().zip(&counts.values) {
        let periods = PartialDate::from_bits(*bits)
            .into_iter()
            .flat_map(|date| date.periods());
        for period in periods {
            *sums.entry(period.to_bits()).or_default() += count;
        }
    }
    let mut tree = counts.tree();
    for (bits, count) in sums {
        let path: Vec<String> = (PartialDate::from_bits(bits).into_iter())
            .flat_map(|date| date.periods())
            .map(|period| period.to_string())
            .collect();
        if let Some((id, above)) = path.split_last() {
            let copies = counts.copies(bits, count);
            tree.add(id.clone(), id.clone(), above.last().cloned(), count, copies);
        }
    }
    tree
}

struct Lister {
    tree: Tree,
    /// If set, only these ids are of interest.
    wanted: Option<HashSet<String>>,
    limit: usize,
    is_date: bool,
}

impl Lister {
    /// The values below `parent` that are listed, and the sums of the counts of the others, by
    /// document and by distinct copy.
    fn list(&self, parent: Option<&str>) -> (Vec<FacetCount>, u64, u64) {
        let mut values: Vec<FacetCount> = (self.tree.children)
            .get(&parent.map(str::to_owned))
            .into_iter()
            .flatten()
            .filter(|id| {
                self.wanted
                    .as_ref()
                    .is_none_or(|wanted| wanted.contains(*id))
            })
            .filter_map(|id| self.tree.values.get(id))
            .map(|value| {
                let (children, children_other, other_copies) = self.list(Some(&value.id));
                FacetCount {
                    children,
                    children_other,
                    children_other_copies: value.copies.map(|_| other_copies),
                    ..value.clone()
                }
            })
            .filter(|value| value.count > 0 || must_be_listed(value))
            .collect();
        if self.is_date {
            values.sort_by(|a, b| b.id.cmp(&a.id));
        } else {
            values.sort_by(|a, b| (Reverse(a.count), &a.id).cmp(&(Reverse(b.count), &b.id)));
        }
        let (mut other, mut other_copies) = (0, 0);
        let mut place = 0;
        values.retain(|value| {
            place += 1;
            let keep = place <= self.limit || must_be_listed(value);
            if !keep {
                other += value.count;
                other_copies += value.copies.unwrap_or(0);
            }
            keep
        });
        (values, other, other_copies)
    }
}

/// Selected and excluded values, and those above them, are listed however few documents they have.
fn must_be_listed(value: &FacetCount) -> bool {
    value.selected || value.excluded || value.children.iter().any(must_be_listed)
}
