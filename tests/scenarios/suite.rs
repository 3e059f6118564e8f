//! What a question means, by examples that every engine must answer: each folder here is a scenario.
//!
//! * `documents.jsonl`: what is indexed, as the program reads it.
//! * `later.jsonl` and `gone.json`, where they are: what is indexed and deleted afterwards.
//! * `searches.json`: questions with what is to come out. What a search does not say is not checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fundstelle::archive::{Archive, Ask, Filter};
use fundstelle::engine::{Index, WriterOptions};
use fundstelle::pipeline::{self, Options};
use fundstelle::schema::Schema;
use fundstelle::search::{HistogramRequest, Interval, MISSING, SearchResponse, Sort};
use serde::Deserialize;
use serde_json::Value;

/// A question, and what is to come out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    /// What this is an example of.
    why: String,
    query: String,
    /// `facet:value`, excluded with a hyphen before it.
    #[serde(default)]
    filters: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    sort: Option<String>,
    #[serde(default)]
    collapse: bool,
    interval: Option<String>,

    /// Ids of the hits in their order.
    hits: Option<Vec<String>>,
    /// Ids of the hits.
    any_order: Option<Vec<String>>,
    total: Option<u64>,
    /// Number of hits if copies are one.
    copies: Option<u64>,
    /// Every value of a facet, on all levels, with its count; of facets that are named here.
    facets: Option<BTreeMap<String, BTreeMap<String, u64>>>,
    /// Every bar that is not empty, by its first day, and those that are in none.
    histogram: Option<BTreeMap<String, u64>>,
    /// What is marked in the passages of a hit, in the order in which it stands there.
    marks: Option<BTreeMap<String, Vec<String>>>,
}

/// A folder with documents and questions.
pub struct Scenario {
    folder: PathBuf,
}

/// All scenarios.
pub fn all() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = std::fs::read_dir(folder).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path());
    let mut all: Vec<Scenario> = folders
        .filter(|folder| folder.is_dir())
        .map(|folder| Scenario { folder })
        .collect();
    all.sort_by(|a, b| a.folder.cmp(&b.folder));
    assert!(all.len() >= 6, "scenarios are missing");
    all
}

/// The schema that all of them have.
pub fn schema() -> Schema {
    Schema::parse(include_str!("../../schema.json"), "schema.json").unwrap()
}

impl Scenario {
    /// Plays the scenario in an empty index.
    pub fn play(&self, engine: Arc<dyn Index>) {
        self.index("documents.jsonl", engine.as_ref());
        if self.folder.join("later.jsonl").exists() {
            self.index("later.jsonl", engine.as_ref());
        }
        if let Ok(gone) = std::fs::read_to_string(self.folder.join("gone.json")) {
            let gone: Vec<String> = serde_json::from_str(&gone).unwrap();
            let mut writer = engine.begin_to_write(WriterOptions::default()).unwrap();
            gone.iter().for_each(|id| writer.delete(id).unwrap());
            writer.commit().unwrap();
            writer.close().unwrap();
        }
        engine.reload().unwrap();
        let archive = Archive::new(engine, schema());
        let path = self.folder.join("searches.json");
        let searches = std::fs::read_to_string(&path).unwrap();
        let searches: Vec<Search> = serde_json::from_str(&searches)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for search in searches {
            let what = format!("{}: {} ({})", path.display(), search.why, search.query);
            let answer = archive.search(&search.ask());
            search.check(
                &answer.unwrap_or_else(|error| panic!("{what}: {error}")),
                &what,
            );
        }
    }

    fn index(&self, file: &str, engine: &dyn Index) {
        let path = self.folder.join(file);
        let writer = engine.begin_to_write(WriterOptions::default()).unwrap();
        let options = Options::new(vec![path.clone()]);
        let mut quiet = |_: pipeline::Event<'_>| {};
        let summary = pipeline::index(engine, writer, &schema(), &options, &mut quiet).unwrap();
        assert_eq!(summary.skipped, 0, "{}", path.display());
        engine.reload().unwrap();
    }
}

impl Search {
    fn ask(&self) -> Ask {
        let date = |date: &Option<String>| date.as_ref().map(|it| it.parse().unwrap());
        Ask {
            text: self.query.clone(),
            strict: true,
            filters: self.filters.iter().map(|it| filter(it)).collect(),
            from: date(&self.from),
            to: date(&self.to),
            sort: self.sort.as_deref().map_or_else(Sort::default, sort),
            collapse: self.collapse,
            copies: self.collapse,
            histogram: self.interval.as_deref().map(|name| HistogramRequest {
                interval: Some(interval(name)),
                ..HistogramRequest::default()
            }),
            ..Ask::default()
        }
    }

    fn check(&self, answer: &SearchResponse, what: &str) {
        let mut found: Vec<&str> = answer.hits.iter().map(|hit| &*hit.id).collect();
        if let Some(hits) = &self.hits {
            assert_eq!(found, *hits, "{what}");
        }
        if let Some(hits) = &self.any_order {
            let mut hits = hits.clone();
            hits.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, hits, "{what}");
        }
        if let Some(total) = self.total {
            assert_eq!(answer.total_hits, total, "{what}");
        }
        if self.copies.is_some() {
            assert_eq!(answer.total_copies, self.copies, "{what}");
        }
        let answer = serde_json::to_value(answer).unwrap();
        for (facet, expected) in self.facets.iter().flatten() {
            let counted = counts(&answer["facets"][facet]);
            assert_eq!(counted, *expected, "{what}, facet {facet}");
        }
        if let Some(expected) = &self.histogram {
            assert_eq!(bars(&answer["histogram"]), *expected, "{what}");
        }
        for (id, expected) in self.marks.iter().flatten() {
            let mut hits = answer["hits"].as_array().into_iter().flatten();
            let hit = hits.find(|hit| hit["id"] == **id).unwrap_or(&Value::Null);
            assert_eq!(marks(hit), *expected, "{what}, {id}");
        }
    }
}

fn filter(text: &str) -> Filter {
    let (exclude, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (facet, value) = text.split_once(':').unwrap();
    Filter {
        facet: facet.to_owned(),
        value: value.to_owned(),
        exclude,
    }
}

fn sort(name: &str) -> Sort {
    match name {
        "newest" => Sort::Newest,
        "oldest" => Sort::Oldest,
        _ => panic!("no order is called {name}"),
    }
}

fn interval(name: &str) -> Interval {
    match name {
        "day" => Interval::Day,
        "month" => Interval::Month,
        "year" => Interval::Year,
        _ => panic!("no interval is called {name}"),
    }
}

/// All values of a facet with their counts, whatever their level.
fn counts(facet: &Value) -> BTreeMap<String, u64> {
    fn add(values: &Value, counts: &mut BTreeMap<String, u64>) {
        for value in values.as_array().into_iter().flatten() {
            let id = value["id"].as_str().unwrap().to_owned();
            counts.insert(id, value["count"].as_u64().unwrap());
            add(&value["children"], counts);
        }
    }
    let mut all = BTreeMap::new();
    add(&facet["values"], &mut all);
    let missing = facet["missing"].as_u64().unwrap();
    if missing > 0 {
        all.insert(MISSING.to_owned(), missing);
    }
    all
}

/// The bars of a histogram that are not empty, and those that are in none.
fn bars(histogram: &Value) -> BTreeMap<String, u64> {
    let bars = histogram["bars"].as_array().into_iter().flatten();
    let mut all: BTreeMap<String, u64> = bars
        .map(|bar| {
            let period = bar["start"].as_str().unwrap().to_owned();
            (period, bar["count"].as_u64().unwrap())
        })
        .collect();
    for rest in ["coarser", "missing"] {
        all.insert(rest.to_owned(), histogram[rest].as_u64().unwrap());
    }
    all.retain(|_, count| *count > 0);
    all
}

fn marks(hit: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for snippet in hit["snippets"].as_array().into_iter().flatten() {
        let text = snippet["text"].as_str().unwrap();
        for span in snippet["highlights"].as_array().into_iter().flatten() {
            let [from, to] = [0, 1].map(|at| span[at].as_u64().unwrap() as usize);
            all.push(text[from..to].to_owned());
        }
    }
    all
}
