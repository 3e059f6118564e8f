//! The whole of Fundstelle on the same archive: its German chain, its fields, its answers.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use fundstelle::archive::{Archive, Ask, Between, Filter as AskFilter, MAX_FACET_VALUES};
use fundstelle::document::{
    AgencyKind, AgencyMention, CountryMention, CountryRole, DateKind, Document, DocumentDate,
    Publisher, Role, Scope,
};
use fundstelle::engine::IndexDocument;
use fundstelle::engine::embedded::Embedded;
use fundstelle::enrich::resolve;
use fundstelle::pipeline::DocumentBuilder;
use fundstelle::schema::Schema;
use fundstelle::search::FacetCount;

use crate::archive::{Article, FACETS, Filter, Kind, Query};
use crate::engine::{Answer, LIMIT, Work};
use crate::index::{Builder, Place, fill};

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
    // Known ones have ids of their own.
    let id = |field: &str, name: &str| {
        let known = resolve(field, name);
        known.map_or_else(|| name.to_owned(), |known| known.id)
    };
    let agency = |name: String| AgencyMention {
        id: id("agencies", &name),
        kind: AgencyKind::News,
        name,
        role: Role::Cited,
        scope: Scope::Text,
        evidence: Vec::new(),
    };
    let country = |name: String| CountryMention {
        id: id("countries", &name),
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
            id: id("publisher", &article.publisher),
            name: article.publisher,
        }),
        language: Some("de".to_owned()),
        agencies: article.agencies.into_iter().map(agency).collect(),
        countries: article.countries.into_iter().map(country).collect(),
        ..Document::default()
    }
}

/// The archive, opened.
pub(crate) struct German(pub(crate) Arc<Archive>);

impl German {
    pub(crate) fn open(folder: &Path) -> Result<German> {
        let schema = schema()?;
        let engine = Embedded::open_with(folder, &schema)?;
        let archive = Archive::new(Arc::new(engine), schema);
        Ok(German(Arc::new(archive)))
    }

    /// Answers a query.
    pub(crate) fn answer(&self, query: &Query, work: Work) -> Result<Answer> {
        let response = self.0.search(&ask(query, work))?;
        let mut answer = Answer {
            total: response.total_hits,
            ..Answer::default()
        };
        for hit in response.hits {
            answer.shown += hit.snippets.iter().map(|it| it.html.len()).sum::<usize>();
            answer.shown += hit.title.map_or(0, |title| title.len());
            answer.hits.push((hit.score, hit.id));
        }
        if work == Work::Check {
            for (name, facet) in response.facets.iter() {
                let counts = answer.counts.entry(name.to_owned()).or_default();
                facet.counts.values.iter().for_each(|it| add(it, counts));
            }
        }
        Ok(answer)
    }
}

/// Adds the count of a value, or of all values below it.
fn add(value: &FacetCount, counts: &mut BTreeMap<String, u64>) {
    if value.children.is_empty() {
        counts.insert(value.id.clone(), value.count);
    }
    value.children.iter().for_each(|it| add(it, counts));
}

/// The text of a query.
fn text(query: &Query) -> String {
    let words = query.words.join(" ");
    match query.kind {
        Kind::Phrase => format!("\"{words}\""),
        Kind::Prefix => format!("{words}*"),
        _ => words,
    }
}

fn ask(query: &Query, work: Work) -> Ask {
    let mut ask = Ask {
        text: text(query),
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
        facet_limit: match work {
            Work::Check => MAX_FACET_VALUES,
            _ => 10,
        },
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
    ask
}

/// Where a server answers a query, in full.
pub(crate) fn address(query: &Query) -> String {
    let mut address = form_urlencoded::Serializer::new("/api/search?".to_owned());
    address.append_pair("q", &text(query));
    let between = match query.kind {
        Kind::Or => "any",
        _ => "all",
    };
    address.append_pair(between, "true");
    address.append_pair("limit", &LIMIT.to_string());
    address.append_pair("facets", &FACETS.join(","));
    match &query.filter {
        Some(Filter::Value { facet, value }) => {
            address.append_pair(facet, value);
        }
        Some(Filter::Months { from, to }) => {
            address.append_pair("from", from).append_pair("to", to);
        }
        None => {}
    }
    address.finish()
}
