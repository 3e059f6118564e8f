//! The entries of a document: one per agency, role and scope.

use rustc_hash::FxHashMap;

use super::name_of;
use crate::document::{AgencyKind, AgencyMention, Evidence, Role, Scope};
use crate::enrich::words::Words;

/// Evidence kept per entry; a hostile text must not make a huge document.
const MOST_EVIDENCE: usize = 50;

/// Entries by (id, role, scope), in the order in which they are met.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) list: Vec<AgencyMention>,
    index: FxHashMap<(String, Role, Scope), usize>,
}

impl Entries {
    pub(super) fn add(
        &mut self,
        id: &str,
        kind: AgencyKind,
        role: Role,
        scope: Scope,
        evidence: Evidence,
    ) {
        let next = self.list.len();
        let index = *self
            .index
            .entry((id.to_owned(), role, scope))
            .or_insert(next);
        if index == next {
            self.list.push(AgencyMention {
                id: id.to_owned(),
                kind,
                name: name_of(id),
                role,
                scope,
                evidence: Vec::new(),
            });
        }
        let known = &mut self.list[index].evidence;
        if known.len() < MOST_EVIDENCE {
            known.push(evidence);
        }
    }

    /// An agency that is cited or credited anywhere is not also "mentioned".
    pub(super) fn drop_weaker(&mut self) {
        let strong: Vec<String> = (self.list.iter())
            .filter(|entry| entry.role == Role::Cited)
            .map(|entry| entry.id.clone())
            .collect();
        self.list
            .retain(|entry| entry.role != Role::Mentioned || !strong.contains(&entry.id));
    }
}

/// Evidence for words `first..end`; `offset` is where their text begins in the field.
pub(super) fn evidence(
    field: &str,
    offset: usize,
    words: &Words<'_>,
    (first, end): (usize, usize),
    rule: &str,
    confidence: f32,
) -> Evidence {
    let start = words.words[first].start;
    let stop = words.words[end - 1].end;
    Evidence {
        field: field.to_owned(),
        start: offset + start,
        end: offset + stop,
        text: words.text[start..stop].to_owned(),
        rule: rule.to_owned(),
        confidence,
    }
}
