//! What the benchmark is asked to do.

use std::path::PathBuf;

use clap::Parser;

use crate::engine::{Which, Work};

/// Measures whole answers beside tantivy as it comes.
#[derive(Clone, Parser)]
pub(crate) struct Options {
    /// Folder with articles.jsonl and queries.tsv; indexes are built in it. Several for --growth.
    #[arg(required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// Make an archive of so many articles in each folder first, unless there is one.
    #[arg(long, num_args = 1.., value_name = "ARTICLES")]
    pub(crate) generate: Vec<u64>,
    /// Texts to make it from: JSON Lines with title and body, or plain text; else the sample archive.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) text: Vec<PathBuf>,
    /// Another seed makes another archive.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Measure how cost grows from folder to folder, and write that to growth.md and growth.svg in
    /// this folder.
    #[arg(long, value_name = "DOCS")]
    pub(crate) growth: Option<PathBuf>,
    /// Queries to ask instead of those in the folder; for --growth, of those of the largest archive.
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// How often each query is run; of its times the median counts.
    #[arg(long, default_value_t = 5)]
    pub(crate) runs: usize,
    /// Only each so many-th query of each class.
    #[arg(long, default_value_t = 1)]
    pub(crate) every: usize,
    /// Only these classes of queries.
    #[arg(long)]
    pub(crate) class: Vec<String>,
    /// Only these indexes.
    #[arg(long, value_enum)]
    pub(crate) index: Vec<Which>,
    /// Only this kind of work.
    #[arg(long, value_enum)]
    pub(crate) work: Vec<Work>,
    /// Skip checking that hits, counts and scores are the same.
    #[arg(long)]
    pub(crate) no_check: bool,
    /// Only the times of queries: nothing of serving, drill-downs, HTTP and starting.
    #[arg(long)]
    pub(crate) only_times: bool,
    /// Nothing but serving, drill-downs, HTTP and starting.
    #[arg(long, conflicts_with = "only_times")]
    pub(crate) no_times: bool,
    /// Memory for indexing, in MB.
    #[arg(long, default_value_t = 512)]
    pub(crate) memory: usize,
    /// Build one index in this process.
    #[arg(long, value_enum, hide = true)]
    pub(crate) build: Option<Which>,
    /// Only serve from one index in this process, and tell what that takes.
    #[arg(long, value_enum, hide = true)]
    pub(crate) serve: Option<Which>,
}

impl Options {
    /// The indexes that are wanted.
    pub(crate) fn indexes(&self) -> Vec<Which> {
        let wanted = |which: &Which| self.index.is_empty() || self.index.contains(which);
        Which::ALL.into_iter().filter(wanted).collect()
    }

    /// The kinds of work that are wanted.
    pub(crate) fn works(&self) -> Vec<Work> {
        let wanted = |work: &Work| self.work.is_empty() || self.work.contains(work);
        Work::ALL.into_iter().filter(wanted).collect()
    }
}
