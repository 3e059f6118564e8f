//! What of a document may be shown, and is it there at all?
//!
//! The [`Gate`] stands between an engine and everything that answers people. A document comes
//! through it as [`Permitted`], which gives away no more than the document's [`Access`] allows;
//! one that is under embargo does not come through. Whoever adds an output needs to know nothing
//! of this: there is no other way to a document.

use std::borrow::Cow;
use std::sync::Arc;

use crate::analysis::Term;
use crate::document::{Access, Document, Evidence, PartialDate};
use crate::engine::{Engine, EngineError, Stats, Walk};
use crate::schema::Schema;
use crate::search::{
    ArchiveWord, CopyGroup, EngineHit, EngineResponse, Explanation, SearchRequest, WordsRequest,
};

/// What evidence may be quoted from where the text is not free: what is metadata itself.
const QUOTABLE: [&str; 6] = ["title", "kicker", "publisher", "authors", "url", "note"];

/// An engine that only gives away what may be shown.
pub struct Gate {
    engine: Arc<dyn Engine>,
    /// Names of the schema's text fields; texts beside title and kicker are withheld as the body is.
    texts: Arc<[String]>,
}

/// What has become of a document that was asked for by its id, or of a question about it.
#[derive(Debug, Clone, PartialEq)]
pub enum Availability<T = Box<Permitted>> {
    /// It may be shown, as far as its access goes.
    Permitted(T),
    /// It is under embargo until this moment.
    Embargoed(PartialDate),
    /// There is none with that id.
    Unknown,
}

impl<T> Availability<T> {
    /// The same with something else in place of what may be shown.
    pub fn map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Availability<U>, E> {
        Ok(match self {
            Availability::Permitted(it) => Availability::Permitted(change(it)?),
            Availability::Embargoed(until) => Availability::Embargoed(until),
            Availability::Unknown => Availability::Unknown,
        })
    }
}

/// A document, as far as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Permitted {
    document: Document,
    texts: Arc<[String]>,
}

impl Gate {
    /// A gate before `engine`, which was opened with `schema`.
    pub fn new(engine: Arc<dyn Engine>, schema: &Schema) -> Gate {
        let texts = schema.text_fields().map(|(field, _)| field.name.clone());
        Gate {
            engine,
            texts: texts
                .filter(|name| name != "title" && name != "kicker")
                .collect(),
        }
    }

    /// Answers a request; documents under embargo at its `now` are no hits and count nowhere.
    pub fn search(
        &self,
        request: &SearchRequest,
    ) -> Result<EngineResponse<Permitted>, EngineError> {
        let mut answer = self.engine.search(request)?;
        if answer.commit != self.engine.commit() {
            answer.hits = self.as_of_now(answer.hits, request.now)?;
        }
        Ok(answer.map(|document| self.permit(document)))
    }

    /// Hits of an older commit, as far as the newest allows: pages go on in the commit that they
    /// began with, but rights do not wait. What is gone or under embargo now is left out.
    fn as_of_now(
        &self,
        hits: Vec<EngineHit>,
        now: PartialDate,
    ) -> Result<Vec<EngineHit>, EngineError> {
        let mut shown = Vec::with_capacity(hits.len());
        for mut hit in hits {
            let newest = self.engine.document(&hit.document.id)?;
            let copies = self.engine.copies(&hit.document.id, now)?;
            let (Some(newest), Some(copies)) = (newest, copies) else {
                continue;
            };
            if !newest.is_embargoed(now) {
                hit.document.access = hit.document.access.min(newest.access);
                hit.copy = copies;
                shown.push(hit);
            }
        }
        Ok(shown)
    }

    /// The latest day that has a document, days after `now` and what is under embargo left out.
    pub fn latest_day(&self, now: PartialDate) -> Result<Option<PartialDate>, EngineError> {
        self.engine.latest_day(now)
    }

    /// All hits of a request; documents under embargo at its `now` are none.
    pub fn walk(&self, request: &SearchRequest) -> Result<Walk<Permitted>, EngineError> {
        let walk = self.engine.walk(request)?;
        let texts = Arc::clone(&self.texts);
        let permit = move |document| Permitted {
            document,
            texts: Arc::clone(&texts),
        };
        let hits = (walk.hits).map(move |hit| hit.map(|hit| hit.map(&permit)));
        Ok(Walk {
            total_hits: walk.total_hits,
            total_copies: walk.total_copies,
            hits: Box::new(hits),
        })
    }

    /// Why a hit has its score; `None` where that would tell too much of a text that is not free.
    pub fn explain(
        &self,
        request: &SearchRequest,
        hit: &Permitted,
    ) -> Result<Option<Explanation>, EngineError> {
        if hit.document.access < Access::Snippet {
            return Ok(None);
        }
        self.engine.explain(request, hit.id())
    }

    /// Whether a term is in any text, also in ones that are deleted or under embargo.
    pub fn occurs(&self, term: &Term) -> Result<bool, EngineError> {
        self.engine.occurs(term)
    }

    /// Words of the archive, from texts that may be shown.
    pub fn words(&self, request: &WordsRequest) -> Result<Vec<ArchiveWord>, EngineError> {
        self.engine.words(request)
    }

    /// About how many documents have each of some terms, also ones under embargo.
    pub fn documents_with(&self, terms: &[Term]) -> Result<Vec<u64>, EngineError> {
        self.engine.documents_with(terms)
    }

    /// The document with that id.
    pub fn document(&self, id: &str, now: PartialDate) -> Result<Availability, EngineError> {
        Ok(match self.engine.document(id)? {
            None => Availability::Unknown,
            Some(document) => match document.embargo {
                Some(embargo) if document.is_embargoed(now) => Availability::Embargoed(embargo),
                _ => Availability::Permitted(Box::new(self.permit(document))),
            },
        })
    }

    /// The group of copies that a document is in, without those under embargo.
    pub fn copies(&self, id: &str, now: PartialDate) -> Result<Option<CopyGroup>, EngineError> {
        self.engine.copies(id, now)
    }

    /// Number of documents, those under embargo left out.
    pub fn documents(&self, now: PartialDate) -> Result<u64, EngineError> {
        self.engine.documents(now)
    }

    /// Size and state; documents under embargo are not counted.
    pub fn stats(&self, now: PartialDate) -> Result<Stats, EngineError> {
        let stats = self.engine.stats(now)?;
        Ok(Stats {
            documents: stats.documents - stats.embargoed,
            embargoed: 0,
            ..stats
        })
    }

    /// The number of the commit that searches see, and how many of its documents are under embargo
    /// at `now`: what may be shown changes only with one of these. Not to be shown itself.
    pub fn version(&self, now: PartialDate) -> (u64, u64) {
        (self.engine.commit(), self.engine.embargoed(now))
    }

    /// Opens the newest commit; whether there was a newer one.
    pub fn reload(&self) -> Result<bool, EngineError> {
        self.engine.reload()
    }

    /// Number of the commit that searches see.
    pub fn commit(&self) -> u64 {
        self.engine.commit()
    }

    fn permit(&self, document: Document) -> Permitted {
        Permitted {
            document,
            texts: Arc::clone(&self.texts),
        }
    }
}

impl Permitted {
    /// The id of the document.
    pub fn id(&self) -> &str {
        &self.document.id
    }

    /// The headline, which may always be shown.
    pub fn title(&self) -> Option<&str> {
        self.document.title.as_deref()
    }

    /// Language of the text, if it is known.
    pub fn language(&self) -> Option<&str> {
        self.document.language.as_deref()
    }

    /// The text of a field to cut a few passages from; `None` where not even those are free.
    pub fn passages_of(&self, field: &str) -> Option<Cow<'_, str>> {
        (self.document.access >= Access::Snippet).then(|| self.document.text(field))
    }

    /// The text of a field, where all of it is shown: places in it may be told only then.
    pub fn whole(&self, field: &str) -> Option<Cow<'_, str>> {
        let is_free = self.document.access.is_full() || !self.texts.iter().any(|it| it == field);
        is_free.then(|| self.document.text(field))
    }

    /// The document without what is withheld.
    pub fn into_document(self) -> Document {
        let mut document = self.document;
        if document.access.is_full() {
            return document;
        }
        document.body.clear();
        (document.extra).retain(|name, _| !self.texts.contains(name));
        each_evidence(&mut document, |evidence| {
            if !QUOTABLE.contains(&evidence.field.as_str()) {
                evidence.text.clear();
            }
        });
        document
    }
}

fn each_evidence(document: &mut Document, mut change: impl FnMut(&mut Evidence)) {
    let of_fields = document.evidence.values_mut().flatten();
    let of_agencies = (document.agencies.iter_mut()).flat_map(|agency| &mut agency.evidence);
    let of_countries = (document.countries.iter_mut()).flat_map(|country| &mut country.evidence);
    let of_sources = (document.sources.iter_mut()).flat_map(|source| &mut source.evidence);
    (of_fields.chain(of_agencies))
        .chain(of_countries.chain(of_sources))
        .for_each(&mut change);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permitted(access: Access) -> Permitted {
        let evidence = |field: &str, text: &str| Evidence {
            field: field.into(),
            start: 0,
            end: text.len(),
            text: text.into(),
            rule: "test".into(),
            confidence: 1.0,
        };
        let mut document = Document {
            title: Some("Hafen wieder offen".into()),
            body: "Der Hafen ist laut dpa wieder offen.".into(),
            access,
            ..Document::default()
        };
        for (name, text) in [("lead", "Der Hafen öffnet."), ("section", "Wirtschaft")] {
            document.extra.insert(name.into(), vec![text.into()]);
        }
        document.add_evidence("title", evidence("title", "Hafen wieder offen"));
        document.add_evidence("date", evidence("source", "12.05.2025"));
        document.add_evidence("language", evidence("body", "Der Hafen"));
        Permitted {
            document,
            texts: ["body".to_owned(), "lead".to_owned()].into(),
        }
    }

    #[test]
    fn a_free_document_is_shown_as_it_is() {
        let free = permitted(Access::Full);
        assert_eq!(free.clone().into_document(), free.document);
    }

    #[test]
    fn what_is_not_free_is_withheld_with_everything_that_quotes_it() {
        for access in [Access::Snippet, Access::Metadata] {
            let document = permitted(access).into_document();
            assert_eq!(document.body, "");
            assert_eq!(document.title.as_deref(), Some("Hafen wieder offen"));
            assert_eq!(document.extra.keys().collect::<Vec<_>>(), ["section"]);
            let text = |field: &str| document.evidence[field][0].text.as_str();
            assert_eq!(text("title"), "Hafen wieder offen");
            assert_eq!((text("date"), text("language")), ("", ""));
        }
    }

    #[test]
    fn passages_are_cut_from_snippet_access_on() {
        assert!(permitted(Access::Snippet).passages_of("body").is_some());
        assert!(permitted(Access::Metadata).passages_of("body").is_none());
        assert!(permitted(Access::Metadata).passages_of("title").is_none());
    }

    #[test]
    fn places_are_told_of_no_text_that_is_not_shown_as_a_whole() {
        let whole = |access, field| permitted(access).whole(field).map(Cow::into_owned);
        assert!(whole(Access::Full, "body").is_some());
        for access in [Access::Snippet, Access::Metadata] {
            assert_eq!(whole(access, "body"), None);
            assert_eq!(whole(access, "lead"), None);
            assert_eq!(
                whole(access, "title").as_deref(),
                Some("Hafen wieder offen")
            );
        }
    }
}
