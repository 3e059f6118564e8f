//! Copies: found by their labels, as in [`crate::engine::IndexDocument::labels`].

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};

use super::document::read_outline;
use super::reading::document_of;
use super::snapshot::{Snapshot, hits};
use super::template::{BANDS, BEGINS, DOCUMENT, EMBARGO, ID, LABEL, LABELS, OUTLINE};
use crate::document::{PartialDate, Sketch};
use crate::engine::{EngineError, EngineErrorKind, Labels, MAX_LOOKALIKES, Result};
use crate::search::{CopyGroup, Print};

/// Most documents that are read at once.
const PAGE: usize = 10_000;
/// Most labels that are asked for at once.
const AT_ONCE: usize = 10_000;
/// Most documents of one commit of which all copies are counted.
const MAX_DOCUMENTS: u64 = 5_000_000;

/// What of a document makes it part of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) id: String,
    own: Option<String>,
    labels: Vec<String>,
    begins: u32,
    embargo: u32,
}

impl Member {
    /// The fields that a hit must bring.
    pub(super) const FIELDS: [&'static str; 5] = [ID, LABEL, LABELS, BEGINS, EMBARGO];

    pub(super) fn of(hit: &Value) -> Option<Member> {
        let fields = &hit["fields"];
        let number = |field: &str| fields[field][0].as_u64().map(|it| it as u32);
        let labels = fields[LABELS].as_array().into_iter().flatten();
        Some(Member {
            id: fields[ID][0].as_str()?.to_owned(),
            own: fields[LABEL][0].as_str().map(str::to_owned),
            labels: labels
                .filter_map(|it| Some(it.as_str()?.to_owned()))
                .collect(),
            begins: number(BEGINS).unwrap_or(u32::MAX),
            embargo: number(EMBARGO).unwrap_or(0),
        })
    }
}

/// Documents with those they are copies of.
pub(super) struct Neighbourhood {
    members: Vec<Member>,
    by_id: HashMap<String, usize>,
    /// The members of each group, by the place of its first.
    groups: HashMap<usize, Vec<usize>>,
    group_of: Vec<usize>,
}

impl Neighbourhood {
    /// The groups that some documents are in, each whole.
    pub(super) fn of(snapshot: &Snapshot, some: Vec<Member>) -> Result<Neighbourhood> {
        let mut members: Vec<Member> = Vec::new();
        let mut by_id = HashMap::new();
        let mut asked: HashSet<String> = HashSet::new();
        let mut found = some;
        loop {
            let mut labels: Vec<String> = Vec::new();
            for member in found.drain(..) {
                if by_id.contains_key(&member.id) {
                    continue;
                }
                let new = member
                    .labels
                    .iter()
                    .filter(|label| asked.insert((*label).clone()));
                labels.extend(new.cloned());
                by_id.insert(member.id.clone(), members.len());
                members.push(member);
            }
            if labels.is_empty() {
                break;
            }
            for some in labels.chunks(AT_ONCE) {
                let query = json!({"terms": {LABELS: some}});
                each_member(snapshot, query, &mut |member| found.push(member))?;
            }
        }
        let mut all = Neighbourhood {
            group_of: joined(&members),
            members,
            by_id,
            groups: HashMap::new(),
        };
        for (place, group) in all.group_of.iter().enumerate() {
            all.groups.entry(*group).or_default().push(place);
        }
        Ok(all)
    }

    /// The other members of the group of a document, and itself.
    fn group(&self, id: &str) -> impl Iterator<Item = &Member> {
        let group = self
            .by_id
            .get(id)
            .map(|place| &self.groups[&self.group_of[*place]]);
        group
            .into_iter()
            .flatten()
            .map(|place| &self.members[*place])
    }

    /// The groups of some documents as they are shown; documents under embargo at `now` are left
    /// out.
    pub(super) fn shown(
        &self,
        snapshot: &Snapshot,
        ids: &[String],
        now: PartialDate,
    ) -> Result<Vec<CopyGroup>> {
        let mut listed: Vec<Vec<&Member>> = Vec::new();
        let mut wanted: Vec<&str> = Vec::new();
        let mut groups = Vec::new();
        for id in ids {
            let mut all: Vec<&Member> = (self.group(id))
                .filter(|member| member.embargo <= now.beginning())
                .collect();
            let first = all.iter().map(|member| &member.id).min();
            groups.push(CopyGroup {
                id: first.unwrap_or(id).clone(),
                size: all.len() as u64,
                also_in: Vec::new(),
            });
            all.retain(|member| member.id != *id);
            all.sort_unstable_by(|a, b| (a.begins, &a.id).cmp(&(b.begins, &b.id)));
            all.truncate(CopyGroup::MAX_LISTED);
            wanted.extend(all.iter().map(|member| member.id.as_str()));
            listed.push(all);
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut prints: HashMap<String, Print> = HashMap::new();
        for some in wanted.chunks(500) {
            let answer = snapshot.search(json!({
                "size": some.len(), "query": {"terms": {ID: some}}, "_source": [DOCUMENT],
            }))?;
            for hit in hits(&answer) {
                let print = Print::from(document_of(hit)?);
                prints.insert(print.id.clone(), print);
            }
        }
        for (group, listed) in groups.iter_mut().zip(listed) {
            let each = listed.iter().filter_map(|member| prints.get(&member.id));
            group.also_in = each.cloned().collect();
        }
        Ok(groups)
    }
}

/// For each member, the place of the first of its group: those are joined of which one has the own
/// label of the other.
fn joined(members: &[Member]) -> Vec<usize> {
    let mut owners: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, member) in members.iter().enumerate() {
        if let Some(own) = &member.own {
            owners.entry(own).or_default().push(place);
        }
    }
    let mut above: Vec<usize> = (0..members.len()).collect();
    fn first(above: &mut [usize], mut member: usize) -> usize {
        while above[member] != member {
            above[member] = above[above[member]];
            member = above[member];
        }
        member
    }
    for (place, member) in members.iter().enumerate() {
        for label in &member.labels {
            for other in owners.get(label.as_str()).into_iter().flatten() {
                let (one, two) = (first(&mut above, place), first(&mut above, *other));
                above[one.max(two)] = one.min(two);
            }
        }
    }
    (0..members.len())
        .map(|member| first(&mut above, member))
        .collect()
}

/// Calls `visit` with all members that a query finds.
pub(super) fn each_member(
    snapshot: &Snapshot,
    query: Value,
    visit: &mut dyn FnMut(Member),
) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let mut body = json!({
            "size": PAGE, "query": {"bool": {"filter": [query]}}, "sort": [{ID: "asc"}],
            "track_total_hits": false, "_source": false, "docvalue_fields": Member::FIELDS,
        });
        if let Some(after) = &after {
            body["search_after"] = json!([after]);
        }
        let answer = snapshot.search(body)?;
        let page = hits(&answer);
        let members = page.iter().filter_map(Member::of);
        for member in members {
            after = Some(member.id.clone());
            visit(member);
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
}

/// The ids of the group of copies that a document is in.
pub(super) fn members(snapshot: &Snapshot, id: &str) -> Result<Vec<String>> {
    let mut itself = Vec::new();
    each_member(snapshot, json!({"term": {ID: id}}), &mut |member| {
        itself.push(member)
    })?;
    let all = Neighbourhood::of(snapshot, itself)?;
    Ok(all.group(id).map(|member| member.id.clone()).collect())
}

/// The group of copies of a document.
pub(super) fn copy_group(
    snapshot: &Snapshot,
    id: &str,
    now: PartialDate,
) -> Result<Option<CopyGroup>> {
    let mut itself = Vec::new();
    each_member(snapshot, json!({"term": {ID: id}}), &mut |member| {
        itself.push(member)
    })?;
    if itself.is_empty() {
        return Ok(None);
    }
    let all = Neighbourhood::of(snapshot, itself)?;
    Ok(all.shown(snapshot, &[id.to_owned()], now)?.pop())
}

/// For each sketched text of a document with that id, the labels of the other documents whose text
/// is a copy of it.
pub(super) fn copies_of(
    snapshot: &Snapshot,
    texts: &[(&Sketch, &str)],
) -> Result<Vec<Vec<Labels>>> {
    // A new archive has nothing to look at.
    if snapshot.documents == 0 {
        return Ok(vec![Vec::new(); texts.len()]);
    }
    let question = |(sketch, id): &(&Sketch, &str)| {
        let bands: Vec<String> = sketch.bands.iter().map(u32::to_string).collect();
        json!({
            "size": bands.len() * MAX_LOOKALIKES,
            "query": {"bool": {
                "filter": [{"terms": {BANDS: bands}}],
                "must_not": [{"term": {ID: id}}],
            }},
            "sort": [{ID: "asc"}], "track_total_hits": false,
            "_source": [OUTLINE], "docvalue_fields": [LABEL, LABELS],
        })
    };
    let answers = snapshot.search_all(texts.iter().map(question).collect())?;
    let both = texts.iter().zip(&answers);
    Ok(both
        .map(|((sketch, _), answer)| copies_among(hits(answer), sketch))
        .collect())
}

/// The labels of those hits whose text is a copy of the sketched one.
fn copies_among(hits: &[Value], sketch: &Sketch) -> Vec<Labels> {
    let mut copies: BTreeMap<u64, Labels> = BTreeMap::new();
    for hit in hits {
        let outline = hit["_source"][OUTLINE].as_str().and_then(read_outline);
        if !outline.is_some_and(|outline| sketch.outline.is_copy_of(&outline)) {
            continue;
        }
        let number = |text: &Value| u64::from_str_radix(text.as_str()?, 16).ok();
        let Some(own) = number(&hit["fields"][LABEL][0]) else {
            continue;
        };
        let all = hit["fields"][LABELS].as_array().into_iter().flatten();
        let others = all.filter_map(number).filter(|label| *label != own);
        // Documents with the same own label are the same text.
        (copies.entry(own)).or_insert_with(|| [own].into_iter().chain(others).collect());
    }
    copies.into_values().collect()
}

/// The groups of at least two documents of a whole commit.
pub(super) struct Groups {
    /// Number of the group of each document that has copies.
    pub(super) of: HashMap<String, u32>,
}

impl Groups {
    /// Reads the labels of all documents.
    pub(super) fn of(snapshot: &Snapshot) -> Result<Groups> {
        if snapshot.documents > MAX_DOCUMENTS {
            let message = format!(
                "copies are counted and collapsed among {MAX_DOCUMENTS} documents of a cluster at most; ask without"
            );
            return Err(EngineError::new(EngineErrorKind::Request, message));
        }
        let mut labels: HashMap<String, u32> = HashMap::new();
        let mut all: Vec<Member> = Vec::new();
        each_member(snapshot, json!({"match_all": {}}), &mut |member| {
            for label in &member.labels {
                *labels.entry(label.clone()).or_default() += 1;
            }
            all.push(member);
        })?;
        // Nearly all labels belong to one document, which has no copies then.
        all.retain(|member| member.labels.iter().any(|label| labels[label] > 1));
        let group_of = joined(&all);
        let mut sizes: HashMap<usize, u32> = HashMap::new();
        group_of
            .iter()
            .for_each(|group| *sizes.entry(*group).or_default() += 1);
        let grouped = all
            .into_iter()
            .zip(group_of)
            .filter(|(_, group)| sizes[group] > 1);
        Ok(Groups {
            of: grouped
                .map(|(member, group)| (member.id, group as u32))
                .collect(),
        })
    }
}

/// The label as the cluster has it.
#[cfg(test)]
fn label(number: u64) -> String {
    super::document::hex(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, labels: &[u64]) -> Member {
        Member {
            id: id.to_owned(),
            own: labels.first().map(|own| label(*own)),
            labels: labels.iter().map(|it| label(*it)).collect(),
            begins: 0,
            embargo: 0,
        }
    }

    #[test]
    fn documents_are_joined_by_own_labels_only() {
        let members = [
            member("a", &[1]),
            member("b", &[2, 1]),
            member("c", &[3, 9]),
            member("d", &[4, 9]),
            member("e", &[1]),
            member("f", &[]),
        ];
        assert_eq!(joined(&members), [0, 0, 2, 3, 0, 5]);
    }
}
