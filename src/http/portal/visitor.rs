//! Who asks for a page: language and address, from a request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};

use crate::http::App;
use crate::portal::{Address, Language, Visit};

/// Who asks for a page.
pub(in crate::http) struct Visitor(pub(in crate::http) Visit);

impl Visitor {
    /// Whether somebody with these headers wants a page rather than something for programs.
    pub(in crate::http) fn wants_page(headers: &HeaderMap) -> bool {
        let accepted = headers.get_all(header::ACCEPT).iter();
        let mut accepted = accepted.filter_map(|value| value.to_str().ok());
        accepted.any(|value| value.contains("text/html"))
    }

    /// Who asks for an address with these headers.
    pub(in crate::http) fn of(uri: &Uri, headers: &HeaderMap) -> Visitor {
        let address = Address::parse(uri.query().unwrap_or_default());
        let accepted = headers.get_all(header::ACCEPT_LANGUAGE).iter();
        let accepted: Vec<&str> = accepted.filter_map(|value| value.to_str().ok()).collect();
        Visitor(Visit {
            language: Language::choose(address.get("lang"), &accepted.join(",")),
            path: uri.path().to_owned(),
            address,
        })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Visitor, Infallible> {
        Ok(Visitor::of(&parts.uri, &parts.headers))
    }
}
