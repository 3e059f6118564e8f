//! Reading a test collection.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::document::Document;

/// Why a collection cannot be read: file, line, reason.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {reason}", path.display())]
pub struct CollectionError {
    path: PathBuf,
    line: usize,
    reason: String,
}

/// One query and its judgements.
pub(super) struct Query {
    pub(super) text: String,
    /// Grades of the relevant documents, by id.
    pub(super) relevant: HashMap<String, f64>,
}

/// A test collection.
pub(super) struct Collection {
    corpus: PathBuf,
    /// By name of the file, in the order of the names: the queries with a relevant document.
    pub(super) queries: Vec<(String, Vec<Query>)>,
}

#[derive(Deserialize)]
struct CorpusLine {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct QueryLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

impl Collection {
    pub(super) fn open(folder: &Path) -> Result<Collection, CollectionError> {
        let judgements = judgements(&folder.join("qrels.tsv"))?;
        let mut queries = Vec::new();
        for path in query_files(folder)? {
            let mut list = Vec::new();
            each_line(&path, &mut |query: QueryLine| {
                if let Some(relevant) = judgements.get(&query.id) {
                    list.push(Query {
                        text: query.text,
                        relevant: relevant.clone(),
                    });
                }
                Ok::<(), CollectionError>(())
            })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            queries.push((name.into_owned(), list));
        }
        Ok(Collection {
            corpus: folder.join("corpus.jsonl"),
            queries,
        })
    }

    /// Calls `visit` with each document.
    pub(super) fn each_document<E: From<CollectionError>>(
        &self,
        visit: &mut dyn FnMut(Document) -> Result<(), E>,
    ) -> Result<(), E> {
        each_line(&self.corpus, &mut |line: CorpusLine| {
            visit(Document {
                id: line.id,
                title: Some(line.title).filter(|title| !title.is_empty()),
                body: line.text,
                ..Document::default()
            })
        })
    }
}

fn query_files(folder: &Path) -> Result<Vec<PathBuf>, CollectionError> {
    let entries = fs::read_dir(folder).map_err(|error| trouble(folder, 0, &error))?;
    let mut files: Vec<PathBuf> = (entries.flatten())
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("queries") && name.ends_with(".jsonl")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(trouble(folder, 0, &"no file queries*.jsonl is here"));
    }
    Ok(files)
}

/// Grades above 0, by query and document.
fn judgements(path: &Path) -> Result<HashMap<String, HashMap<String, f64>>, CollectionError> {
    let file = File::open(path).map_err(|error| trouble(path, 0, &error))?;
    let mut judgements: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| trouble(path, index + 1, &error))?;
        let columns: Vec<&str> = line.split('\t').collect();
        let [query, document, grade] = columns[..] else {
            return Err(trouble(
                path,
                index + 1,
                &"expected query, document and grade",
            ));
        };
        match grade.trim().parse::<f64>() {
            Ok(grade) if grade > 0.0 => {
                let relevant = judgements.entry(query.to_owned()).or_default();
                relevant.insert(document.to_owned(), grade);
            }
            Ok(_) => {}
            // The head of the table.
            Err(_) if index == 0 => {}
            Err(error) => return Err(trouble(path, index + 1, &error)),
        }
    }
    Ok(judgements)
}

fn each_line<T: DeserializeOwned, E: From<CollectionError>>(
    path: &Path,
    visit: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let file = File::open(path).map_err(|error| trouble(path, 0, &error))?;
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| trouble(path, index + 1, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let value =
            serde_json::from_str(&line).map_err(|error| trouble(path, index + 1, &error))?;
        visit(value)?;
    }
    Ok(())
}

pub(super) fn trouble(path: &Path, line: usize, reason: &dyn std::fmt::Display) -> CollectionError {
    CollectionError {
        path: path.to_owned(),
        line,
        reason: reason.to_string(),
    }
}
