//! Dates that a page marks for machines within its text: `<time datetime=…>`, microdata, RDFa.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::tree::{Id, Tree};
use crate::document::{Line, LineKind};
use crate::ingest::lines::has_day;

/// Marked dates that are looked at.
const MOST: usize = 8;
/// Nodes behind the text in which a marked date may be the text's own.
const BEHIND: usize = 150;
/// Nodes before the headline.
const BEFORE: usize = 60;

/// What holds other texts than the article: their dates are not its own.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i-u)(?:^|[\s_-])(?:comments?|commentlist|kommentare?|respond|disqus|replies|related|teasers?|article-?previews?|previews?|recommend\w*|most-?read|sidebar|widget\w*|upcoming|events?|termine?|kalender|calendar|archive-?list|newsticker)(?:$|[\s_-])").unwrap()
});

static UPDATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)updated?|modified|aktualisiert|changed|geaendert").unwrap());

/// The marked dates in and around the article, which `article` spans, in the order of the page.
pub(super) fn stamps(tree: &Tree, article: &Range<Id>) -> Vec<Line> {
    let mut found = Vec::new();
    let from = article.start.saturating_sub(BEFORE);
    let to = (article.end + BEHIND).min(tree.nodes.len());
    for id in from..to {
        if found.len() >= MOST {
            break;
        }
        let Some((key, stamp)) = stamp(tree, id) else {
            continue;
        };
        if !has_day(&stamp) || is_of_others(tree, id) {
            continue;
        }
        // Behind the text, most belong to what comes next.
        let key = if id >= article.end {
            "time elsewhere"
        } else {
            key
        };
        let span = tree.nodes[id].span.clone();
        found.push(Line {
            kind: LineKind::Metadata,
            text: format!("{key}: {stamp}"),
            start: span.start,
            end: span.end,
        });
    }
    found
}

/// What an element says of a date, and what it is the date of.
fn stamp(tree: &Tree, id: Id) -> Option<(&'static str, String)> {
    let attribute = |name: &str| tree.attribute(id, name).unwrap_or("");
    let is_time = tree.name(id) == "time";
    let said = format!("{} {}", attribute("itemprop"), attribute("property")).to_lowercase();
    let class = attribute("class").to_lowercase();
    let published = [
        "datepublished",
        "dc:date",
        "dcterms:issued",
        "dc:issued",
        "dcterms:created",
    ];
    let key = if published.iter().any(|name| said.contains(name)) {
        "time published"
    } else if said.contains("datemodified") || said.contains("dcterms:modified") {
        "time modified"
    } else if is_time && class.contains("publish") {
        "time published"
    } else if is_time && (UPDATED.is_match(&class) || is_update(tree, id)) {
        "time modified"
    } else if is_time {
        "time"
    } else if class
        .split(' ')
        .any(|class| matches!(class, "published" | "dtpublished"))
    {
        // The marks of hAtom carry their stamp in a title.
        "time published"
    } else if class.split(' ').any(|class| class == "updated") {
        "time"
    } else {
        return None;
    };
    let stated = ["datetime", "content", "title"]
        .iter()
        .find_map(|name| tree.attribute(id, name));
    match stated {
        Some(stamp) if stamp.len() < 60 => Some((key, stamp.to_owned())),
        Some(_) => None,
        None if key == "time" && !is_time || tree.name(id) == "meta" => None,
        None if tree.nodes[id].end - id > 12 => None,
        None => Some((key, tree.text(id))).filter(|(_, text)| text.len() < 60),
    }
}

fn is_update(tree: &Tree, id: Id) -> bool {
    let mut above = tree.ancestors(id).take(2);
    above.any(|id| {
        ["class", "id"]
            .iter()
            .filter_map(|name| tree.attribute(id, name))
            .any(|value| value.len() < 500 && UPDATED.is_match(value))
    })
}

/// Whether an element stands in a comment, a teaser or a list of other texts.
pub(super) fn is_of_others(tree: &Tree, id: Id) -> bool {
    let mut above = std::iter::once(id).chain(tree.ancestors(id).take(8));
    above.any(|id| {
        // Themes mark the whole page by such words, too.
        let small = tree.nodes[id].end - id < 400;
        small
            && !matches!(tree.name(id), "body" | "html" | "main" | "article")
            && ["class", "id"]
                .iter()
                .filter_map(|name| tree.attribute(id, name))
                .any(|value| value.len() < 200 && OTHERS.is_match(value))
    })
}
