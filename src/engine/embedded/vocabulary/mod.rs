//! The vocabulary: the words of the archive as people write them, the most frequent first.
//!
//! Two things stand on disk for it. The field `_words` has, for each document, its words and how
//! it writes them ([`crate::engine::spelling`]); so counts follow deletions and embargoes like all others, and a
//! word is known only as long as a document has it whose text may be shown. The tree of keys of
//! each segment ([`tree`]) tells in which order to look at them.

mod component;
mod gather;
mod shape;
mod tree;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use tantivy::TERMINATED;

pub(super) use component::WordsComponent;
pub(super) use gather::{key, term, written};
pub(super) use tree::Tree;

use self::shape::Shape;
use self::tree::Best;
use super::segment::SegmentData;
use super::snapshot::Snapshot;
use crate::document::PartialDate;
use crate::engine::spelling::{SEPARATOR, decode, more_usual};
use crate::search::{ArchiveWord, MAX_WORDS, WordsRequest};

/// Most keys that are looked at for one that is asked for: only where most of what a segment
/// holds is deleted or under embargo are there more to look at, and then some words are missed.
const LOOKS: usize = 8;

/// The words that are asked for.
///
/// A word's documents are spread over the segments. So each segment gives its best keys in turn,
/// each key is counted over all segments, and it ends when those to come cannot have more
/// documents, all segments together, than those that are found (the threshold algorithm of Fagin).
pub(super) fn words(
    snapshot: &Snapshot,
    request: &WordsRequest,
) -> tantivy::Result<Vec<ArchiveWord>> {
    let limit = request.limit.min(MAX_WORDS);
    let shape = Shape::new(&request.like);
    let segments = &snapshot.segments;
    let mut ways: Vec<Best> = (segments.iter())
        .map(|segment| segment.vocabulary.best(&shape))
        .collect();
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    let mut found: Vec<ArchiveWord> = Vec::new();
    while limit > 0 && seen.len() < LOOKS * MAX_WORDS {
        let most: u64 = ways.iter().map(Best::bound).sum();
        if most == 0 || found.len() == limit && found[limit - 1].documents > most {
            break;
        }
        // The segment that has the best key to come.
        let Some(way) = ways.iter_mut().max_by_key(|way| way.bound()) else {
            break;
        };
        let Some(key) = way.next() else { continue };
        if seen.contains(&key) {
            continue;
        }
        if let Some(word) = word(snapshot, &key, request.now)? {
            let rank = |word: &ArchiveWord| (Reverse(word.documents), word.key.clone());
            let at = found.partition_point(|other| rank(other) < rank(&word));
            found.insert(at, word);
            found.truncate(limit);
        }
        seen.insert(key);
    }
    Ok(found)
}

/// The word of a key; `None` if no document has it any more.
fn word(snapshot: &Snapshot, key: &[u8], now: PartialDate) -> tantivy::Result<Option<ArchiveWord>> {
    let mut spellings: BTreeMap<String, u64> = BTreeMap::new();
    let mut start = key.to_vec();
    start.push(SEPARATOR as u8);
    let mut end = key.to_vec();
    end.push(SEPARATOR as u8 + 1);
    for segment in &snapshot.segments {
        let mut terms = segment.words.terms().terms_from(&start)?;
        while terms.advance()? && *terms.key() < *end {
            let Some((_, written)) = decode(terms.key()) else {
                continue;
            };
            *spellings.entry(written).or_default() += documents(segment, &terms.info(), now)?;
        }
    }
    let counted = spellings
        .iter()
        .map(|(written, count)| (*count, &**written));
    let usual = counted.reduce(more_usual).filter(|(count, _)| *count > 0);
    Ok(usual.map(|(_, written)| ArchiveWord {
        key: String::from_utf8_lossy(key).into_owned(),
        written: written.to_owned(),
        documents: spellings.values().sum(),
    }))
}

/// How many documents have a term, without those that are deleted or under embargo.
fn documents(
    segment: &SegmentData,
    info: &tantivy::postings::TermInfo,
    now: PartialDate,
) -> tantivy::Result<u64> {
    if !segment.reader.has_deletes() && segment.embargoes.count(now) == 0 {
        return Ok(u64::from(info.doc_freq));
    }
    let mut hidden = segment.embargoes.hidden(now);
    let mut list = segment.words.documents(info);
    let mut count = 0;
    list.each_before(TERMINATED, usize::MAX, |document, _| {
        count += u64::from(segment.is_alive(document) && !hidden.hides(document));
    });
    Ok(count)
}
