//! The distributed engine: an index in a cluster of OpenSearch, for archives that outgrow a machine.
//!
//! This folder is the only home of the cluster's protocol. Of the cluster it takes shards and their
//! copies, postings, columns and points in time; everything that makes answers ours comes from here:
//! terms are analysed here ([`terms`]), scores are our formula ([`query`]), counts are exact or refused
//! ([`plan`], [`counts`]), a commit is one state for all ([`snapshot`], [`writer`]). What is asked of
//! the cluster is in version 2 of OpenSearch and in version 7 of Elasticsearch the same, but for the
//! path of points in time.
//!
//! What it refuses instead of answering inexactly: a facet or vocabulary with more values than the
//! cluster counts at once, queries of more clauses than it allows (many things near each other are
//! that), bounds of words within regular expressions, and copies among very many.

mod answer;
mod client;
mod copies;
mod counts;
mod distinct;
mod document;
mod explain;
mod lease;
mod options;
mod plan;
mod query;
mod reading;
mod refusal;
mod snapshot;
mod template;
mod terms;
mod vocabulary;
mod writer;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use ureq::http::Method;

use self::client::{Body, Client};
use self::query::Statistics;
use self::snapshot::{Snapshot, lock, unreadable};
use self::template::{DAY, State};
use super::versions::{Holding, Versions};
use super::{
    Engine, EngineError, EngineErrorKind, Index, Labels, Result, Stats, Walk, Writer, WriterOptions,
};
use crate::analysis::Term;
use crate::document::{Document, PartialDate, Sketch};
use crate::schema::Schema;
use crate::search::{
    ArchiveWord, CopyGroup, EngineResponse, Explanation, SearchRequest, WordsRequest,
};

pub use options::{ClusterOptions, Credentials};
pub use writer::ClusterWriter;

/// How long a commit of somebody else is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// An index in a cluster.
pub struct Distributed {
    client: Arc<Client>,
    options: ClusterOptions,
    schema: Schema,
    /// What is opened: the alias, or an index that is being built anew.
    name: String,
    versions: Mutex<Versions<Snapshot>>,
}

/// The index behind a name, how many there are, and its metadata.
fn find(client: &Client, name: &str) -> Result<(String, usize, Value)> {
    let answer = client.send(Method::GET, &format!("/{name}/_mapping"), Body::None)?;
    let indices = answer.as_object().ok_or_else(|| unreadable("a mapping"))?;
    let (index, mapping) = (indices.iter().next()).ok_or_else(|| unreadable("no mapping"))?;
    let meta = mapping["mappings"]["_meta"].clone();
    Ok((index.clone(), indices.len(), meta))
}

impl Distributed {
    /// Opens the index with the schema that it was built with.
    pub fn open(options: ClusterOptions) -> Result<Distributed> {
        let client = Arc::new(Client::new(&options)?);
        let (_, _, meta) = find(&client, &options.index)?;
        let schema = template::schema_of(&options.index, &meta)?;
        let name = options.index.clone();
        Distributed::start(client, options, schema, name)
    }

    /// Opens the index; refuses one that was built with another schema than `schema`.
    pub fn open_with(options: ClusterOptions, schema: &Schema) -> Result<Distributed> {
        let client = Arc::new(Client::new(&options)?);
        let name = options.index.clone();
        Distributed::start(client, options, schema.clone(), name)
    }

    /// Opens the index, or makes an empty one.
    pub fn open_or_create(options: ClusterOptions, schema: &Schema) -> Result<Distributed> {
        let client = Arc::new(Client::new(&options)?);
        match find(&client, &options.index) {
            Err(error) if error.kind == EngineErrorKind::Missing => {
                create(&client, &options, schema, 0, true)?;
            }
            found => _ = found?,
        }
        let name = options.index.clone();
        Distributed::start(client, options, schema.clone(), name)
    }

    /// Makes an empty index beside the one that is there, which goes on answering until the new one
    /// is [published](Distributed::publish).
    pub fn rebuild(options: ClusterOptions, schema: &Schema) -> Result<Distributed> {
        let client = Arc::new(Client::new(&options)?);
        let commit = match find(&client, &options.index) {
            Ok((_, _, meta)) => State::of(&meta).map_or(0, |state| state.commit),
            Err(error) if error.kind == EngineErrorKind::Missing => 0,
            Err(error) => return Err(error),
        };
        let name = create(&client, &options, schema, commit + 1, false)?;
        Distributed::start(client, options, schema.clone(), name)
    }

    /// Puts an index that was built anew in the place of the one that is there, which is deleted.
    pub fn publish(&self) -> Result<()> {
        let old = match find(&self.client, &self.options.index) {
            Ok((old, _, _)) => Some(old).filter(|old| *old != self.name),
            Err(error) if error.kind == EngineErrorKind::Missing => None,
            Err(error) => return Err(error),
        };
        let alias = &self.options.index;
        let mut actions = vec![json!({"add": {"index": self.name, "alias": alias}})];
        actions.extend(old.map(|old| json!({"remove_index": {"index": old}})));
        let actions = json!({"actions": actions});
        let answer = self
            .client
            .send(Method::POST, "/_aliases", Body::Json(&actions))?;
        writer::acknowledged(&answer, "the change of the index")
    }

    fn start(
        client: Arc<Client>,
        options: ClusterOptions,
        schema: Schema,
        name: String,
    ) -> Result<Distributed> {
        let snapshot = newest(&client, &name, &schema)?;
        Ok(Distributed {
            client,
            options,
            schema,
            name,
            versions: Mutex::new(Versions::new(snapshot)),
        })
    }

    fn current(&self) -> Arc<Snapshot> {
        lock(&self.versions).newest()
    }

    /// The commit that a request is for.
    fn asked(&self, request: &SearchRequest) -> Arc<Snapshot> {
        lock(&self.versions).get(request.commit, Instant::now())
    }

    /// Does work in a commit. If the cluster has lost it with a node, and there is a newer one, the
    /// work is done again in that.
    fn at<T>(
        &self,
        snapshot: Arc<Snapshot>,
        work: impl Fn(&Arc<Snapshot>) -> Result<T>,
    ) -> Result<T> {
        match work(&snapshot) {
            Err(error) if error.kind == EngineErrorKind::Missing => {
                self.reload()?;
                work(&self.current())
            }
            done => done,
        }
    }
}

/// Makes an empty index; its name.
fn create(
    client: &Client,
    options: &ClusterOptions,
    schema: &Schema,
    commit: u64,
    is_published: bool,
) -> Result<String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let name = format!(
        "{}-{}",
        options.index,
        since.map_or(0, |since| since.as_millis())
    );
    let state = State {
        commit,
        ..State::default()
    };
    let mut body = template::template(schema, &state, options.shards, options.replicas);
    if is_published {
        body["aliases"] = json!({&options.index: {}});
    }
    let answer = client.send(Method::PUT, &format!("/{name}"), Body::Json(&body))?;
    writer::acknowledged(&answer, "the new index")?;
    Ok(name)
}

/// Opens the newest commit; one that is being made is waited for.
fn newest(client: &Arc<Client>, name: &str, schema: &Schema) -> Result<Snapshot> {
    let began = Instant::now();
    loop {
        let (index, count, meta) = find(client, name)?;
        if count > 1 {
            let message =
                format!("{name}: {count} indices of the cluster have this name; remove the others");
            return Err(EngineError::new(EngineErrorKind::NotAnIndex, message));
        }
        template::check(name, &meta, schema)?;
        let state = State::of(&meta).ok_or_else(|| unreadable("the state of the index"))?;
        let is_late = began.elapsed() > PATIENCE;
        if !state.committing || is_late {
            let snapshot = Snapshot::open(client, &index, schema, state.clone())?;
            // A commit that began meanwhile may be half in it.
            let (same, _, meta) = find(client, name)?;
            if is_late || same == index && State::of(&meta).as_ref() == Some(&state) {
                return Ok(snapshot);
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Engine for Distributed {
    fn search(&self, request: &SearchRequest) -> Result<EngineResponse> {
        self.at(self.asked(request), |snapshot| {
            let answer = answer::search(snapshot, &self.current(), &self.schema, request)?;
            if request.hold && answer.next.is_some() {
                lock(&self.versions).hold(snapshot, Instant::now());
            }
            Ok(answer)
        })
    }

    fn walk(&self, request: &SearchRequest) -> Result<Walk> {
        self.at(self.current(), |snapshot| {
            answer::walk(Arc::clone(snapshot), &self.schema, request)
        })
    }

    fn explain(&self, request: &SearchRequest, id: &str) -> Result<Option<Explanation>> {
        self.at(self.asked(request), |it| {
            explain::explain(it, &self.schema, request, id)
        })
    }

    fn occurs(&self, term: &Term) -> Result<bool> {
        Ok(self.documents_with(std::slice::from_ref(term))?[0] > 0)
    }

    fn documents_with(&self, terms: &[Term]) -> Result<Vec<u64>> {
        let fields: Vec<&str> = (self.schema.text_fields())
            .map(|(field, _)| field.name.as_str())
            .collect();
        self.at(self.current(), |it| Statistics::most(it, &fields, terms))
    }

    fn words(&self, request: &WordsRequest) -> Result<Vec<ArchiveWord>> {
        self.at(self.current(), |it| vocabulary::words(it, request))
    }

    fn document(&self, id: &str) -> Result<Option<Document>> {
        self.at(self.current(), |it| reading::document(it, id))
    }

    fn reload(&self) -> Result<bool> {
        let before = self.current();
        let (index, _, meta) = find(&self.client, &self.name)?;
        if before.index() == index && State::of(&meta).as_ref() == Some(&before.state) {
            lock(&self.versions).tidy(Instant::now());
            return Ok(false);
        }
        let fresh = newest(&self.client, &self.name, &self.schema)?;
        let changed = fresh.state.commit != before.state.commit;
        lock(&self.versions).replace(fresh, Instant::now());
        Ok(changed)
    }

    fn fingerprints(&self, ids: &[&str]) -> Result<Vec<Option<u64>>> {
        self.at(self.current(), |it| reading::fingerprints(it, ids))
    }

    fn each_document(&self, visit: &mut dyn FnMut(Document)) -> Result<()> {
        reading::each_document(&self.current(), visit)
    }

    fn copies_of(&self, texts: &[(&Sketch, &str)]) -> Result<Vec<Vec<Labels>>> {
        self.at(self.current(), |it| copies::copies_of(it, texts))
    }

    fn copies(&self, id: &str, now: PartialDate) -> Result<Option<CopyGroup>> {
        self.at(self.current(), |it| copies::copy_group(it, id, now))
    }

    fn commit(&self) -> u64 {
        self.current().state.commit
    }

    fn latest_day(&self, now: PartialDate) -> Result<Option<PartialDate>> {
        let body = json!({
            "size": 0, "track_total_hits": false,
            "query": {"bool": {
                "filter": [{"range": {DAY: {"lte": now.beginning()}}}],
                "must_not": [query::embargoed(now)],
            }},
            "aggs": {"latest": {"max": {"field": DAY}}},
        });
        let answer = self.at(self.current(), |snapshot| snapshot.search(body.clone()))?;
        let latest = answer["aggregations"]["latest"]["value"].as_f64();
        let date = latest.and_then(|bits| PartialDate::from_bits(bits as u32));
        Ok(date.map(PartialDate::without_time))
    }

    fn embargoed(&self, now: PartialDate) -> u64 {
        self.current().embargoed(now)
    }

    fn stats(&self, now: PartialDate) -> Result<Stats> {
        let snapshot = self.current();
        let path = format!("/{}/_stats/store,segments", snapshot.index());
        let answer = self.client.send(Method::GET, &path, Body::None)?;
        let primaries = &answer["_all"]["primaries"];
        Ok(Stats {
            documents: snapshot.documents,
            embargoed: snapshot.embargoed(now),
            segments: primaries["segments"]["count"].as_u64().unwrap_or(0) as usize,
            size_bytes: primaries["store"]["size_in_bytes"].as_u64().unwrap_or(0),
            commit: snapshot.state.commit,
            committed_at: snapshot.state.committed_at,
        })
    }
}

impl Index for Distributed {
    fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Memory and threads are those of the cluster.
    fn begin_to_write(&self, _: WriterOptions) -> Result<Box<dyn Writer>> {
        let (index, _, _) = find(&self.client, &self.name)?;
        let writer = ClusterWriter::open(&self.client, &self.options, &self.schema, &index)?;
        Ok(Box::new(writer))
    }

    fn damaged(&self) -> Result<Vec<String>> {
        let path = format!("/_cluster/health/{}?level=shards", self.current().index());
        let answer = self.client.send(Method::GET, &path, Body::None)?;
        let indices = answer["indices"].as_object().into_iter().flatten();
        let shards =
            indices.flat_map(|(_, index)| index["shards"].as_object().into_iter().flatten());
        let broken = shards.filter(|(_, shard)| shard["status"] == "red");
        Ok(broken
            .map(|(number, _)| format!("shard {number}"))
            .collect())
    }

    fn hold_for(&self, holding: Holding) {
        lock(&self.versions).set_holding(holding, Instant::now());
    }
}
