//! What may have been meant by a query that finds little: words of the archive in place of
//! misspelt ones.
//!
//! Only words are corrected that few articles have, and a correction is only proposed if it was
//! counted and finds clearly more.

mod likeness;
mod words;

use self::words::{Proposal, Suspect};
use super::{Archive, Ask, AskError, Between};
use crate::query::{self, Mode, Node};
use crate::search::{CorrectedWord, Correction};

/// Queries with more hits need no correction.
const FEW: u64 = 5;
/// How many times as many hits a correction must have.
const TIMES: u64 = 10;
/// Most corrections that are counted.
const MAX_COUNTED: usize = 8;
/// Most corrections that are proposed.
const MAX_CORRECTIONS: usize = 3;

impl Archive {
    /// Corrections of a question that has so many hits, if it has few; the likeliest first.
    pub(super) fn corrections(&self, ask: &Ask, hits: u64) -> Result<Vec<Correction>, AskError> {
        if hits > FEW || ask.cursor.is_some() || ask.plain || ask.text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let query = query::parse(&ask.text, &self.schema, Mode::Lenient)?;
        let suspects = self.suspects(&query)?;
        let mut found: Vec<Correction> = Vec::new();
        for choice in choices(&suspects).into_iter().take(MAX_COUNTED) {
            let (text, words) = corrected(&ask.text, &choice);
            if found.iter().any(|known| known.text == text) {
                continue;
            }
            let between = match ask.between {
                Between::AllOrAny => Between::All,
                between => between,
            };
            let total_hits = self.total_of(&Ask {
                text: text.clone(),
                between,
                ..ask.clone()
            })?;
            if total_hits >= (TIMES * hits).max(1) {
                found.push(Correction {
                    text,
                    words,
                    total_hits,
                });
            }
            if found.len() == MAX_CORRECTIONS {
                break;
            }
        }
        Ok(found)
    }
}

/// Which words to replace by what: all by their best first, then one by its next, then each alone.
fn choices(suspects: &[Suspect]) -> Vec<Vec<(&Suspect, &Proposal)>> {
    let best: Vec<(&Suspect, &Proposal)> = (suspects.iter())
        .filter_map(|suspect| Some((suspect, suspect.proposals.first()?)))
        .collect();
    if best.is_empty() {
        return Vec::new();
    }
    let mut choices = vec![best.clone()];
    for (index, suspect) in suspects.iter().enumerate() {
        for proposal in suspect.proposals.iter().skip(1) {
            let mut choice = best.clone();
            choice[index] = (suspect, proposal);
            choices.push(choice);
        }
    }
    if best.len() > 1 {
        choices.extend(best.iter().map(|one| vec![*one]));
    }
    choices
}

/// The query text with words replaced.
fn corrected(text: &str, choice: &[(&Suspect, &Proposal)]) -> (String, Vec<CorrectedWord>) {
    let mut result = String::with_capacity(text.len() + 16);
    let mut words = Vec::new();
    let mut at = 0;
    for (suspect, proposal) in choice {
        // A word that was joined with the one before is gone already.
        let (Some(before), Some(typed)) = (
            text.get(at..suspect.start),
            text.get(suspect.start..proposal.end),
        ) else {
            continue;
        };
        result.push_str(before);
        let start = result.len();
        let written: Vec<String> = (proposal.written.split(' '))
            .map(|word| Node::word(word).to_string())
            .collect();
        result.push_str(&written.join(" "));
        words.push(CorrectedWord {
            typed: typed.to_owned(),
            text: proposal.written.clone(),
            span: (suspect.start, proposal.end),
            corrected_span: (start, result.len()),
        });
        at = proposal.end;
    }
    result.push_str(&text[at..]);
    (result, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suspect(start: usize, proposals: &[(&str, usize)]) -> Suspect {
        let proposals = proposals.iter().map(|(written, end)| Proposal {
            written: (*written).to_owned(),
            end: *end,
            score: 0.0,
        });
        Suspect {
            start,
            proposals: proposals.collect(),
        }
    }

    #[test]
    fn all_words_are_corrected_at_once_and_then_one_by_one() {
        let suspects = [
            suspect(0, &[("Hafen", 4), ("Haken", 4)]),
            suspect(9, &[("Kran", 13)]),
        ];
        let texts: Vec<String> = (choices(&suspects).iter())
            .map(|choice| corrected("Hfen AND Krna", choice).0)
            .collect();
        let expected = [
            "Hafen AND Kran",
            "Haken AND Kran",
            "Hafen AND Krna",
            "Hfen AND Kran",
        ];
        assert_eq!(texts, expected);
        assert!(choices(&[]).is_empty());
    }

    #[test]
    fn words_that_are_joined_are_replaced_as_one() {
        let suspects = [
            suspect(2, &[("Hafenkran", 11)]),
            suspect(7, &[("Kram", 11)]),
        ];
        let choice = choices(&suspects);
        let (text, words) = corrected("A Hafn Krna!", &choice[0]);
        assert_eq!(text, "A Hafenkran!");
        assert_eq!((words[0].span, words[0].corrected_span), ((2, 11), (2, 11)));
    }
}
