//! The words of a query that may be misspelt, and what may have been meant.

use super::likeness::{SAME_SOUND, distance};
use crate::analysis::{Analyzer, TermClass};
use crate::archive::{Archive, Ask, AskError};
use crate::document::PartialDate;
use crate::query::{Node, Query, Text};
use crate::search::{ArchiveWord, WordsLike, WordsRequest, is_function_word, word_key};

/// Shorter words are left alone, in letters.
const SHORTEST: usize = 4;
/// Longer words are left alone, in bytes of the key.
const LONGEST: usize = 40;
/// From so many letters on, two may differ.
const LETTERS_FOR_TWO: usize = 6;
/// Shortest part of a word that is split.
const SHORTEST_PART: usize = 4;
/// A word in more articles is no slip.
const RARE: u64 = 3;
/// How many times as frequent a word must be to be meant by one that the archive has.
const TIMES_RARE: u64 = 25;
/// The same if the word is a known one of the language.
const TIMES_KNOWN: u64 = 50;
/// The same if the archive does not have it, but one that sounds the same.
const TIMES_SAME_SOUND: u64 = 5;
/// Furthest from a word that is known, or in the archive.
const NEAR: f32 = 1.0;
/// Furthest from any word.
const FAR: f32 = 2.0;
/// How many times rarer a word becomes with every slip (as an exponent of e).
const PER_SLIP: f32 = 5.0;
/// The same for a word without a capital in place of one that has it.
const NO_CAPITAL: f32 = 2.0;
/// Most proposals for a word.
const PROPOSALS: usize = 3;

/// A word of the query text.
#[derive(Debug, Clone)]
pub(super) struct Suspect {
    /// Its first byte in the query text.
    pub(super) start: usize,
    /// What may have been meant, the likeliest first.
    pub(super) proposals: Vec<Proposal>,
}

/// What may have been meant by a word, or by it and the next one.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    /// The word or words to put in its place.
    pub(super) written: String,
    /// The end of what is replaced, in the query text.
    pub(super) end: usize,
    /// How likely it is; more is likelier.
    pub(super) score: f32,
}

/// A word of the query text with its key.
struct Typed {
    start: usize,
    end: usize,
    text: String,
    key: String,
    surface: String,
    /// Whether only blanks are between it and the next.
    is_before_next: bool,
}

impl Archive {
    /// The words of a query that may be misspelt.
    pub(super) fn suspects(&self, query: &Query) -> Result<Vec<Suspect>, AskError> {
        let typed = typed(query);
        let mut suspects = Vec::new();
        for (index, word) in typed.iter().enumerate() {
            let mut proposals = self.proposals(word)?;
            if let Some(next) = typed.get(index + 1).filter(|_| word.is_before_next) {
                proposals.extend(self.joined(word, next)?);
            }
            proposals.sort_by(|one, other| other.score.total_cmp(&one.score));
            proposals.dedup_by(|one, other| one.written == other.written);
            proposals.truncate(PROPOSALS);
            if !proposals.is_empty() {
                suspects.push(Suspect {
                    start: word.start,
                    proposals,
                });
            }
        }
        Ok(suspects)
    }

    fn words_near(
        &self,
        key: &str,
        distance: u8,
        limit: usize,
    ) -> Result<Vec<ArchiveWord>, AskError> {
        Ok(self.gate.words(&WordsRequest {
            like: WordsLike::Near {
                key: key.to_owned(),
                distance,
            },
            limit,
            now: PartialDate::now(),
        })?)
    }

    /// Other words that may be meant, and the two words that it may be.
    fn proposals(&self, word: &Typed) -> Result<Vec<Proposal>, AskError> {
        let letters = word.key.chars().count();
        let is_abbreviation = letters <= 5 && word.text.chars().all(char::is_uppercase);
        if letters < SHORTEST || word.key.len() > LONGEST || is_abbreviation {
            return Ok(Vec::new());
        }
        let has = self.hits_of(&Node::word(&word.text).to_string(), &Ask::default())?;
        if has > RARE || is_function_word(&word.surface) {
            return Ok(Vec::new());
        }
        let is_known = Analyzer::german().knows(&word.text);
        let (times, furthest) = match (is_known, has) {
            (true, _) => (TIMES_KNOWN, NEAR),
            (false, 0) => (1, FAR),
            (false, _) => (TIMES_RARE, NEAR),
        };
        let mut near = self.words_near(&word.key, 1, 12)?;
        if letters >= LETTERS_FOR_TWO {
            near.extend(self.words_near(&word.key, 2, 24)?);
        }
        let mut proposals = Vec::new();
        for other in near {
            let slips = distance(&word.key, &other.key);
            // A known word that the archive does not have, written as another one sounds.
            let times = match has == 0 && slips <= SAME_SOUND {
                true => times.min(TIMES_SAME_SOUND),
                false => times,
            };
            let is_likely = other.documents >= times * (has + 1) && slips <= furthest;
            let is_another = other.key != word.key && !is_function_word(&other.key);
            if is_likely && is_another {
                let mut score = (other.documents as f32).ln() - PER_SLIP * slips;
                if begins_with_capital(&word.text) && !begins_with_capital(&other.written) {
                    score -= NO_CAPITAL;
                }
                proposals.push(Proposal {
                    score,
                    written: other.written,
                    end: word.end,
                });
            }
        }
        if has == 0 && !is_known {
            proposals.extend(self.split(word)?);
        }
        Ok(proposals)
    }

    /// Two words that were written as one.
    fn split(&self, word: &Typed) -> Result<Option<Proposal>, AskError> {
        let mut best: Option<Proposal> = None;
        let ends = word.key.char_indices().map(|(at, _)| at);
        for at in ends.filter(|at| *at >= SHORTEST_PART && at + SHORTEST_PART <= word.key.len()) {
            let (left, right) = word.key.split_at(at);
            let (Some(left), Some(right)) = (
                self.words_near(left, 0, 1)?.pop(),
                self.words_near(right, 0, 1)?.pop(),
            ) else {
                continue;
            };
            let rarer = left.documents.min(right.documents) as f32;
            let score = rarer.ln() - PER_SLIP;
            if best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Proposal {
                    written: format!("{} {}", left.written, right.written),
                    end: word.end,
                    score,
                });
            }
        }
        Ok(best)
    }

    /// One word that was written as two.
    fn joined(&self, word: &Typed, next: &Typed) -> Result<Option<Proposal>, AskError> {
        let key = [word.key.as_str(), &next.key].concat();
        if key.len() > LONGEST {
            return Ok(None);
        }
        let found = self.words_near(&key, 0, 1)?.pop();
        Ok(found.map(|found| Proposal {
            score: (found.documents as f32).ln(),
            written: found.written,
            end: next.end,
        }))
    }
}

fn begins_with_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The words of the query text that are words: nothing exact, no values, nothing excluded.
fn typed(query: &Query) -> Vec<Typed> {
    let mut words = Vec::new();
    collect(&query.tree, &query.text, &mut words);
    words.sort_by_key(|word| word.start);
    for index in 1..words.len() {
        let between = query.text.get(words[index - 1].end..words[index].start);
        let is_blank = between.is_some_and(|it| !it.is_empty() && it.trim().is_empty());
        words[index - 1].is_before_next = is_blank;
    }
    words
}

fn collect(node: &Node, text: &str, words: &mut Vec<Typed>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) | Node::Juxtaposed(nodes) => {
            for node in nodes {
                collect(node, text, words);
            }
        }
        Node::Near { operands, .. } => {
            for node in operands {
                collect(node, text, words);
            }
        }
        Node::Boost { node, .. } => collect(node, text, words),
        Node::Text(node) => {
            let (Text::Word(word) | Text::Phrase { text: word, .. }) = &node.what else {
                return;
            };
            let Some(raw) = text.get(node.span.start..node.span.end) else {
                return;
            };
            // What has escapes in it is left alone.
            let Some(at) = raw.rfind(word.as_str()) else {
                return;
            };
            let start = node.span.start + at;
            for token in Analyzer::plain().analyze(word) {
                let mut terms = token.terms().iter();
                let surface = terms.find(|term| term.class == TermClass::Surface);
                if let (Some(surface), Some(text)) = (surface, word.get(token.start..token.end)) {
                    words.push(Typed {
                        start: start + token.start,
                        end: start + token.end,
                        text: text.to_owned(),
                        key: word_key(&surface.text),
                        surface: surface.text.to_string(),
                        is_before_next: false,
                    });
                }
            }
        }
        _ => {}
    }
}
