//! How do answers look to a person?
//!
//! From answers of the [`archive`](crate::archive) and from [`texts`] to HTML, and nothing else: a
//! page is a struct with what its template shows, a template in `templates/`, and texts in both
//! languages. Templates escape whatever they are given; marks are made of spans, never of
//! ready-made HTML.
//!
//! Every page works without its scripts: each thing to do is a link or a form first. A script
//! fetches the same address and puts the parts in place that changed (`assets/navigate.js`).
//!
//! A new page is a folder here with a struct that has a [`Frame`], a template that extends
//! `base.html`, a handler in `http/portal/` and a line in `http/endpoints.rs`. A new script or style
//! sheet is a line in [`assets`].

mod address;
mod article;
pub mod assets;
mod facet;
mod frame;
mod language;
mod marked;
mod overview;
mod problem;
mod search;
mod suggest;
pub mod texts;
mod timeline;

pub use address::Address;
pub use article::{ArticlePage, ArticleParts};
pub use facet::{Column, FacetPage, FacetView, VALUES_ON_A_PAGE, Values};
pub use frame::{Frame, Place, Visit};
pub use language::Language;
pub use overview::OverviewPage;
pub use problem::ProblemPage;
pub use search::{Frequent, SearchFacts, SearchPage};
pub use suggest::SuggestionList;
pub use timeline::{Chart, Timeline, Times, TypedRange};

/// What can be written as HTML, escaped.
pub use askama::Template as Page;

/// Why a page cannot be written.
pub type RenderError = askama::Error;

/// A page as HTML.
pub fn html(page: &impl Page) -> Result<String, RenderError> {
    page.render()
}
