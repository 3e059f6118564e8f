//! Values of facets by all their names: agencies, countries, publishers and whatever else the
//! schema counts.

use std::cmp::Reverse;
use std::sync::{Arc, Mutex, PoisonError};

use super::Suggestion;
use super::spans::typed_in;
use super::typed::{Typed, is_words, key};
use crate::archive::counting::Moment;
use crate::archive::{Archive, Ask, AskError, MAX_FACET_VALUES};
use crate::query::{Node, Span};
use crate::schema::FieldKind;
use crate::search::{ArchiveWord, FacetCount};

/// Most words of a name that may have been typed.
const MAX_WORDS: usize = 4;

/// How many values are tried for one that is wanted: not all are found together with what was
/// typed before.
const TRIED: usize = 3;

/// The names of all facet values, made when they are first asked for and kept for a minute.
#[derive(Default)]
pub(in crate::archive) struct Names {
    known: Mutex<Option<(Moment, String, Arc<Table>)>>,
}

/// All names, to be looked up by how they, or any of their words, begin.
#[derive(Default)]
struct Table {
    values: Vec<Named>,
    /// Keys of words one after the other, from each word of each name on to its end, with the
    /// value and the name; in order.
    keys: Vec<(String, u32, Box<str>)>,
}

/// A value of a facet that articles have.
struct Named {
    facet: String,
    id: String,
    name: String,
    count: u64,
}

impl Archive {
    /// Facet values of which a name begins, from any of its words on, as the last words typed do.
    pub(super) fn suggest_names(
        &self,
        typed: &Typed<'_>,
        words: &[ArchiveWord],
        limit: usize,
        among: &Ask,
    ) -> Result<Vec<Suggestion>, AskError> {
        let table = self.names(&among.language)?;
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for (before, key) in ways(typed, words) {
            let mut found: Vec<(&Named, &str)> = Vec::new();
            for (value, name) in table.beginning_with(&key) {
                let is_field = typed.field.is_none_or(|field| field == value.facet);
                if is_field && found.iter().all(|(known, _)| !std::ptr::eq(*known, value)) {
                    found.push((value, name));
                }
            }
            found.sort_by_key(|(value, _)| Reverse(value.count));
            found.truncate(TRIED * limit);
            for (value, name) in found {
                if suggestions.len() == limit {
                    return Ok(suggestions);
                }
                if suggestions
                    .iter()
                    .any(|it| it.id.as_ref() == Some(&value.id))
                {
                    continue;
                }
                let query = format!("{before}{}", value_query(value));
                // The count of a value is the number of hits of its query.
                let count = match before.is_empty() && !among.is_narrowed() {
                    true => value.count,
                    false => self.hits_of(&query, &without(among, &value.facet))?,
                };
                let rest = is_words(&before).then(|| before.trim().to_owned());
                if count > 0 {
                    suggestions.push(Suggestion {
                        highlights: typed_in(&value.name, &[key_of_last(&key)]),
                        text: value.name.clone(),
                        kind: value.facet.clone(),
                        id: Some(value.id.clone()),
                        alias: is_another(name, &value.name).then(|| name.to_owned()),
                        count,
                        query,
                        rest,
                    });
                }
            }
            if !suggestions.is_empty() {
                break;
            }
        }
        Ok(suggestions)
    }

    fn names(&self, language: &str) -> Result<Arc<Table>, AskError> {
        let moment = self.moment();
        let mut known = (self.names.known.lock()).unwrap_or_else(PoisonError::into_inner);
        if let Some((of, in_language, table)) = known.as_ref()
            && *of == moment
            && in_language == language
        {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(self.all_names(language)?);
        *known = Some((moment, language.to_owned(), Arc::clone(&table)));
        Ok(table)
    }

    /// The names of all values that articles have.
    fn all_names(&self, language: &str) -> Result<Table, AskError> {
        let fields = self.schema.facets();
        let keywords = fields.filter(|field| matches!(field.kind, FieldKind::Keyword(_)));
        let ask = Ask {
            facets: Some(keywords.map(|field| field.name.clone()).collect()),
            facet_limit: MAX_FACET_VALUES,
            limit: 0,
            language: language.to_owned(),
            ..Ask::default()
        };
        let mut table = Table::default();
        for (facet, counts) in self.search(&ask)?.facets.iter() {
            let source = match self.schema.field(facet).map(|field| &field.kind) {
                Some(FieldKind::Keyword(keyword)) => keyword.source.clone(),
                _ => continue,
            };
            table.add(facet, &source, &counts.counts.values);
        }
        table.keys.sort_unstable();
        Ok(table)
    }
}

impl Table {
    fn add(&mut self, facet: &str, source: &str, values: &[FacetCount]) {
        for value in values {
            let named = Named {
                facet: facet.to_owned(),
                id: value.id.clone(),
                name: value.name.clone(),
                count: value.count,
            };
            let number = self.values.len() as u32;
            self.name(number, &named.name.clone());
            for alias in crate::enrich::aliases(source, &named.id) {
                self.name(number, alias);
            }
            self.values.push(named);
            self.add(facet, source, &value.children);
        }
    }

    fn name(&mut self, value: u32, name: &str) {
        let keys: Vec<String> = name.split_whitespace().filter_map(key).collect();
        for first in 0..keys.len() {
            let entry = (keys[first..].join(" "), value, name.into());
            self.keys.push(entry);
        }
    }

    fn beginning_with<'a>(
        &'a self,
        key: &'a str,
    ) -> impl Iterator<Item = (&'a Named, &'a str)> + 'a {
        let from = self
            .keys
            .partition_point(|(known, _, _)| known.as_str() < key);
        let keys = self.keys[from..].iter();
        keys.take_while(move |(known, _, _)| known.starts_with(key))
            .map(|(_, value, name)| (&self.values[*value as usize], &**name))
    }
}

/// What of the text may be a name, with what stands before it: the last words together, the most
/// first; then the last word with a typo mended.
fn ways(typed: &Typed<'_>, words: &[ArchiveWord]) -> Vec<(String, String)> {
    let before = before_value(typed);
    let mut ways = vec![(before.to_owned(), typed.key.clone())];
    let mut rest = before.trim_end();
    while ways.len() < MAX_WORDS && typed.field.is_none() {
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| {
            at + rest[at..].chars().next().map_or(0, char::len_utf8)
        });
        let Some(word) = key(&rest[start..]) else {
            break;
        };
        let together = format!("{word} {}", ways[ways.len() - 1].1);
        ways.push((rest[..start].to_owned(), together));
        rest = rest[..start].trim_end();
    }
    ways.reverse();
    let mended = words
        .iter()
        .filter(|word| !word.key.starts_with(&typed.key));
    ways.extend(mended.map(|word| (before.to_owned(), word.key.clone())));
    ways
}

/// What was typed before a value: without the field, which the value brings along.
fn before_value<'a>(typed: &Typed<'a>) -> &'a str {
    let end = match typed.field {
        Some(field) => typed.before.rfind(field).unwrap_or(0),
        None => typed.before.len(),
    };
    typed.before[..end].trim_end_matches(['"', '„', '('])
}

/// The question without what is selected in a facet, of which another value is suggested.
fn without(ask: &Ask, facet: &str) -> Ask {
    let mut ask = ask.clone();
    (ask.filters).retain(|filter| filter.facet != facet || filter.exclude);
    ask
}

/// Whether two names differ in more than case, umlauts and hyphens.
fn is_another(one: &str, other: &str) -> bool {
    let keys = |name: &str| -> String { name.split_whitespace().filter_map(key).collect() };
    keys(one) != keys(other)
}

fn key_of_last(key: &str) -> String {
    key.rsplit(' ').next().unwrap_or(key).to_owned()
}

fn value_query(value: &Named) -> String {
    let node = Node::Value {
        field: value.facet.clone(),
        text: value.id.clone(),
        span: Span::default(),
    };
    node.to_string()
}
