//! One article: all that may be shown of it, and what a question finds in it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::response::as_hit;
use super::{Archive, Ask, AskError, Availability};
use crate::analysis::sentences;
use crate::document::Document;
use crate::rights::Permitted;
use crate::search::{CopyGroup, Hit, Wanted};

/// How much of a text is looked through for what a question finds in it, in bytes: ten times the
/// longest articles.
pub const MAX_HIGHLIGHTED: usize = 1_000_000;

/// One article, as far as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The article.
    pub document: Document,
    /// The same text elsewhere.
    pub copy: Option<CopyGroup>,
    /// What was found, by field: spans in bytes, ascending, none overlapping another, of the first
    /// [`MAX_HIGHLIGHTED`] bytes of texts that are shown as a whole. Fields without any are
    /// left out.
    pub highlights: BTreeMap<String, Vec<(usize, usize)>>,
    /// The sentences of the body, in order: spans in bytes, of its first [`MAX_HIGHLIGHTED`] bytes.
    pub sentences: Vec<Range<usize>>,
}

impl Article {
    /// The same as a hit without a score or passages: for citations.
    pub fn as_hit(&self) -> Hit {
        as_hit(self.document.clone(), self.copy.clone().unwrap_or_default())
    }
}

impl Archive {
    /// The article with that id; of `ask`, only the text and what belongs to it matters. Whether
    /// the article is a hit does not.
    pub fn article(&self, id: &str, ask: &Ask) -> Result<Availability<Box<Article>>, AskError> {
        self.document(id)?.map(|document| {
            Ok(Box::new(Article {
                highlights: self.found_in(&document, ask)?,
                copy: self.copies(id)?,
                sentences: (document.whole("body").as_deref())
                    .map(|text| sentences(beginning(text, MAX_HIGHLIGHTED)))
                    .unwrap_or_default(),
                document: document.into_document(),
            }))
        })
    }

    /// The article with that id as a hit without a score or passages: for citations.
    pub fn cited(&self, id: &str) -> Result<Availability<Hit>, AskError> {
        self.document(id)?.map(|document| {
            let copy = self.copies(id)?.unwrap_or_default();
            Ok(as_hit(document.into_document(), copy))
        })
    }

    fn found_in(
        &self,
        document: &Permitted,
        ask: &Ask,
    ) -> Result<BTreeMap<String, Vec<(usize, usize)>>, AskError> {
        let mut found = BTreeMap::new();
        if ask.text.trim().is_empty() {
            return Ok(found);
        }
        let clause = self.understand(ask, false)?.clause;
        for (field, text_field) in self.schema().text_fields() {
            let wanted = Wanted::of(&clause, &field.name);
            let Some(text) = document.whole(&field.name).filter(|_| !wanted.is_empty()) else {
                continue;
            };
            let text = beginning(&text, MAX_HIGHLIGHTED);
            let analyzer = (self.analyzers).pick(text_field.analyzer, document.language());
            let spans = wanted.highlights(text, &analyzer.analyze(text));
            if !spans.is_empty() {
                found.insert(field.name.clone(), spans);
            }
        }
        Ok(found)
    }
}

/// The first `most` bytes of a text, or a little less: no word is cut.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at));
    let cut = &text[..end.unwrap_or(0)];
    cut.rfind(char::is_whitespace)
        .map_or(cut, |end| &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_text_ends_between_words() {
        assert_eq!(beginning("Der Hafen", 9), "Der Hafen");
        assert_eq!(beginning("Der Hafen", 8), "Der");
        assert_eq!(beginning("Für Öl", 5), "Für");
        assert_eq!(beginning("Ööö", 3), "Ö");
    }
}
