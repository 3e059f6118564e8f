//! Questions of requests: in the address (GET) or in a JSON body (POST).

use axum::extract::{FromRequest, Request};
use axum::http::Method;

use super::App;
use super::body;
use super::parameters::{Reader, SearchParameters, Use};
use super::problem::Problem;

/// The question of a page of hits, or of counts.
pub(super) struct Searched(pub(super) SearchParameters);

/// The question of what is taken away.
pub(super) struct Exported(pub(super) SearchParameters);

/// What is to be completed.
pub(super) struct Typed(pub(super) SearchParameters);

/// How articles are to be similar to one.
pub(super) struct Compared(pub(super) SearchParameters);

impl FromRequest<App> for Typed {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        Ok(Typed(read(request, app, Use::Suggest).await?))
    }
}

impl FromRequest<App> for Compared {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        Ok(Compared(read(request, app, Use::Similar).await?))
    }
}

impl FromRequest<App> for Searched {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        Ok(Searched(read(request, app, Use::Search).await?))
    }
}

impl FromRequest<App> for Exported {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        Ok(Exported(read(request, app, Use::Export).await?))
    }
}

async fn read(request: Request, app: &App, wanted: Use) -> Result<SearchParameters, Problem> {
    let reader = Reader::new(app.archive.schema(), wanted);
    let query = request.uri().query().unwrap_or_default();
    if request.method() != Method::POST {
        return reader.address(query);
    }
    if !query.is_empty() {
        let detail = "a question is put in the body or in the address; leave out one of them";
        return Err(Problem::bad_parameter(detail));
    }
    reader.body(&body::json(request, app.timeout).await?)
}
