//! What is asked, and the question to the archive that it makes.

use serde::Deserialize;
use serde_json::{Value, json};

use super::INDEX;
use super::answer::{self, Marks};
use super::facets::{Attribute, MAX_VALUES, Part, distributions};
use super::filter;
use super::refusal::Refusal;
use crate::archive::{Archive, Ask, Between, MAX_FACET_VALUES};
use crate::search::{COPY, SearchResponse, Sort};

/// Hits of an answer if the request does not say how many.
const DEFAULT_HITS: usize = 20;
/// Longest tag or marker, in bytes: they are repeated often.
const MAX_MARK: usize = 200;

/// A search, or a search for values of a facet, as clients of Meilisearch put it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(super) struct Search {
    index_uid: Option<String>,
    q: Option<String>,
    filter: Value,
    facets: Option<Vec<String>>,
    sort: Option<Vec<String>>,
    distinct: Option<String>,
    matching_strategy: Option<String>,
    offset: Option<usize>,
    limit: Option<usize>,
    page: Option<usize>,
    hits_per_page: Option<usize>,
    attributes_to_retrieve: Option<Vec<String>>,
    attributes_to_highlight: Option<Vec<String>>,
    highlight_pre_tag: Option<String>,
    highlight_post_tag: Option<String>,
    crop_marker: Option<String>,
    show_matches_position: Option<bool>,
    facet_name: Option<String>,
    facet_query: Option<String>,
    /// Passages are whole sentences whatever is asked: these are read and make no difference.
    attributes_to_crop: Value,
    crop_length: Value,
    show_ranking_score: Value,
    exhaustive_facet_count: Value,
    /// These would, and are refused.
    attributes_to_search_on: Value,
    hybrid: Value,
    vector: Value,
    ranking_score_threshold: Value,
}

/// Which way pages are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paging {
    Offset { offset: usize, limit: usize },
    Pages { page: usize, size: usize },
}

impl Search {
    /// Reads a search in the index `uid`, or in the one that it names itself.
    pub(super) fn read(query: Value, uid: Option<String>) -> Result<Search, Refusal> {
        let search: Search =
            serde_json::from_value(query).map_err(|error| Refusal::bad(error.to_string()))?;
        let uid = uid.or_else(|| search.index_uid.clone()).unwrap_or_default();
        if uid != INDEX {
            return Err(Refusal::no_index(&uid, INDEX));
        }
        for (name, value, instead) in [
            (
                "attributesToSearchOn",
                &search.attributes_to_search_on,
                "write title:WORD in q",
            ),
            ("hybrid", &search.hybrid, "leave it out"),
            ("vector", &search.vector, "leave it out"),
            (
                "rankingScoreThreshold",
                &search.ranking_score_threshold,
                "leave it out",
            ),
        ] {
            let is_everything = name == "attributesToSearchOn" && *value == json!(["*"]);
            if !value.is_null() && !is_everything {
                return Err(Refusal::bad(format!("{name} is not known here; {instead}")));
            }
        }
        let marks = [
            &search.highlight_pre_tag,
            &search.highlight_post_tag,
            &search.crop_marker,
        ];
        if marks
            .into_iter()
            .flatten()
            .any(|mark| mark.len() > MAX_MARK)
        {
            let message = format!("tags and markers have at most {MAX_MARK} bytes");
            return Err(Refusal::bad(message));
        }
        Ok(search)
    }

    /// Hits and distributions.
    pub(super) fn answer(&self, archive: &Archive) -> Result<Value, Refusal> {
        let attributes = self.attributes(archive)?;
        let paging = self.paging();
        let mut ask = self.ask(archive, &attributes)?;
        (ask.skip, ask.limit) = paging.place();
        let response = match paging {
            // There is no page before the first.
            Paging::Pages { page: 0, .. } => archive.search(&Ask { limit: 0, ..ask })?,
            _ => archive.search(&ask)?,
        };
        let marks = Marks {
            pre: self.highlight_pre_tag.as_deref().unwrap_or("<em>"),
            post: self.highlight_post_tag.as_deref().unwrap_or("</em>"),
            between: self.crop_marker.as_deref().unwrap_or("…"),
            retrieved: self.attributes_to_retrieve.as_deref(),
            highlighted: self.attributes_to_highlight.as_deref(),
            positions: self.show_matches_position.unwrap_or(false),
        };
        let hits = response.hits.iter().map(|hit| answer::hit(hit, &marks));
        let mut result = json!({
            "indexUid": INDEX,
            "hits": hits.collect::<Vec<Value>>(),
            "query": self.q.as_deref().unwrap_or_default(),
            "processingTimeMs": response.took_ms.ceil() as u64,
        });
        paging.say(&mut result, total(&response));
        if self.facets.is_some() {
            let (distribution, stats) = distributions(&attributes, archive, &response.facets);
            result["facetDistribution"] = distribution;
            result["facetStats"] = stats;
        }
        Ok(result)
    }

    /// The values of one facet that have the text asked for in them.
    pub(super) fn facet_values(&self, archive: &Archive) -> Result<Value, Refusal> {
        let name = self.facet_name.as_deref();
        let name = name.ok_or_else(|| Refusal::bad("facetName is missing; name a facet"))?;
        let attribute = Attribute::find(name, archive.schema())?;
        let mut ask = self.ask(archive, std::slice::from_ref(&attribute))?;
        let wanted = self.facet_query.as_deref().unwrap_or_default().trim();
        ask.facet_contains = Some(wanted.to_owned()).filter(|wanted| !wanted.is_empty());
        ask.limit = 0;
        let response = archive.search(&ask)?;
        let facet = response.facets.get(&attribute.facet);
        let values = facet.map(|facet| attribute.values(archive, facet));
        let values = values.unwrap_or_default();
        let values = values.into_iter().filter(|value| value.count > 0);
        let values = values.map(|value| json!({ "value": value.text, "count": value.count }));
        Ok(json!({
            "facetHits": values.collect::<Vec<Value>>(),
            "facetQuery": self.facet_query,
            "processingTimeMs": response.took_ms.ceil() as u64,
        }))
    }

    /// The attributes to count; `*` stands for all facets.
    fn attributes(&self, archive: &Archive) -> Result<Vec<Attribute>, Refusal> {
        let mut attributes: Vec<Attribute> = Vec::new();
        for name in self.facets.iter().flatten() {
            let names: Vec<&str> = match name.as_str() {
                "*" => archive
                    .schema()
                    .facets()
                    .map(|field| field.name.as_str())
                    .collect(),
                name => vec![name],
            };
            for name in names {
                let attribute = Attribute::find(name, archive.schema())?;
                if !attributes.contains(&attribute) {
                    attributes.push(attribute);
                }
            }
        }
        Ok(attributes)
    }

    /// The question, but for its page.
    fn ask(&self, archive: &Archive, attributes: &[Attribute]) -> Result<Ask, Refusal> {
        let has_years = attributes.iter().any(|one| one.part == Part::Year);
        Ok(Ask {
            text: self.q.clone().unwrap_or_default(),
            between: match self.matching_strategy.as_deref() {
                Some("all") => Between::All,
                None | Some("last" | "frequency") => Between::AllOrAny,
                Some(other) => {
                    let message = format!("matchingStrategy is \"{other}\", write all or last");
                    return Err(Refusal::new("invalid_search_matching_strategy", message));
                }
            },
            condition: filter::read(&self.filter, archive.schema())?,
            sort: self.sort()?,
            collapse: match self.distinct.as_deref() {
                None => false,
                Some(COPY) => true,
                Some(other) => {
                    let message = format!("distinct is \"{other}\", known is: {COPY}");
                    return Err(Refusal::new("invalid_search_distinct", message));
                }
            },
            facets: Some(attributes.iter().map(|one| one.facet.clone()).collect()),
            // Of years, the first and the last must be among those listed.
            facet_limit: if has_years {
                MAX_FACET_VALUES
            } else {
                MAX_VALUES
            },
            ..Ask::default()
        })
    }

    fn sort(&self) -> Result<Sort, Refusal> {
        let rules: Vec<&str> = self.sort.iter().flatten().map(String::as_str).collect();
        match rules.as_slice() {
            [] => Ok(Sort::Relevance),
            ["date:desc"] => Ok(Sort::Newest),
            ["date:asc"] => Ok(Sort::Oldest),
            _ => {
                let message = "hits are sorted by one rule, date:desc or date:asc, or by relevance";
                Err(Refusal::new("invalid_search_sort", message))
            }
        }
    }

    fn paging(&self) -> Paging {
        match (self.page, self.hits_per_page) {
            (None, None) => Paging::Offset {
                offset: self.offset.unwrap_or(0),
                limit: self.limit.unwrap_or(DEFAULT_HITS),
            },
            (page, size) => Paging::Pages {
                page: page.unwrap_or(1),
                size: size.unwrap_or(DEFAULT_HITS),
            },
        }
    }
}

impl Paging {
    /// How many hits are passed over, and how many are wanted.
    fn place(self) -> (usize, usize) {
        match self {
            Paging::Offset { offset, limit } => (offset, limit),
            Paging::Pages { page, size } => (page.saturating_sub(1).saturating_mul(size), size),
        }
    }

    /// Says in a result where it stands; totals are exact.
    fn say(self, result: &mut Value, total: u64) {
        match self {
            Paging::Offset { offset, limit } => {
                result["limit"] = json!(limit);
                result["offset"] = json!(offset);
                result["estimatedTotalHits"] = json!(total);
            }
            Paging::Pages { page, size } => {
                let pages = match size {
                    0 => 0,
                    size => total.div_ceil(size as u64),
                };
                result["hitsPerPage"] = json!(size);
                result["page"] = json!(page);
                result["totalPages"] = json!(pages);
                result["totalHits"] = json!(total);
            }
        }
    }
}

/// Number of hits, or of groups of copies if each makes one hit.
fn total(response: &SearchResponse) -> u64 {
    response.total_copies.unwrap_or(response.total_hits)
}
