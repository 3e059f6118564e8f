//! What is said when something goes wrong.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is said when something goes wrong.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemTexts {
    /// Leads back to the search.
    pub back: String,
    /// Introduces what the server says of the problem.
    pub detail: String,
    /// What is said of a query that is refused because it does not parse.
    pub query: ProblemText,
    /// What is said of a problem that has no text of its own.
    pub other: ProblemText,
    /// What is said of each problem, by its stable code.
    pub codes: BTreeMap<String, ProblemText>,
}

/// What is said of one problem.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemText {
    /// What is wrong, in a few words.
    pub title: String,
    /// What can be done.
    pub advice: String,
}

impl ProblemTexts {
    /// What is said of the problem with that code.
    pub fn of(&self, code: &str) -> &ProblemText {
        self.codes.get(code).unwrap_or(&self.other)
    }
}
