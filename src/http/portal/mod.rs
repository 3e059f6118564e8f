//! Pages for people: what a browser asks for, asked of the archive and handed to
//! [`portal`].

mod article;
mod asked;
mod assets;
mod facet;
mod overview;
mod search;
mod suggest;
mod timeline;
mod visitor;

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{self, IntoResponse, Response};

pub(super) use self::article::article;
pub(super) use self::assets::asset;
pub(super) use self::facet::facet;
pub(super) use self::overview::overview;
pub(super) use self::search::search;
pub(super) use self::suggest::suggest;
pub(super) use self::visitor::Visitor;
use super::App;
use super::problem::{Problem, internal};
use crate::archive::Archive;
use crate::portal::{self, ProblemPage, Visit};

/// A page as HTML, or why there is none.
type Html = Result<String, Problem>;

/// Answers with the page that is made of the archive. What goes wrong is a page, too.
async fn page(
    app: &App,
    visit: Visit,
    make: impl FnOnce(&Archive, &Visit) -> Html + Send + 'static,
) -> Response {
    let asked = visit.clone();
    match app.run(move |archive| make(archive, &asked)).await {
        Ok(html) => in_language(&visit, response::Html(html)),
        Err(problem) => trouble(&visit, problem),
    }
}

/// A page of the portal as HTML.
fn html(page: &impl portal::Page) -> Html {
    portal::html(page).map_err(|error| internal(&error, "failed"))
}

/// The page that says what went wrong, with the status and the headers of the problem.
pub(super) fn trouble(visit: &Visit, problem: Problem) -> Response {
    let plain = problem.clone();
    let page = ProblemPage::new(visit, problem.code(), problem.detail().to_owned());
    match portal::html(&page) {
        Ok(html) => problem.into_page(in_language(visit, response::Html(html))),
        Err(_) => plain.into_response(),
    }
}

/// Any other address: a page for those who want one, a problem description for programs.
pub(super) async fn unknown(uri: Uri, headers: HeaderMap) -> Response {
    let problem = super::routes::unknown().await;
    if !Visitor::wants_page(&headers) {
        return problem.into_response();
    }
    trouble(&Visitor::of(&uri, &headers).0, problem)
}

/// An answer that says which language it is in, and that this was chosen by a header.
fn in_language(visit: &Visit, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let headers = response.headers_mut();
    let language = HeaderValue::from_static(visit.language.code());
    headers.insert(header::CONTENT_LANGUAGE, language);
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}
