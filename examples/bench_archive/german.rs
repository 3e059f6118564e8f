//! The whole of Fundstelle on the same archive: its German chain, its fields, its answers.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use fundstelle::archive::{Archive, Ask, Between, Filter as AskFilter};
use fundstelle::document::{
    AgencyKind, AgencyMention, CountryMention, CountryRole, DateKind, Document, DocumentDate,
    Publisher, Role, Scope,
};
use fundstelle::engine::IndexDocument;
use fundstelle::engine::embedded::Embedded;
use fundstelle::pipeline::DocumentBuilder;
use fundstelle::schema::Schema;

use crate::archive::{Article, FACETS, Filter, Kind, Query};
use crate::index::{Builder, Place, fill};
use crate::{Answer, LIMIT, Work};

fn schema() -> Result<Schema> {
    Ok(Schema::parse(
        include_str!("../../schema.json"),
        "schema.json",
    )?)
}

/// Builds the index; the number of bytes of the texts.
pub(crate) fn build(
    place: &Place<'_>,
    articles: impl Iterator<Item = Result<Article>> + Send,
) -> Result<u64> {
    let schema = schema()?;
    fill(place, &schema, articles, || {
        Box::new(DocumentBuilder::new(&schema))
    })
}

impl Builder for DocumentBuilder {
    fn build(&self, article: Article) -> IndexDocument {
        DocumentBuilder::build(self, document(article), 0)
    }
}

/// The article as enriching leaves it.
fn document(article: Article) -> Document {
    let agency = |name: String| AgencyMention {
        id: name.clone(),
        kind: AgencyKind::News,
        name,
        role: Role::Cited,
        scope: Scope::Text,
        evidence: Vec::new(),
    };
    let country = |name: String| CountryMention {
        id: name.clone(),
        name,
        role: CountryRole::About,
        count: 1,
        evidence: Vec::new(),
    };
    let date = article.date.parse().ok();
    Document {
        id: article.id,
        title: Some(article.title),
        body: article.body,
        date: date.map(|value| DocumentDate {
            value,
            kind: DateKind::Published,
        }),
        publisher: Some(Publisher {
            id: article.publisher.clone(),
            name: article.publisher,
        }),
        language: Some("de".to_owned()),
        agencies: article.agencies.into_iter().map(agency).collect(),
        countries: article.countries.into_iter().map(country).collect(),
        ..Document::default()
    }
}

/// The archive, opened.
pub(crate) struct German(Archive);

impl German {
    pub(crate) fn open(folder: &Path) -> Result<German> {
        let schema = schema()?;
        let engine = Embedded::open_with(folder, &schema)?;
        Ok(German(Archive::new(Arc::new(engine), schema)))
    }

    /// Answers a query.
    pub(crate) fn answer(&self, query: &Query, work: Work) -> Result<Answer> {
        let words = query.words.join(" ");
        let mut ask = Ask {
            text: match query.kind {
                Kind::Phrase => format!("\"{words}\""),
                Kind::Prefix => format!("{words}*"),
                _ => words,
            },
            between: match query.kind {
                Kind::Or => Between::Any,
                _ => Between::All,
            },
            snippets: work == Work::Full,
            limit: LIMIT,
            facets: Some(match work {
                Work::Top => Vec::new(),
                _ => FACETS.map(str::to_owned).into(),
            }),
            ..Ask::default()
        };
        match &query.filter {
            Some(Filter::Value { facet, value }) => ask.filters.push(AskFilter {
                facet: (*facet).to_owned(),
                value: value.clone(),
                exclude: false,
            }),
            Some(Filter::Months { from, to }) => {
                (ask.from, ask.to) = (from.parse().ok(), to.parse().ok());
            }
            None => {}
        }
        let response = self.0.search(&ask)?;
        let mut answer = Answer {
            total: response.total_hits,
            ..Answer::default()
        };
        for hit in response.hits {
            answer.shown += hit.snippets.iter().map(|it| it.html.len()).sum::<usize>();
            answer.shown += hit.title.map_or(0, |title| title.len());
            answer.hits.push((hit.score, hit.id));
        }
        Ok(answer)
    }
}
