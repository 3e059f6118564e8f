//! Where a text holds what is wanted.

use std::ops::Range;

use super::{Filled, Found, Group, Run, Stretch, Wanted};
use crate::analysis::{TermClass, Token};
use crate::search::Within;

impl Wanted {
    /// All places that match, ascending. `sentences` may be empty if no group needs them.
    pub(in crate::search) fn find(
        &self,
        text: &str,
        tokens: &[Token],
        sentences: &[Range<usize>],
    ) -> Vec<Found> {
        let filled = self.filled(text, tokens);
        let mut found = Vec::new();
        let (empty, full): (Vec<&Group>, Vec<&Group>) =
            (self.groups.iter()).partition(|group| group.is_function_word);
        for group in full {
            self.find_group(group, &filled, sentences, &mut found);
        }
        if found.is_empty() {
            for group in empty {
                self.find_group(group, &filled, sentences, &mut found);
            }
        }
        found.sort_unstable_by_key(|found: &Found| (found.start, found.end, found.thing));
        found
    }

    fn find_group(
        &self,
        group: &Group,
        filled: &[Vec<Filled>],
        sentences: &[Range<usize>],
        found: &mut Vec<Found>,
    ) {
        let make = |filled: &Filled| Found {
            start: filled.start,
            end: filled.end,
            thing: group.thing,
            weight: filled.weight * group.weight,
            is_function_word: group.is_function_word,
        };
        if let [runs] = &group.operands[..]
            && let [Run(slots)] = &runs[..]
            && let [(_, slot)] = slots[..]
        {
            found.extend(filled[slot].iter().map(make));
            return;
        }
        let operands: Vec<Vec<Stretch>> = (group.operands.iter())
            .map(|runs| {
                let mut stretches: Vec<Stretch> =
                    runs.iter().flat_map(|run| stretches(run, filled)).collect();
                stretches.sort_by_key(|stretch| (stretch.first, stretch.last));
                stretches
            })
            .collect();
        if operands.iter().any(Vec::is_empty) {
            return;
        }
        for (index, stretches) in operands.iter().enumerate() {
            for stretch in stretches {
                let fits = (operands.iter().enumerate()).all(|(other, stretches)| {
                    other == index || is_near(stretch, stretches, group.within, sentences)
                });
                if fits {
                    found.extend(stretch.filled.iter().map(make));
                }
            }
        }
    }

    /// For each slot the tokens that fill it, ascending, each position once.
    fn filled(&self, text: &str, tokens: &[Token]) -> Vec<Vec<Filled>> {
        let mut filled: Vec<Vec<Filled>> = vec![Vec::new(); self.slots];
        for token in tokens {
            let mut fill = |slot: usize, weight: f32, (start, end): (usize, usize)| {
                // Tokens that do not belong to the text must not lead to a panic.
                if start >= end || text.get(start..end).is_none() {
                    return;
                }
                let here = Filled {
                    position: token.position,
                    start,
                    end,
                    weight,
                };
                match filled[slot].last_mut() {
                    Some(last) if last.position == token.position => {
                        if weight > last.weight {
                            *last = here;
                        }
                    }
                    _ => filled[slot].push(here),
                }
            };
            for term in token.terms().iter() {
                if self.sieve.may_hold(term) {
                    for (slot, weight) in self.slots_of.get(term).into_iter().flatten() {
                        fill(*slot, *weight, token.span(term));
                    }
                }
                if TermClass::WRITTEN.contains(&term.class) {
                    for (slot, shape) in &self.patterns {
                        if shape.fits(&term.text) {
                            fill(*slot, 1.0, token.span(term));
                        }
                    }
                }
            }
        }
        filled
    }
}

/// The places where all slots of a run are filled.
fn stretches(run: &Run, filled: &[Vec<Filled>]) -> Vec<Stretch> {
    let Some(((_, first), rest)) = run.0.split_first() else {
        return Vec::new();
    };
    let stretch = |begin: &Filled| {
        let mut all = vec![*begin];
        for (distance, slot) in rest {
            let position = begin.position.checked_add(*distance)?;
            let at = (filled[*slot])
                .binary_search_by_key(&position, |filled| filled.position)
                .ok()?;
            all.push(filled[*slot][at]);
        }
        let last = all.iter().map(|filled| filled.position).max()?;
        Some(Stretch {
            first: begin.position,
            last,
            filled: all,
        })
    };
    filled[*first].iter().filter_map(stretch).collect()
}

/// Whether one of `others` stands near `stretch`, without sharing a word with it. Looks at the
/// nearest few on each side.
fn is_near(
    stretch: &Stretch,
    others: &[Stretch],
    within: Within,
    sentences: &[Range<usize>],
) -> bool {
    const NEIGHBOURS: usize = 8;
    let at = others.partition_point(|other| other.first < stretch.first);
    let from = at.saturating_sub(NEIGHBOURS);
    let to = (at + NEIGHBOURS).min(others.len());
    others[from..to].iter().any(|other| {
        let gap = if other.first > stretch.last {
            other.first - stretch.last - 1
        } else if stretch.first > other.last {
            stretch.first - other.last - 1
        } else {
            return false;
        };
        match within {
            Within::Words(words) => gap <= words,
            Within::Sentence => share_a_sentence([stretch, other], sentences),
        }
    })
}

/// Whether two stretches stand in one sentence, each whole.
fn share_a_sentence(stretches: [&Stretch; 2], sentences: &[Range<usize>]) -> bool {
    let filled = || stretches.iter().flat_map(|stretch| &stretch.filled);
    let number = |start: usize| sentences.partition_point(|sentence| sentence.end <= start);
    let mut numbers = filled().map(|filled| number(filled.start));
    let first = numbers.next();
    numbers.all(|number| Some(number) == first)
}

/// The spans of what was found, overlapping ones as one.
pub(in crate::search) fn merged(found: &[Found]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for found in found {
        match spans.last_mut() {
            Some(last) if found.start < last.1 => last.1 = last.1.max(found.end),
            _ => spans.push((found.start, found.end)),
        }
    }
    spans
}
