//! How an article is cited, where it comes from, and what else there is like it.

use crate::archive::{Article, SimilarResponse};
use crate::document::{Document, Moment};
use crate::export;
use crate::portal::Visit;
use crate::portal::texts::Texts;
use crate::search::Hit;

/// A citation in one format.
#[derive(Debug, Clone)]
pub(super) struct Citation {
    /// Name of the format, for addresses.
    pub(super) format: &'static str,
    pub(super) name: String,
    pub(super) text: String,
    /// Where it can be downloaded.
    pub(super) address: String,
}

/// The article as a citation in each of the formats that pages show.
pub(super) fn citations(t: &Texts, hit: &Hit, accessed: Moment) -> Vec<Citation> {
    let cite = &t.article.cite;
    let shown = [
        ("plain", &cite.plain),
        ("bibtex", &cite.bibtex),
        ("ris", &cite.ris),
    ];
    let formats = shown.into_iter().filter_map(|(format, name)| {
        let text = export::citation(export::by_name(format)?, hit, accessed);
        Some(Citation {
            format,
            name: name.clone(),
            text: text.trim().replace("\r\n", "\n"),
            address: format!("{}/cite?format={format}", data(&hit.id)),
        })
    });
    formats.collect()
}

/// Where an article comes from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) url: Option<String>,
    /// Whether the address may be followed.
    pub(super) is_link: bool,
    /// The file; `None` if it was sent.
    pub(super) file: Option<String>,
    /// When the index took it in.
    pub(super) indexed: Option<String>,
    /// The page of the article and nothing else.
    pub(super) permalink: String,
    /// All data, for programs.
    pub(super) data: String,
}

impl Origin {
    pub(super) fn new(t: &Texts, document: &Document) -> Origin {
        /// What stands in place of a file for articles that were sent.
        const SENT: &str = "http:";
        let local = document.indexed_at.and_then(Moment::local);
        Origin {
            is_link: document.url.as_deref().is_some_and(leads_to_the_web),
            url: document.url.clone(),
            file: (document.source_path != SENT).then(|| document.source_path.clone()),
            indexed: local.map(|date| t.format.date(date)),
            permalink: crate::portal::Address::default().article(&document.id),
            data: data(&document.id),
        }
    }
}

/// The article for programs.
fn data(id: &str) -> String {
    let page = crate::portal::Address::default().article(id);
    page.replacen("/articles/", "/api/documents/", 1)
}

/// Whether a browser may follow an address: what scripts, files and data are called is text.
fn leads_to_the_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) && url.contains("://")
}

/// Another article.
#[derive(Debug, Clone)]
pub(super) struct Other<'a> {
    pub(super) address: String,
    pub(super) title: &'a str,
    pub(super) publisher: Option<&'a str>,
    pub(super) date: Option<String>,
}

/// Other articles.
#[derive(Debug, Clone)]
pub(super) struct Others<'a> {
    pub(super) copies: Vec<Other<'a>>,
    /// All copies as a search, if there are any, with their number in words.
    pub(super) all_copies: Option<(String, String)>,
    pub(super) similar: Vec<Other<'a>>,
    /// The words that these share, in a sentence.
    pub(super) because: Option<String>,
}

/// Most words that are named.
const MAX_WORDS: usize = 8;

impl<'a> Others<'a> {
    pub(super) fn new(
        t: &'static Texts,
        visit: &Visit,
        article: &'a Article,
        similar: Option<&'a SimilarResponse>,
    ) -> Others<'a> {
        // A similar article is not one of the search that led here.
        let clear = visit.address.cleared();
        let untitled = t.search.untitled.as_str();
        let written = |date: &Option<String>| date.as_deref().map(|it| t.format.date_text(it));
        let copy = article.copy.as_ref().filter(|copy| copy.size > 1);
        let hits = similar.map_or(&[][..], |similar| similar.hits.as_slice());
        // Beside a text that is not shown, its words are not either.
        let words = similar.filter(|_| article.document.access.is_full());
        let words = words.map_or(&[][..], |similar| similar.because.as_slice());
        let words: Vec<&str> = (words.iter())
            .take(MAX_WORDS)
            .map(|word| word.text.as_str())
            .collect();
        Others {
            copies: copy.map_or_else(Vec::new, |copy| {
                let prints = copy.also_in.iter().map(|print| Other {
                    address: clear.article(&print.id),
                    title: print.title.as_deref().unwrap_or(untitled),
                    publisher: print.publisher.as_ref().map(|it| it.name.as_str()),
                    date: written(&print.date),
                });
                prints.collect()
            }),
            all_copies: copy.map(|copy| {
                let all = clear.with(crate::search::COPY, &article.document.id);
                let in_words = t.counted(&t.article.others.all_copies, copy.size);
                (all.search(), in_words)
            }),
            because: (!hits.is_empty() && !words.is_empty())
                .then(|| (t.article.others.because).with(&[("words", &words.join(", "))])),
            similar: (hits.iter())
                .map(|hit| Other {
                    address: clear.article(&hit.id),
                    title: hit.title.as_deref().unwrap_or(untitled),
                    publisher: hit.publisher.as_ref().map(|it| it.name.as_str()),
                    date: written(&hit.date),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for url in ["https://example.org/a", "HTTP://example.org"] {
            assert!(leads_to_the_web(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http:x",
            " https://example.org",
            "//example.org",
            "",
        ] {
            assert!(!leads_to_the_web(url), "{url}");
        }
    }

    #[test]
    fn ids_of_any_letters_have_addresses() {
        assert_eq!(data("a/b?c d"), "/api/documents/a%2Fb%3Fc%20d");
    }
}
