//! The options that say in which order hits come, and which of them stand for others.

use clap::ValueEnum;

use crate::archive::Ask;
use crate::search::{HalfLife, Sort};

#[derive(Debug, clap::Args)]
pub(super) struct Order {
    /// Order of the hits
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortArgument,
    /// Newer articles before older ones that fit as well: after this time, half of the weight is
    /// left (30d, 2w, 6m, 1y), but never less than a fifth; counts from the latest day of the archive
    #[arg(long, value_name = "HALF-LIFE")]
    recency: Option<HalfLife>,
    /// Show articles with the same text as one hit
    #[arg(long)]
    collapse: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortArgument {
    Relevance,
    Newest,
    Oldest,
    Added,
}

impl Order {
    /// The same question with its hits in this order.
    pub(super) fn apply(self, ask: Ask) -> Ask {
        Ask {
            sort: match self.sort {
                SortArgument::Relevance => Sort::Relevance,
                SortArgument::Newest => Sort::Newest,
                SortArgument::Oldest => Sort::Oldest,
                SortArgument::Added => Sort::Added,
            },
            recency: self.recency.map(|half_life| half_life.to_string()),
            collapse: self.collapse,
            ..ask
        }
    }
}
