//! A document as questions see it: its terms, its values, its date.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::analysis::Term;
use crate::analyzers::Analyzers;
use crate::document::{Document, PartialDate};
use crate::schema::{Field, FieldKind, Schema};

/// Reads documents as a schema has them counted.
pub(super) struct Reader<'a> {
    schema: &'a Schema,
    analyzers: Analyzers,
}

/// What there is in a document.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) terms: HashSet<Term>,
    /// For each facet, the ids of the values, and of all that stand above them.
    pub(super) values: BTreeMap<String, BTreeSet<String>>,
    pub(super) date: Option<PartialDate>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(schema: &'a Schema) -> Reader<'a> {
        Reader {
            schema,
            analyzers: Analyzers::default(),
        }
    }

    /// Names of the facets, and whether they are of dates.
    pub(super) fn facets(&self) -> impl Iterator<Item = (&'a str, bool)> {
        let facets = self.schema.facets();
        facets.map(|field| {
            let is_date = matches!(field.kind, FieldKind::Date { .. });
            (field.name.as_str(), is_date)
        })
    }

    /// Names of the text fields.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'a str> {
        self.schema
            .text_fields()
            .map(|(field, _)| field.name.as_str())
    }

    pub(super) fn read(&self, document: &Document) -> Seen {
        let mut seen = Seen {
            date: document.date.map(|date| date.value),
            ..Seen::default()
        };
        for (field, text) in self.schema.text_fields() {
            let language = document.language.as_deref();
            let analyzer = self.analyzers.pick(text.analyzer, language);
            for token in analyzer.analyze(&document.text(&field.name)) {
                seen.terms.extend(token.terms().iter().cloned());
            }
        }
        for field in self.schema.facets() {
            seen.values.insert(field.name.clone(), ids(field, document));
        }
        seen
    }
}

fn ids(field: &Field, document: &Document) -> BTreeSet<String> {
    let values = match &field.kind {
        FieldKind::Text(_) => Vec::new(),
        FieldKind::Date { .. } => document.values("date"),
        FieldKind::Keyword(keyword) => {
            let mut values = document.values(&keyword.source);
            let is_wanted = |wanted: &[String], own: Option<&str>| {
                wanted.is_empty() || own.is_none_or(|own| wanted.iter().any(|it| it == own))
            };
            values.retain(|value| {
                is_wanted(&keyword.roles, value.role) && is_wanted(&keyword.scopes, value.scope)
            });
            values
        }
    };
    let nodes = values.into_iter().flat_map(|value| value.path);
    nodes.map(|node| node.id).collect()
}
