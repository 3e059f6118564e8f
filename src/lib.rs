//! Fundstelle finds, in an archive of German press text, who wrote what, when, and on whose word.
//!
//! The modules follow the way of the data; each answers one question and `ARCHITECTURE.md`
//! says what each must not know:
//!
//! ```text
//! raw file ─► ingest ─► Document ─► enrich ─► Document ─┐
//!                                                       ├─► engine ─► index/
//! text ────────────────► analysis ─► tokens ────────────┘      ▲
//! query text ─► query ─► Query ─► analysis ─► SearchRequest ───┤
//!                                                              ▼
//! CLI, HTTP, page ◄── hits + snippets + facets ◄── search::SearchResponse
//! ```

pub mod analysis;
pub mod analyzers;
pub mod archive;
pub mod cli;
pub mod curation;
pub mod document;
pub mod engine;
pub mod enrich;
pub mod evaluate;
pub mod export;
pub mod http;
pub mod ingest;
pub mod pipeline;
pub mod portal;
pub mod query;
pub mod recount;
pub mod rights;
pub mod schema;
pub mod search;
