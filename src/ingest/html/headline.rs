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
    let original = metadata
        .headlines
        .first()
        .map(|headline| without_site(headline, metadata));
    let only_element = metadata.og_title.is_none()
        && metadata.headlines.is_empty()
        && metadata.twitter_title.is_none();
    let title = match title {
        None => text.clone(),
        Some(title) if only_element && goes_on_behind(&title, &text) => text.clone(),
        Some(title) => choose(&title, &text, original.as_deref()),
    };
    let kicker = title_behind(&text, &title).map(|at| {
        text[..at]
            .trim_end_matches([' ', ':', '|', '-', '–'])
            .to_owned()
    });
    Headline {
        kicker: kicker
            .filter(|kicker| !kicker.is_empty() && kicker.split_whitespace().count() <= 6),
        title: Some(title),
        element: Some(element),
    }
}

/// The title, of what the page calls itself for others (`stated`), what it shows, and what
/// JSON-LD calls the headline.
fn choose(stated: &str, shown: &str, original: Option<&str>) -> String {
    // Shown and stated were written anew, for search engines: the original headline is another.
    if let Some(original) = original.filter(|original| !original.is_empty())
        && normal(stated) == normal(shown)
        && alike(original, shown) < 50
    {
        return original.to_owned();
    }
    // `Kicker | Title` where the page shows the title alone.
    if stated.len() > shown.len()
        && stated.ends_with(shown)
        && stated[..stated.len() - shown.len()].ends_with("| ")
    {
        return shown.to_owned();
    }
    // Two kickers before one title: both go.
    common_title(stated, shown).map_or_else(|| stated.to_owned(), str::to_owned)
}

/// `Title - Blatt | Politik` where the page shows `Title`: what goes on is the site's, whoever it is.
fn goes_on_behind(title: &str, shown: &str) -> bool {
    let rest = title.strip_prefix(shown).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(['-', '–', '—', '|', ':', '•', '·', '»', '/']))
}

/// What `one` and `other` have in common behind their kickers, if these differ.
fn common_title<'a>(one: &'a str, other: &str) -> Option<&'a str> {
    [": ", " - ", " – ", " | "].iter().find_map(|separator| {
        let (kicker, title) = one.split_once(separator)?;
        let before = other.strip_suffix(title)?.trim_end();
        let parted = before.ends_with([':', '-', '–', '|']);
        let long = title.split_whitespace().count() >= 4;
        (long && parted && !normal(before).ends_with(&normal(kicker))).then_some(title)
    })
}

/// Where the title begins in a heading that begins with a kicker.
fn title_behind(shown: &str, title: &str) -> Option<usize> {
    let at = shown.len().checked_sub(title.len())?;
    (at > 0 && shown.ends_with(title)).then_some(at)
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
        // ` – Blatt – 13.06.2023`
        let is_day = tail.len() <= 10
            && tail
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
            && tail.contains('.');
        let is_section = title[at..].starts_with(" | ") && tail.split_whitespace().count() <= 4;
        if !(is_day || is_section || is_site(tail, metadata)) {
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
                || site.starts_with(&tail_normal)
                    && (tail_normal.len() >= 3 || tail.chars().all(char::is_uppercase)))
    });
    named || tail_normal.len() >= 3 && normal(host).contains(&tail_normal)
}
