//! Where in a text does a clause match? The words to highlight, found again in its tokens.

mod find;

use rustc_hash::FxHashMap;

pub(super) use find::merged;

use crate::analysis::{Term, TermClass, Token};

use super::function_words::is_function_word;
use super::shape::Shape;
use super::{Alternative, Clause, Locate, Pattern, Sequence, Slot, WeightedTerm, Within};

/// What a clause looks for in one field.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The slots that a term fills, with its weight there.
    slots_of: FxHashMap<Term, Vec<(usize, f32)>>,
    /// Terms that are not in here are not in `slots_of`: most words need no more than this look.
    sieve: Sieve,
    /// The slots that a shape fills.
    patterns: Vec<(usize, Shape)>,
    slots: usize,
    groups: Vec<Group>,
    /// Everything that fills a slot, for engines.
    locate: Locate,
}

/// Remembers length and edges of terms, a little coarsely.
#[derive(Debug, Default)]
struct Sieve([u64; 4]);

impl Sieve {
    fn place(term: &Term) -> (usize, u64) {
        let bytes = term.text.as_bytes();
        let edge = |byte: Option<&u8>| byte.copied().unwrap_or_default();
        let mix = (edge(bytes.first()).wrapping_mul(31))
            .wrapping_add(edge(bytes.last()).wrapping_mul(7))
            .wrapping_add(bytes.len() as u8);
        (usize::from(mix >> 6), 1 << (mix & 63))
    }

    fn add(&mut self, term: &Term) {
        let (word, bit) = Sieve::place(term);
        self.0[word] |= bit;
    }

    fn may_hold(&self, term: &Term) -> bool {
        let (word, bit) = Sieve::place(term);
        self.0[word] & bit != 0
    }
}

/// What counts as one thing that was asked for: a word, a phrase, things near each other.
#[derive(Debug)]
struct Group {
    operands: Vec<Vec<Run>>,
    within: Within,
    /// The thing it belongs to: the alternatives of one word are groups of one thing.
    thing: usize,
    weight: f32,
    /// Whether it is one of the words that are everywhere.
    is_function_word: bool,
}

/// Slots one after the other, each with its distance from the first.
#[derive(Debug)]
struct Run(Vec<(u32, usize)>);

/// A place in the text where something matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of what was asked for.
    pub(super) thing: usize,
    pub(super) weight: f32,
    /// Whether it is one of the words that are everywhere.
    pub(super) is_function_word: bool,
}

/// A token that fills a slot.
#[derive(Debug, Clone, Copy)]
struct Filled {
    position: u32,
    start: usize,
    end: usize,
    weight: f32,
}

/// Slots filled one after the other.
#[derive(Debug, Clone)]
struct Stretch {
    first: u32,
    last: u32,
    filled: Vec<Filled>,
}

impl Wanted {
    /// What `clause` looks for in the text field `field`; what must not be there is not wanted.
    pub fn of(clause: &Clause, field: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let mut things = 0;
        wanted.collect(clause, field, &mut things);
        wanted.locate.field = field.to_owned();
        wanted.list_terms();
        wanted
    }

    /// What to look for to know which sentences matter.
    pub fn locate(&self) -> &Locate {
        &self.locate
    }

    /// The positions of the words that are to be located, as an engine finds them.
    #[cfg(test)]
    pub(super) fn positions(&self, tokens: &[Token]) -> Vec<u32> {
        let locate = &self.locate;
        let has = |token: &Token, terms: &[Term]| terms.iter().any(|it| token.terms().contains(it));
        let fits = |token: &Token| {
            let mut written = token.terms().iter();
            written.any(|term| {
                TermClass::WRITTEN.contains(&term.class)
                    && self
                        .patterns
                        .iter()
                        .any(|(_, shape)| shape.fits(&term.text))
            })
        };
        let at = |fits: &dyn Fn(&Token) -> bool| -> Vec<u32> {
            tokens
                .iter()
                .filter(|it| fits(it))
                .map(|it| it.position)
                .collect()
        };
        let found = at(&|token| has(token, &locate.terms) || fits(token));
        match found.is_empty() {
            true => at(&|token| has(token, &locate.otherwise)),
            false => found,
        }
    }

    /// Whether function words may count: they do if nothing else is found.
    pub(super) fn has_function_words(&self) -> bool {
        !self.locate.otherwise.is_empty()
    }

    /// Whether more than function words was to be located, and none of it is in what was found.
    pub(super) fn is_in_vain(&self, found: &[Found]) -> bool {
        let Locate {
            terms, patterns, ..
        } = &self.locate;
        let is_asked = !(terms.is_empty() && patterns.is_empty());
        is_asked && found.iter().all(|found| found.is_function_word)
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The spans of `text` that match, in bytes, ascending, none overlapping another. `tokens`
    /// are those of the text.
    pub fn highlights(&self, text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
        let sentences = if self.needs_sentences() {
            crate::analysis::sentences(text)
        } else {
            Vec::new()
        };
        merged(&self.find(text, tokens, &sentences))
    }

    pub(super) fn needs_sentences(&self) -> bool {
        (self.groups.iter()).any(|group| group.within == Within::Sentence)
    }

    fn collect(&mut self, clause: &Clause, field: &str, things: &mut usize) {
        let here = |fields: &[(String, f32)]| fields.iter().any(|(name, _)| name == field);
        let thing = *things;
        match clause {
            Clause::And(clauses) | Clause::Or(clauses) => {
                for clause in clauses {
                    self.collect(clause, field, things);
                }
                return;
            }
            Clause::Kept(clause) => return self.collect(clause, field, things),
            Clause::Word(word) if here(&word.fields) => {
                let (single, several): (Vec<&Alternative>, Vec<&Alternative>) =
                    (word.alternatives.iter()).partition(|a| a.pools.len() == 1 || a.any);
                let is_function_word = (single.iter()).filter(|it| !it.any).any(|it| {
                    it.terms().any(|WeightedTerm { term, .. }| {
                        term.class == TermClass::Surface && is_function_word(&term.text)
                    })
                });
                let slot = self.slot();
                for alternative in single {
                    self.fill_all(alternative.terms(), alternative.weight, slot);
                }
                self.group(thing, vec![vec![Run(vec![(0, slot)])]], Within::Words(0));
                if let Some(group) = self.groups.last_mut() {
                    group.is_function_word = is_function_word;
                }
                for alternative in several {
                    let len = alternative.pools.len() as u32;
                    let within = match alternative.window {
                        0 => u32::MAX,
                        window => window.saturating_sub(len),
                    };
                    let operands = (alternative.pools.iter())
                        .map(|pool| {
                            let slot = self.slot();
                            self.fill_all(pool.terms.iter(), alternative.weight, slot);
                            vec![Run(vec![(0, slot)])]
                        })
                        .collect();
                    self.group(thing, operands, Within::Words(within));
                }
            }
            Clause::Phrase(phrase) if here(&phrase.fields) => {
                let slots = (phrase.words.iter())
                    .map(|(at, terms)| (*at, self.terms_slot(terms)))
                    .collect();
                self.group(thing, vec![vec![Run(slots)]], Within::Words(0));
            }
            Clause::Near(near) if here(&near.fields) => {
                let operands = (near.operands.iter())
                    .map(|sequences| sequences.iter().map(|it| self.run(it)).collect())
                    .collect();
                self.group(thing, operands, near.within);
            }
            Clause::Pattern(group) if here(&group.fields) => {
                let slot = self.pattern_slot(&group.pattern);
                self.group(thing, vec![vec![Run(vec![(0, slot)])]], Within::Words(0));
            }
            _ => return,
        }
        *things += 1;
    }

    /// Lists the terms that fill slots; those of function words apart.
    fn list_terms(&mut self) {
        let empty: Vec<usize> = (self.groups.iter())
            .filter(|group| group.is_function_word)
            .flat_map(|group| group.operands.iter().flatten())
            .flat_map(|run| run.0.iter().map(|(_, slot)| *slot))
            .collect();
        for (term, slots) in &self.slots_of {
            let list = match slots.iter().all(|(slot, _)| empty.contains(slot)) {
                true => &mut self.locate.otherwise,
                false => &mut self.locate.terms,
            };
            list.push(term.clone());
        }
    }

    fn group(&mut self, thing: usize, operands: Vec<Vec<Run>>, within: Within) {
        let words = operands.iter().filter_map(|runs| runs.first());
        let words: usize = words.map(|run| run.0.len()).sum();
        self.groups.push(Group {
            operands,
            within,
            thing,
            weight: (words.max(1) as f32).sqrt(),
            is_function_word: false,
        });
    }

    fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    fn fills(&mut self, term: &Term, slot: usize, weight: f32) {
        self.sieve.add(term);
        let slots = self.slots_of.entry(term.clone()).or_default();
        slots.push((slot, weight));
    }

    fn fill_all<'a>(
        &mut self,
        terms: impl Iterator<Item = &'a WeightedTerm>,
        weight: f32,
        slot: usize,
    ) {
        for it in terms {
            self.fills(&it.term, slot, weight * it.weight);
        }
    }

    fn terms_slot(&mut self, terms: &[WeightedTerm]) -> usize {
        let slot = self.slot();
        self.fill_all(terms.iter(), 1.0, slot);
        slot
    }

    fn pattern_slot(&mut self, pattern: &Pattern) -> usize {
        let slot = self.slot();
        self.locate.patterns.push(pattern.clone());
        self.patterns
            .extend(Shape::of(pattern).map(|shape| (slot, shape)));
        slot
    }

    fn run(&mut self, sequence: &Sequence) -> Run {
        let slots = sequence.words.iter().map(|(at, slot)| {
            let slot = match slot {
                Slot::Terms(terms) => self.terms_slot(terms),
                Slot::Pattern(pattern) => self.pattern_slot(pattern),
            };
            (*at, slot)
        });
        Run(slots.collect())
    }
}
