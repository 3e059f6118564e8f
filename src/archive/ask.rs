//! What a person or a program asks an archive: texts and names, not yet understood.

use super::Condition;
use crate::document::PartialDate;
use crate::search::{HistogramRequest, Offsets, Sort};

/// Most hits in one answer; more come page by page.
pub const MAX_LIMIT: usize = 1000;
/// Most hits that are passed over; those behind are reached by cursors, or all at once.
pub const MAX_SKIP: usize = 10_000;
/// Most values of a facet that are listed on each level.
pub const MAX_FACET_VALUES: usize = 10_000;

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The query text; empty asks for everything.
    pub text: String,
    /// What stands between words without an operator.
    pub between: Between,
    /// Whether a query that does not parse is refused instead of searched for as text.
    pub strict: bool,
    /// Whether the text is language, such as a question or a headline, in which nothing is an
    /// operator.
    pub plain: bool,
    /// Whether each hit is to tell why it has its score.
    pub explain: bool,
    /// Whether passages are cut; without them, hits come faster.
    pub snippets: bool,
    /// Selected and excluded facet values.
    pub filters: Vec<Filter>,
    /// What hits must be besides, whatever the facets.
    pub condition: Option<Condition>,
    /// Nothing before the beginning of this period.
    pub from: Option<PartialDate>,
    /// Nothing after the end of this period.
    pub to: Option<PartialDate>,
    /// Only documents of whose date no more is known than this year or month.
    pub known_to: Option<PartialDate>,
    /// Order of the hits.
    pub sort: Sort,
    /// In how many days scores halve, if newer documents are to come before older ones: a
    /// [`crate::search::HalfLife`].
    pub recency: Option<String>,
    /// Number of hits that are passed over, at most [`MAX_SKIP`].
    pub skip: usize,
    /// Number of hits, at most [`MAX_LIMIT`].
    pub limit: usize,
    /// Where to go on: `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Names of the facets to count; all of them if `None`.
    pub facets: Option<Vec<String>>,
    /// Number of values to list on each level of a facet, at most [`MAX_FACET_VALUES`]; which levels are
    /// listed is stated at [`crate::search::FacetRequest::limit`].
    pub facet_limit: usize,
    /// Number of values to pass over on the first level of a facet.
    pub facet_offset: usize,
    /// Only the values below this one: id, name or alias.
    pub facet_under: Option<String>,
    /// Orders of values: `name` for all facets, `country:name` for one; names as in
    /// [`crate::search::FacetOrder::NAMES`].
    pub facet_sort: Vec<String>,
    /// Only facet values whose name or id has this text in it.
    pub facet_contains: Option<String>,
    /// How hits are spread over time, if that is asked for.
    pub histogram: Option<HistogramRequest>,
    /// Whether copies make one hit.
    pub collapse: bool,
    /// Whether facets count distinct copies, too.
    pub copies: bool,
    /// What spans of texts count in.
    pub offsets: Offsets,
    /// Language of labels, ISO 639-1.
    pub language: String,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask {
            text: String::new(),
            between: Between::default(),
            strict: false,
            plain: false,
            explain: false,
            snippets: true,
            filters: Vec::new(),
            condition: None,
            from: None,
            to: None,
            known_to: None,
            sort: Sort::default(),
            recency: None,
            skip: 0,
            limit: 10,
            cursor: None,
            facets: None,
            facet_limit: 10,
            facet_offset: 0,
            facet_under: None,
            facet_sort: Vec::new(),
            facet_contains: None,
            histogram: None,
            collapse: false,
            copies: false,
            offsets: Offsets::default(),
            language: "de".to_owned(),
        }
    }
}

impl Ask {
    /// Whether filters or dates leave out some of what the text finds.
    pub fn is_narrowed(&self) -> bool {
        let narrows = [self.from, self.to, self.known_to]
            .iter()
            .any(Option::is_some);
        narrows || !self.filters.is_empty() || self.condition.is_some()
    }

    /// Which hits are asked for, in one text: the same for the same question at any time.
    pub fn identity(&self) -> String {
        let mut filters: Vec<String> = (self.filters.iter())
            .map(|filter| {
                let sign = if filter.exclude { "-" } else { "" };
                format!("{}={sign}{}", filter.facet, filter.value)
            })
            .collect();
        filters.sort_unstable();
        filters.dedup();
        let between = match self.between {
            Between::AllOrAny => "all or any",
            Between::All => "all",
            Between::Any => "any",
        };
        let date = |date: Option<PartialDate>| date.map_or_else(String::new, |d| d.to_string());
        let (from, to) = (date(self.from), date(self.to));
        // Without it, questions keep the identity that they had before there was such a thing.
        let known_to = (self.known_to).map_or_else(String::new, |date| format!("known to {date}"));
        let copies = if self.collapse { "collapsed" } else { "" };
        let parts = [self.text.trim(), between, &from, &to, copies];
        filters.extend((!known_to.is_empty()).then_some(known_to));
        format!("{}\n{}", parts.join("\n"), filters.join("\n"))
    }
}

/// What stands between words without an operator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Between {
    /// All words; any of them, with a notice, if nothing in the archive has all.
    #[default]
    AllOrAny,
    /// All words, never fewer.
    All,
    /// Any of the words.
    Any,
}

/// One facet value that is selected or excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Name of the facet, or [`crate::search::COPY`].
    pub facet: String,
    /// Id, name or alias of the value, or [`crate::search::MISSING`].
    pub value: String,
    /// Whether it is excluded.
    pub exclude: bool,
}
