//! More like this: articles that share the words by which one article differs from most.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::Serialize;

use super::article::beginning;
use super::{Archive, Ask, AskError, Availability, milliseconds};
use crate::analysis::Relation;
use crate::analysis::{Term, TermClass, Token};
use crate::query::Weights;
use crate::rights::Permitted;
use crate::search::{Clause, Facets, Hit, Offsets, WeightedTerm, WordGroup, is_function_word};

/// Most words that are searched for.
const WORDS: usize = 30;
/// Most different words of an article that are weighed: the first ones of a long text.
const MAX_WEIGHED: usize = 2000;
/// How much of a text is read for them, in bytes: twice the longest articles.
const MAX_READ: usize = 200_000;
/// Words in more than one of so many articles tell nothing.
const EVERYWHERE: u64 = 10;
/// How fast more occurrences stop to matter.
const SATURATION: f32 = 1.5;
/// How many times as much as one in the text an occurrence in the title counts.
const IN_TITLE: f32 = 3.0;
/// Name of the field whose words count more, and may be used if nothing else may be shown.
const TITLE: &str = "title";

/// Articles that are similar to one.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SimilarResponse {
    /// Id of the article that they are similar to.
    pub id: String,
    /// The words that were searched for, the most telling first.
    pub because: Vec<TellingWord>,
    /// Number of articles that have at least one of these words, exact; the less they have, the
    /// later they come.
    pub total_hits: u64,
    /// Number of distinct copies among them, exact, if hits are collapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_copies: Option<u64>,
    /// Time it took, in milliseconds.
    pub took_ms: f64,
    /// The articles, the most similar first; passages show the words that are shared.
    pub hits: Vec<Hit>,
    /// Facet counts by name of the facet, as in a search, if they were asked for.
    #[schema(value_type = std::collections::BTreeMap<String, crate::search::Facet>)]
    pub facets: Facets,
    /// What spans of texts count in.
    pub offsets: Offsets,
}

/// A word by which an article differs from most.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TellingWord {
    /// The word as the article has it most often.
    pub text: String,
    /// How much it counts, from 0 to 1.
    pub weight: f32,
    #[serde(skip)]
    term: Option<Term>,
}

/// What is known of one word of the article.
#[derive(Default)]
struct Word {
    frequency: f32,
    spellings: BTreeMap<String, u32>,
    /// Its place in the text.
    first: usize,
}

impl Archive {
    /// Articles that are similar to the one with that id. Of `ask`, everything counts but the text
    /// and what belongs to it, the order and the cursor. The article itself is none of them, nor
    /// are its copies, unless `with_copies`.
    pub fn similar(
        &self,
        id: &str,
        ask: &Ask,
        with_copies: bool,
    ) -> Result<Availability<Box<SimilarResponse>>, AskError> {
        let document = self.document(id)?;
        document.map(|it| Ok(Box::new(self.similar_to(&it, ask, with_copies)?)))
    }

    fn similar_to(
        &self,
        document: &Permitted,
        ask: &Ask,
        with_copies: bool,
    ) -> Result<SimilarResponse, AskError> {
        let started = Instant::now();
        let id = document.id();
        let because = self.telling_words(document)?;
        let ask = Ask {
            text: String::new(),
            cursor: None,
            sort: crate::search::Sort::Relevance,
            explain: false,
            histogram: None,
            ..ask.clone()
        };
        let (mut request, _) = self.request(&ask, &self.understand(&ask, false)?)?;
        let shared = self.any_of(&because);
        let wanted = self.wanted(&ask, &shared);
        let without = match with_copies {
            true => Clause::Document { id: id.to_owned() },
            false => Clause::CopiesOf { id: id.to_owned() },
        };
        // What filters say of copies stands in the clause.
        let clause = std::mem::replace(&mut request.clause, Clause::Nothing);
        request.clause = Clause::And(vec![shared, clause, Clause::Not(Box::new(without))]);
        request.hold = false;
        request.locate = wanted.locate();
        let answer = self.gate.search(&request)?;
        let mut hits: Vec<Hit> = (answer.hits.into_iter())
            .map(|hit| self.hit(hit, &wanted))
            .collect();
        hits.iter_mut().for_each(|hit| hit.count_in(ask.offsets));
        let facets = self.facets(answer.facets, &ask.language);
        Ok(SimilarResponse {
            id: id.to_owned(),
            because,
            total_hits: answer.total_hits,
            total_copies: answer.total_copies,
            took_ms: milliseconds(started),
            hits,
            facets,
            offsets: ask.offsets,
        })
    }

    /// The words by which a document differs from most: often in it, and in few others. Of a
    /// document whose text may not be shown, only those of the title.
    fn telling_words(&self, document: &Permitted) -> Result<Vec<TellingWord>, AskError> {
        let mut words: BTreeMap<Term, Word> = BTreeMap::new();
        for (field, text_field) in self.schema.text_fields() {
            let text = match document.passages_of(&field.name) {
                Some(text) => text.into_owned(),
                None if field.name == TITLE => document.title().unwrap_or_default().to_owned(),
                None => continue,
            };
            let analyzer = (self.analyzers).pick(text_field.analyzer, document.language());
            let weight = if field.name == TITLE { IN_TITLE } else { 1.0 };
            let text = beginning(&text, MAX_READ);
            for token in analyzer.analyze(text) {
                let written = &text[token.start..token.end];
                let Some(term) = telling_term(&token, written) else {
                    continue;
                };
                let place = words.len();
                if place >= MAX_WEIGHED && !words.contains_key(&term) {
                    continue;
                }
                let word = words.entry(term).or_insert_with(|| Word {
                    first: place,
                    ..Word::default()
                });
                word.frequency += weight;
                *word.spellings.entry(written.to_owned()).or_default() += 1;
            }
        }
        let terms: Vec<Term> = words.keys().cloned().collect();
        let counts = self.gate.documents_with(&terms)?;
        let documents = self.documents()?;
        let most = (documents / EVERYWHERE).max(EVERYWHERE);
        let mut telling: Vec<(f32, usize, TellingWord)> = Vec::new();
        for ((term, word), count) in words.into_iter().zip(counts) {
            // What nothing else has, finds nothing.
            if !(2..=most).contains(&count) {
                continue;
            }
            let weight = word.frequency / (word.frequency + SATURATION);
            let rarity = (documents as f32 / count as f32).max(1.0).ln_1p();
            let spellings = word.spellings.into_iter();
            let usual = spellings
                .max_by_key(|(written, times)| (*times, std::cmp::Reverse(written.clone())));
            telling.push((
                weight * rarity,
                word.first,
                TellingWord {
                    text: usual.map(|(written, _)| written).unwrap_or_default(),
                    weight,
                    term: Some(term),
                },
            ));
        }
        telling.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        telling.truncate(WORDS);
        Ok(telling.into_iter().map(|(_, _, word)| word).collect())
    }

    /// Documents that have any of the words, by themselves or within compounds.
    fn any_of(&self, words: &[TellingWord]) -> Clause {
        let weights = Weights::default();
        let fields: Vec<(String, f32)> = (self.schema.text_fields())
            .map(|(field, text)| (field.name.clone(), text.boost))
            .collect();
        let group = |word: &TellingWord| {
            let term = word.term.clone()?;
            let part = Term {
                class: TermClass::Part,
                text: term.text.clone(),
            };
            let terms = vec![
                WeightedTerm { term, weight: 1.0 },
                WeightedTerm {
                    term: part,
                    weight: weights.of(Relation::InCompound),
                },
            ];
            Some(Clause::Word(WordGroup {
                boost: word.weight,
                ..WordGroup::of_pool(terms, fields.clone())
            }))
        };
        let clauses: Vec<Clause> = words.iter().filter_map(group).collect();
        match clauses.is_empty() {
            true => Clause::Nothing,
            false => Clause::Or(clauses),
        }
    }
}

/// The term of a word that may tell something: its base form.
fn telling_term(token: &Token, written: &str) -> Option<Term> {
    let of_class = |class| token.terms().iter().find(|term| term.class == class);
    let surface = of_class(TermClass::Surface)?;
    let is_telling = surface.text.chars().count() > 2
        && surface.text.chars().any(char::is_alphabetic)
        && !is_function_word(&surface.text)
        && !written.contains(char::is_whitespace);
    let term = of_class(TermClass::Lemma).unwrap_or(surface);
    (is_telling && !is_function_word(&term.text)).then(|| term.clone())
}
