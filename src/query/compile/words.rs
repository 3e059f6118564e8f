//! Words, phrases and sequences of the tree become groups of terms.

use super::patterns::{SurfaceWord, folded_regex, surface_words, wildcard_words};
use super::{Operator, Work, and};
use crate::analysis::{QueryWord, Relation, Term, TermClass, Variant};
use crate::query::{Node, Text, TextNode};
use crate::search::{
    Alternative, Clause, Near, Pattern, PatternGroup, Phrase, Pool, Sequence, Slot, WeightedTerm,
    Within, WordGroup,
};

impl Work<'_> {
    pub(super) fn text(&mut self, node: &TextNode, boost: f32) -> Option<Clause> {
        let fields = self.fields(node.field.as_deref());
        let analyzer = self.compiler.analyzer;
        match &node.what {
            Text::Word(text) => {
                let words = analyzer.query(text);
                if are_apart(text, &words) {
                    let words =
                        (words.into_iter()).map(|word| self.word(vec![word], &fields, boost));
                    return Some(and(words.flatten().collect()));
                }
                self.word(words, &fields, boost)
            }
            Text::Exact(text) | Text::Phrase { text, slop: None } => {
                self.word(analyzer.query_exact(text), &fields, boost)
            }
            Text::Phrase {
                text,
                slop: Some(slop),
            } => {
                let words = analyzer.query_exact(text);
                if words.len() < 2 {
                    return self.word(words, &fields, boost);
                }
                let operands = words.iter().map(|word| {
                    vec![Sequence {
                        words: vec![(0, Slot::Terms(self.single_terms(word)))],
                    }]
                });
                Some(Clause::Near(Near {
                    operands: operands.collect(),
                    fields,
                    within: Within::Words(*slop),
                    boost,
                }))
            }
            Text::Wildcard(_) | Text::Fuzzy { .. } | Text::Regex(_) => {
                let sequence = self.sequence(&node.what)?;
                Some(match &sequence.words[..] {
                    [(_, Slot::Pattern(pattern))] => Clause::Pattern(PatternGroup {
                        fields,
                        pattern: pattern.clone(),
                        boost,
                    }),
                    _ => Clause::Near(Near {
                        fields,
                        operands: vec![vec![sequence]],
                        within: Within::Words(0),
                        boost,
                    }),
                })
            }
        }
    }

    /// One word, or a phrase of several.
    fn word(
        &mut self,
        words: Vec<QueryWord>,
        fields: &[(String, f32)],
        boost: f32,
    ) -> Option<Clause> {
        let fields = fields.to_vec();
        let first = words.first()?;
        if words.len() == 1 {
            return Some(Clause::Word(WordGroup {
                fields,
                alternatives: self.alternatives(first),
                boost,
            }));
        }
        let position = first.position;
        Some(Clause::Phrase(Phrase {
            fields,
            words: (words.iter())
                .map(|word| (word.position - position, self.single_terms(word)))
                .collect(),
            boost,
        }))
    }

    /// The alternatives of a word. A base form by itself and within compounds is one thing: one
    /// pool.
    fn alternatives(&self, word: &QueryWord) -> Vec<Alternative> {
        let inside = self.compiler.weights.of(Relation::InCompound);
        let singles = || {
            word.variants
                .iter()
                .filter(|variant| variant.terms.len() == 1)
        };
        let has_twin = |term: &Term, class: TermClass| {
            singles().any(|other| other.terms[0].class == class && other.terms[0].text == term.text)
        };
        let mut alternatives = Vec::new();
        for variant in &word.variants {
            let pools = match &variant.terms[..] {
                [term] if term.class == TermClass::Part => {
                    if has_twin(term, TermClass::Lemma) {
                        continue;
                    }
                    vec![pool([(term.clone(), inside)])]
                }
                [term] if has_twin(term, TermClass::Part) && term.class == TermClass::Lemma => {
                    vec![pool([(term.clone(), 1.0), (part(term), inside)])]
                }
                [term] => vec![pool([(term.clone(), 1.0)])],
                terms => self.parts(terms),
            };
            alternatives.push(self.alternative(variant, pools));
        }
        alternatives
    }

    /// The pools of a compound's parts. Where any of them will do, they will do within other
    /// compounds, too.
    fn parts(&self, terms: &[Term]) -> Vec<Pool> {
        let pool = |term: &Term| match self.compiler.operator {
            Operator::All => pool([(term.clone(), 1.0)]),
            Operator::Any => pool([(term.clone(), 1.0), (part(term), 1.0)]),
        };
        terms.iter().map(pool).collect()
    }

    fn alternative(&self, variant: &Variant, pools: Vec<Pool>) -> Alternative {
        let several = pools.len() > 1;
        // A base form is worth its own weight wherever it stands.
        let relation = match variant.relation {
            Relation::InCompound => Relation::Lemma,
            relation => relation,
        };
        Alternative {
            // Where any word will do, so will any part of one.
            any: several && self.compiler.operator == Operator::Any,
            window: if several {
                self.compiler.weights.parts_window
            } else {
                0
            },
            weight: self.compiler.weights.of(relation),
            pools,
        }
    }

    /// The terms of one variant each: what may stand in one place of a phrase.
    fn single_terms(&self, word: &QueryWord) -> Vec<WeightedTerm> {
        (word.variants.iter())
            .filter_map(|variant| match &variant.terms[..] {
                [term] => Some(WeightedTerm {
                    term: term.clone(),
                    weight: self.compiler.weights.of(variant.relation),
                }),
                _ => None,
            })
            .collect()
    }

    pub(super) fn near(&mut self, operands: &[Node], within: Within, boost: f32) -> Option<Clause> {
        let field = operands.first().and_then(Node::first_field);
        let fields = self.fields(field);
        let mut kept = Vec::new();
        let mut sequences = Vec::new();
        for operand in operands {
            let nodes = match operand {
                Node::Or(nodes) => nodes.as_slice(),
                node => std::slice::from_ref(node),
            };
            let alternatives: Vec<Sequence> = (nodes.iter())
                .filter_map(|node| match node {
                    Node::Text(text) => self.sequence(&text.what),
                    _ => None,
                })
                .collect();
            if !alternatives.is_empty() {
                kept.push(operand);
                sequences.push(alternatives);
            }
        }
        match kept[..] {
            [] => None,
            [only] => self.clause(only, boost),
            _ => Some(Clause::Near(Near {
                fields,
                operands: sequences,
                within,
                boost,
            })),
        }
    }

    /// What a text means as a stretch of words; `None` if there is no word in it.
    fn sequence(&self, text: &Text) -> Option<Sequence> {
        let analyzer = self.compiler.analyzer;
        let of_words = |words: Vec<QueryWord>| {
            let first = words.first()?.position;
            let words = (words.iter())
                .map(|word| (word.position - first, Slot::Terms(self.single_terms(word))));
            Some(Sequence {
                words: words.collect(),
            })
        };
        match text {
            Text::Word(text) => of_words(analyzer.query(text)),
            Text::Exact(text) | Text::Phrase { text, .. } => of_words(analyzer.query_exact(text)),
            Text::Fuzzy { word, distance } => {
                let slot = |(at, word): (usize, SurfaceWord)| {
                    let pattern = Pattern::Fuzzy {
                        word: word.text,
                        distance: *distance,
                    };
                    (at as u32, Slot::Pattern(pattern))
                };
                let words = surface_words(word, analyzer).into_iter().enumerate();
                let words: Vec<(u32, Slot)> = words.map(slot).collect();
                (!words.is_empty()).then_some(Sequence { words })
            }
            Text::Regex(pattern) => Some(Sequence {
                words: vec![(0, Slot::Pattern(Pattern::Regex(folded_regex(pattern))))],
            }),
            Text::Wildcard(pattern) => {
                let words = wildcard_words(pattern, analyzer);
                let slot = |(at, pattern): (usize, String)| {
                    (at as u32, Slot::Pattern(Pattern::Wildcard(pattern)))
                };
                let words: Vec<(u32, Slot)> = words.into_iter().enumerate().map(slot).collect();
                (!words.is_empty()).then_some(Sequence { words })
            }
        }
    }
}

/// Whether a slash stands between words that are words by themselves (`Merkel/Macron`), not
/// parts of one thing (`AC/DC`, `24/7`).
fn are_apart(text: &str, words: &[QueryWord]) -> bool {
    words.len() > 1
        && (words.windows(2)).all(|pair| text.get(pair[0].end..pair[1].start) == Some("/"))
        && (words.iter()).all(|word| {
            (text.get(word.start..word.end)).is_some_and(|word| {
                word.chars().count() > 3 && word.chars().all(char::is_alphabetic)
            })
        })
}

fn pool<const N: usize>(terms: [(Term, f32); N]) -> Pool {
    Pool {
        terms: (terms.into_iter())
            .map(|(term, weight)| WeightedTerm { term, weight })
            .collect(),
    }
}

/// The same text as a compound's part.
fn part(term: &Term) -> Term {
    Term {
        class: TermClass::Part,
        text: term.text.clone(),
    }
}
