//! Which fields are there, and what are they for?
//!
//! A [`Schema`] is read from `schema.json` and is valid if it exists. It knows neither engines
//! nor any particular field: names, analyzers, boosts, facets and labels are data.

mod parse;

use std::collections::BTreeMap;

pub use parse::SchemaError;

/// The fields of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    fields: Vec<Field>,
    source: String,
}

/// One field: a text to search, or a keyword or date to filter and count by.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name in queries, filters, JSON and HTTP.
    pub name: String,
    /// What the field holds.
    pub kind: FieldKind,
    /// Text to show for the field, by language.
    pub label: Labels,
}

/// What a field holds and how it is used.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// Running text.
    Text(TextField),
    /// Values that are compared as a whole.
    Keyword(KeywordField),
    /// The date of the document, counted by year, month and day.
    Date {
        /// Whether it is counted as a facet.
        facet: bool,
    },
}

/// How a text field is analysed and weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct TextField {
    /// The analyzer of its text.
    pub analyzer: AnalyzerName,
    /// Factor of its score; greater than 0.
    pub boost: f32,
    /// Whether snippets are cut from it.
    pub snippets: bool,
}

/// Which values of a document a keyword field has.
#[derive(Debug, Clone, PartialEq)]
pub struct KeywordField {
    /// Whether it is counted as a facet.
    pub facet: bool,
    /// Name of the document's own field that the values come from.
    pub source: String,
    /// Only values in one of these roles count; all do if it is empty.
    pub roles: Vec<String>,
    /// Only values of one of these scopes count; all do if it is empty.
    pub scopes: Vec<String>,
    /// Labels of particular values, by id.
    pub values: BTreeMap<String, Labels>,
}

/// The analyzers that a text field may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnalyzerName {
    /// German analysis, for documents in German; the plain chain for others.
    German,
    /// Words as they are written, folded.
    Plain,
}

/// A text in several languages, by ISO 639-1 code.
pub type Labels = BTreeMap<String, String>;

impl Schema {
    /// All fields, in the order of the file.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text fields, in the order of the file.
    pub fn text_fields(&self) -> impl Iterator<Item = (&Field, &TextField)> {
        self.fields.iter().filter_map(|field| match &field.kind {
            FieldKind::Text(text) => Some((field, text)),
            _ => None,
        })
    }

    /// The fields that are counted as facets, in the order of the file.
    pub fn facets(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_facet())
    }

    /// The document's own fields that the values of keyword fields come from.
    pub fn keyword_sources(&self) -> Vec<String> {
        let sources = self.fields.iter().filter_map(|field| match &field.kind {
            FieldKind::Keyword(keyword) => Some(keyword.source.clone()),
            _ => None,
        });
        sources.collect()
    }

    /// The text that the schema was read from, as the index remembers it.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Field {
    /// Whether the field is counted as a facet.
    pub fn is_facet(&self) -> bool {
        match &self.kind {
            FieldKind::Text(_) => false,
            FieldKind::Keyword(keyword) => keyword.facet,
            FieldKind::Date { facet } => *facet,
        }
    }

    /// The label in `language`, else the German one, else the name.
    pub fn label<'a>(&'a self, language: &str) -> &'a str {
        pick(&self.label, language).unwrap_or(&self.name)
    }

    /// The label that the schema gives the value `id`, if it gives one.
    pub fn value_label<'a>(&'a self, id: &str, language: &str) -> Option<&'a str> {
        match &self.kind {
            FieldKind::Keyword(keyword) => pick(keyword.values.get(id)?, language),
            _ => None,
        }
    }
}

fn pick<'a>(labels: &'a Labels, language: &str) -> Option<&'a str> {
    (labels.get(language).or_else(|| labels.get("de"))).map(String::as_str)
}
