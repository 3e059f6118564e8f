//! What is in an archive, at a glance.

use super::response::complete_names;
use super::{Archive, Ask, AskError};
use crate::engine::Stats;
use crate::schema::{Field, FieldKind};
use crate::search::{FacetCounts, Histogram, HistogramRequest, Hit, Sort};

/// What is in an archive, at a glance; documents under embargo are left out everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Size and state of the index.
    pub stats: Stats,
    /// With what it was made.
    pub versions: Versions,
    /// Number of documents, exact.
    pub documents: u64,
    /// How they are spread over time.
    pub histogram: Option<Histogram>,
    /// How many have each value of the fields that are of interest, in the order of the schema.
    pub fields: Vec<FieldCounts>,
    /// What the index took in last, the latest first, without passages.
    pub additions: Vec<Hit>,
}

/// How many documents have each value of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldCounts {
    /// Name of the field.
    pub name: String,
    /// The counts, the highest first.
    pub counts: FacetCounts,
}

/// With what an index was made, and is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// Version of the program.
    pub program: &'static str,
    /// Version of the analysis of words.
    pub analysis: &'static str,
    /// Version of what is derived from texts.
    pub enrichment: &'static str,
}

impl Archive {
    /// What is in the archive: up to `values` values of each field on each level, and up to
    /// `additions` of the latest additions. Labels are in `language`.
    pub fn overview(
        &self,
        values: usize,
        additions: usize,
        language: &str,
    ) -> Result<Overview, AskError> {
        let ask = Ask {
            snippets: false,
            sort: Sort::Added,
            limit: additions,
            facets: Some(Vec::new()),
            facet_limit: values,
            histogram: Some(HistogramRequest::default()),
            language: language.to_owned(),
            ..Ask::default()
        };
        let (mut request, wanted) = self.request(&ask, &self.understand(&ask, false)?)?;
        request.hold = false;
        for field in self.schema.fields().iter().filter(|it| is_of_interest(it)) {
            request.facets.push(self.facet_request(field, &ask)?);
        }
        let answer = self.gate.search(&request)?;
        Ok(Overview {
            stats: self.stats()?,
            versions: Versions {
                program: env!("CARGO_PKG_VERSION"),
                analysis: crate::analysis::VERSION,
                enrichment: crate::enrich::VERSION,
            },
            documents: answer.total_hits,
            histogram: answer.histogram,
            fields: (answer.facets.into_iter())
                .map(|(name, mut counts)| {
                    if let Some(field) = self.schema.field(&name) {
                        complete_names(field, &mut counts);
                    }
                    FieldCounts { name, counts }
                })
                .collect(),
            additions: (answer.hits.into_iter())
                .map(|hit| self.hit(hit, &wanted))
                .collect(),
        })
    }
}

/// All facets but dates, which the histogram tells more of; and the languages, facet or not.
fn is_of_interest(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Keyword(keyword) => keyword.facet || keyword.source == "language",
        FieldKind::Text(_) | FieldKind::Date { .. } => false,
    }
}
