//! Visible dates of a page that says nothing of its date where machines look.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::blocks::blocks;
use super::stamps::{is_of_others, stamps};
use super::tree::{Id, Tree};
use crate::document::{Line, LineKind};
use crate::ingest::lines::{has_day, is_embargo, is_prose};

/// Longest text, in bytes, that is taken for a line of dates.
const LONGEST: usize = 160;
/// Nodes before the headline, and behind the text, that are near the article.
const NEAR: usize = 80;
/// Lines that are kept.
const MOST: usize = 3;

/// Classes and ids of elements that hold the date of an entry.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)date|datum|(?:^|[\s_-])(?:published|publish|posted|created|erstellt|time|timestamp|(?:post|entry|article|news)?-?(?:meta|info|details)|submitted|byline|dachzeile)(?:$|[\s_-])").unwrap()
});

static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)veröffentlicht|erschienen am|publiziert|erstellt|gepostet|geschrieben am|eingestellt|(?-u:\b)stand(?-u:\b)|aktualisiert",
    )
    .unwrap()
});

/// Sentences about the text itself; in all others, days are those of events.
static OF_THE_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:beitrag|artikel|eintrag|text|seite|meldung|interview|wurde(?: von .{1,40})? am)(?-u:\b).{0,120}(?:veröffentlicht|gepostet|erschienen|eingestellt|geschrieben|aktualisiert)",
    )
    .unwrap()
});

/// The archive of web pages puts its own line of dates above a page.
static ARCHIVE_BAR: &str = "wm-ipp";

/// A text with a day, and how likely it is the day of the article: 0 is best.
struct Dated {
    rank: u8,
    line: Line,
}

/// Adds the dates of the page to `lines`: those that it marks in and around the article, and if
/// neither these nor `stated` nor `lines` hold one, the likeliest of those that it shows.
pub(super) fn dates(
    source: &str,
    tree: &Tree,
    article: Range<Id>,
    stated: &[Line],
    lines: &mut Vec<Line>,
) {
    demote(tree, &article, lines);
    lines.extend(stamps(tree, &article));
    lines.sort_by_key(|line| line.start);
    if has_date(stated) || has_date(lines) {
        return;
    }
    let shown = shown(tree, &article);
    let none = shown.is_empty();
    lines.extend(shown);
    if none && let Some(line) = in_script(source) {
        lines.push(line);
    }
}

/// A bare date behind the text, or in a teaser, is more often that of another text.
fn demote(tree: &Tree, article: &Range<Id>, lines: &mut [Line]) {
    let bare = lines
        .iter_mut()
        .filter(|line| line.kind == LineKind::Date && !LABELLED.is_match(&line.text));
    for line in bare {
        // Nodes stand in the order of the source.
        let node = (tree.nodes).partition_point(|node| node.span.start < line.start);
        let node = node.min(tree.nodes.len() - 1);
        if node >= article.end || is_of_others(tree, node) {
            line.kind = LineKind::Metadata;
            line.text.insert_str(0, "elsewhere: ");
        }
    }
}

/// Whether one of the lines may be the date of the page.
fn has_date(lines: &[Line]) -> bool {
    lines.iter().any(|line| match line.kind {
        LineKind::Date => has_day(&line.text),
        LineKind::Metadata => line.text.split_once(": ").is_some_and(|(key, value)| {
            let key = key.to_lowercase();
            let is_date =
                key.contains("publish") || key.contains("date") || key.starts_with("time");
            is_date && !key.contains("elsewhere") && has_day(value)
        }),
        _ => false,
    })
}

/// The likeliest lines: near the article, or, marked as less sure, anywhere.
fn shown(tree: &Tree, article: &Range<Id>) -> Vec<Line> {
    let mut dated = marked(tree, article);
    dated.extend(in_blocks(tree, article));
    dated.sort_by_key(|dated| (dated.rank, dated.line.start));
    let near = dated.iter().any(|dated| dated.rank <= 3);
    let dated = dated.into_iter().take(MOST);
    let dated = dated.filter(|dated| !near || dated.rank <= 3);
    dated
        .map(|Dated { mut line, rank }| {
            if rank > 3 {
                line.kind = LineKind::Metadata;
                line.text.insert_str(0, "elsewhere: ");
            }
            line
        })
        .collect()
}

/// Small elements whose class says that they hold a date.
fn marked(tree: &Tree, article: &Range<Id>) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    let (mut id, mut outer_end) = (0, 0);
    while id < tree.nodes.len() && found.len() < 50 {
        let small = tree.nodes[id].end - id <= 12;
        let text = if small && is_marked(tree, id) {
            tree.text(id)
        } else {
            String::new()
        };
        let dated = !text.is_empty() && text.len() <= LONGEST / 2 && has_day(&text);
        if !dated || text.contains('©') || is_embargo(&text) {
            id += 1;
            continue;
        }
        let place = Place::of(id, article);
        let rank = match place {
            _ if is_aside(tree, id) => 5,
            Place::Head => 0,
            Place::Near => 2,
            Place::Elsewhere => 4,
        };
        // The innermost is the most exact.
        if id < outer_end {
            found.pop();
        }
        outer_end = tree.nodes[id].end;
        let span = tree.text_span(id);
        found.push(Dated {
            rank,
            line: line(&text, span),
        });
        id += 1;
    }
    found
}

/// Lines of text that hold a date.
fn in_blocks(tree: &Tree, article: &Range<Id>) -> Vec<Dated> {
    let leave_out = |id: Id| matches!(tree.name(id), "nav" | "button");
    let blocks = blocks(tree, 0, &leave_out).into_iter();
    let dated = blocks.filter_map(|block| {
        let labelled = LABELLED.is_match(&block.text);
        let short = block.text.len() <= LONGEST || labelled && block.text.len() <= 3 * LONGEST;
        if !short || !has_day(&block.text) || block.text.contains('©') && !labelled {
            return None;
        }
        let prose = is_prose(&block.text) && !OF_THE_TEXT.is_match(&block.text);
        if prose || is_embargo(&block.text) {
            return None;
        }
        let linked = block.link_bytes * 2 > block.text.len();
        let rank = match Place::of(block.first, article) {
            _ if is_aside(tree, block.first) => 5,
            Place::Head if labelled || !linked => 1,
            _ if labelled => 2,
            _ if linked => 5,
            Place::Head | Place::Near => 3,
            Place::Elsewhere => 4,
        };
        Some(Dated {
            rank,
            line: line(&block.text, block.span),
        })
    });
    dated.collect()
}

/// `Eva Muster28.4.2025`: inline elements stand without a blank between them.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\p{Ll})(\d{1,2}\. ?(?:\d{1,2}\.|\p{Lu}\p{L}{2,8}) ?\d{2})").unwrap()
});

fn line(text: &str, span: Range<usize>) -> Line {
    Line {
        kind: LineKind::Date,
        text: GLUED.replace_all(text, "$1 $2").into_owned(),
        start: span.start,
        end: span.end,
    }
}

/// Where a node stands.
enum Place {
    /// Just before or behind the headline.
    Head,
    /// In the article or just around it.
    Near,
    Elsewhere,
}

impl Place {
    fn of(id: Id, article: &Range<Id>) -> Place {
        let near = id + NEAR >= article.start && id <= article.end + NEAR;
        match near {
            true if id < article.start + NEAR => Place::Head,
            true => Place::Near,
            false => Place::Elsewhere,
        }
    }
}

/// Whether a node is part of another text or of the bar of a web archive.
fn is_aside(tree: &Tree, id: Id) -> bool {
    is_of_others(tree, id)
        || tree.ancestors(id).any(|above| {
            let id = tree.attribute(above, "id").unwrap_or("");
            id.starts_with(ARCHIVE_BAR)
        })
}

/// The data from which a script draws the page, or that it hands to a counter.
static IN_SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i-u)\\?["'](?:date_?published|[a-z_.-]{0,20}(?:first_?)?publish(?:ed|ing)?_?(?:at|date|time|on)?|[a-z_.-]{0,20}publication_?(?:date|time)|(?:article|content|page|editorial|cms)_?(?:date|datum)|pub_?date)\\?["']\s*[:=,]\s*\\?["']([12][0-9]{3}-[01][0-9]-[0-3][0-9][T0-9:.Z+ -]{0,24}|[0-3]?[0-9]\.[01]?[0-9]\.20[0-9]{2})"#).unwrap()
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
    ["class", "id", "itemprop", "data-testid"]
        .iter()
        .any(|name| {
            let value = tree.attribute(id, name).unwrap_or("");
            value.len() < 200 && !value.contains("update") && DATED.is_match(value)
        })
}
