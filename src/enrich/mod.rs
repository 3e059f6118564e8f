//! What else can be said of this document, and on what evidence?
//!
//! One file per enricher; [`Enrichment`] runs them in order. An enricher sets only its own
//! fields, leaves alone what the input stated, and never calls another.

mod agency;
mod authors;
mod copy;
mod country;
mod date;
mod embargo;
mod gazetteers;
mod language;
mod publisher;
mod publishers;
mod resolve;
mod source;
mod words;

pub use self::copy::sketch;
pub use self::resolve::{aliases, resolve};
use crate::document::Document;

/// Derives one kind of metadata.
pub trait Enricher: Send + Sync {
    /// Name of the enricher, as messages show it.
    fn name(&self) -> &'static str;

    /// Adds to `document` what can be derived, with evidence; leaves empty what cannot.
    fn enrich(&self, document: &mut Document);
}

/// Version of all rules and tables of this module: documents enriched by another version are
/// read again when their archive is indexed again.
pub const VERSION: &str = "3";

/// All enrichers, in the order in which they run.
pub struct Enrichment {
    enrichers: Vec<Box<dyn Enricher>>,
}

impl Enrichment {
    /// The enrichers of this program.
    pub fn standard() -> Enrichment {
        Enrichment {
            enrichers: vec![
                Box::new(language::Language),
                Box::new(date::DateEnricher),
                Box::new(embargo::Embargo),
                Box::new(publisher::PublisherEnricher),
                Box::new(authors::Authors),
                Box::new(agency::AgencyEnricher),
                Box::new(country::CountryEnricher),
                Box::new(source::SourceEnricher),
                Box::new(copy::Copy),
            ],
        }
    }

    /// Runs every enricher on `document`.
    pub fn run(&self, document: &mut Document) {
        for enricher in &self.enrichers {
            enricher.enrich(document);
        }
    }
}
