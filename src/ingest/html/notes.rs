//! The lines around the article: by-lines, dates, sources, captions.

use std::sync::LazyLock;

use regex::Regex;

use super::article::Page;
use super::blocks::{Block, blocks};
use super::stamps::is_of_others;
use super::tree::Id;
use crate::document::{Line, LineKind};
use crate::ingest::lines::{is_prose, recognise};

pub(super) static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)(?:^|[\s_-])(?:captions?|credits?|copyright|bildunterschrift|bildquelle|bildrechte|image-?info|picture-?info)(?:$|[\s_-])|figcaption|(?:image|img|picture|photo|foto|bild|media)[\w-]{0,40}(?:source|credit|copyright|caption|rights|owner|quelle|description|legende?)(?:$|[\s_-])|(?:image|img|picture|photo|foto|bild)-[\w-]{0,30}text(?:$|[\s_-])").unwrap()
});

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)(?:^|[\s_-])(?:authors?|autor|autoren|autorin|byline|writer|creator|agency|agentur|source|quelle|sources)(?:$|[\s_-])|author(?:name|box|line)?|byline").unwrap()
});

/// Classes of elements that hold a name of an author.
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)(?:^|[\s_-])(?:author|autor|autorin|byline|author-?name|authors)(?:$|[\s_])|author__name|author-name|authorname|autorname").unwrap()
});

impl Page<'_> {
    /// By-lines, dates, sources and captions in and around the article.
    pub(super) fn lines(&self, container: Id, headline: Option<Id>, lines: &mut Vec<Line>) {
        const MOST_LINES: usize = 300;
        let root = match headline {
            Some(headline) => std::iter::once(headline)
                .chain(self.tree.ancestors(headline))
                .find(|above| self.tree.subtree(*above).contains(&container))
                .unwrap_or(container),
            None => self.tree.ancestors(container).next().unwrap_or(container),
        };
        // From a little before the headline to a little behind the text.
        const BEFORE: usize = 60;
        const BEHIND: usize = 150;
        const OPENER: usize = 60;
        let from = headline
            .map_or(container, |headline| headline.min(container))
            .saturating_sub(BEFORE);
        let to = self.tree.nodes[container].end + BEHIND;
        let leave_out = |id: Id| {
            matches!(self.tree.name(id), "nav" | "form")
                || id > to
                || self.tree.nodes[id].end + OPENER < from
        };
        for block in blocks(self.tree, 0, &leave_out) {
            if block.first + OPENER < from
                || block.first > to
                || block.text.len() > 600
                || lines.len() >= MOST_LINES
            {
                continue;
            }
            // The picture above the headline belongs to the article, other notes do not.
            let opener = block.first < from || !self.tree.subtree(root).contains(&block.first);
            let kind = self.note(&block);
            let kind = kind.filter(|kind| !opener || *kind == LineKind::Caption);
            let kind = kind
                .filter(|kind| *kind == LineKind::Caption || !is_of_others(self.tree, block.first));
            if let Some(kind) = kind {
                lines.push(Line {
                    kind,
                    start: block.span.start,
                    end: block.span.end,
                    text: block.text,
                });
            }
        }
        let near = from..to.min(self.tree.nodes.len());
        self.authors(near, lines);
        lines.sort_by_key(|line| line.start);
    }

    /// Whether an element belongs to a picture.
    fn is_caption(&self, id: Id) -> bool {
        let mut above = std::iter::once(id).chain(self.tree.ancestors(id).take(3));
        above.any(|id| {
            matches!(self.tree.name(id), "figcaption" | "figure") || self.class_matches(id, &CREDIT)
        })
    }

    /// What a block beside the text is for.
    fn note(&self, block: &Block) -> Option<LineKind> {
        let recognised = recognise(&block.text).map(|recognised| recognised.kind);
        if self.is_caption(block.owner) {
            return Some(LineKind::Caption);
        }
        match recognised {
            Some(LineKind::Junk | LineKind::Body) => None,
            Some(kind) => Some(kind),
            None => {
                let mut above =
                    std::iter::once(block.owner).chain(self.tree.ancestors(block.owner).take(2));
                let is_byline = block.text.len() < 150
                    && !is_prose(&block.text)
                    && above.any(|id| {
                        self.class_matches(id, &BYLINE)
                            || self.tree.attribute(id, "rel") == Some("author")
                            || self.tree.attribute(id, "itemprop") == Some("author")
                    });
                is_byline.then_some(LineKind::Byline)
            }
        }
    }

    /// Elements near the text that hold the name of an author and nothing else.
    fn authors(&self, range: std::ops::Range<Id>, lines: &mut Vec<Line>) {
        const MOST: usize = 12;
        let mut found = 0;
        let mut id = range.start;
        while id < range.end && found < MOST {
            let is_author = self.tree.attribute(id, "rel") == Some("author")
                || self.tree.attribute(id, "itemprop") == Some("author")
                || self
                    .tree
                    .attribute(id, "class")
                    .is_some_and(|class| class.len() < 200 && AUTHOR.is_match(class));
            let short = self.tree.nodes[id].end - id < 30;
            if !is_author || !short || is_of_others(self.tree, id) || self.is_caption(id) {
                id += 1;
                continue;
            }
            let text = self.tree.text(id);
            let known = lines
                .iter()
                .any(|line| line.kind == LineKind::Byline && line.text == text);
            if (3..120).contains(&text.len()) && !known {
                let span = self.tree.text_span(id);
                lines.push(Line {
                    kind: LineKind::Byline,
                    text,
                    start: span.start,
                    end: span.end,
                });
                found += 1;
            }
            id = self.tree.nodes[id].end;
        }
    }
}
