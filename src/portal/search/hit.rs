//! One hit as the page of a search shows it.

use crate::portal::Address;
use crate::portal::marked::{Piece, pieces};
use crate::portal::texts::Texts;
use crate::search::Hit;

/// One hit.
#[derive(Debug, Clone)]
pub(super) struct HitView<'a> {
    /// The page of the article.
    pub(super) address: String,
    /// The headline with marks; without pieces if there is none.
    pub(super) title: Vec<Piece<'a>>,
    pub(super) publisher: Option<&'a str>,
    /// The date, as precisely as it is known.
    pub(super) date: Option<String>,
    /// Passages with marks.
    pub(super) snippets: Vec<Vec<Piece<'a>>>,
}

impl<'a> HitView<'a> {
    pub(super) fn new(t: &Texts, hit: &'a Hit, state: &Address) -> HitView<'a> {
        let date = match hit.datetime {
            Some(date) => Some(t.format.date(date)),
            None => hit.date.as_deref().map(|date| t.format.date_text(date)),
        };
        HitView {
            address: state.article(&hit.id),
            title: pieces(
                hit.title.as_deref().unwrap_or_default(),
                &hit.title_highlights,
            ),
            publisher: hit
                .publisher
                .as_ref()
                .map(|publisher| publisher.name.as_str()),
            date,
            snippets: (hit.snippets.iter())
                .map(|snippet| pieces(&snippet.text, &snippet.highlights))
                .collect(),
        }
    }
}
