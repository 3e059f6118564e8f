//! Questions that an archive is asked to see whether it counts right.

use std::fmt;

use super::naive::{Reader, Seen};
use super::sample::Sample;
use crate::analysis::{Term, TermClass};
use crate::document::PartialDate;
use crate::search::{
    Clause, DateRange, FacetFilter, FacetRequest, HistogramRequest, Interval, MISSING,
    SearchRequest, WordGroup,
};

/// A question.
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    /// All of these words, and none of the others.
    words: Vec<Term>,
    without: Vec<Term>,
    filters: Vec<FacetFilter>,
    range: DateRange,
    histogram: HistogramRequest,
}

impl Question {
    /// The question for everything, and so many others.
    pub(super) fn make(sample: &mut Sample, reader: &Reader<'_>, count: usize) -> Vec<Question> {
        let mut questions = vec![Question::default()];
        while questions.len() <= count {
            let Some(question) = Question::one(sample, reader) else {
                break;
            };
            questions.push(question);
        }
        questions
    }

    /// Words of one document and values of others; `None` if there are no documents.
    fn one(sample: &mut Sample, reader: &Reader<'_>) -> Option<Question> {
        let mut question = Question::default();
        if !sample.once_in(4) {
            let first = word(sample, reader)?;
            question.words.extend(first);
            if sample.once_in(3) {
                question.without.extend(word(sample, reader)?);
            }
        }
        let facets: Vec<(&str, bool)> = reader.facets().collect();
        while !sample.once_in(3) {
            let seen = reader.read(sample.document()?);
            let Some((facet, _)) = sample.one(&facets) else {
                break;
            };
            let values: Vec<&String> = seen.values.get(*facet).into_iter().flatten().collect();
            let value = sample.one(&values).map_or(MISSING, |value| value.as_str());
            let place = question.filters.iter().position(|it| it.facet == *facet);
            let place = place.unwrap_or_else(|| {
                question.filters.push(FacetFilter {
                    facet: (*facet).to_owned(),
                    ..FacetFilter::default()
                });
                question.filters.len() - 1
            });
            let filter = &mut question.filters[place];
            let list = if sample.once_in(3) {
                &mut filter.exclude
            } else {
                &mut filter.include
            };
            if !list.iter().any(|known| known == value) {
                list.push(value.to_owned());
            }
        }
        if sample.once_in(4) {
            question.range.from = sample.document()?.date.map(|date| date.value);
        }
        question.histogram = HistogramRequest {
            interval: sample.one(&Interval::ALL).copied(),
            all_time: sample.once_in(2),
        };
        Some(question)
    }

    /// The question as an engine takes it: all counts, no hits.
    pub(super) fn request(&self, reader: &Reader<'_>, now: PartialDate) -> SearchRequest {
        let mut clauses = vec![Clause::All];
        clauses.extend(self.words.iter().map(|term| clause(term, reader)));
        let without = self.without.iter().map(|term| clause(term, reader));
        clauses.extend(without.map(|clause| Clause::Not(Box::new(clause))));
        SearchRequest {
            filters: self.filters.clone(),
            range: self.range,
            facets: (reader.facets())
                .map(|(facet, _)| FacetRequest {
                    facet: facet.to_owned(),
                    limit: usize::MAX,
                    ..FacetRequest::default()
                })
                .collect(),
            histogram: Some(self.histogram),
            count_copies: true,
            ..SearchRequest::counting(Clause::And(clauses), now)
        }
    }

    /// Whether the words of a document fit.
    pub(super) fn matches(&self, seen: &Seen) -> bool {
        self.words.iter().all(|term| seen.terms.contains(term))
            && !self.without.iter().any(|term| seen.terms.contains(term))
    }

    /// Whether a document lies in the range.
    pub(super) fn spans(&self, seen: &Seen) -> bool {
        self.range.is_open() || seen.date.is_some_and(|date| self.range.contains(date))
    }

    /// Whether a document passes the filters of all facets but one.
    pub(super) fn passes_others(&self, seen: &Seen, facet: Option<&str>) -> bool {
        let others = self.filters.iter();
        let mut others = others.filter(|filter| Some(filter.facet.as_str()) != facet);
        others.all(|filter| {
            let has = |id: &String| has(seen, &filter.facet, id);
            (filter.include.is_empty() || filter.include.iter().any(has))
                && !filter.exclude.iter().any(has)
        })
    }

    /// Whether a document would be hidden although `id` is the only selected value of a facet.
    pub(super) fn hides(&self, seen: &Seen, facet: &str, id: &str) -> bool {
        let own = self.filters.iter().filter(|filter| filter.facet == facet);
        let mut excluded = own.flat_map(|filter| &filter.exclude);
        excluded.any(|other| other != id && has(seen, facet, other))
    }

    /// Whether the histogram counts a document that the words fit.
    pub(super) fn is_in_time(&self, seen: &Seen, reader: &Reader<'_>) -> bool {
        if !self.histogram.all_time {
            return self.spans(seen) && self.passes_others(seen, None);
        }
        let mut free = self.clone();
        for filter in &mut free.filters {
            if reader.facets().any(|facet| facet == (&filter.facet, true)) {
                filter.include.clear();
            }
        }
        free.passes_others(seen, None)
    }
}

fn has(seen: &Seen, facet: &str, id: &str) -> bool {
    match seen.values.get(facet) {
        Some(values) if id == MISSING => values.is_empty(),
        Some(values) => values.contains(id),
        None => id == MISSING,
    }
}

/// A word of some document; the inner `None` if it has none.
fn word(sample: &mut Sample, reader: &Reader<'_>) -> Option<Option<Term>> {
    let seen = reader.read(sample.document()?);
    let mut terms: Vec<&Term> = seen.terms.iter().collect();
    terms.sort_by_key(|term| (term.class, term.text.to_string()));
    Some(sample.one(&terms).map(|term| (*term).clone()))
}

fn clause(term: &Term, reader: &Reader<'_>) -> Clause {
    let fields = reader.texts().map(|text| (text.to_owned(), 1.0));
    Clause::Word(WordGroup::of_term(term.clone(), fields.collect()))
}

/// As a person may read it: words with their class, filters as on the command line.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |term: &Term| match term.class {
            TermClass::Surface => format!("={}", term.text),
            class => format!("{}:{}", class.name(), term.text),
        };
        let mut parts: Vec<String> = self.words.iter().map(word).collect();
        parts.extend(self.without.iter().map(|term| format!("-{}", word(term))));
        for filter in &self.filters {
            let (facet, include, exclude) = (&filter.facet, &filter.include, &filter.exclude);
            parts.extend(include.iter().map(|id| format!("{facet}={id}")));
            parts.extend(exclude.iter().map(|id| format!("{facet}=-{id}")));
        }
        parts.extend(self.range.from.map(|from| format!("from={from}")));
        if parts.is_empty() {
            parts.push("everything".to_owned());
        }
        write!(f, "{}", parts.join(" "))
    }
}
