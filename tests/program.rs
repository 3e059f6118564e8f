//! The program as people run it: commands, exit codes, files, HTTP.

#![allow(unreachable_pub)] // A test binary has no public items.

#[path = "program/additions.rs"]
mod additions;
#[path = "program/article.rs"]
mod article;
#[path = "program/article_page.rs"]
mod article_page;
#[path = "program/bad_input.rs"]
mod bad_input;
#[path = "program/commands.rs"]
mod commands;
#[path = "program/config.rs"]
mod config;
#[path = "program/copies.rs"]
mod copies;
#[path = "program/crash.rs"]
mod crash;
#[path = "program/export.rs"]
mod export;
#[path = "program/http.rs"]
mod http;
#[path = "program/http_api.rs"]
mod http_api;
#[path = "program/http_questions.rs"]
mod http_questions;
#[path = "program/http_service.rs"]
mod http_service;
#[path = "program/instantsearch.rs"]
mod instantsearch;
#[path = "program/metadata.rs"]
mod metadata;
#[path = "program/overview_page.rs"]
mod overview_page;
#[path = "program/page.rs"]
mod page;
#[path = "program/pages.rs"]
mod pages;
#[path = "program/portal.rs"]
mod portal;
#[path = "program/portal_facet.rs"]
mod portal_facet;
#[path = "program/portal_safety.rs"]
mod portal_safety;
#[path = "program/portal_state.rs"]
mod portal_state;
#[path = "program/portal_suggest.rs"]
mod portal_suggest;
#[path = "program/portal_timeline.rs"]
mod portal_timeline;
#[path = "program/readme.rs"]
mod readme;
#[path = "program/recount.rs"]
mod recount;
#[path = "program/rights.rs"]
mod rights;
#[path = "program/run.rs"]
mod run;
#[path = "program/seeds.rs"]
mod seeds;
#[path = "program/time.rs"]
mod time;
#[path = "program/values.rs"]
mod values;
#[path = "program/words.rs"]
mod words;
#[path = "program/write.rs"]
mod write;
