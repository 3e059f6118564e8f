//! What a request means, written down as plainly as possible.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fundstelle::analysis::{Sentence, Term, TermClass, Token};
use fundstelle::document::PartialDate;
use fundstelle::engine::IndexDocument;
use fundstelle::search::{
    Alternative, Clause, FacetCount, FacetCounts, FacetFilter, Locate, MISSING, Near, Pattern,
    Phrase, SearchRequest, Sequence, Slot, Sort, Within,
};

pub struct Expected {
    /// All hits.
    pub total: u64,
    /// Distinct copies among them.
    pub copies: u64,
    /// The hits that are shown; for collapsed hits by relevance the groups, by id.
    pub ids: Vec<String>,
    pub facets: BTreeMap<String, ExpectedCounts>,
}

#[derive(Default)]
pub struct ExpectedCounts {
    /// Documents and distinct copies of each value.
    pub values: BTreeMap<String, (u64, u64)>,
    pub missing: (u64, u64),
}

/// Number of all hits, and of distinct copies among them.
pub fn totals(documents: &[IndexDocument], request: &SearchRequest) -> (u64, u64) {
    totals_of(documents, request, |_| true)
}

/// The same of those hits that fit.
pub fn totals_of(
    documents: &[IndexDocument],
    request: &SearchRequest,
    fits: impl Fn(&IndexDocument) -> bool,
) -> (u64, u64) {
    let groups = groups(documents, request.now);
    let matching: Vec<&IndexDocument> = (documents.iter())
        .filter(|it| !it.document.is_embargoed(request.now))
        .filter(|it| matches(it, &request.clause, &groups) && in_range(it, request) && fits(it))
        .collect();
    let hits: Vec<&&IndexDocument> = (matching.iter())
        .filter(|it| request.filters.iter().all(|filter| passes(it, filter)))
        .collect();
    (hits.len() as u64, distinct(&hits, &groups))
}

/// Ids in order (by id, if the order is by relevance) and counts of all requested facets.
pub fn evaluate(documents: &[IndexDocument], request: &SearchRequest) -> Expected {
    let groups = groups(documents, request.now);
    let matching: Vec<&IndexDocument> = (documents.iter())
        .filter(|document| !document.document.is_embargoed(request.now))
        .filter(|document| {
            matches(document, &request.clause, &groups) && in_range(document, request)
        })
        .collect();
    let mut hits: Vec<&&IndexDocument> = (matching.iter())
        .filter(|document| {
            request
                .filters
                .iter()
                .all(|filter| passes(document, filter))
        })
        .collect();
    let beginning =
        |document: &IndexDocument| document.document.date.map(|date| date.value.beginning());
    match request.sort {
        Sort::Relevance => {}
        Sort::Newest => hits.sort_by_key(|document| std::cmp::Reverse(beginning(document))),
        Sort::Oldest => hits.sort_by_key(|document| beginning(document).unwrap_or(u32::MAX)),
        Sort::Added => hits.sort_by_key(|it| std::cmp::Reverse(it.document.indexed_at)),
    }
    let mut facets = BTreeMap::new();
    for requested in &request.facets {
        let facet = &requested.facet;
        let own = request.filters.iter().find(|filter| filter.facet == *facet);
        let mut ids: BTreeSet<String> = matching
            .iter()
            .flat_map(|document| values(document, facet))
            .collect();
        ids.extend(
            own.into_iter()
                .flat_map(|filter| filter.include.iter().chain(&filter.exclude).cloned()),
        );
        let mut counts = ExpectedCounts::default();
        for id in ids.into_iter().chain([MISSING.to_owned()]) {
            // The value as the only one selected, its own exclusion lifted, all else as it is.
            let mut filters = request.filters.clone();
            filters.retain(|filter| filter.facet != *facet);
            let mut selected = own.cloned().unwrap_or_default();
            selected.facet = facet.clone();
            selected.exclude.retain(|excluded| *excluded != id);
            selected.include = vec![id.clone()];
            filters.push(selected);
            let counted: Vec<&&IndexDocument> = (matching.iter())
                .filter(|document| filters.iter().all(|filter| passes(document, filter)))
                .collect();
            let count = (counted.len() as u64, distinct(&counted, &groups));
            let listed =
                own.is_some_and(|own| own.include.contains(&id) || own.exclude.contains(&id));
            if id == MISSING {
                counts.missing = count;
            } else if count.0 > 0 || listed {
                counts.values.insert(id, count);
            }
        }
        // Values above a listed value are listed, too.
        let above: Vec<String> = (counts.values.keys())
            .flat_map(|id| {
                documents
                    .iter()
                    .flat_map(|document| parents(document, facet, id))
            })
            .collect();
        let known: BTreeSet<String> = documents.iter().flat_map(|d| values(d, facet)).collect();
        for id in above {
            if known.contains(&id) {
                counts.values.entry(id).or_default();
            }
        }
        // Everybody knows what stands above a day, also if no document has it.
        let dates: Vec<String> = match facet.as_str() {
            "date" => counts.values.keys().cloned().collect(),
            _ => Vec::new(),
        };
        for (at, id) in dates
            .iter()
            .flat_map(|id| id.match_indices('-').map(move |(at, _)| (at, id)))
        {
            counts.values.entry(id[..at].to_owned()).or_default();
        }
        facets.insert(facet.clone(), counts);
    }
    let (total, copies) = (hits.len() as u64, distinct(&hits, &groups));
    let mut ids: Vec<String> = hits.iter().map(|it| it.document.id.clone()).collect();
    if request.collapse {
        if request.sort == Sort::Relevance {
            ids.iter_mut().for_each(|id| *id = groups[id].clone());
            ids.dedup();
            ids.sort_unstable();
            ids.dedup();
        } else {
            let mut seen = BTreeSet::new();
            ids.retain(|id| seen.insert(&groups[id]));
        }
    }
    Expected {
        total,
        copies,
        ids,
        facets,
    }
}

/// The group of each document: the smallest id of those that are joined, step by step, by one
/// having the own label of the other. Documents under embargo join, but do not name the group.
pub fn groups(documents: &[IndexDocument], now: PartialDate) -> BTreeMap<String, String> {
    let mut groups = joined(documents);
    for root in groups.values().cloned().collect::<BTreeSet<String>>() {
        let mut free = documents.iter().filter(|document| {
            groups[&document.document.id] == root && !document.document.is_embargoed(now)
        });
        if let Some(name) = free.next().map(|document| document.document.id.clone()) {
            (groups.values_mut().filter(|group| **group == root)).for_each(|it| *it = name.clone());
        }
    }
    groups
}

fn joined(documents: &[IndexDocument]) -> BTreeMap<String, String> {
    let own = |document: &IndexDocument| document.document.id.clone();
    let mut groups: BTreeMap<String, String> =
        documents.iter().map(|it| (own(it), own(it))).collect();
    loop {
        let before = groups.clone();
        for one in documents {
            for two in documents {
                let own_label = one.labels.first();
                if own_label.is_some_and(|label| two.labels.contains(label)) {
                    let smaller = groups[&own(one)].clone().min(groups[&own(two)].clone());
                    groups.insert(own(one), smaller.clone());
                    groups.insert(own(two), smaller);
                }
            }
        }
        if groups == before {
            return groups;
        }
    }
}

fn distinct(documents: &[&&IndexDocument], groups: &BTreeMap<String, String>) -> u64 {
    let of = documents
        .iter()
        .map(|document| &groups[&document.document.id]);
    of.collect::<BTreeSet<_>>().len() as u64
}

/// All listed values with their counts.
pub fn flatten(counts: &FacetCounts) -> BTreeMap<String, (u64, u64)> {
    fn add(values: &[FacetCount], flat: &mut BTreeMap<String, (u64, u64)>) {
        for value in values {
            let count = (value.count, value.copies.unwrap());
            assert!(
                flat.insert(value.id.clone(), count).is_none(),
                "{} twice",
                value.id
            );
            add(&value.children, flat);
        }
    }
    assert_eq!((counts.other, counts.other_copies), (0, Some(0)));
    let mut flat = BTreeMap::new();
    add(&counts.values, &mut flat);
    flat
}

fn values(document: &IndexDocument, facet: &str) -> BTreeSet<String> {
    let field = document.values.iter().find(|(name, _)| name == facet);
    let paths = field
        .into_iter()
        .flat_map(|(_, values)| values)
        .map(|value| &value.path);
    paths.flatten().map(|node| node.id.clone()).collect()
}

fn parents(document: &IndexDocument, facet: &str, id: &str) -> Vec<String> {
    let field = document.values.iter().find(|(name, _)| name == facet);
    let mut parents = Vec::new();
    for value in field.into_iter().flat_map(|(_, values)| values) {
        if let Some(place) = value.path.iter().position(|node| node.id == id) {
            parents.extend(value.path[..place].iter().map(|node| node.id.clone()));
        }
    }
    parents
}

fn has(document: &IndexDocument, facet: &str, id: &str) -> bool {
    let values = values(document, facet);
    if id == MISSING {
        values.is_empty()
    } else {
        values.contains(id)
    }
}

fn passes(document: &IndexDocument, filter: &FacetFilter) -> bool {
    let has = |id: &String| has(document, &filter.facet, id);
    (filter.include.is_empty() || filter.include.iter().any(has)) && !filter.exclude.iter().any(has)
}

fn in_range(document: &IndexDocument, request: &SearchRequest) -> bool {
    request.range.is_open()
        || (document.document.date).is_some_and(|date| request.range.contains(date.value))
}

/// The tokens of some text fields.
fn texts<'a>(
    document: &'a IndexDocument,
    fields: &'a [(String, f32)],
) -> impl Iterator<Item = &'a Vec<Token>> {
    let is_meant = |name: &String| fields.iter().any(|(field, _)| field == name);
    let texts = document.texts.iter();
    texts
        .filter(move |(name, _)| is_meant(name))
        .map(|(_, tokens)| tokens)
}

fn matches(document: &IndexDocument, clause: &Clause, groups: &BTreeMap<String, String>) -> bool {
    match clause {
        Clause::CopiesOf { id } => groups.get(id) == groups.get(&document.document.id),
        Clause::Document { id } => *id == document.document.id,
        Clause::All => true,
        Clause::Nothing => false,
        Clause::Word(word) => texts(document, &word.fields).any(|tokens| {
            word.alternatives
                .iter()
                .any(|alternative| stands(tokens, alternative))
        }),
        Clause::Phrase(phrase) => {
            texts(document, &phrase.fields).any(|tokens| has_phrase(tokens, phrase))
        }
        Clause::Near(near) => (document.texts.iter())
            .zip(&document.sentences)
            .any(|((_, tokens), (_, sentences))| are_near(tokens, sentences, near)),
        Clause::Pattern(group) => texts(document, &group.fields)
            .any(|tokens| tokens.iter().any(|token| has_shape(token, &group.pattern))),
        Clause::Exists { field } => match document.texts.iter().find(|(name, _)| name == field) {
            Some((_, tokens)) => !tokens.is_empty(),
            None => !values(document, field).is_empty(),
        },
        Clause::Value { facet, value } => has(document, facet, value),
        Clause::Range(range) => document
            .document
            .date
            .is_some_and(|date| range.contains(date.value)),
        Clause::And(clauses) => clauses.iter().all(|it| matches(document, it, groups)),
        Clause::Or(clauses) => clauses.iter().any(|it| matches(document, it, groups)),
        Clause::Not(clause) => !matches(document, clause, groups),
        Clause::Kept(clause) => matches(document, clause, groups),
    }
}

fn positions(tokens: &[Token], term: &Term) -> Vec<u32> {
    let with_term = tokens.iter().filter(|token| token.terms().contains(term));
    with_term.map(|token| token.position).collect()
}

fn stands(tokens: &[Token], alternative: &Alternative) -> bool {
    let lists: Vec<Vec<u32>> = (alternative.pools.iter())
        .map(|pool| {
            let terms = pool.terms.iter();
            terms.flat_map(|it| positions(tokens, &it.term)).collect()
        })
        .collect();
    if alternative.any {
        return !lists.iter().all(Vec::is_empty);
    }
    if lists.iter().any(Vec::is_empty) {
        return false;
    }
    let length = tokens.len() as u32;
    let window = if alternative.window == 0 || lists.len() == 1 {
        length
    } else {
        alternative.window
    };
    (0..length).any(|start| {
        lists.iter().all(|list| {
            list.iter()
                .any(|position| (start..start + window).contains(position))
        })
    })
}

fn has_phrase(tokens: &[Token], phrase: &Phrase) -> bool {
    (0..tokens.len() as u32).any(|start| {
        phrase.words.iter().all(|(offset, terms)| {
            (terms.iter()).any(|it| positions(tokens, &it.term).contains(&(start + offset)))
        })
    })
}

/// Whether the word, or a piece of it, looks so.
fn has_shape(token: &Token, pattern: &Pattern) -> bool {
    let mut written = token
        .terms()
        .iter()
        .filter(|term| matches!(term.class, TermClass::Surface | TermClass::Piece));
    written.any(|term| fits(&term.text, pattern))
}

fn fits(word: &str, pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Wildcard(text) => {
            let parts: Vec<String> = text.split('*').map(regex::escape).collect();
            let whole = format!("^{}$", parts.join(".*"));
            regex::Regex::new(&whole).unwrap().is_match(word)
        }
        Pattern::Regex(text) => regex::Regex::new(&format!("^(?:{text})$"))
            .unwrap()
            .is_match(word),
        Pattern::Fuzzy {
            word: wanted,
            distance,
        } => reachable(wanted, usize::from(*distance)).contains(word),
    }
}

/// All words that come of `word` by at most `steps` edits with the letters of the texts; two edits
/// of swapped neighbours do not overlap, since swapping is one step of its own.
fn reachable(word: &str, steps: usize) -> BTreeSet<String> {
    let mut all = BTreeSet::from([word.to_owned()]);
    for _ in 0..steps {
        let mut next = all.clone();
        for word in &all {
            let letters: Vec<char> = word.chars().collect();
            for at in 0..=letters.len() {
                let (left, right) = letters.split_at(at);
                let join = |middle: &[char], right: &[char]| -> String {
                    left.iter().chain(middle).chain(right).collect()
                };
                for letter in "kursvelotdani".chars() {
                    next.insert(join(&[letter], right));
                    if let Some((_, rest)) = right.split_first() {
                        next.insert(join(&[letter], rest));
                    }
                }
                if let Some((first, rest)) = right.split_first() {
                    next.insert(join(&[], rest));
                    if let Some((second, rest)) = rest.split_first() {
                        next.insert(join(&[*second, *first], rest));
                    }
                }
            }
        }
        all = next;
    }
    all
}

/// Where a sequence stands: first word and first word after it.
fn stretches(tokens: &[Token], sequence: &Sequence) -> Vec<(u32, u32)> {
    let length = sequence
        .words
        .iter()
        .map(|(offset, _)| offset + 1)
        .max()
        .unwrap_or(0);
    let stands = |start: &u32| {
        sequence.words.iter().all(|(offset, slot)| {
            let token = tokens.get((start + offset) as usize);
            token.is_some_and(|token| match slot {
                Slot::Terms(terms) => terms.iter().any(|it| token.terms().contains(&it.term)),
                Slot::Pattern(pattern) => has_shape(token, pattern),
            })
        })
    };
    let starts = (0..tokens.len() as u32).filter(stands);
    starts.map(|start| (start, start + length)).collect()
}

fn are_near(tokens: &[Token], sentences: &[Sentence], near: &Near) -> bool {
    // Every choice of one stretch per operand.
    let mut choices: Vec<Vec<(u32, u32)>> = vec![Vec::new()];
    for sequences in &near.operands {
        let all: Vec<(u32, u32)> = sequences
            .iter()
            .flat_map(|sequence| stretches(tokens, sequence))
            .collect();
        choices = (choices.iter())
            .flat_map(|choice| {
                all.iter().map(move |stretch| {
                    let mut longer = choice.clone();
                    longer.push(*stretch);
                    longer
                })
            })
            .collect();
    }
    choices.iter().any(|choice| {
        let mut sorted = choice.clone();
        sorted.sort_unstable();
        let apart = sorted.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        let taken: u32 = sorted.iter().map(|(start, end)| end - start).sum();
        let (first, last) = (sorted[0].0, sorted[sorted.len() - 1].1);
        let is_near = match near.within {
            Within::Words(slop) => last - first <= slop + taken,
            Within::Sentence => (sentences.iter())
                .any(|sentence| sentence.words.start <= first && last <= sentence.words.end),
        };
        apart && is_near
    })
}

/// The beginnings of a document's sentences with their bytes, and which of them matter.
pub fn located(
    document: &IndexDocument,
    locate: &Locate,
) -> (Vec<(Range<usize>, u32)>, Vec<usize>) {
    let of = |name: &String| *name == locate.field;
    let (_, tokens) = document.texts.iter().find(|it| of(&it.0)).unwrap();
    let (_, sentences) = document.sentences.iter().find(|it| of(&it.0)).unwrap();
    let with = |fits: &dyn Fn(&Token) -> bool| -> Vec<usize> {
        let holds = |sentence: &Sentence| {
            (tokens.iter()).any(|it| sentence.words.contains(&it.position) && fits(it))
        };
        (0..sentences.len())
            .filter(|at| holds(&sentences[*at]))
            .collect()
    };
    let any = |terms: &[Term], token: &Token| terms.iter().any(|it| token.terms().contains(it));
    let mut matching = with(&|token| {
        any(&locate.terms, token) || locate.patterns.iter().any(|it| has_shape(token, it))
    });
    if matching.is_empty() {
        matching = with(&|token| any(&locate.otherwise, token));
    }
    let bounds = sentences.iter().map(|it| (it.span.clone(), it.words.start));
    (bounds.collect(), matching)
}
