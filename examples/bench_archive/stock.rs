//! The yardstick: tantivy as it comes, with terms aggregations and its snippet generator.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;

use anyhow::Result;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::AggregationResult;
use tantivy::aggregation::agg_result::{AggregationResults, BucketResult};
use tantivy::aggregation::{AggContextParams, AggregationCollector, Key};
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query as TantivyQuery, RangeQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::RAW_TOKENIZER_NAME;
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::archive::{Article, FACETS, Filter, Kind, Query};
use crate::chain::{self, stems};
use crate::engine::{Answer, LIMIT, Work};
use crate::index::Place;

/// Longest snippet in characters.
const SNIPPET: usize = 200;

struct Fields {
    id: Field,
    title: Field,
    text: Field,
    month: Field,
    facets: BTreeMap<&'static str, Field>,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(chain::NAME)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default()
        .set_indexing_options(indexing)
        .set_stored();
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        title: builder.add_text_field("title", STORED),
        text: builder.add_text_field("text", text),
        month: builder.add_u64_field("date", FAST | INDEXED | STORED),
        facets: (FACETS.into_iter())
            .filter(|facet| *facet != "date")
            .map(|facet| {
                let options = (STRING | STORED).set_fast(RAW_TOKENIZER_NAME);
                (facet, builder.add_text_field(facet, options))
            })
            .collect(),
    };
    (builder.build(), fields)
}

fn month_number(month: &str) -> u64 {
    month.replace('-', "").parse().unwrap_or(0)
}

/// Builds the index; the number of bytes of the texts.
pub(crate) fn build(
    place: &Place<'_>,
    articles: impl Iterator<Item = Result<Article>>,
) -> Result<u64> {
    let (schema, fields) = schema();
    let index = Index::create_in_dir(place.folder, schema)?;
    index.tokenizers().register(chain::NAME, chain::chain());
    let mut writer = index.writer_with_num_threads(place.threads, place.memory)?;
    let mut bytes = 0;
    for article in articles {
        let article = article?;
        let mut document = TantivyDocument::new();
        let text = article.text();
        bytes += text.len() as u64;
        document.add_text(fields.id, &article.id);
        document.add_text(fields.title, &article.title);
        document.add_text(fields.text, text);
        document.add_u64(fields.month, month_number(article.month()));
        document.add_text(fields.facets["publisher"], &article.publisher);
        for agency in &article.agencies {
            document.add_text(fields.facets["agency"], agency);
        }
        for country in &article.countries {
            document.add_text(fields.facets["country"], country);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(bytes)
}

/// Merges all segments to one: that is tantivy at its best.
pub(crate) fn merge(folder: &Path) -> Result<()> {
    let index = Index::open_in_dir(folder)?;
    index.tokenizers().register(chain::NAME, chain::chain());
    let segments = index.searchable_segment_ids()?;
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 64 << 20)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// The index, opened.
pub(crate) struct Stock {
    reader: IndexReader,
    fields: Fields,
    usual: Aggregations,
    all: Aggregations,
}

impl Stock {
    pub(crate) fn open(folder: &Path) -> Result<Stock> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register(chain::NAME, chain::chain());
        let reader = (index.reader_builder())
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Stock {
            reader,
            fields: schema().1,
            usual: aggregations(10)?,
            all: aggregations(10_000)?,
        })
    }

    fn query(&self, query: &Query) -> Result<Box<dyn TantivyQuery>> {
        let text = self.fields.text;
        let term = |stem: &str| Term::from_field_text(text, stem);
        let word = |stem: &str| -> Box<dyn TantivyQuery> {
            Box::new(TermQuery::new(term(stem), IndexRecordOption::WithFreqs))
        };
        let stems = stems(&query.words.join(" "));
        let several = |occur| -> Box<dyn TantivyQuery> {
            Box::new(BooleanQuery::new(
                stems.iter().map(|stem| (occur, word(stem))).collect(),
            ))
        };
        let found = match query.kind {
            Kind::All => Box::new(AllQuery),
            Kind::Term => word(&stems[0]),
            Kind::And => several(Occur::Must),
            Kind::Or => several(Occur::Should),
            Kind::Phrase => Box::new(PhraseQuery::new(stems.iter().map(|it| term(it)).collect())),
            Kind::Prefix => Box::new(RegexQuery::from_pattern(
                &format!("{}.*", query.words[0]),
                text,
            )?),
        };
        let filter: Box<dyn TantivyQuery> = match &query.filter {
            None => return Ok(found),
            Some(Filter::Value { facet, value }) => Box::new(TermQuery::new(
                Term::from_field_text(self.fields.facets[facet], value),
                IndexRecordOption::Basic,
            )),
            Some(Filter::Months { from, to }) => {
                let month =
                    |month: &str| Term::from_field_u64(self.fields.month, month_number(month));
                Box::new(RangeQuery::new(
                    Bound::Included(month(from)),
                    Bound::Included(month(to)),
                ))
            }
        };
        let filter = Box::new(ConstScoreQuery::new(filter, 0.0));
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, found),
            (Occur::Must, filter),
        ])))
    }

    /// Answers a query.
    pub(crate) fn answer(&self, query: &Query, work: Work) -> Result<Answer> {
        let searcher = self.reader.searcher();
        let tantivy_query = self.query(query)?;
        let top = TopDocs::with_limit(LIMIT).order_by_score();
        if work == Work::Top {
            let found = searcher.search(&tantivy_query, &top)?;
            return self.hits(&searcher, found, None);
        }
        let aggregations = match work {
            Work::Check => &self.all,
            _ => &self.usual,
        };
        let collector =
            AggregationCollector::from_aggs(aggregations.clone(), AggContextParams::default());
        let (found, total, results) =
            searcher.search(&tantivy_query, &(top, tantivy::collector::Count, collector))?;
        let snippets = match work {
            Work::Full => {
                let text = self.fields.text;
                let mut generator = SnippetGenerator::create(&searcher, &*tantivy_query, text)?;
                generator.set_max_num_chars(SNIPPET);
                Some(generator)
            }
            _ => None,
        };
        let mut answer = self.hits(&searcher, found, snippets)?;
        answer.total = total as u64;
        answer.counts = counts(results);
        Ok(answer)
    }

    fn hits(
        &self,
        searcher: &Searcher,
        found: Vec<(f32, tantivy::DocAddress)>,
        snippets: Option<SnippetGenerator>,
    ) -> Result<Answer> {
        let mut answer = Answer::default();
        for (score, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            if let Some(snippets) = &snippets {
                answer.shown += snippets.snippet_from_doc(&document).to_html().len();
            }
            let text = |field| {
                let value = document.get_first(field).and_then(|value| value.as_str());
                value.unwrap_or_default().to_owned()
            };
            answer.shown += text(self.fields.title).len();
            answer.hits.push((score, text(self.fields.id)));
        }
        Ok(answer)
    }
}

fn aggregations(size: u32) -> Result<Aggregations> {
    let terms = |facet: &str| {
        let size = if facet == "date" { 1000 } else { size };
        serde_json::json!({ "terms": { "field": facet, "size": size } })
    };
    let all: serde_json::Map<String, serde_json::Value> = FACETS
        .map(|facet| (facet.to_owned(), terms(facet)))
        .into_iter()
        .collect();
    Ok(serde_json::from_value(all.into())?)
}

/// The counts by facet and value; months as they are written.
fn counts(results: AggregationResults) -> BTreeMap<String, BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for (facet, result) in results.0 {
        let AggregationResult::BucketResult(BucketResult::Terms { buckets, .. }) = result else {
            continue;
        };
        let month = |number: u64| format!("{:04}-{:02}", number / 100, number % 100);
        let value = |key: &Key| match key {
            Key::Str(text) => text.clone(),
            Key::U64(number) => month(*number),
            Key::I64(number) => month(number.unsigned_abs()),
            Key::F64(number) => month(*number as u64),
        };
        let values = buckets
            .iter()
            .map(|bucket| (value(&bucket.key), bucket.doc_count));
        counts.insert(facet, values.collect());
    }
    counts
}
