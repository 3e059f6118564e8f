//! The cluster answers what the embedded engine answers.
//!
//! These tests need a cluster, whose addresses stand in `FUNDSTELLE_TEST_CLUSTER`, separated by
//! commas; `tests/opensearch/run` starts one of three nodes and runs them. Without one they are left
//! out.

#![allow(unreachable_pub)] // A test binary has no public items.

#[allow(dead_code)] // Of what tests share, some is of no use here.
#[path = "engine/archive.rs"]
mod archive;
#[allow(dead_code)]
#[path = "queries/asked.rs"]
mod asked;
#[path = "queries/corpus.rs"]
mod corpus;
#[path = "queries/dice.rs"]
mod dice;
#[path = "cluster/loss.rs"]
mod loss;
#[path = "cluster/pages.rs"]
mod pages;
#[path = "cluster/place.rs"]
mod place;
#[path = "cluster/same.rs"]
mod same;
#[path = "cluster/scenarios.rs"]
mod scenarios;
#[path = "scenarios/suite.rs"]
mod suite;
#[path = "cluster/versus.rs"]
mod versus;
