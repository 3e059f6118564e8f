//! From the tree of a query to what an engine understands: words become terms, names become ids.

mod patterns;
#[cfg(test)]
mod tests;
mod words;

use super::{Node, Query, Span};
use crate::analysis::{Analyzer, Relation};
use crate::schema::Schema;
use crate::search::{AlsoSearched, COPY, Clause, DateRange, MISSING, Notice};

/// What stands between words without an operator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Operator {
    /// All of them must be there.
    #[default]
    All,
    /// Any of them will do.
    Any,
}

/// How much each way of having a word counts.
///
/// The defaults were set on the same collections as those of [`crate::search::Scoring`]; changes
/// by a tenth change little.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    relations: [f32; Relation::ALL.len()],
    /// The longest stretch of words that may hold all parts of a query's compound.
    pub parts_window: u32,
    /// How many times as much as a compound its parts may weigh together.
    pub parts_bound: f32,
}

impl Default for Weights {
    fn default() -> Weights {
        let weight = |relation| match relation {
            Relation::Surface => 0.95,
            Relation::Lemma => 0.9,
            Relation::Name => 0.8,
            Relation::InCompound => 0.7,
            Relation::Parts => 0.8,
            Relation::Demonym => 0.4,
            Relation::Derived => 0.4,
        };
        Weights {
            relations: Relation::ALL.map(weight),
            parts_window: 8,
            parts_bound: 1.15,
        }
    }
}

impl Weights {
    /// The factor of the score for `relation`; for [`Relation::InCompound`], that of each
    /// occurrence within a compound beside those of the word by itself.
    pub fn of(&self, relation: Relation) -> f32 {
        self.relations[relation as usize]
    }

    /// The same weights with another one for `relation`.
    pub fn with(mut self, relation: Relation, weight: f32) -> Weights {
        self.relations[relation as usize] = weight;
        self
    }
}

/// A query in the form that engines understand.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// What matches. A [`Clause::Not`] stands in a [`Clause::And`] only, beside something that
    /// is no `Not`.
    pub clause: Clause,
    /// What the searcher should know beside the notices of the query.
    pub notices: Vec<Notice>,
    /// What is searched for beside the words; it need not be in the archive.
    pub also_searched: Vec<AlsoSearched>,
}

/// Compiles queries.
#[derive(Clone, Copy)]
pub struct Compiler<'a> {
    /// The fields and their boosts.
    pub schema: &'a Schema,
    /// The analysis of words.
    pub analyzer: Analyzer,
    /// What stands between words without an operator.
    pub operator: Operator,
    /// How much each way of having a word counts.
    pub weights: Weights,
    /// The id of a value from the name of a keyword field of the schema and a name, an alias or
    /// an id; `None` if no such value is known, which is then looked for as it is.
    pub resolve: &'a dyn Fn(&str, &str) -> Option<String>,
}

impl Compiler<'_> {
    /// Makes the clause of a query.
    pub fn compile(&self, query: &Query) -> Compiled {
        let mut work = Work {
            compiler: self,
            notices: Vec::new(),
            also_searched: Vec::new(),
        };
        let clause = work.clause(&query.tree, 1.0).unwrap_or_else(|| {
            work.notices.push(Notice {
                code: "no_words",
                message: "In der Anfrage steht kein Wort, nach dem gesucht werden kann.".into(),
                span: None,
            });
            Clause::Nothing
        });
        Compiled {
            clause: match clause {
                Clause::Not(_) => and(vec![clause]),
                clause => clause,
            },
            notices: work.notices,
            also_searched: work.also_searched,
        }
    }
}

struct Work<'a> {
    compiler: &'a Compiler<'a>,
    notices: Vec<Notice>,
    also_searched: Vec<AlsoSearched>,
}

impl Work<'_> {
    /// The clause of a node, its score times `boost`; `None` if nothing is asked for.
    fn clause(&mut self, node: &Node, boost: f32) -> Option<Clause> {
        Some(match node {
            Node::All => Clause::All,
            Node::Nothing => return None,
            Node::Text(text) => return self.text(text, boost),
            Node::Value { field, text, .. } if field == COPY => {
                Clause::CopiesOf { id: text.clone() }
            }
            Node::Value { field, text, span } => Clause::Value {
                facet: field.clone(),
                value: self.id(field, text, *span),
            },
            Node::Dates { from, to, .. } => Clause::Range(DateRange {
                from: *from,
                to: *to,
            }),
            Node::Exists { field } => self.exists(field),
            Node::Near { operands, within } => return self.near(operands, *within, boost),
            Node::Boost { node, factor } => return self.clause(node, boost * factor),
            Node::Not(node) => match self.clause(node, boost)? {
                Clause::Not(clause) => *clause,
                clause => Clause::Not(Box::new(clause)),
            },
            Node::And(nodes) => and(self.clauses(nodes, boost)?),
            Node::Or(nodes) => or(self.clauses(nodes, boost)?),
            Node::Juxtaposed(nodes) => {
                let clauses = self.clauses(nodes, boost)?;
                match self.compiler.operator {
                    Operator::All => and(clauses),
                    Operator::Any => {
                        let (mut all, any): (Vec<Clause>, Vec<Clause>) = (clauses.into_iter())
                            .partition(|clause| matches!(clause, Clause::Not(_)));
                        if !any.is_empty() {
                            all.insert(0, or(any));
                        }
                        and(all)
                    }
                }
            }
        })
    }

    fn clauses(&mut self, nodes: &[Node], boost: f32) -> Option<Vec<Clause>> {
        let clauses: Vec<Clause> = (nodes.iter())
            .filter_map(|node| self.clause(node, boost))
            .collect();
        (!clauses.is_empty()).then_some(clauses)
    }

    fn id(&mut self, field: &str, text: &str, span: Span) -> String {
        if text == MISSING {
            return text.to_owned();
        }
        if let Some(id) = (self.compiler.resolve)(field, text) {
            return id;
        }
        let label = (self.compiler.schema.field(field)).map_or(field, |field| field.label("de"));
        self.notices.push(Notice {
            code: "unknown_value",
            message: format!("„{text}“ ist im Feld „{label}“ nicht bekannt; wörtlich gesucht."),
            span: Some(span.into()),
        });
        text.to_owned()
    }

    fn exists(&self, field: &str) -> Clause {
        if field == COPY {
            // A document without copies is a group of its own.
            return Clause::All;
        }
        let is_facet = (self.compiler.schema.field(field)).is_some_and(|field| field.is_facet());
        if !is_facet {
            return Clause::Exists {
                field: field.to_owned(),
            };
        }
        and(vec![Clause::Not(Box::new(Clause::Value {
            facet: field.to_owned(),
            value: MISSING.to_owned(),
        }))])
    }

    /// The text fields to look in, with their weights.
    fn fields(&self, field: Option<&str>) -> Vec<(String, f32)> {
        (self.compiler.schema.text_fields())
            .filter(|(it, _)| field.is_none_or(|name| it.name == name))
            .map(|(it, text)| (it.name.clone(), text.boost))
            .collect()
    }
}

/// All of `clauses`; if there are only exclusions, everything but them.
fn and(mut clauses: Vec<Clause>) -> Clause {
    if clauses
        .iter()
        .all(|clause| matches!(clause, Clause::Not(_)))
    {
        clauses.insert(0, Clause::All);
    }
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Clause::And(clauses),
    }
}

/// Any of `clauses`.
fn or(clauses: Vec<Clause>) -> Clause {
    let mut clauses: Vec<Clause> = (clauses.into_iter())
        .map(|clause| match clause {
            Clause::Not(_) => and(vec![clause]),
            clause => clause,
        })
        .collect();
    match clauses.len() {
        1 => clauses.remove(0),
        _ => Clause::Or(clauses),
    }
}
