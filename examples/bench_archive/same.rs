//! Our engine on the terms of tantivy's own chain: what differs is the engine alone.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use fundstelle::analysis::Analyze;
use fundstelle::document::{DateKind, Document, DocumentDate, FieldValue, Node, PartialDate};
use fundstelle::engine::embedded::Embedded;
use fundstelle::engine::{Engine, IndexDocument};
use fundstelle::schema::Schema;
use fundstelle::search::{
    Clause, DateRange, FacetFilter, FacetRequest, Pattern, PatternGroup, Phrase, Scoring,
    SearchRequest, Wanted, WeightedTerm, WordGroup, snippets,
};

use crate::archive::{Article, FACETS, Filter, Kind, Query};
use crate::chain::{SameChain, stems, term};
use crate::engine::{Answer, LIMIT, Work};
use crate::index::{Builder, Place, fill};

/// The one text, and the facets.
const SCHEMA: &str = r#"{"version": 1, "fields": [
    {"name": "body", "type": "text", "analyzer": "plain", "boost": 1.0, "snippets": true},
    {"name": "publisher", "type": "keyword", "facet": true},
    {"name": "date", "type": "date", "facet": true},
    {"name": "agency", "type": "keyword", "facet": true},
    {"name": "country", "type": "keyword", "facet": true}
]}"#;
/// The parameters of tantivy.
const SCORING: Scoring = Scoring { k1: 1.2, b: 0.75 };

fn schema() -> Result<Schema> {
    Ok(Schema::parse(SCHEMA, "the benchmark's schema")?)
}

/// Builds the index; the number of bytes of the texts.
pub(crate) fn build(
    place: &Place<'_>,
    articles: impl Iterator<Item = Result<Article>> + Send,
) -> Result<u64> {
    fill(place, &schema()?, articles, || Box::new(Same))
}

struct Same;

impl Builder for Same {
    fn build(&self, article: Article) -> IndexDocument {
        let text = article.text();
        let analyzed = SameChain.analyze_text(&text);
        let flat = |values: &[String]| -> Vec<FieldValue> {
            (values.iter())
                .map(|value| FieldValue {
                    path: vec![Node::plain(value.as_str())],
                    role: None,
                    scope: None,
                })
                .collect()
        };
        let month: Option<PartialDate> = article.month().parse().ok();
        let date = month.map(|value| DocumentDate {
            value,
            kind: DateKind::Published,
        });
        let values = vec![
            ("publisher".to_owned(), flat(&[article.publisher])),
            ("agency".to_owned(), flat(&article.agencies)),
            ("country".to_owned(), flat(&article.countries)),
        ];
        IndexDocument {
            document: Document {
                id: article.id,
                title: Some(article.title),
                body: text,
                date,
                ..Document::default()
            },
            texts: vec![("body".to_owned(), analyzed.tokens)],
            sentences: vec![("body".to_owned(), analyzed.sentences)],
            values,
            fingerprint: 0,
            labels: Vec::new(),
        }
    }
}

/// The index, opened.
pub(crate) struct SameIndex {
    engine: Arc<dyn Engine>,
    now: PartialDate,
}

impl SameIndex {
    pub(crate) fn open(folder: &Path) -> Result<SameIndex> {
        Ok(SameIndex {
            engine: Arc::new(Embedded::open_with(folder, &schema()?)?),
            now: PartialDate::now(),
        })
    }

    /// Answers a query. With `sideways`, a value is selected in its facet, whose counts then
    /// leave that out of account; else it is a part of the query, as it is for tantivy.
    pub(crate) fn answer(&self, query: &Query, work: Work, sideways: bool) -> Result<Answer> {
        let clause = clause(query);
        let wanted = (work == Work::Full).then(|| Wanted::of(&clause, "body"));
        let mut request = SearchRequest {
            limit: LIMIT,
            scoring: SCORING,
            locate: wanted.iter().map(|it| it.locate().clone()).collect(),
            ..SearchRequest::counting(clause, self.now)
        };
        if work != Work::Top {
            request.facets = FACETS.map(|facet| facet_request(facet, work)).into();
        }
        match &query.filter {
            Some(Filter::Value { facet, value }) if sideways => {
                request.filters.push(FacetFilter {
                    facet: (*facet).to_owned(),
                    include: vec![value.clone()],
                    exclude: Vec::new(),
                });
            }
            Some(Filter::Value { facet, value }) => {
                let value = Clause::Value {
                    facet: (*facet).to_owned(),
                    value: value.clone(),
                };
                request.clause = Clause::And(vec![request.clause, value]);
            }
            Some(Filter::Months { from, to }) => {
                request.range = DateRange {
                    from: from.parse().ok(),
                    to: to.parse().ok(),
                };
            }
            None => {}
        }
        let found = self.engine.search(&request)?;
        let mut answer = Answer {
            total: found.total_hits,
            ..Answer::default()
        };
        for hit in found.hits {
            if let Some(wanted) = &wanted {
                let located = hit.located.first();
                let snippets = snippets(&hit.document.body, wanted, &SameChain, located);
                answer.shown += snippets.iter().map(|it| it.html.len()).sum::<usize>();
            }
            answer.shown += hit.document.title.map_or(0, |title| title.len());
            answer.hits.push((hit.score, hit.document.id));
        }
        for (facet, counts) in found.facets {
            let mut values = counts.values;
            if facet == "date" {
                values = values.into_iter().flat_map(|year| year.children).collect();
            }
            let values = values.into_iter().map(|value| (value.id, value.count));
            answer.counts.insert(facet, values.collect());
        }
        Ok(answer)
    }
}

fn facet_request(facet: &str, work: Work) -> FacetRequest {
    FacetRequest {
        facet: facet.to_owned(),
        limit: match work {
            Work::Check => usize::MAX,
            // As many as a year has months: these are all listed, as those of stock are, and no days.
            _ if facet == "date" => 12,
            _ => 10,
        },
        ..FacetRequest::default()
    }
}

fn weighted(stem: &str) -> WeightedTerm {
    WeightedTerm {
        term: term(stem),
        weight: 1.0,
    }
}

fn clause(query: &Query) -> Clause {
    let fields = vec![("body".to_owned(), 1.0)];
    let stems = stems(&query.words.join(" "));
    let word = |stem: &String| Clause::Word(WordGroup::of_term(term(stem), fields.clone()));
    match query.kind {
        Kind::All => Clause::All,
        Kind::Term => word(&stems[0]),
        Kind::And => Clause::And(stems.iter().map(word).collect()),
        Kind::Or => Clause::Or(stems.iter().map(word).collect()),
        Kind::Phrase => Clause::Phrase(Phrase {
            fields: fields.clone(),
            words: (0..)
                .zip(stems.iter().map(|stem| vec![weighted(stem)]))
                .collect(),
            boost: 1.0,
        }),
        Kind::Prefix => Clause::Pattern(PatternGroup {
            fields: fields.clone(),
            pattern: Pattern::Wildcard(format!("{}*", query.words[0])),
            boost: 1.0,
        }),
    }
}
