//! All routes, each with what is said of it. A new route is an entry here: its path, its handlers,
//! and an [`Operation`] for each method; shapes of answers that are new go into the list of
//! `openapi/components.rs`.

use axum::routing::{MethodRouter, get, post};

use super::openapi::{self, Answer, Input, Operation};
use super::parameters::Use;
use super::{
    App, document, export, instantsearch, metrics, multi, opensearch, portal, related, routes,
    write,
};

/// One route.
pub(super) struct Endpoint {
    /// Its path, with its parameters in braces.
    pub(super) path: &'static str,
    /// Its handlers.
    pub(super) methods: MethodRouter<App>,
    /// What is said of each of its methods.
    pub(super) operations: Vec<Operation>,
    /// Whether its answers depend on nothing but index, clock and program, so that they have tags.
    pub(super) is_tagged: bool,
}

/// The parameter in the path of what is about one article.
const ID: &[(&str, &str)] = &[("id", "Id of the article.")];

/// Routes whose answers depend on more than index, day and program: they have no tags.
const UNTAGGED: [&str; 7] = [
    "/api/export",
    "/assets/{version}/{name}",
    "/health",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/opensearch.xml",
];

/// All routes.
pub(super) fn endpoints() -> Vec<Endpoint> {
    let mut all = searching();
    all.extend(documents());
    all.extend(widgets());
    all.extend(itself());
    all.extend(pages());
    (all.into_iter())
        .map(|endpoint| match endpoint.path {
            path if UNTAGGED.contains(&path) => endpoint,
            _ => tagged(endpoint),
        })
        .collect()
}

fn endpoint(
    path: &'static str,
    methods: MethodRouter<App>,
    operations: impl Into<Vec<Operation>>,
) -> Endpoint {
    Endpoint {
        path,
        methods,
        operations: operations.into(),
        is_tagged: false,
    }
}

/// The same with tags.
fn tagged(endpoint: Endpoint) -> Endpoint {
    let operations = endpoint.operations.into_iter().map(|operation| Operation {
        is_tagged: operation.method == "get",
        ..operation
    });
    Endpoint {
        operations: operations.collect(),
        is_tagged: true,
        ..endpoint
    }
}

/// An operation without parameters and problems of its own.
fn operation(
    method: &'static str,
    id: &'static str,
    summary: &'static str,
    input: Input,
    answer: Answer,
) -> Operation {
    Operation {
        method,
        id,
        summary,
        path: &[],
        input,
        answer,
        problems: &[],
        is_tagged: false,
    }
}

/// Both ways to put a question.
fn asked(
    ids: [&'static str; 2],
    summary: &'static str,
    wanted: Use,
    answer: Answer,
) -> [Operation; 2] {
    [
        operation("get", ids[0], summary, Input::Address(wanted), answer),
        operation("post", ids[1], summary, Input::Body(wanted), answer),
    ]
}

fn searching() -> Vec<Endpoint> {
    vec![
        endpoint(
            "/api/search",
            get(routes::search).post(routes::search),
            asked(
                ["search", "searchByBody"],
                "Ranked hits with passages, and counts by facet.",
                Use::Search,
                Answer::Json("SearchResponse"),
            ),
        ),
        endpoint(
            "/api/multi-search",
            post(multi::search),
            [operation(
                "post",
                "multiSearch",
                "Several questions in one request, answered in order, all of one commit.",
                Input::Json("MultiSearchQuestion"),
                Answer::Json("MultiSearchResponse"),
            )],
        ),
        endpoint(
            "/api/facets/{facet}",
            get(routes::facet).post(routes::facet),
            asked(
                ["facet", "facetByBody"],
                "The counts of one facet. What is said of hits does not matter.",
                Use::Search,
                Answer::Json("FacetResponse"),
            )
            .map(|operation| Operation {
                path: &[("facet", "Name of the facet.")],
                ..operation
            }),
        ),
        endpoint(
            "/api/export",
            get(export::export).post(export::export),
            asked(
                ["export", "exportByBody"],
                "All hits, streamed, in the format that `format` or the header `Accept` names.",
                Use::Export,
                Answer::Export,
            )
            .map(|operation| Operation {
                problems: &[406],
                ..operation
            }),
        ),
        endpoint(
            "/feed.atom",
            get(export::feed),
            [operation(
                "get",
                "feed",
                "The newest hits of a search as an Atom feed.",
                Input::Address(Use::Feed),
                Answer::Text("application/atom+xml; charset=utf-8"),
            )],
        ),
        endpoint(
            "/api/suggest",
            get(related::suggest).post(related::suggest),
            asked(
                ["suggest", "suggestByBody"],
                "What may be meant by what was typed so far.",
                Use::Suggest,
                Answer::Json("Suggestions"),
            ),
        ),
    ]
}

fn documents() -> Vec<Endpoint> {
    vec![
        endpoint(
            "/api/documents",
            post(write::add),
            [operation(
                "post",
                "addDocuments",
                "Takes in JSON Lines, and says what became of each line.",
                Input::Documents,
                Answer::Json("Receipt"),
            )],
        ),
        endpoint(
            "/api/documents/{id}",
            get(document::document).delete(write::delete),
            [
                Operation {
                    path: ID,
                    problems: &[403, 404],
                    ..operation(
                        "get",
                        "document",
                        "One article with all that is known about it, and on what evidence.",
                        Input::Address(Use::Document),
                        Answer::Json("DocumentResponse"),
                    )
                },
                Operation {
                    path: ID,
                    problems: &[404],
                    ..operation(
                        "delete",
                        "deleteDocument",
                        "Deletes an article from the index.",
                        Input::Writer,
                        Answer::Nothing,
                    )
                },
            ],
        ),
        endpoint(
            "/api/documents/{id}/cite",
            get(document::cite),
            [Operation {
                path: ID,
                problems: &[403, 404],
                ..operation(
                    "get",
                    "cite",
                    "One article as a citation.",
                    Input::Address(Use::Cite),
                    Answer::Citation,
                )
            }],
        ),
        endpoint(
            "/api/documents/{id}/similar",
            get(related::similar).post(related::similar),
            asked(
                ["similar", "similarByBody"],
                "Articles that share the words by which an article differs from most.",
                Use::Similar,
                Answer::Json("SimilarResponse"),
            )
            .map(|operation| Operation {
                path: ID,
                problems: &[403, 404],
                ..operation
            }),
        ),
    ]
}

/// What search widgets ask; errors of these routes have the shape that those read.
fn widgets() -> Vec<Endpoint> {
    let asks = |id, summary| operation("post", id, summary, Input::Widget, Answer::AnyJson);
    const UID: &[(&str, &str)] = &[("uid", "Name of the index: `articles`.")];
    vec![
        endpoint(
            "/multi-search",
            post(instantsearch::multi_search),
            [asks(
                "widgetMultiSearch",
                "For InstantSearch: several searches.",
            )],
        ),
        endpoint(
            "/indexes/{uid}/search",
            post(instantsearch::search),
            [Operation {
                path: UID,
                ..asks("widgetSearch", "For InstantSearch: one search.")
            }],
        ),
        endpoint(
            "/indexes/{uid}/facet-search",
            post(instantsearch::facet_search),
            [Operation {
                path: UID,
                ..asks("widgetFacetSearch", "For InstantSearch: values of a facet.")
            }],
        ),
        endpoint(
            "/version",
            get(instantsearch::version),
            [operation(
                "get",
                "version",
                "For InstantSearch: the version of the server.",
                Input::Nothing,
                Answer::AnyJson,
            )],
        ),
    ]
}

/// What the server says of itself.
fn itself() -> Vec<Endpoint> {
    let says = |id, summary, answer| operation("get", id, summary, Input::Nothing, answer);
    const HTML: Answer = Answer::Text("text/html; charset=utf-8");
    vec![
        endpoint(
            "/api/schema",
            get(routes::schema),
            [says("schema", "The fields of the index.", Answer::AnyJson)],
        ),
        endpoint(
            "/api/openapi.json",
            get(openapi::document),
            [says("openapi", "This description.", Answer::AnyJson)],
        ),
        endpoint(
            "/api",
            get(openapi::page),
            [says("api", "This description as a page.", HTML)],
        ),
        endpoint(
            "/health",
            get(routes::health),
            [says(
                "health",
                "Whether the server can answer.",
                Answer::Json("Health"),
            )],
        ),
        endpoint(
            "/health/live",
            get(routes::live),
            [says(
                "live",
                "Whether the server runs.",
                Answer::Json("Alive"),
            )],
        ),
        endpoint(
            "/health/ready",
            get(routes::ready),
            [says(
                "ready",
                "Whether the server can answer; 503 if not.",
                Answer::Json("Health"),
            )],
        ),
        endpoint(
            "/metrics",
            get(metrics::metrics),
            [says(
                "metrics",
                "Figures of the running server, for Prometheus.",
                Answer::Text(metrics::MEDIA_TYPE),
            )],
        ),
        endpoint(
            "/opensearch.xml",
            get(opensearch::description),
            [says(
                "openSearch",
                "Lets browsers and readers of feeds search here.",
                Answer::Text(opensearch::MEDIA_TYPE),
            )],
        ),
    ]
}

/// Pages for people, and what they load.
fn pages() -> Vec<Endpoint> {
    vec![
        endpoint(
            "/",
            get(portal::search),
            [operation(
                "get",
                "page",
                "The page of a search, for people.",
                Input::Address(Use::Search),
                Answer::Page,
            )],
        ),
        endpoint(
            "/facets/{facet}",
            get(portal::facet),
            [Operation {
                path: &[("facet", "Name of the facet.")],
                ..operation(
                    "get",
                    "facetPage",
                    "All values of a facet, for people.",
                    Input::Address(Use::Search),
                    Answer::Page,
                )
            }],
        ),
        endpoint(
            "/articles/{id}",
            get(portal::article),
            [Operation {
                path: ID,
                problems: &[403, 404],
                ..operation(
                    "get",
                    "articlePage",
                    "The page of an article, for people: `q` and all else that a search has leads back to it.",
                    Input::Address(Use::Search),
                    Answer::Page,
                )
            }],
        ),
        endpoint(
            "/overview",
            get(portal::overview),
            [operation(
                "get",
                "overviewPage",
                "The page that shows what is in the archive, for people.",
                Input::Nothing,
                Answer::Page,
            )],
        ),
        endpoint(
            "/suggestions",
            get(portal::suggest),
            [operation(
                "get",
                "suggestions",
                "The list of suggestions below the search box: a piece of a page.",
                Input::Address(Use::Search),
                Answer::Page,
            )],
        ),
        endpoint(
            "/assets/{version}/{name}",
            get(portal::asset),
            [Operation {
                path: &[
                    ("version", "Version of the files."),
                    ("name", "Name of the file."),
                ],
                problems: &[404],
                ..operation(
                    "get",
                    "asset",
                    "A file that pages load.",
                    Input::Nothing,
                    Answer::Text("*/*"),
                )
            }],
        ),
    ]
}
