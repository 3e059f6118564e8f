//! How the hits are laid out, and taken away.

use crate::export;
use crate::portal::Address;
use crate::portal::texts::Texts;
use crate::search::Sort;

/// The numbers of hits on a page that can be chosen.
const PAGE_SIZES: [u64; 4] = [10, 20, 50, 100];

/// How the hits are laid out, and taken away.
#[derive(Debug, Clone)]
pub(super) struct Tools {
    pub(super) orders: Vec<Choice>,
    pub(super) page_sizes: Vec<Choice>,
    pub(super) collapses: bool,
    /// The whole result in each format: where, and the name of the format.
    pub(super) formats: Vec<(String, String)>,
}

/// Something to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) value: String,
    pub(super) name: String,
    pub(super) is_chosen: bool,
}

impl Tools {
    pub(super) fn new(t: &Texts, state: &Address, sort: Sort) -> Tools {
        let search = &t.search;
        let orders = [
            ("relevance", &search.relevance, Sort::Relevance),
            ("newest", &search.newest, Sort::Newest),
            ("oldest", &search.oldest, Sort::Oldest),
            ("added", &search.added, Sort::Added),
        ];
        // Without words, nothing is more relevant than anything else: the newest come first then,
        // which is not sent, so that words that are typed later are answered by relevance.
        let has_words = state.get("q").is_some();
        let is_silent = |order| !has_words && order == Sort::Newest && state.get("sort").is_none();
        let orders = (orders.into_iter()).skip(usize::from(!has_words));
        let chosen_size: u64 = state
            .get("limit")
            .map_or(10, |size| size.parse().unwrap_or(10));
        let mut sizes = PAGE_SIZES.to_vec();
        if !sizes.contains(&chosen_size) {
            sizes.push(chosen_size);
            sizes.sort_unstable();
        }
        let result = state.whole_result();
        Tools {
            orders: orders
                .map(|(value, name, order)| Choice {
                    value: if is_silent(order) { "" } else { value }.to_owned(),
                    name: name.clone(),
                    is_chosen: order == sort,
                })
                .collect(),
            page_sizes: (sizes.into_iter())
                .map(|size| Choice {
                    value: size.to_string(),
                    name: t.counted(&search.per_page, size),
                    is_chosen: size == chosen_size,
                })
                .collect(),
            collapses: state.get("collapse") == Some("true"),
            formats: (export::names().into_iter())
                .map(|format| {
                    let name = search.formats.get(format);
                    let href = result.with("format", format).under("/api/export");
                    (href, name.map_or(format, String::as_str).to_owned())
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::Language;

    #[test]
    fn every_format_has_a_name() {
        for language in Language::ALL {
            let named = &Texts::of(language).search.formats;
            let mut names: Vec<&str> = named.keys().map(String::as_str).collect();
            let mut formats = export::names();
            names.sort_unstable();
            formats.sort_unstable();
            assert_eq!(names, formats);
        }
    }
}
