//! Which sentences of a hit matter: so that only these need to be analysed again.

use std::cmp::Reverse;

use super::Pattern;
use crate::analysis::{Analyze, AnalyzedText, Sentence, Term};

/// What to look for in a text field, to know which of its sentences matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Locate {
    /// Name of the field.
    pub field: String,
    /// Sentences with any of these terms matter.
    pub terms: Vec<Term>,
    /// So do those with a word of one of these shapes.
    pub patterns: Vec<Pattern>,
    /// Sentences with any of these matter if no sentence has anything of the above.
    pub otherwise: Vec<Term>,
}

/// The sentences of a text field of a hit, and which of them matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located {
    /// All sentences that have words, in order.
    pub sentences: Vec<Sentence>,
    /// Places in `sentences` of those that matter, ascending.
    pub matching: Vec<usize>,
}

impl Located {
    /// Most sentences that matter in one text: of more, those with most of what was looked for
    /// count, and of these the first.
    pub const MAX_SENTENCES: usize = 64;

    /// The sentences of a text, in which the words at `positions` (in any order) match.
    pub fn new(sentences: Vec<Sentence>, positions: impl Iterator<Item = u32>) -> Located {
        let mut found = vec![0_u32; sentences.len()];
        for position in positions {
            let at = sentences.partition_point(|it| it.words.end <= position);
            if let Some(count) = found.get_mut(at) {
                *count += 1;
            }
        }
        let mut matching: Vec<usize> = (0..found.len()).filter(|at| found[*at] > 0).collect();
        if matching.len() > Located::MAX_SENTENCES {
            matching.sort_by_key(|at| (Reverse(found[*at]), *at));
            matching.truncate(Located::MAX_SENTENCES);
            matching.sort_unstable();
        }
        Located {
            sentences,
            matching,
        }
    }

    /// The text with the tokens of the sentences that matter only.
    pub fn analyze(&self, text: &str, analyzer: &impl Analyze) -> AnalyzedText {
        let matching = self.matching.iter();
        let sentences = matching.filter_map(|at| self.sentences.get(*at));
        let tokens = sentences.flat_map(|it| analyzer.analyze_sentence(text, it));
        AnalyzedText {
            tokens: tokens.collect(),
            sentences: self.sentences.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(count: usize) -> Vec<Sentence> {
        let sentence = |at: usize| Sentence {
            span: at * 10..at * 10 + 9,
            words: at as u32 * 2..at as u32 * 2 + 2,
        };
        (0..count).map(sentence).collect()
    }

    #[test]
    fn sentences_with_a_position_matter() {
        let located = Located::new(sentences(3), [5, 4, 0, 99].into_iter());
        assert_eq!(located.matching, [0, 2]);
    }

    #[test]
    fn of_too_many_those_with_most_matter() {
        let positions = (0..200).chain([150, 151, 398]);
        let located = Located::new(sentences(200), positions);
        assert_eq!(located.matching.len(), Located::MAX_SENTENCES);
        assert_eq!(located.matching.last(), Some(&75));
        assert_eq!(located.matching[0], 0);
    }
}
