//! Which blocks of a page are its article?
//!
//! The container of the article is the element in which most of the text stands that looks like
//! paragraphs; within it, blocks are judged by what holds them, by their links and by the rules
//! for lines that plain text shares.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use super::blocks::{Block, blocks};
use super::dates;
use super::metadata::Metadata;
use super::notes::CREDIT;
use super::tree::{Id, Kind, Tree};
use crate::document::{Line, LineKind};
use crate::ingest::lines::{is_prose, parts, recognise};

/// Body and the lines around it.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// Paragraphs separated by an empty line.
    pub(super) body: String,
    /// By-lines, dates, sources, captions, in the order of the page.
    pub(super) lines: Vec<Line>,
}

/// Shortest text, in bytes, that counts as a paragraph when the container is looked for.
const SHORTEST_PARAGRAPH: usize = 80;

/// Classes and ids of elements that stand in or beside articles but are none of it.
static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)(?:^|[\s_-])(?:comments?|kommentare?|disqus|teasers?|teaser-?list|related|verwandte?|newsletter|share|sharing|sharebar|social|sociallinks|sidebar",
        r"|breadcrumbs?|cookies?|consent|cmp|advertisement|advert|adverts|ads?|adslot|anzeigen?|werbung|promo|promotion|paywall|piano|footer|navigation|nav|navbar|menu",
        r"|recommendations?|recommended|outbrain|taboola|tags?|taglist|tag-list|keywords|topics|themen|topic-list|author-?box|authors?|autor|autoren|byline|toolbar|player",
        r"|gallery|captions?|credits?|copyright|bildunterschrift|bildquelle|popup|modal|overlay|subscribe|subscription|banner|sponsor|sponsored|widget|embed|infobox|most-?read|meistgelesen|trending|readmore|read-more|weiterlesen",
        r"|sr-only|visually-?hidden|screen-?reader(?:-text)?|u-hidden|print-only|metadata|meta|dateline|timestamp|pagination|pager|rating|poll|quiz|feedback|login|bookmark|merkliste|audio|podcast|jobs?|shop|affiliate|disclaimer|transparency|correction-request|tooltip)(?:$|[\s_-])"
    ))
    .unwrap()
});

/// Classes of the lead, which often stands outside of the container.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)(?:^|[\s_-])(?:lead|intro|vorspann|standfirst|summary|subline|subtitle|dek|abstract|teaser-?text|lede|anrisstext|anriss|excerpt|einleitung|perex|introduction|deck)(?:$|[\s_-])|articleintro|leadtext|articlelead").unwrap()
});

/// What is known of the elements of a page.
pub(super) struct Page<'a> {
    pub(super) tree: &'a Tree,
    /// Bytes of paragraph text in each element.
    weight: Vec<u32>,
}

/// Finds the article of the page.
pub(super) fn article(
    source: &str,
    tree: &Tree,
    metadata: &Metadata,
    title: Option<&str>,
    headline: Option<Id>,
) -> Article {
    let page = Page {
        tree,
        weight: weigh(tree, metadata),
    };
    let container = page.container();
    let left_out = |id: Id| page.is_left_out(id, container);
    let mut kept = blocks(tree, container, &left_out);
    let lead = page.lead(container, headline, metadata);
    let mut article = Article::default();
    page.lines(container, headline, &mut article.lines);
    let from = headline.map_or(container, |headline| headline.min(container));
    let place = from..tree.nodes[container].end;
    dates::dates(source, tree, place, &metadata.lines, &mut article.lines);
    if let Some(lead) = lead {
        kept.retain(|block| block.text != lead.text);
        kept.insert(0, lead);
    }
    page.body(kept, title, metadata, &mut article);
    article
}

/// Bytes of paragraph text below each element.
fn weigh(tree: &Tree, metadata: &Metadata) -> Vec<u32> {
    let mut weight = vec![0u32; tree.nodes.len()];
    let body = metadata
        .article_body
        .as_deref()
        .map(normal)
        .unwrap_or_default();
    let leave_out = |id: Id| {
        matches!(
            tree.name(id),
            "nav" | "footer" | "form" | "button" | "figure" | "dialog" | "aside" | "figcaption"
        ) || tree.attribute(id, "hidden").is_some()
            || is_hidden(tree, id)
    };
    let all = blocks(tree, 0, &leave_out);
    let paragraphs: Vec<&Block> = all
        .iter()
        .filter(|block| {
            block.text.len() >= SHORTEST_PARAGRAPH && block.link_bytes * 3 < block.text.len()
        })
        .collect();
    // Where the page gives its text, only paragraphs of that text weigh.
    let is_stated = |block: &Block| {
        let text = normal(&block.text);
        let end = text.char_indices().nth(50).map_or(text.len(), |(at, _)| at);
        body.contains(&text[..end])
    };
    let stated: Vec<&Block> = if body.len() > 300 && body.len() < 200_000 {
        paragraphs
            .iter()
            .copied()
            .take(2_000)
            .filter(|block| is_stated(block))
            .collect()
    } else {
        Vec::new()
    };
    let stated_bytes: usize = stated.iter().map(|block| block.text.len()).sum();
    let chosen = if stated_bytes * 2 > body.len() {
        stated
    } else {
        paragraphs
    };
    for block in chosen {
        // Sentences weigh more than labels, the first dozens of kilobytes of one block no more.
        let commas = block.text.matches([',', '.']).count().min(40) as u32;
        let bytes = (block.text.len() - block.link_bytes).min(4_000) as u32;
        let value = if commas == 0 { bytes / 4 } else { bytes };
        weight[block.owner] = weight[block.owner].saturating_add(value);
    }
    // Children come after their parents: going back adds each to the one above.
    for id in (1..tree.nodes.len()).rev() {
        let parent = tree.nodes[id].parent;
        weight[parent] = weight[parent].saturating_add(weight[id]);
    }
    weight
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "aria-hidden") == Some("true") && tree.name(id) != "div"
        || tree.attribute(id, "style").is_some_and(|style| {
            let style: String = style
                .chars()
                .filter(|c| !c.is_whitespace())
                .take(200)
                .collect();
            style.contains("display:none")
        })
}

impl Page<'_> {
    /// The element that holds the article.
    fn container(&self) -> Id {
        let total = self.weight[0];
        if total == 0 {
            return 0;
        }
        let heaviest = |wanted: &dyn Fn(Id) -> bool, share: u32| {
            (0..self.tree.nodes.len())
                .filter(|id| self.weight[*id] > 0 && wanted(*id))
                .max_by_key(|id| (self.weight[*id], std::cmp::Reverse(*id)))
                .filter(|id| {
                    u64::from(self.weight[*id]) * 100 >= u64::from(total) * u64::from(share)
                })
        };
        let marked = heaviest(
            &|id| self.tree.attribute(id, "itemprop") == Some("articleBody"),
            30,
        );
        if let Some(marked) = marked {
            return marked;
        }
        let article = heaviest(&|id| self.tree.name(id) == "article", 35).or_else(|| {
            heaviest(
                &|id| {
                    self.tree.name(id) == "main" || self.tree.attribute(id, "role") == Some("main")
                },
                50,
            )
        });
        let mut at = article.unwrap_or(0);
        // Down to where the text parts.
        loop {
            let mut child = at + 1;
            let mut next = None;
            while child < self.tree.nodes[at].end {
                if u64::from(self.weight[child]) * 100 >= u64::from(self.weight[at]) * 80 {
                    next = Some(child);
                    break;
                }
                child = self.tree.nodes[child].end;
            }
            match next {
                Some(next) if !matches!(self.tree.name(next), "p" | "td" | "li" | "span") => {
                    at = next
                }
                _ => return at,
            }
        }
    }

    /// Whether an element of the container is furniture.
    fn is_left_out(&self, id: Id, container: Id) -> bool {
        let name = self.tree.name(id);
        if matches!(
            name,
            "nav"
                | "footer"
                | "form"
                | "button"
                | "figure"
                | "figcaption"
                | "dialog"
                | "aside"
                | "label"
                | "time"
                | "table"
        ) {
            // A page that has all its text in such an element means something else by it.
            return u64::from(self.weight[id]) * 2 < u64::from(self.weight[container]);
        }
        if self.tree.attribute(id, "hidden").is_some() || is_hidden(self.tree, id) {
            return true;
        }
        if matches!(name, "p" | "h1" | "b" | "strong" | "em" | "i" | "a" | "br") {
            return false;
        }
        let light = u64::from(self.weight[id]) * 100 < u64::from(self.weight[container]) * 25;
        light && (self.class_matches(id, &FURNITURE) || self.class_matches(id, &CREDIT))
    }

    pub(super) fn class_matches(&self, id: Id, regex: &Regex) -> bool {
        ["class", "id"].iter().any(|name| {
            let value = self.tree.attribute(id, name).unwrap_or("");
            value.len() < 500 && !value.is_empty() && regex.is_match(value)
        })
    }

    /// The lead, if it stands before the container.
    fn lead(&self, container: Id, headline: Option<Id>, metadata: &Metadata) -> Option<Block> {
        let descriptions: Vec<String> = metadata
            .description
            .iter()
            .map(|text| normal(text))
            .collect();
        let headline = headline?;
        // The smallest element that holds both headline and container.
        let root = std::iter::once(headline)
            .chain(self.tree.ancestors(headline))
            .find(|above| self.tree.subtree(*above).contains(&container))?;
        let leave_out = |id: Id| {
            id == container
                || matches!(
                    self.tree.name(id),
                    "nav" | "figure" | "button" | "form" | "aside" | "footer"
                )
        };
        let before = blocks(self.tree, root, &leave_out).into_iter();
        let mut before = before.filter(|block| block.first > headline && block.first < container);
        before.find(|block| {
            let text = normal(&block.text);
            if block.text.len() < 40 || block.link_bytes * 2 > block.text.len() {
                return false;
            }
            let is_description = descriptions.iter().any(|description| {
                let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
                description.starts_with(&text[..end])
            });
            let marked = std::iter::once(block.owner)
                .chain(self.tree.ancestors(block.owner).take(2))
                .any(|id| {
                    self.class_matches(id, &LEAD)
                        || self.tree.attribute(id, "itemprop") == Some("description")
                });
            is_description
                || marked && is_prose(&block.text)
                || is_prose(&block.text)
                    && matches!(self.tree.name(block.owner), "p" | "h2")
                    && block.text.len() > 100
        })
    }

    /// The running text among the blocks of the container.
    fn body(
        &self,
        kept: Vec<Block>,
        title: Option<&str>,
        metadata: &Metadata,
        article: &mut Article,
    ) {
        let title = title.map(normal).unwrap_or_default();
        let mut seen = FxHashSet::default();
        let mut paragraphs: Vec<(String, bool)> = Vec::new();
        let mut in_list = false;
        let stated = metadata
            .article_body
            .as_deref()
            .map(normal)
            .unwrap_or_default();
        for block in kept {
            let name = self.tree.name(block.owner);
            let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            let text = normal(&block.text);
            if text.is_empty() || text == title || text.len() > 20 && !seen.insert(text.clone()) {
                continue;
            }
            let prose = is_prose(&block.text);
            if in_list
                && (prose && block.link_bytes * 2 < block.text.len()
                    || is_heading && block.link_bytes == 0)
            {
                in_list = false;
            }
            let mostly_links = block.link_bytes * 10 > block.text.len() * 6;
            let stated = stated.len() > 300
                && text.len() > 30
                && stated.len() < 200_000
                && stated.contains(&text);
            if let Some(recognised) = recognise(&block.text) {
                let whole_sentence =
                    prose && matches!(recognised.kind, LineKind::Date | LineKind::Byline);
                if !whole_sentence && !is_heading || recognised.kind == LineKind::Junk {
                    in_list |= recognised.heads_a_list;
                    continue;
                }
            }
            if in_list || mostly_links && !stated || block.text.len() < 3 {
                continue;
            }
            if is_name_line(&block.text) && !is_heading && paragraphs.is_empty() {
                continue;
            }
            paragraphs.push((block.text, is_heading));
        }
        // Headings of what is no longer there.
        while paragraphs.last().is_some_and(|(_, is_heading)| *is_heading) {
            paragraphs.pop();
        }
        for (text, _) in paragraphs.iter_mut().rev().take(2) {
            cut_signature(text, &mut article.lines);
        }
        let texts = paragraphs.into_iter().map(|(text, _)| text);
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        article.body = texts.join("\n\n");
    }
}

/// Moves the signature at the end of a paragraph to the lines.
fn cut_signature(text: &mut String, lines: &mut Vec<Line>) {
    let parts = parts(text);
    let [.., last] = parts.as_slice() else { return };
    if parts.len() < 2 {
        return;
    }
    let signature = text[last.clone()].to_owned();
    let kind = recognise(&signature).map(|recognised| recognised.kind);
    if let Some(kind @ (LineKind::Byline | LineKind::Source)) = kind {
        let at = lines.last().map_or(0, |line| line.end);
        text.truncate(parts[parts.len() - 2].end);
        lines.push(Line {
            kind,
            text: signature,
            start: at,
            end: at,
        });
    }
}

fn is_name_line(text: &str) -> bool {
    text.len() < 60 && text.starts_with("Von ")
}

/// Letters and digits in lower case: what stays the same wherever a text is quoted.
pub(super) fn normal(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The first-level headings of a page, the likeliest first.
pub(super) fn headlines(tree: &Tree) -> Vec<Id> {
    let mut found: Vec<Id> = tree
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| matches!(&node.kind, Kind::Element { name, .. } if &**name == "h1"))
        .map(|(id, _)| id)
        .take(20)
        .collect();
    found.sort_by_key(|id| {
        let in_article = tree
            .ancestors(*id)
            .any(|above| matches!(tree.name(above), "article" | "main"));
        (!in_article, *id)
    });
    found
}
