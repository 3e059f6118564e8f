//! Which documents are copies of a document that is about to be taken in.
//!
//! Those that are committed are found in the index, by the threads that analyse; those that wait
//! for the next commit are kept here.

use std::collections::{HashMap, HashSet};

use crate::document::{Document, Outline};
use crate::engine::{Engine, IndexDocument, Labels, MAX_LOOKALIKES, Result};

/// The copies of a document in one commit.
pub(super) struct Found {
    commit: u64,
    copies: Vec<Labels>,
}

impl Found {
    /// Looks for copies in the commit that searches see.
    pub(super) fn of(document: &Document, engine: &dyn Engine) -> Result<Found> {
        let mut found = Found::of_all([document], engine)?;
        Ok(found.remove(0))
    }

    /// The same for several documents, of which the engine is asked at once.
    pub(super) fn of_all<'a>(
        documents: impl IntoIterator<Item = &'a Document>,
        engine: &dyn Engine,
    ) -> Result<Vec<Found>> {
        let commit = engine.commit();
        let documents: Vec<&Document> = documents.into_iter().collect();
        let texts = documents.iter();
        let texts: Vec<_> = texts
            .filter_map(|it| Some((it.sketch.as_deref()?, it.id.as_str())))
            .collect();
        let mut copies = engine.copies_of(&texts)?.into_iter();
        let copies = documents.iter().map(|document| match document.sketch {
            Some(_) => copies.next().unwrap_or_default(),
            None => Vec::new(),
        });
        Ok(copies.map(|copies| Found { commit, copies }).collect())
    }
}

/// The documents that wait for the next commit, as far as copies are recognised by it.
#[derive(Default)]
pub(super) struct Waiting {
    documents: Vec<(Outline, Labels)>,
    /// For each band the documents that have it, the first [`MAX_LOOKALIKES`].
    bands: HashMap<u32, Vec<u32>>,
}

impl Waiting {
    /// So many documents need not wait longer: they take 1 kB each.
    pub(super) const MAX: usize = 50_000;

    /// Gives a document its labels: those of its copies among `found` and among those that wait;
    /// then it waits, too.
    pub(super) fn label(
        &mut self,
        document: &mut IndexDocument,
        mut found: Found,
        engine: &dyn Engine,
    ) -> Result<()> {
        let Some(sketch) = &document.document.sketch else {
            return Ok(());
        };
        // Since it was looked for, other documents may have been committed, and wait no more.
        if found.commit != engine.commit() {
            found = Found::of(&document.document, engine)?;
        }
        let with_a_band = sketch.bands.iter().filter_map(|band| self.bands.get(band));
        let mut likely: Vec<u32> = with_a_band.flatten().copied().collect();
        likely.sort_unstable();
        likely.dedup();
        let mut copies = found.copies;
        for number in likely {
            let (outline, labels) = &self.documents[number as usize];
            if sketch.outline.is_copy_of(outline) {
                copies.push(labels.clone());
            }
        }
        document.labels = joined(sketch.text, copies);
        let number = self.documents.len() as u32;
        for band in sketch.bands {
            let with_band = self.bands.entry(band).or_default();
            if with_band.len() < MAX_LOOKALIKES {
                with_band.push(number);
            }
        }
        (self.documents).push((sketch.outline, document.labels.clone()));
        Ok(())
    }

    /// Whether it is time for a commit.
    pub(super) fn is_full(&self) -> bool {
        self.documents.len() >= Waiting::MAX
    }

    /// Forgets all, since they are committed.
    pub(super) fn clear(&mut self) {
        *self = Waiting::default();
    }
}

/// Most labels of a document, unless it joins more groups than that.
const MOST_LABELS: usize = 32;

/// The labels of a document: its own and those of its copies. Of very many copies only some are
/// kept: one of each group that it joins, and others for when that one goes; each document has
/// others, so that no few of them hold a group together.
fn joined(own: u64, mut copies: Vec<Labels>) -> Labels {
    copies.sort_unstable();
    let mut labels = vec![own];
    let mut reached = HashSet::from([own]);
    let mut others = Vec::new();
    for copy in copies {
        let Some(label) = copy.first().copied() else {
            continue;
        };
        if copy.iter().any(|label| reached.contains(label)) {
            others.push(label);
        } else {
            labels.push(label);
        }
        reached.extend(copy);
    }
    let room = MOST_LABELS.saturating_sub(labels.len());
    others.retain(|label| !labels.contains(label));
    others.sort_unstable_by_key(|label| label ^ own);
    others.dedup();
    labels.extend(others.into_iter().take(room));
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_the_labels_of_all_its_copies() {
        assert_eq!(joined(1, Vec::new()), [1]);
        assert_eq!(joined(1, vec![vec![1], vec![1, 4]]), [1]);
        assert_eq!(joined(9, vec![vec![3, 2], vec![2], vec![5]]), [9, 2, 5, 3]);
    }

    #[test]
    fn of_many_copies_one_of_each_group_is_kept() {
        let many = (1..100).map(|label| vec![label, 1]);
        let other = vec![1000];
        let labels = joined(0, many.chain([other]).collect());
        assert_eq!(labels.len(), MOST_LABELS);
        assert_eq!(labels[..3], [0, 1, 1000]);
    }
}
