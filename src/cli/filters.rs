//! The options that searching and counting share.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use crate::archive::{Ask, Between, Filter};
use crate::document::PartialDate;
use crate::search::Offsets;

/// What to look for.
#[derive(Debug, Args)]
pub(super) struct Query {
    /// The query: words, "phrases", field:value, AND/OR/NOT, -word …; without it, everything
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// All words must be there; never relaxed to any of them
    #[arg(long, conflicts_with = "any")]
    all: bool,
    /// Any of the words will do
    #[arg(long)]
    any: bool,
    /// Refuse a query that does not parse instead of searching for it as text
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    narrowing: Narrowing,
    /// Values to list of each facet, on each level; a level below the first is left out if the facet
    /// would list more than 16 times as many, but for what is below a selected value
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,
    /// Order of facet values: count, count_ascending, name, id or id_descending; for one facet
    /// FACET:ORDER, as country:name
    #[arg(long, value_name = "ORDER")]
    facet_sort: Vec<String>,
    /// Count distinct copies beside articles
    #[arg(long)]
    copies: bool,
    /// What spans of texts count in, in JSON: bytes of UTF-8, or units of UTF-16 as in browsers
    #[arg(long, value_enum, default_value = "bytes")]
    offsets: OffsetsArgument,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OffsetsArgument {
    Bytes,
    Utf16,
}

/// Which articles count.
#[derive(Debug, Args)]
pub(super) struct Narrowing {
    /// Only articles with this facet value, by id, name or alias; several values of one facet are
    /// alternatives; a minus before the value excludes it; _missing stands for no value;
    /// copy=ID stands for all copies of an article
    #[arg(long = "filter", short = 'f', value_name = "FACET=VALUE")]
    filters: Vec<FilterArgument>,
    /// Nothing before this year, month or day (2025, 2025-04, 2025-04-28)
    #[arg(long, value_name = "DATE")]
    from: Option<PartialDate>,
    /// Nothing after this year, month or day
    #[arg(long, value_name = "DATE")]
    to: Option<PartialDate>,
    /// Only articles of whose date no more is known than this year or month
    #[arg(long, value_name = "DATE")]
    known_to: Option<PartialDate>,
}

impl Narrowing {
    /// The same question about these articles only.
    pub(super) fn narrow(self, ask: Ask) -> Ask {
        Ask {
            filters: self.filters.into_iter().map(|filter| filter.0).collect(),
            from: self.from,
            to: self.to,
            known_to: self.known_to,
            ..ask
        }
    }
}

impl Query {
    /// The question that these options put.
    pub(super) fn ask(self) -> Ask {
        self.narrowing.narrow(Ask {
            text: self.words.join(" "),
            between: match (self.all, self.any) {
                (true, _) => Between::All,
                (_, true) => Between::Any,
                _ => Between::AllOrAny,
            },
            strict: self.strict,
            facet_limit: self.facet_limit,
            facet_sort: self.facet_sort,
            copies: self.copies,
            offsets: match self.offsets {
                OffsetsArgument::Bytes => Offsets::Bytes,
                OffsetsArgument::Utf16 => Offsets::Utf16,
            },
            ..Ask::default()
        })
    }
}

#[derive(Debug, Clone)]
struct FilterArgument(Filter);

impl FromStr for FilterArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<FilterArgument, String> {
        let (facet, value) = (text.split_once('='))
            .filter(|(facet, value)| !facet.is_empty() && !value.is_empty())
            .ok_or("write FACET=VALUE, as agency=kr-nis, or FACET=-VALUE to exclude")?;
        // A minus before the value or, as in an address, before the facet.
        let (value, exclude) = match value.strip_prefix('-') {
            Some(value) if !value.is_empty() => (value, true),
            _ => (value, false),
        };
        Ok(FilterArgument(Filter {
            facet: facet.to_owned(),
            value: value.to_owned(),
            exclude,
        }))
    }
}
