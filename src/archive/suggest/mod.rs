//! What might someone want to search for who has typed this much?
//!
//! The last word that was typed is completed, from three sources: the values of the facets with
//! all their names ([`names`]), the words of the archive ([`terms`]) and its titles ([`titles`]).
//! All else that was typed stays, and narrows: a suggestion that would find nothing together with
//! it is none.

mod names;
mod spans;
mod terms;
mod titles;
mod typed;

use std::time::Instant;

use serde::Serialize;

pub(super) use self::names::Names;
use self::typed::Typed;
use super::{Archive, Ask, AskError, milliseconds};
use crate::search::Offsets;

/// Most suggestions that can be asked for.
pub const MAX_SUGGESTIONS: usize = 50;
/// Longest text that is completed, in bytes.
pub const MAX_TYPED: usize = 500;

/// Suggestions for what was typed.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// The text as it was typed.
    pub query: String,
    /// The suggestions: values of facets first, then words, then titles; within each kind those
    /// with the most hits first.
    pub suggestions: Vec<Suggestion>,
    /// Time it took, in milliseconds.
    pub took_ms: f64,
    /// What spans of texts count in.
    pub offsets: Offsets,
}

impl Suggestions {
    /// Has all spans, which are in bytes, count in another unit.
    pub fn count_in(&mut self, offsets: Offsets) {
        self.offsets = offsets;
        for suggestion in &mut self.suggestions {
            offsets.count(&suggestion.text, &mut suggestion.highlights);
        }
    }
}

/// One thing to search for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// What to show.
    pub text: String,
    /// What it is: `term` for a word of the archive, `title`, or the name of a facet.
    pub kind: String,
    /// Id of the facet value, or of an article with the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The other name of the facet value that was typed, if it was none that `text` shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Number of hits of `query`, exact.
    pub count: u64,
    /// Spans of `text`, ascending, that were typed; none where a typo was mended.
    pub highlights: Vec<(usize, usize)>,
    /// What to search for.
    pub query: String,
    /// What to search for beside the facet value, if that is not put into the query but made the
    /// only selected one of its facet: that has as many hits. Missing where it is not the same,
    /// as behind an operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<String>,
}

impl Archive {
    /// At most [`Ask::limit`] suggestions for the text of `ask`, which is what was typed; with its
    /// filters and its time, and names in its language. What else it says does not matter.
    ///
    /// Words are completed from their first letter on; from the fourth on, a letter may be wrong,
    /// missing, too many or swapped with its neighbour, if next to nothing begins as typed.
    pub fn suggest(&self, ask: &Ask) -> Result<Suggestions, AskError> {
        let started = Instant::now();
        let (text, limit) = (ask.text.as_str(), ask.limit);
        for (name, value, most) in [
            ("limit", limit, MAX_SUGGESTIONS),
            ("length of q in bytes", text.len(), MAX_TYPED),
        ] {
            if value > most {
                return Err(AskError::TooLarge { name, value, most });
            }
        }
        let mut suggestions = Vec::new();
        if let Some(typed) = Typed::read(text) {
            let words = self.words_like(&typed)?;
            let some = (3 * limit).div_ceil(10);
            let names = self.suggest_names(&typed, &words, some, ask)?;
            let titles = self.suggest_titles(&typed, &words, some, ask)?;
            let rest = limit.saturating_sub(names.len() + titles.len());
            suggestions.extend(names);
            suggestions.extend(self.suggest_terms(&typed, &words, rest, ask)?);
            suggestions.extend(titles);
            suggestions.truncate(limit);
        }
        Ok(Suggestions {
            query: text.to_owned(),
            suggestions,
            took_ms: milliseconds(started),
            offsets: Offsets::Bytes,
        })
    }
}
