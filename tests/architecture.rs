//! Keeps the directions in which modules may know each other, and the homes of the big libraries.
//!
//! The rules are the table of `ARCHITECTURE.md`. The test reads the sources as text: every
//! `crate::module` and every name of a library, comments left out.

use std::fs;
use std::path::{Path, PathBuf};

/// For each module, the modules it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("schema", &[]),
    ("document", &[]),
    ("analysis", &[]),
    ("ingest", &["document"]),
    ("enrich", &["document"]),
    ("analyzers", &["analysis", "schema"]),
    ("search", &["analysis", "document"]),
    ("query", &["analysis", "document", "schema", "search"]),
    ("engine", &["analysis", "document", "schema", "search"]),
    ("curation", &["document", "enrich", "ingest", "schema"]),
    (
        "pipeline",
        &[
            "analysis",
            "analyzers",
            "curation",
            "document",
            "engine",
            "enrich",
            "ingest",
            "schema",
        ],
    ),
    (
        "archive",
        &[
            "analysis",
            "analyzers",
            "document",
            "engine",
            "enrich",
            "query",
            "rights",
            "schema",
            "search",
        ],
    ),
    (
        "rights",
        &["analysis", "document", "engine", "schema", "search"],
    ),
    (
        "evaluate",
        &[
            "analyzers",
            "archive",
            "document",
            "engine",
            "enrich",
            "ingest",
            "schema",
        ],
    ),
    ("export", &["document", "search"]),
    (
        "portal",
        &["archive", "document", "export", "schema", "search"],
    ),
    (
        "recount",
        &[
            "analysis",
            "analyzers",
            "document",
            "engine",
            "schema",
            "search",
        ],
    ),
    (
        "cli",
        &[
            "analysis", "archive", "curation", "document", "engine", "enrich", "evaluate",
            "export", "http", "ingest", "pipeline", "recount", "schema", "search",
        ],
    ),
    (
        "http",
        &[
            "archive", "document", "engine", "export", "pipeline", "portal", "schema", "search",
        ],
    ),
];

/// For each library, the only folders that may name it.
const HOMES: &[(&str, &[&str])] = &[
    ("tantivy", &["engine/embedded"]),
    ("ureq", &["engine/distributed"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("toml", &["cli", "portal/texts"]),
    ("askama", &["portal"]),
    ("indicatif", &["cli"]),
    ("cpu_time", &["evaluate"]),
    ("axum", &["http"]),
    ("tower_http", &["http"]),
    ("tokio", &["http"]),
    ("futures_core", &["http"]),
    ("http_body_util", &["http"]),
    ("subtle", &["http"]),
    ("rust_stemmers", &["analysis"]),
    ("whatlang", &["enrich"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

/// The source without comments, and without tests at its foot.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = product
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    (text.match_indices(is_word))
        .filter(move |(at, _)| !text[..*at].ends_with(is_word))
        .map(move |(at, _)| {
            (
                at,
                text[at..]
                    .split(|c: char| !is_word(c))
                    .next()
                    .unwrap_or_default(),
            )
        })
}

#[test]
fn modules_know_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut offenders = Vec::new();
    for path in files {
        let relative = path.strip_prefix(&root).unwrap().display().to_string();
        let module = relative.split(['/', '.']).next().unwrap();
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = allowed else {
            offenders.push(format!(
                "{relative}: module \"{module}\" is not in the table"
            ));
            continue;
        };
        let code = code(&path);
        for (at, _) in code.match_indices("crate::") {
            let target: &str = words(&code[at + 7..]).next().map_or("", |(_, word)| word);
            if target != module && !allowed.contains(&target) {
                offenders.push(format!("{relative}: uses crate::{target}"));
            }
        }
        for (_, word) in words(&code) {
            let home = HOMES.iter().find(|(library, _)| *library == word);
            if let Some((library, homes)) = home
                && !homes.iter().any(|home| relative.starts_with(home))
            {
                let homes = homes.join(" or ");
                offenders.push(format!(
                    "{relative}: names {library}, whose home is {homes}"
                ));
            }
        }
    }
    offenders.sort();
    offenders.dedup();
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
}
