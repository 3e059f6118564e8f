//! Which pieces of a text make the passages that are shown?

use std::ops::Range;

use super::pieces::{LONG, Piece};
use crate::search::wanted::Found;

/// The largest number of passages.
const MAX_PASSAGES: usize = 3;
/// Passages shorter than this begin a sentence earlier, if there is one, in characters.
const SHORT: usize = 120;
/// What a passage adds by a word that an earlier one has shown already.
const REPEATED: f32 = 0.3;

/// The passages to show, as ranges of pieces, the best first.
pub(super) fn best_passages(pieces: &[Piece], found: &[Found]) -> Vec<Range<usize>> {
    let things = found.iter().map(|found| found.thing + 1).max().unwrap_or(0);
    let mut counts = vec![0_u32; things];
    for found in found {
        counts[found.thing] += 1;
    }
    // The number of things counts most, then how rare they are.
    let mut worth: Vec<f32> = (counts.iter())
        .map(|count| 1.0 + 1.0 / (1.0 + (*count as f32).max(1.0).ln()))
        .collect();
    let mut taken = vec![false; pieces.len()];
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut seen = vec![0.0_f32; things];
    while passages.len() < MAX_PASSAGES {
        let mut best: Option<(f32, Range<usize>)> = None;
        for index in anchors(pieces, found) {
            if taken[index] {
                continue;
            }
            let passage = passage(pieces, index, &taken);
            let score = score(within(found, pieces, &passage), &worth, &mut seen);
            if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
                best = Some((score, passage));
            }
        }
        let Some((_, passage)) = best.filter(|(score, _)| *score > 0.0) else {
            break;
        };
        taken[passage.clone()].fill(true);
        for found in within(found, pieces, &passage) {
            worth[found.thing] = worth[found.thing].min(REPEATED);
        }
        passages.push(passage);
    }
    passages
}

/// The pieces in which something was found.
fn anchors<'a>(pieces: &'a [Piece], found: &'a [Found]) -> impl Iterator<Item = usize> + 'a {
    let mut last = None;
    found.iter().filter_map(move |found| {
        let index = pieces.partition_point(|piece| piece.span.end <= found.start);
        let is_new = last != Some(index) && index < pieces.len();
        last = Some(index);
        is_new.then_some(index)
    })
}

/// What was found in a passage.
fn within<'a>(found: &'a [Found], pieces: &[Piece], passage: &Range<usize>) -> &'a [Found] {
    let start = pieces[passage.start].span.start;
    let end = pieces[passage.end - 1].span.end;
    let from = found.partition_point(|found| found.start < start);
    let to = found.partition_point(|found| found.start < end);
    &found[from..to]
}

/// What a passage is worth: each thing once, by its best place, and a little for repetitions.
/// `seen` is as long as `worth` and all 0, before and after.
fn score(found: &[Found], worth: &[f32], seen: &mut [f32]) -> f32 {
    let mut score = 0.0;
    for found in found {
        let gain = found.weight - seen[found.thing];
        if gain > 0.0 {
            score += gain * worth[found.thing];
            seen[found.thing] = found.weight;
        } else {
            score += 0.01 * found.weight * worth[found.thing];
        }
    }
    for found in found {
        seen[found.thing] = 0.0;
    }
    score
}

/// The passage around a piece: as many of the pieces behind it in its paragraph as fit, and one
/// before it if it is short.
pub(super) fn passage(pieces: &[Piece], index: usize, taken: &[bool]) -> Range<usize> {
    let mut chars = pieces[index].chars;
    let mut end = index + 1;
    while end < pieces.len() && !pieces[end].begins_paragraph && !taken[end] {
        chars += 1 + pieces[end].chars;
        if chars > LONG {
            chars -= 1 + pieces[end].chars;
            break;
        }
        end += 1;
    }
    let mut start = index;
    if chars < SHORT && start > 0 && !pieces[start].begins_paragraph && !taken[start - 1] {
        let longer = chars + 1 + pieces[start - 1].chars;
        if longer <= LONG {
            start -= 1;
        }
    }
    start..end
}
