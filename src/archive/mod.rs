//! An index that can be asked: what command line, HTTP and page have in common.
//!
//! An [`Ask`] holds texts and names as people give them. The archive makes a
//! [`SearchRequest`] of it, has the engine answer, and makes of that
//! what is shown: snippets, labels, the next cursor.

mod article;
mod ask;
mod condition;
mod correct;
mod counting;
mod cursor;
mod error;
mod export;
mod overview;
mod request;
mod response;
mod similar;
mod suggest;
mod ways_out;

use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;

pub use crate::query::of_value as query_of_value;
pub use crate::rights::Availability;
pub use article::{Article, MAX_HIGHLIGHTED};
pub use ask::{Ask, Between, Filter, MAX_FACET_VALUES, MAX_LIMIT, MAX_SKIP};
pub use condition::Condition;
pub use error::AskError;
pub use export::Export;
pub use overview::{FieldCounts, Overview, Versions};
pub use similar::{SimilarResponse, TellingWord};
pub use suggest::{MAX_SUGGESTIONS, MAX_TYPED, Suggestion, Suggestions};
pub use ways_out::{Change, WayOut};

use self::counting::Counts;
use self::cursor::Cursor;
use self::request::Understood;
use self::response::WantedTexts;
use self::suggest::Names;
use crate::analyzers::Analyzers;
use crate::document::PartialDate;
use crate::engine::{Engine, EngineError, Stats};
use crate::rights::{Gate, Permitted};
use crate::schema::Schema;
use crate::search::{
    AlsoSearched, CopyGroup, EngineResponse, HistogramRequest, Hit, Interval, Notice, Offsets,
    QueryEcho, SearchRequest, SearchResponse,
};

/// A question that was understood, and what was answered.
struct Answer {
    understood: Understood,
    request: SearchRequest,
    /// What is wanted in the texts of the hits.
    wanted: WantedTexts,
    response: EngineResponse<Permitted>,
}

/// An index that can be asked.
pub struct Archive {
    gate: Gate,
    schema: Schema,
    analyzers: Analyzers,
    counts: Counts,
    names: Names,
}

impl Archive {
    /// An archive in an engine that was opened with `schema`.
    pub fn new(engine: Arc<dyn Engine>, schema: Schema) -> Archive {
        Archive {
            gate: Gate::new(engine, &schema),
            schema,
            analyzers: Analyzers::default(),
            counts: Counts::default(),
            names: Names::default(),
        }
    }

    /// The fields, facets and labels.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Hits, snippets and facet counts.
    pub fn search(&self, ask: &Ask) -> Result<SearchResponse, AskError> {
        let started = Instant::now();
        let Answer {
            mut understood,
            request,
            wanted,
            response: answer,
        } = self.answer(ask)?;
        (understood.notices).extend(histogram_notice(ask, &answer));
        let of_all_words = if understood.relaxed {
            0
        } else {
            answer.total_hits
        };
        let did_you_mean = self.corrections(ask, of_all_words)?;
        let next_cursor = answer.next.map(|after| {
            let cursor = Cursor {
                commit: answer.commit,
                relaxed: understood.relaxed,
                after,
                now: request.now,
                sort: request.sort,
                recency: request.recency,
            };
            cursor.encode()
        });
        let mut hits: Vec<Hit> = Vec::with_capacity(answer.hits.len());
        for hit in answer.hits {
            let explanation = if ask.explain {
                self.gate.explain(&request, &hit.document)?
            } else {
                None
            };
            hits.push(Hit {
                explanation,
                ..self.hit(hit, &wanted)
            });
        }
        let facets = self.facets(answer.facets, &ask.language);
        let mut response = SearchResponse {
            query: QueryEcho {
                text: ask.text.clone(),
                notices: understood.notices,
                also_searched: self.in_archive(understood.also_searched)?,
                did_you_mean,
            },
            total_hits: answer.total_hits,
            total_copies: answer.total_copies,
            took_ms: milliseconds(started),
            hits,
            facets,
            histogram: answer.histogram,
            next_cursor,
            offsets: Offsets::Bytes,
        };
        response.count_in(ask.offsets);
        Ok(response)
    }

    /// Of what is searched for beside the words, what is in the archive at all.
    fn in_archive(&self, also: Vec<AlsoSearched>) -> Result<Vec<AlsoSearched>, AskError> {
        let mut found = Vec::new();
        for mut one in also {
            let mut forms = Vec::new();
            for form in one.forms {
                let mut occurs = true;
                for term in &form.terms {
                    occurs = occurs && self.gate.occurs(term)?;
                }
                forms.extend(occurs.then_some(form));
            }
            one.forms = forms;
            found.extend((!one.forms.is_empty()).then_some(one));
        }
        Ok(found)
    }

    /// Only the ids of the hits, in order: for measuring.
    pub fn ranked_ids(&self, ask: &Ask) -> Result<Vec<String>, AskError> {
        let answer = self.answer(ask)?.response;
        let ids = (answer.hits.iter()).map(|hit| hit.document.id().to_owned());
        Ok(ids.take(ask.limit).collect())
    }

    /// The part of an answer that counts: the same JSON without hits.
    pub fn counts_only(&self, response: &SearchResponse) -> Value {
        let mut counts = serde_json::json!(response);
        if let Some(counts) = counts.as_object_mut() {
            counts.shift_remove("hits");
            counts.shift_remove("next_cursor");
        }
        counts
    }

    /// The document with that id, as far as it may be shown.
    pub fn document(&self, id: &str) -> Result<Availability, EngineError> {
        self.gate.document(id, PartialDate::now())
    }

    /// The group of copies that the document with that id is in.
    pub fn copies(&self, id: &str) -> Result<Option<CopyGroup>, EngineError> {
        self.gate.copies(id, PartialDate::now())
    }

    /// Number of documents, those under embargo left out.
    pub fn documents(&self) -> Result<u64, EngineError> {
        self.gate.documents(PartialDate::now())
    }

    /// Size and state of the index, which takes a walk through its folder; documents under embargo are not counted.
    pub fn stats(&self) -> Result<Stats, EngineError> {
        self.gate.stats(PartialDate::now())
    }

    /// Opens the newest commit; whether there was a newer one.
    pub fn reload(&self) -> Result<bool, EngineError> {
        self.gate.reload()
    }

    /// What answers depend on beside the question and the day: the number of the commit, and how
    /// many of its documents are under embargo at the moment `now`.
    pub fn version(&self, now: PartialDate) -> (u64, u64) {
        self.gate.version(now)
    }

    /// Does work that needs several answers of one commit, whose number it is told. It is done
    /// again if there was a new commit meanwhile; `None` if that happens all the time.
    pub fn at_one_commit<T>(&self, work: impl Fn(u64) -> T) -> Option<T> {
        /// How often work is begun. A commit takes longer than most answers.
        const TRIES: usize = 5;
        (0..TRIES).find_map(|_| {
            let commit = self.gate.commit();
            let done = work(commit);
            (self.gate.commit() == commit).then_some(done)
        })
    }

    fn answer(&self, ask: &Ask) -> Result<Answer, AskError> {
        let cursor = match &ask.cursor {
            None => None,
            Some(text) => Some(Cursor::decode(text).ok_or(AskError::Cursor)?),
        };
        let relaxed = cursor.as_ref().is_some_and(|cursor| cursor.relaxed);
        let mut answer = self.answer_to(ask, relaxed, cursor.as_ref())?;
        let Some(cursor) = cursor else {
            let is_final = answer.response.total_hits > 0;
            return match is_final || !self.may_relax(ask, &answer.understood)? {
                true => Ok(answer),
                false => self.answer_to(ask, true, None),
            };
        };
        if cursor.commit != answer.response.commit {
            answer.understood.notices.push(Notice {
                code: "index_changed",
                message: "Der Index hat sich seit der ersten Seite geändert; Treffer können \
                          doppelt sein oder fehlen."
                    .to_owned(),
                span: None,
            });
        }
        Ok(answer)
    }

    /// The answer to a question as it is, or with any of its words; from a cursor on, if there is
    /// one.
    fn answer_to(
        &self,
        ask: &Ask,
        relaxed: bool,
        cursor: Option<&Cursor>,
    ) -> Result<Answer, AskError> {
        let understood = self.understand(ask, relaxed)?;
        let (mut request, wanted) = self.request(ask, &understood)?;
        if let Some(cursor) = cursor {
            cursor.resume(&mut request)?;
        }
        let response = self.gate.search(&request)?;
        // Explanations are of the same commit, too.
        request.commit = Some(response.commit);
        Ok(Answer {
            understood,
            request,
            wanted,
            response,
        })
    }

    /// Whether any of the words may be searched for: nothing in the whole archive has all of
    /// them. Filters do not matter for this; else a filter that leaves nothing would show hits
    /// that its count did not promise.
    fn may_relax(&self, ask: &Ask, understood: &Understood) -> Result<bool, AskError> {
        if ask.between != Between::AllOrAny || !understood.has_gaps {
            return Ok(false);
        }
        let everything = SearchRequest::counting(understood.clause.clone(), PartialDate::now());
        Ok(self.gate.search(&everything)?.total_hits == 0)
    }
}

/// Says so if bars had to be longer than was asked for.
fn histogram_notice(ask: &Ask, answer: &EngineResponse<Permitted>) -> Option<Notice> {
    let asked = ask.histogram?.interval?;
    let given = answer.histogram.as_ref()?.interval;
    let word = |interval| match interval {
        Interval::Day => "Tage",
        Interval::Week => "Wochen",
        Interval::Month => "Monate",
        Interval::Year => "Jahre",
    };
    (asked != given).then(|| Notice {
        code: "longer_interval",
        message: format!(
            "Für {} wären es mehr als {} Balken; gezeigt werden {}.",
            word(asked),
            HistogramRequest::MAX_BARS,
            word(given)
        ),
        span: None,
    })
}

/// The time since `started`, in milliseconds with two places.
pub fn milliseconds(started: Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 100_000.0).round() / 100.0
}
