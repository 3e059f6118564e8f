//! What hits must be besides what the query says: values and ranges in any combination.

use super::{Archive, AskError};
use crate::document::PartialDate;
use crate::schema::FieldKind;
use crate::search::{Clause, DateRange, MISSING};

/// A condition on hits. It counts everywhere: unlike those filters that facets know of, it leaves
/// no facet out.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// They have a value of a facet.
    Is {
        /// Name of the facet.
        facet: String,
        /// Id, name or alias of the value, at any level, or [`MISSING`].
        value: String,
    },
    /// Their whole period lies in a range.
    Within(DateRange),
    /// The condition does not hold.
    Not(Box<Condition>),
    /// All of them hold; none is no condition.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
}

impl Archive {
    /// The condition as a part of the query.
    pub(super) fn condition(&self, condition: &Condition) -> Result<Clause, AskError> {
        let each = |conditions: &[Condition]| {
            let clauses = conditions.iter().map(|condition| self.condition(condition));
            clauses.collect::<Result<Vec<Clause>, AskError>>()
        };
        Ok(match condition {
            Condition::Is { facet, value } => {
                let field = self.facet_field(facet)?;
                let value = self.filter_value(field, value)?;
                match (&field.kind, value.parse::<PartialDate>()) {
                    (FieldKind::Date { .. }, Ok(date)) => Clause::Range(DateRange {
                        from: Some(date),
                        to: Some(date),
                    }),
                    _ => Clause::Value {
                        facet: field.name.clone(),
                        value,
                    },
                }
            }
            Condition::Within(range) => Clause::Range(*range),
            Condition::Not(condition) => Clause::Not(Box::new(self.condition(condition)?)),
            Condition::All(conditions) if conditions.is_empty() => Clause::All,
            Condition::All(conditions) => Clause::And(each(conditions)?),
            Condition::Any(conditions) if conditions.is_empty() => Clause::Nothing,
            Condition::Any(conditions) => Clause::Or(each(conditions)?),
        })
    }

    /// The id of the value that a filter on a facet names: by its id, name or alias.
    pub fn id_of_value(&self, facet: &str, text: &str) -> Result<String, AskError> {
        self.filter_value(self.facet_field(facet)?, text)
    }

    /// What filters on a facet understand as the value with this id: its name, if that names it
    /// and nothing else, else the id.
    pub fn text_of_value<'a>(&self, facet: &str, id: &'a str, name: &'a str) -> &'a str {
        let named = self
            .facet_field(facet)
            .map(|field| self.filter_value(field, name));
        match named {
            Ok(Ok(value)) if value == id && id != MISSING => name,
            _ => id,
        }
    }
}
