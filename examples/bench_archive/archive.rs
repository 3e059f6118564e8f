//! The archive on disk: articles and queries.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Deserializer, Serialize};

use crate::options::Options;

/// One article with the values of its facets.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Article {
    /// A string or a number in the file.
    #[serde(deserialize_with = "text_of")]
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// The day, as `2024-05-31`.
    pub(crate) date: String,
    pub(crate) publisher: String,
    pub(crate) agencies: Vec<String>,
    pub(crate) countries: Vec<String>,
}

impl Article {
    /// Title and body, the one text that is searched.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.title, self.body)
    }

    /// The month, as `2024-05`.
    pub(crate) fn month(&self) -> &str {
        self.date.get(..7).unwrap_or(&self.date)
    }
}

fn text_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    })
}

/// The articles of a file of JSON Lines.
pub(crate) fn articles(path: &Path) -> Result<impl Iterator<Item = Result<Article>> + use<>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let lines = BufReader::with_capacity(1 << 20, file).lines();
    Ok(lines.map(|line| Ok(serde_json::from_str(&line?)?)))
}

/// What stands between the words of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One word.
    Term,
    /// All words.
    And,
    /// Any word.
    Or,
    /// The words one after the other.
    Phrase,
    /// Words that begin so.
    Prefix,
    /// Everything.
    All,
}

/// One query.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) class: String,
    pub(crate) kind: Kind,
    pub(crate) words: Vec<String>,
    pub(crate) filter: Option<Filter>,
}

impl Query {
    /// The query that everything matches.
    pub(crate) fn everything() -> Query {
        Query {
            class: "match_all".to_owned(),
            kind: Kind::All,
            words: Vec::new(),
            filter: None,
        }
    }
}

/// What hits must have besides.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// A value of a facet.
    Value { facet: &'static str, value: String },
    /// A range of months, both within it.
    Months { from: String, to: String },
}

/// The names of the facets that are counted.
pub(crate) const FACETS: [&str; 4] = ["publisher", "date", "agency", "country"];

/// The queries of a file (tab-separated: id, class, kind, words, filter), and one for everything.
fn queries(path: &Path) -> Result<Vec<Query>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut queries = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let query = query(line)
            .with_context(|| format!("{}, line {}: no query", path.display(), number + 1))?;
        queries.push(query);
    }
    queries.push(Query::everything());
    Ok(queries)
}

/// The queries of an archive that are wanted.
pub(crate) fn selected(options: &Options, folder: &Path) -> Result<Vec<Query>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let own = folder.join("queries.tsv");
    let mut queries = queries(options.queries.as_ref().unwrap_or(&own))?;
    queries.retain(|query| {
        let number = seen.entry(query.class.clone()).or_default();
        *number += 1;
        (*number - 1).is_multiple_of(options.every.max(1))
            && (options.class.is_empty() || options.class.contains(&query.class))
    });
    Ok(queries)
}

fn query(line: &str) -> Option<Query> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [_, class, kind, words, filter] = columns[..] else {
        return None;
    };
    Some(Query {
        class: class.to_owned(),
        kind: match kind {
            "term" => Kind::Term,
            "and" => Kind::And,
            "or" => Kind::Or,
            "phrase" => Kind::Phrase,
            "prefix" => Kind::Prefix,
            _ => return None,
        },
        words: words.split(' ').map(str::to_owned).collect(),
        filter: match filter.split_once('=') {
            None => None,
            Some(("date", months)) => {
                let (from, to) = months.split_once("..")?;
                Some(Filter::Months {
                    from: from.to_owned(),
                    to: to.to_owned(),
                })
            }
            Some((name, value)) => Some(Filter::Value {
                facet: FACETS.into_iter().find(|facet| *facet == name)?,
                value: value.to_owned(),
            }),
        },
    })
}
