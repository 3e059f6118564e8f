//! How an outline is kept in a column of numbers, and how likely copies are found.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::segment::SegmentData;
use super::snapshot::Snapshot;
use crate::document::{Outline, ROWS, Sketch};
use crate::engine::MAX_LOOKALIKES;

/// Rows in a number.
const ROWS_OF_WORD: usize = 8;
/// Numbers before the rows.
const HEAD: usize = 3;
/// Numbers of an outline.
const WORDS: usize = HEAD + ROWS / ROWS_OF_WORD;

/// An outline as numbers.
pub(super) fn to_words(outline: &Outline) -> [u64; WORDS] {
    let mut words = [0; WORDS];
    words[0] = u64::from(outline.shingles);
    words[1] = u64::from(outline.house) << 32 | u64::from(outline.title);
    words[2] = outline.figures;
    for (row, byte) in outline.rows.iter().enumerate() {
        words[HEAD + row / ROWS_OF_WORD] |= u64::from(*byte) << (8 * (row % ROWS_OF_WORD));
    }
    words
}

/// The outline of some numbers; `None` if they are not so many.
pub(super) fn from_words(words: impl Iterator<Item = u64>) -> Option<Outline> {
    let mut all = [0; WORDS];
    let mut count = 0;
    for word in words {
        *all.get_mut(count)? = word;
        count += 1;
    }
    (count == WORDS).then(|| Outline {
        shingles: all[0] as u32,
        house: (all[1] >> 32) as u32,
        title: all[1] as u32,
        figures: all[2],
        rows: std::array::from_fn(|row| {
            (all[HEAD + row / ROWS_OF_WORD] >> (8 * (row % ROWS_OF_WORD))) as u8
        }),
    })
}

/// The labels of the documents whose text is a copy of the sketched one; documents with the same
/// own label are the same text, so one of them stands for all.
pub(super) fn copies_of(
    snapshot: &Snapshot,
    sketch: &Sketch,
    except: &str,
) -> tantivy::Result<Vec<Vec<u64>>> {
    let mut copies: Vec<Vec<u64>> = Vec::new();
    let mut looked_at = vec![0_u32; sketch.bands.len()];
    for segment in &snapshot.segments {
        let mut likely = Vec::new();
        for (band, count) in sketch.bands.iter().zip(&mut looked_at) {
            likely_copies(snapshot, segment, *band, count, &mut likely)?;
        }
        likely.sort_unstable();
        likely.dedup();
        for document in likely {
            let labels: Vec<u64> = segment.labels(document).collect();
            let known = copies.iter().any(|copy| copy.first() == labels.first());
            if known
                || !segment
                    .outline(document)
                    .is_some_and(|it| sketch.outline.is_copy_of(&it))
            {
                continue;
            }
            if segment.id(document)? != except {
                copies.push(labels);
            }
        }
    }
    Ok(copies)
}

/// Adds the documents of a segment that have `band`, as long as `looked_at` allows.
fn likely_copies(
    snapshot: &Snapshot,
    segment: &SegmentData,
    band: u32,
    looked_at: &mut u32,
    likely: &mut Vec<u32>,
) -> tantivy::Result<()> {
    let term = Term::from_field_u64(snapshot.layout.band, u64::from(band));
    let Some(mut postings) = segment
        .bands
        .read_postings(&term, IndexRecordOption::Basic)?
    else {
        return Ok(());
    };
    while postings.doc() != TERMINATED && *looked_at < MAX_LOOKALIKES as u32 {
        if segment.is_alive(postings.doc()) {
            likely.push(postings.doc());
            *looked_at += 1;
        }
        postings.advance();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_comes_out_of_its_numbers_as_it_went_in() {
        let outline = Outline {
            shingles: 7,
            house: u32::MAX,
            title: 3,
            figures: 1 << 63,
            rows: std::array::from_fn(|row| (row * 7) as u8),
        };
        assert_eq!(from_words(to_words(&outline).into_iter()), Some(outline));
        assert_eq!(from_words([1, 2].into_iter()), None);
        assert_eq!(from_words([0; WORDS + 1].into_iter()), None);
    }
}
