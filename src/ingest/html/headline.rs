//! The title of a page, without the site's name and without the kicker.

use super::article::normal;
use super::metadata::Metadata;
use super::tree::{Id, Tree};

/// What was decided about the headline.
#[derive(Debug, Default)]
pub(super) struct Headline {
    pub(super) title: Option<String>,
    pub(super) kicker: Option<String>,
    /// The element of the headline, if it is in the page.
    pub(super) element: Option<Id>,
}

/// Chooses the title from what the page says of itself and what it shows.
pub(super) fn headline(tree: &Tree, metadata: &Metadata, first_level: &[Id]) -> Headline {
    let mut stated: Vec<String> = Vec::new();
    let candidates = [
        metadata.og_title.as_ref(),
        metadata.headlines.first(),
        metadata.twitter_title.as_ref(),
        metadata.title_element.as_ref(),
    ];
    for title in candidates.into_iter().flatten() {
        let cut = without_site(title, metadata);
        if !cut.is_empty() {
            stated.push(cut);
        }
    }
    // The heading that says most of what the page calls itself.
    let shown = first_level
        .iter()
        .map(|id| (*id, tree.text(*id)))
        .filter(|(_, text)| !text.is_empty() && text.len() < 400)
        .max_by_key(|(id, text)| {
            (
                stated
                    .iter()
                    .map(|title| alike(title, text))
                    .max()
                    .unwrap_or(0),
                std::cmp::Reverse(*id),
            )
        });
    let title = stated.first().cloned();
    let Some((element, text)) = shown else {
        return Headline {
            title,
            kicker: None,
            element: None,
        };
    };
    let title = title.unwrap_or_else(|| text.clone());
    Headline {
        kicker: None,
        title: Some(title),
        element: Some(element),
    }
}

/// Hundredths of the words of the shorter title that the other has too.
fn alike(one: &str, other: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(normal)
            .filter(|word| !word.is_empty())
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one
        .iter()
        .take(60)
        .filter(|word| other.contains(word))
        .count();
    shared * 100 / one.len().min(other.len()).max(1)
}

/// The title without ` | Name of the site` at its end (or before its beginning).
pub(super) fn without_site(title: &str, metadata: &Metadata) -> String {
    const SEPARATORS: [&str; 9] = [
        " | ", " – ", " - ", " — ", " :: ", " » ", " • ", " · ", " // ",
    ];
    let mut title = title.trim();
    // Twice: ` - Politik | Blatt`.
    for _ in 0..3 {
        let cut = SEPARATORS
            .iter()
            .filter_map(|separator| Some((title.rfind(separator)?, separator.len())))
            .max();
        let Some((at, len)) = cut else { break };
        let tail = title[at + len..].trim();
        if !is_site(tail, metadata)
            && !(title[at..].starts_with(" | ") && tail.split_whitespace().count() <= 4)
        {
            break;
        }
        title = title[..at].trim();
    }
    title.to_owned()
}

fn is_site(tail: &str, metadata: &Metadata) -> bool {
    let tail_normal = normal(tail);
    if tail_normal.len() < 2 {
        return true;
    }
    let host = metadata
        .url
        .as_deref()
        .and_then(|url| url.split("://").nth(1))
        .and_then(|rest| rest.split('/').next())
        .unwrap_or("");
    let named = metadata.site_names.iter().any(|site| {
        let site = normal(site);
        site.len() >= 2
            && (site == tail_normal
                || tail_normal.starts_with(&site)
                || site.starts_with(&tail_normal) && tail_normal.len() >= 3)
    });
    named || tail_normal.len() >= 3 && normal(host).contains(&tail_normal)
}
