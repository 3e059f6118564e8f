//! The values that a document has in a field, in the form that filters and facets count.

use std::borrow::Cow;

use super::{Document, PartialDate};

/// A value of a facet, or one step of its path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Stable id, unique within the facet.
    pub id: String,
    /// Text to show; the same as `id` where there is no better one.
    pub name: String,
}

impl Node {
    /// A node that is shown by its id.
    pub fn plain(id: impl Into<String>) -> Node {
        let id = id.into();
        Node {
            name: id.clone(),
            id,
        }
    }
}

/// One value of a field: the path from the most general node to the value itself, and the role
/// in which the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// From general to special; one node where the field has no hierarchy.
    pub path: Vec<Node>,
    /// The role, for fields whose values have one.
    pub role: Option<&'static str>,
    /// The scope, for fields whose values have one.
    pub scope: Option<&'static str>,
}

impl FieldValue {
    fn flat(id: &str, name: &str) -> FieldValue {
        FieldValue {
            path: vec![Node {
                id: id.to_owned(),
                name: name.to_owned(),
            }],
            role: None,
            scope: None,
        }
    }
}

impl Document {
    /// The text of a text field: title, body, or what the input stated under that name.
    pub fn text(&self, field: &str) -> Cow<'_, str> {
        match field {
            "title" => Cow::Borrowed(self.title.as_deref().unwrap_or_default()),
            "body" => Cow::Borrowed(&self.body),
            "kicker" => Cow::Borrowed(self.kicker.as_deref().unwrap_or_default()),
            other => Cow::Owned(
                self.extra
                    .get(other)
                    .map_or_else(String::new, |v| v.join("\n")),
            ),
        }
    }

    /// The values that this document has in `field`, for facets and filters.
    ///
    /// Fields that the document does not know by name are looked up among the further fields that
    /// the input stated.
    pub fn values(&self, field: &str) -> Vec<FieldValue> {
        match field {
            "publisher" => (self.publisher.iter())
                .map(|publisher| FieldValue::flat(&publisher.id, &publisher.name))
                .collect(),
            "language" => (self.language.iter())
                .map(|language| FieldValue::flat(language, language))
                .collect(),
            "authors" => (self.authors.iter())
                .map(|author| FieldValue::flat(author, author))
                .collect(),
            "date" => (self.date.iter())
                .map(|date| date_value(date.value))
                .collect(),
            "agencies" => (self.agencies.iter())
                .map(|agency| FieldValue {
                    path: vec![
                        Node::plain(agency.kind.id()),
                        Node {
                            id: agency.id.clone(),
                            name: agency.name.clone(),
                        },
                    ],
                    role: Some(agency.role.id()),
                    scope: Some(agency.scope.id()),
                })
                .collect(),
            "countries" => (self.countries.iter())
                .map(|country| FieldValue {
                    role: Some(country.role.id()),
                    ..FieldValue::flat(&country.id, &country.name)
                })
                .collect(),
            other => (self.extra.get(other).into_iter().flatten())
                .map(|value| FieldValue::flat(value, value))
                .collect(),
        }
    }
}

/// Year, month and day as a path, as deep as the date is known.
fn date_value(date: PartialDate) -> FieldValue {
    FieldValue {
        path: date
            .periods()
            .map(|period| Node::plain(period.to_string()))
            .collect(),
        role: None,
        scope: None,
    }
}
