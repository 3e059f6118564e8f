//! How well is metadata derived from pages whose metadata is known?
//!
//! The labels have one JSON object a line and page: `file`, `date`, `title`, `publisher`,
//! `authors`, `body`, `agencies` (`id`, `kind`, `role`, `scope`) and `countries` (`iso`, `role`).
//! What is labelled `optional` is neither rewarded nor punished; nor are countries that are clear
//! only from institutions or regions (`implicit`). Each module makes rows of one kind.

mod dates;
mod fields;
mod labels;
mod mentions;
mod row;
mod seeds;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::ThreadTime;

use self::labels::PageLabel;
pub use self::row::{Figure, Row};
use super::CollectionError;
use crate::document::{Document, LineKind};
use crate::enrich::Enrichment;
use crate::ingest::{self, ReadOptions, Skipped, SourceFile};

/// What there is to evaluate on.
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    /// The labels, a line each.
    pub labels: PathBuf,
    /// The folder with their pages.
    pub pages: PathBuf,
    /// A folder with `gold.tsv` (file, address, day) and `html/`.
    pub dates: Option<PathBuf>,
    /// The labels of the seeds, and the folder with the seeds.
    pub seeds: Option<(PathBuf, PathBuf)>,
}

/// Why metadata cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The labels cannot be read.
    #[error(transparent)]
    Labels(#[from] CollectionError),
    /// A labelled page cannot be read.
    #[error("{0}")]
    Page(Skipped),
}

/// A labelled page and what was made of it.
struct Page {
    label: PageLabel,
    document: Document,
    /// What was made of it without any address.
    without_addresses: Document,
    took: Duration,
}

/// The whole table.
pub fn evaluate(labelled: &Labelled) -> Result<Vec<Row>, MetadataError> {
    let reader = Reader::new();
    let labels = labels::pages(&labelled.labels)?;
    let pages = labels
        .into_iter()
        .map(|label| reader.page(&labelled.pages, label));
    let pages = pages.collect::<Result<Vec<Page>, MetadataError>>()?;
    let mut rows = fields::rows(&pages);
    if let Some(folder) = &labelled.dates {
        rows.insert(1, dates::row(folder, &reader)?);
    }
    rows.extend(mentions::rows(&pages));
    if let Some((labels, folder)) = &labelled.seeds {
        rows.extend(seeds::rows(labels, folder, &reader)?);
    }
    rows.push(cost(&pages));
    Ok(rows)
}

/// What a page takes, read and enriched by one thread.
fn cost(pages: &[Page]) -> Row {
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    let sum: f64 = pages.iter().map(|page| ms(page.took)).sum();
    let slowest = pages.iter().map(|page| page.took).max().unwrap_or_default();
    Row {
        what: "processor time per page".to_owned(),
        figure: Figure::Cost {
            cpu_ms: sum / pages.len().max(1) as f64,
            slowest_cpu_ms: ms(slowest),
            of: pages.len(),
        },
        target: "about 5 ms",
        misses: Vec::new(),
    }
}

/// Reads and enriches, as indexing does.
struct Reader {
    enrichment: Enrichment,
    options: ReadOptions,
}

impl Reader {
    fn new() -> Reader {
        Reader {
            enrichment: Enrichment::standard(),
            options: ReadOptions::default(),
        }
    }

    fn page(&self, folder: &Path, label: PageLabel) -> Result<Page, MetadataError> {
        let path = folder.join(&label.file);
        // The first reading loads the tables and the file.
        self.enrich(&mut self.read(&path)?);
        let begun = ThreadTime::now();
        let mut document = self.read(&path)?;
        let mut without_addresses = document.clone();
        self.enrich(&mut document);
        let took = begun.elapsed();
        remove_addresses(&mut without_addresses);
        self.enrich(&mut without_addresses);
        Ok(Page {
            label,
            document,
            without_addresses,
            took,
        })
    }

    /// The first document of a file.
    fn read(&self, path: &Path) -> Result<Document, MetadataError> {
        let file = SourceFile {
            path: path.to_path_buf(),
            key: path.display().to_string(),
        };
        let mut first = None;
        let _ = ingest::read(&file, &self.options, &mut |result| {
            first = Some(result);
            ControlFlow::Break(())
        });
        let empty = Skipped {
            path: file.key,
            line: None,
            reason: "no document in it".to_owned(),
        };
        first.unwrap_or(Err(empty)).map_err(MetadataError::Page)
    }

    fn enrich(&self, document: &mut Document) {
        self.enrichment.run(document);
    }
}

/// Takes away what a page says of its own address, but not what readers see.
fn remove_addresses(document: &mut Document) {
    document.url = None;
    let is_address = |text: &str| text.contains("://") || text.contains("www.");
    document
        .lines
        .retain(|line| line.kind != LineKind::Metadata || !is_address(&line.text));
}
