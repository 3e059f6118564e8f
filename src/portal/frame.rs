//! What every page has around it: head, search box, links, footer.

use super::texts::Texts;
use super::{Address, Language, assets};
use crate::archive::Archive;

/// Who asks for a page, and for which.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The language to answer in.
    pub language: Language,
    /// The path that was asked for.
    pub path: String,
    /// The parameters of the address.
    pub address: Address,
}

impl Visit {
    /// The same with the values of facets by their ids, however the address names them.
    pub fn naming(&self, archive: &Archive) -> Visit {
        let id = |facet: &str, value: &str| archive.id_of_value(facet, value).ok();
        Visit {
            address: self.address.naming(id),
            ..self.clone()
        }
    }
}

/// What kind of page it is; style sheets and scripts know it by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The search.
    Search,
    /// All values of a facet.
    Facet,
    /// An article.
    Article,
    /// What is in the archive.
    Overview,
    /// Something went wrong.
    Problem,
}

impl Place {
    /// The name, as in the attribute `data-place` of a page.
    pub fn name(self) -> &'static str {
        match self {
            Place::Search => "search",
            Place::Facet => "facet",
            Place::Article => "article",
            Place::Overview => "overview",
            Place::Problem => "problem",
        }
    }
}

/// What every page has around it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The texts, in the language of the page.
    pub t: &'static Texts,
    /// The language of the page.
    pub language: Language,
    /// Name of the page; the title of the document has it in front.
    pub title: String,
    /// What kind of page it is.
    pub place: Place,
    /// Its path.
    pub path: String,
    /// The parameters of its address.
    pub address: Address,
    /// Number of articles that are there to be found, if it could be counted.
    pub documents: Option<u64>,
    /// What the search form sends beside what can be seen.
    pub carried: Vec<(String, String)>,
}

impl Frame {
    /// The frame of a page for a visit.
    pub fn new(visit: &Visit, place: Place, title: impl Into<String>) -> Frame {
        Frame {
            t: Texts::of(visit.language),
            language: visit.language,
            title: title.into(),
            place,
            path: visit.path.clone(),
            address: visit.address.clone(),
            documents: None,
            carried: (visit.address.get("lang").into_iter())
                .map(|language| ("lang".to_owned(), language.to_owned()))
                .collect(),
        }
    }

    /// The same with the number of articles in the archive.
    pub fn counting(mut self, documents: u64) -> Frame {
        self.documents = Some(documents);
        self
    }

    /// Title of the document.
    pub(super) fn document_title(&self) -> String {
        self.t.page.title.with(&[("page", &self.title)])
    }

    /// What is in the search box.
    pub(super) fn query(&self) -> &str {
        self.address.get("q").unwrap_or_default()
    }

    /// The same with a search form that carries along more of the state than the language.
    pub fn carrying(mut self, parameters: Vec<(String, String)>) -> Frame {
        self.carried = parameters;
        self
    }

    /// This page, in the form that states have.
    pub(super) fn here(&self) -> String {
        self.address.under(&self.path)
    }

    /// This page without what does not make it another one.
    pub(super) fn canonical(&self) -> String {
        match self.place {
            // What the address says beside the path only leads back, or lights something up.
            Place::Article | Place::Overview => self.path.clone(),
            _ => (self.address.first_page().without("lang")).under(&self.path),
        }
    }

    /// This page in the other language.
    pub(super) fn translated(&self) -> String {
        let other = self.language.other().code();
        self.address.with("lang", other).under(&self.path)
    }

    /// The start, in the language that was chosen.
    pub(super) fn home(&self) -> String {
        self.address.cleared().search()
    }

    /// The overview, in the language that was chosen.
    pub(super) fn overview(&self) -> String {
        self.address.cleared().under("/overview")
    }

    /// The newest hits of this search as a feed; of the whole archive, if the page is of no search.
    pub(super) fn feed(&self) -> String {
        let state = match self.place {
            Place::Search | Place::Facet => self.address.whole_result(),
            _ => self.address.cleared(),
        };
        // A feed has an order of its own.
        (state.without("sort").without("recency")).under("/feed.atom")
    }

    /// Where the style sheet is.
    pub(super) fn stylesheet(&self) -> String {
        assets::address(assets::STYLESHEET)
    }

    /// Where the icon is.
    pub(super) fn icon(&self) -> String {
        assets::address("icon.svg")
    }

    /// Where the scripts are.
    pub(super) fn scripts(&self) -> impl Iterator<Item = String> {
        assets::scripts().map(assets::address)
    }
}
