//! Words, phrases and sequences of the tree become groups of terms.

use super::patterns::{SurfaceWord, folded_regex, surface_words, wildcard_words};
use super::{Operator, Work, and};
use crate::analysis::{QueryWord, Relation, Term, TermClass, Variant};
use crate::query::{Node, Span, Text, TextNode};
use crate::search::{
    AlsoForm, AlsoSearched, Alternative, Clause, Near, Pattern, PatternGroup, Phrase, Pool,
    Sequence, Slot, WeightedTerm, Within, WordGroup,
};

impl Work<'_> {
    pub(super) fn text(&mut self, node: &TextNode, boost: f32) -> Option<Clause> {
        let fields = self.fields(node.field.as_deref());
        let analyzer = self.compiler.analyzer;
        match &node.what {
            Text::Word(text) => {
                let words = analyzer.query(text);
                self.note_also_searched(text, node.span, &words);
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

    /// Notes what is searched for beside the words that were typed.
    fn note_also_searched(&mut self, text: &str, span: Span, words: &[QueryWord]) {
        for word in words {
            let mut forms: Vec<AlsoForm> = Vec::new();
            for variant in &word.variants {
                let is_other = matches!(
                    variant.relation,
                    Relation::Name | Relation::Demonym | Relation::Derived
                );
                let is_part = variant.terms.iter().any(|it| it.class == TermClass::Part);
                if is_other && !is_part && forms.iter().all(|form| *form.text != *variant.written) {
                    forms.push(AlsoForm {
                        text: variant.written.to_string(),
                        relation: variant.relation.name(),
                        terms: variant.terms.clone(),
                    });
                }
            }
            let typed = text.get(word.start..word.end).unwrap_or(text);
            if !forms.is_empty() && self.also_searched.iter().all(|other| other.word != typed) {
                self.also_searched.push(AlsoSearched {
                    word: typed.to_owned(),
                    span: span.into(),
                    forms,
                });
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
            return Some(Clause::Word(self.group(first, fields, boost)));
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

    /// The word with its alternatives. Its base forms, by themselves and within compounds, are one
    /// thing: one pool.
    fn group(&self, word: &QueryWord, fields: Vec<(String, f32)>, boost: f32) -> WordGroup {
        let mut alternatives = Vec::new();
        let mut bases = Vec::new();
        for variant in &word.variants {
            match (&variant.terms[..], variant.relation) {
                ([term], Relation::Lemma | Relation::InCompound) => bases.push(self.weighted(term)),
                // An abbreviation is its own base form.
                ([term], Relation::Surface) if term.class == TermClass::Lemma => {
                    bases.push(self.weighted(term));
                    alternatives.push(self.alternative(variant, vec![self.pool(word, term)]));
                }
                // It comes with the base form that it is a part for.
                ([term], _) if term.class == TermClass::Part => {}
                ([term], _) => {
                    alternatives.push(self.alternative(variant, vec![self.pool(word, term)]));
                }
                (terms, _) => alternatives.push(self.alternative(variant, self.parts(terms))),
            }
        }
        let itself = (!bases.is_empty()).then_some(Pool { terms: bases });
        alternatives.extend(itself.clone().map(|pool| Alternative {
            pools: vec![pool],
            any: false,
            window: 0,
            weight: self.compiler.weights.of(Relation::Lemma),
            bound: None,
        }));
        WordGroup {
            fields,
            alternatives,
            itself,
            boost,
        }
    }

    /// A term as it counts in a pool.
    fn weighted(&self, term: &Term) -> WeightedTerm {
        let weight = match term.class {
            TermClass::Part => self.compiler.weights.of(Relation::InCompound),
            TermClass::Surface | TermClass::Lemma | TermClass::Piece => 1.0,
        };
        let term = term.clone();
        WeightedTerm { term, weight }
    }

    /// A term and, if the word has it as a variant, the same as a part of compounds.
    fn pool(&self, word: &QueryWord, term: &Term) -> Pool {
        let part = part(term);
        let is_variant = (word.variants.iter()).any(|variant| variant.terms == [part.clone()]);
        let mut terms = vec![self.weighted(term)];
        if term.class == TermClass::Lemma && is_variant {
            terms.push(self.weighted(&part));
        }
        Pool { terms }
    }

    /// The pools of a compound's parts. Where any of them will do, they will do within other
    /// compounds, too.
    fn parts(&self, terms: &[Term]) -> Vec<Pool> {
        let weighted = |term: Term| WeightedTerm { term, weight: 1.0 };
        let pool = |term: &Term| match self.compiler.operator {
            Operator::All => vec![weighted(term.clone())],
            Operator::Any => vec![weighted(term.clone()), weighted(part(term))],
        };
        (terms.iter())
            .map(|term| Pool { terms: pool(term) })
            .collect()
    }

    fn alternative(&self, variant: &Variant, pools: Vec<Pool>) -> Alternative {
        let weights = &self.compiler.weights;
        let several = pools.len() > 1;
        Alternative {
            // Where any word will do, so will any part of one.
            any: several && self.compiler.operator == Operator::Any,
            window: if several { weights.parts_window } else { 0 },
            weight: weights.of(variant.relation),
            bound: match variant.relation {
                Relation::Surface | Relation::Lemma | Relation::InCompound => None,
                Relation::Parts => Some(weights.parts_bound),
                Relation::Name | Relation::Demonym | Relation::Derived => Some(1.0),
            },
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

/// The same text as a compound's part.
fn part(term: &Term) -> Term {
    Term {
        class: TermClass::Part,
        text: term.text.clone(),
    }
}
