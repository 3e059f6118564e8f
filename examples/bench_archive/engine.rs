//! The engines that are held against each other, behind one interface.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::archive::Query;
use crate::german::German;
use crate::same::SameIndex;
use crate::stock::Stock;

/// Number of hits that are asked for.
pub(crate) const LIMIT: usize = 10;

/// One of the indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Which {
    Stock,
    Same,
    German,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Work {
    /// The best hits.
    Top,
    /// And the counts of all facets.
    Facets,
    /// And passages.
    Full,
    /// Counts of all values, to compare them.
    #[value(skip)]
    Check,
}

/// What is answered, as far as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Scores and ids, best first.
    pub(crate) hits: Vec<(f32, String)>,
    pub(crate) total: u64,
    pub(crate) counts: BTreeMap<String, BTreeMap<String, u64>>,
    /// Bytes of titles and passages: shows that they were made.
    pub(crate) shown: usize,
}

/// An index that answers.
pub(crate) enum Engine {
    Stock(Stock),
    Same(SameIndex),
    German(German),
}

impl Which {
    pub(crate) const ALL: [Which; 3] = [Which::Stock, Which::Same, Which::German];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Which::Stock => "stock",
            Which::Same => "same",
            Which::German => "german",
        }
    }
}

impl Work {
    pub(crate) const ALL: [Work; 3] = [Work::Top, Work::Facets, Work::Full];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Work::Top => "top",
            Work::Facets => "facets",
            Work::Full => "full",
            Work::Check => "check",
        }
    }
}

impl Engine {
    /// The index of that kind in the folder of an archive.
    pub(crate) fn open(archive: &Path, which: Which) -> Result<Engine> {
        let folder = archive.join(which.name());
        Ok(match which {
            Which::Stock => Engine::Stock(Stock::open(&folder)?),
            Which::Same => Engine::Same(SameIndex::open(&folder)?),
            Which::German => Engine::German(German::open(&folder)?),
        })
    }

    /// Answers a query; a value of a facet is selected in it, where the engine can do that.
    pub(crate) fn answer(&self, query: &Query, work: Work) -> Result<Answer> {
        match self {
            Engine::Stock(stock) => stock.answer(query, work),
            Engine::Same(same) => same.answer(query, work, true),
            Engine::German(german) => german.answer(query, work),
        }
    }
}
