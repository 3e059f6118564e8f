//! Visible dates of a page that says nothing of its date where machines look.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::{Block, blocks};
use super::tree::{Id, Tree};
use crate::document::{Line, LineKind};
use crate::ingest::lines::{has_day, is_embargo};

/// Longest text, in bytes, that is taken for a line of dates.
const LONGEST: usize = 160;

/// Classes and ids of elements that hold the date of an entry.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)date|datum|(?:^|[\s_-])(?:published|publish|posted|created|erstellt|time|timestamp|(?:post|entry|article|news)?-?(?:meta|info|details)|submitted|byline|dachzeile)(?:$|[\s_-])").unwrap()
});

/// The likeliest lines, best first: marked as a date near the text, near the headline, marked
/// anywhere, anywhere at all. `from` and `to` are the first and last node of the article.
pub(super) fn dates(source: &str, tree: &Tree, from: Id, to: Id) -> Vec<Line> {
    const BEFORE: usize = 80;
    const BEHIND: usize = 80;
    const MOST: usize = 3;
    let leave_out = |id: Id| matches!(tree.name(id), "nav" | "button");
    let mut dated: Vec<(u8, Block)> = blocks(tree, 0, &leave_out)
        .into_iter()
        .filter(|block| {
            (block.text.len() <= LONGEST
                || block.text.len() <= 2 * LONGEST && LABELLED.is_match(&block.text))
                && has_day(&block.text)
        })
        .filter(|block| !block.text.contains('©') && !is_embargo(&block.text))
        .map(|block| {
            let near = block.first + BEFORE >= from && block.first <= to + BEHIND;
            let holders = std::iter::once(tree.nodes[block.first].parent)
                .chain(tree.ancestors(tree.nodes[block.first].parent).take(2));
            let marked = holders.into_iter().any(|id| is_marked(tree, id));
            let at_head = block.first < from + BEFORE && near;
            let linked = block.link_bytes * 2 > block.text.len();
            let rank = match (marked, near, at_head) {
                (true, true, _) => 0,
                _ if linked => 5,
                (_, _, true) => 1,
                (true, false, _) => 2,
                (false, true, _) => 3,
                _ => 4,
            };
            (rank, block)
        })
        .collect();
    dated.sort_by_key(|(rank, block)| (*rank, block.first));
    let lines = dated.into_iter().take(MOST).map(|(_, block)| Line {
        kind: LineKind::Date,
        start: block.span.start,
        end: block.span.end,
        text: block.text,
    });
    let mut lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        lines.extend(times(tree));
    }
    if lines.is_empty() {
        lines.extend(in_script(source));
    }
    lines
}

/// The first `<time datetime=…>` of the page.
fn times(tree: &Tree) -> Option<Line> {
    let id = (0..tree.nodes.len()).find(|id| {
        tree.name(*id) == "time" && tree.attribute(*id, "datetime").is_some_and(has_day)
    })?;
    let span = tree.nodes[id].span.clone();
    Some(Line {
        kind: LineKind::Metadata,
        text: format!("time: {}", tree.attribute(id, "datetime")?),
        start: span.start,
        end: span.end,
    })
}

static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)veröffentlicht|erschienen|publiziert|erstellt|gepostet|geschrieben am|eingestellt",
    )
    .unwrap()
});

/// The data from which a script draws the page.
static IN_SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i-u)\\?"(?:date_?published|published_?(?:at|date|time|on)|publish_?date|publication_?date|pub_?date|first_?published(?:_?at)?|published)\\?"\s*:\s*\\?"([12][0-9]{3}-[01][0-9]-[0-3][0-9][T0-9:.Z+ -]{0,24})"#).unwrap()
});

/// The date in the data from which a script draws the page.
fn in_script(source: &str) -> Option<Line> {
    let stamp = IN_SCRIPT.captures(source)?.get(1)?;
    Some(Line {
        kind: LineKind::Metadata,
        text: format!("script published: {}", stamp.as_str().trim()),
        start: stamp.start(),
        end: stamp.end(),
    })
}

fn is_marked(tree: &Tree, id: Id) -> bool {
    if tree.name(id) == "time" {
        return true;
    }
    ["class", "id", "itemprop"].iter().any(|name| {
        let value = tree.attribute(id, name).unwrap_or("");
        value.len() < 200 && !value.contains("update") && DATED.is_match(value)
    })
}
