//! The page of an article: the text set for reading, what the query finds in it, and everything
//! that is known about it, each value with the evidence that lights up in the text.

mod cut;
mod links;
mod origin;
mod panel;
mod parts;
mod text;

use askama::Template;

use self::cut::Piece;
use self::origin::{Citation, Origin, Others};
use self::panel::{Beside, Group, Link, Panel};
use self::text::{Matches, Part, Texted};
use super::texts::Texts;
use super::{Frame, Place, Visit};
use crate::archive::{Article, SimilarResponse};
use crate::document::{Access, DateKind, Document, Moment};
use crate::schema::Schema;
use crate::search::Hit;

pub(super) use self::links::of_value as search_of_value;

/// The page of an article.
#[derive(Debug, Clone, Template)]
#[template(path = "article.html")]
pub struct ArticlePage<'a> {
    frame: Frame,
    t: &'static Texts,
    document: &'a Document,
    /// Back to the search that led here.
    back: Link,
    kicker: Vec<Piece<'a>>,
    /// The headline; without pieces if there is none.
    title: Vec<Piece<'a>>,
    authors: Option<String>,
    date: Option<String>,
    updated: Option<String>,
    /// Why the text is not here, or not whole.
    notice: Option<&'a str>,
    paragraphs: Vec<Vec<Piece<'a>>>,
    matches: Option<Matches>,
    part: Option<Part>,
    beside: Vec<Beside>,
    groups: Vec<Group>,
    /// The page without anything lit up.
    unlit: String,
    is_lit: bool,
    citations: Vec<Citation>,
    origin: Origin,
    others: Others<'a>,
}

/// What the page of an article is made of.
#[derive(Debug, Clone, Copy)]
pub struct ArticleParts<'a> {
    /// The fields of the index.
    pub schema: &'a Schema,
    /// The article, with what the query finds in it.
    pub article: &'a Article,
    /// The same for citations.
    pub hit: &'a Hit,
    /// Articles like it.
    pub similar: Option<&'a SimilarResponse>,
    /// The moment of the question.
    pub accessed: Moment,
    /// Number of articles in the archive.
    pub documents: u64,
}

/// Parameters of the page that are no part of the search that led here: the value that is lit up,
/// and the part of a long text.
const OWN: [&str; 2] = ["evidence", "part"];

impl<'a> ArticlePage<'a> {
    /// The page of an article for a visit.
    pub fn new(visit: &Visit, made_of: ArticleParts<'a>) -> ArticlePage<'a> {
        let t = Texts::of(visit.language);
        let ArticleParts { article, hit, .. } = made_of;
        let document = &article.document;
        let search = (OWN.iter()).fold(visit.address.first_page(), |it, own| it.without(own));
        let chosen = visit.address.get("evidence").and_then(|it| it.parse().ok());
        let parts = parts::parts(&document.body, parts::MAX_PART);
        let place = (visit.path.as_str(), search.clone());
        let mut panel = Panel::new(
            visit.language,
            made_of.schema,
            article,
            place,
            &parts,
            chosen,
        );
        let groups = panel.groups();
        let texted = Texted::new(visit, article, &parts, panel.marks, chosen);
        let title = document.title.clone();
        let title = title.unwrap_or_else(|| t.article.title.clone());
        ArticlePage {
            frame: Frame::new(visit, Place::Article, title).counting(made_of.documents),
            t,
            document,
            back: Link {
                address: search.search(),
                text: match search.get("q") {
                    Some(query) => t.article.back_to.with(&[("query", &query)]),
                    None => t.article.back.clone(),
                },
            },
            kicker: texted.kicker,
            title: texted.title,
            authors: (!document.authors.is_empty()).then(|| {
                t.article
                    .by
                    .with(&[("authors", &document.authors.join(", "))])
            }),
            date: document.date.map(|date| {
                let written = t.format.date(date.value);
                match date.kind {
                    DateKind::Updated => t.article.as_of.with(&[("date", &written)]),
                    DateKind::Published | DateKind::Header => written,
                }
            }),
            updated: document.updated.map(|updated| {
                let written = t.format.date(updated);
                t.article.updated.with(&[("date", &written)])
            }),
            notice: match document.access {
                Access::Metadata => Some(&t.article.only_metadata),
                Access::Snippet => Some(&t.article.only_snippets),
                Access::Full if document.body.trim().is_empty() => Some(&t.article.no_text),
                Access::Full => None,
            },
            paragraphs: texted.paragraphs,
            matches: texted.matches,
            part: texted.part,
            beside: panel.beside,
            groups,
            unlit: (search.with("part", visit.address.get("part").unwrap_or_default()))
                .under(&visit.path),
            is_lit: chosen.is_some(),
            citations: origin::citations(t, hit, made_of.accessed),
            origin: Origin::new(t, document),
            others: Others::new(t, visit, article, made_of.similar),
        }
    }

    /// The day of publication for programs that manage sources, as precisely as it is known.
    fn published(&self) -> Option<String> {
        let date = self.document.date?.value.without_time();
        Some(date.to_string().replace('-', "/"))
    }
}
