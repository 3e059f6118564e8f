//! The whole result of a question, to be taken away.

use super::{Archive, Ask, AskError};
use crate::engine::EngineError;
use crate::search::{Hit, QueryEcho};

/// All hits of a question, however many.
pub struct Export<'a> {
    /// What was asked, and what became of it.
    pub query: QueryEcho,
    /// Number of all hits, exact.
    pub total_hits: u64,
    /// Number of hits to come: fewer than all if copies make one hit.
    pub entries: u64,
    /// The hits, in order, all of one commit; nothing comes after an error.
    pub hits: Box<dyn Iterator<Item = Result<Hit, EngineError>> + 'a>,
}

impl Archive {
    /// All hits of a question; `limit`, `cursor` and facets of it do not matter.
    ///
    /// Hits are made one by one as they are taken. Besides the hit in hand, eight bytes of each
    /// hit are held.
    pub fn export(&self, ask: &Ask) -> Result<Export<'_>, AskError> {
        let ask = Ask {
            skip: 0,
            limit: 0,
            cursor: None,
            facets: Some(Vec::new()),
            histogram: None,
            ..ask.clone()
        };
        // The first pass only finds out whether the words have to be relaxed.
        let answer = self.answer(&ask)?;
        let (understood, wanted) = (answer.understood, answer.wanted);
        let walk = self.gate.walk(&answer.request)?;
        let entries = match walk.total_copies {
            Some(copies) if ask.collapse => copies,
            _ => walk.total_hits,
        };
        let mut query = QueryEcho {
            text: ask.text.clone(),
            notices: understood.notices,
            also_searched: self.in_archive(understood.also_searched)?,
            did_you_mean: Vec::new(),
        };
        query.count_in(ask.offsets);
        let hits = walk.hits.map(move |hit| {
            let mut hit = self.hit(hit?, &wanted);
            hit.count_in(ask.offsets);
            Ok(hit)
        });
        Ok(Export {
            query,
            total_hits: walk.total_hits,
            entries,
            hits: Box::new(hits),
        })
    }
}
